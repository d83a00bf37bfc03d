"""Raw text becomes tagged sentences as the tagger was taught to read them.

Simpler than ``graph.read``, and kept apart from it: the model must not change whenever the reading of pages does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.model import Sentence, Span
from graph.read.tokens import tag_words

_PARAGRAPH_ENDS = ("。", "！", "？", "；", "：", ")")
_SENTENCE = re.compile("[^。！？；]*[。！？；]?")
_PAGE_NUMBER = re.compile(r"[—-]|\d{1,2}")
_DASHES = "—-"
_WRAPPED_LINE, _MANY_LINES, _HEADING_LINES = 50, 20, 3


def read_sentences(text: str) -> list[Sentence]:
    """Return the sentences of a text; their pieces are offsets into themselves."""
    return [
        Sentence(piece, (Span(0, len(piece)),), tag_words(piece))
        for block in _join_lines(text)
        for piece in _SENTENCE.findall(block)
        if piece
    ]


def _join_lines(text: str) -> Iterator[str]:
    """Yield stretches whose line breaks carry no meaning, white space removed."""
    lines = [line.strip() for line in text.splitlines()]
    wrapped = _is_wrapped(lines)
    block = ""
    for line in lines:
        if wrapped and _PAGE_NUMBER.fullmatch(line) and (line in _DASHES or block.endswith("—")):
            continue
        block += re.sub(r"\s", "", line)
        if not wrapped or not line or block.endswith(_PARAGRAPH_ENDS):
            if block:
                yield block
            block = ""
    if block:
        yield block


def _is_wrapped(lines: list[str]) -> bool:
    """Tell whether lines are broken at the width of a page, without blank lines between paragraphs."""
    lengths = sorted(len(line) for line in lines if line)
    narrow = len(lengths) > _MANY_LINES and lengths[len(lengths) // 2] < _WRAPPED_LINE
    return narrow and "" not in lines[_HEADING_LINES:]
