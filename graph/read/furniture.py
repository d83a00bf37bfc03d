"""Lines of a text, and which of them are no text: page numbers, running heads, words of menus."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from graph.lexicon import Lexicon
from graph.model import Span

_BREAK = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+|</(?:p|h\d|li|div)>|<br ?/?>|$", re.IGNORECASE)
_BLANK = "".join(map(chr, (*range(0x2000, 0x200C), 0, 9, 32, 0xA0, 0x1680, 0x202F, 0x205F, 0x3000, 0xFEFF)))
_SPACE = re.compile(r"\s+")
_DIGIT = re.compile(r"\d+")
_FURNITURE_LENGTH = 40
_HEAD_PAGES = 3
_HEAD_SHARE = 0.5
_EDGE_LINES = 2


def split_lines(text: str, lexicon: Lexicon) -> Iterator[Span]:
    """Yield the lines that hold more than white space, trimmed, page numbers at their ends cut off.

    A heading that a PDF glued behind the end of a sentence is a line of its own.
    """
    glued = lexicon.rule("furniture", "glued").pattern
    after = 0
    for match in _BREAK.finditer(text):
        start, end, after = after, match.start(), match.end()
        for gap in glued.finditer(text, start, end):
            yield from trim_line(text, start, gap.start(), lexicon)
            start = gap.end()
        yield from trim_line(text, start, end, lexicon)


def trim_line(text: str, start: int, end: int, lexicon: Lexicon) -> Iterator[Span]:
    """Yield a line without white space and page numbers at its ends, if anything is left."""
    for number in lexicon.rule("furniture", "page-edge").pattern.finditer(text, start, end):
        if number.start() == start:
            start = number.end()
        elif number.end() == end:
            end = number.start()
    line = text[start:end]
    left = len(line) - len(line.lstrip(_BLANK))
    right = len(line.rstrip(_BLANK))
    if left < right:
        yield Span(start + left, start + right)


def drop_furniture(text: str, lines: Sequence[Span], lexicon: Lexicon) -> Iterator[Span]:
    """Yield the lines that are neither page numbers nor running heads nor words of a page's menu."""
    furniture = lexicon.rule("furniture", "furniture").pattern
    number = lexicon.rule("furniture", "page-number").pattern
    words = frozenset(lexicon.texts("furniture_menu"))
    skip = find_running_heads(text, lines)
    for index, line in enumerate(lines):
        length = line.end - line.start
        if length == 1 and number.fullmatch("".join(text[x.start : x.end] for x in lines[index : index + 3])):
            skip |= set(lines[index : index + 3])
        if line in skip:
            continue
        if length <= _FURNITURE_LENGTH:
            bare = _SPACE.sub("", text[line.start : line.end])
            if bare in words or furniture.fullmatch(bare):
                continue
        yield line


def find_running_heads(text: str, lines: Sequence[Span]) -> set[Span]:
    """Return the lines at the edges of pages (set apart by form feeds) that most pages repeat, numbers aside."""
    breaks = [match.start() for match in re.finditer("\f", text)]
    if len(breaks) + 1 < _HEAD_PAGES:
        return set()
    edges: list[Span] = []
    for start, end in zip([0, *breaks], [*breaks, len(text)], strict=True):
        page = [line for line in lines if start <= line.start < end]
        edges += dict.fromkeys(page[:_EDGE_LINES] + page[-_EDGE_LINES:])
    words = {line: _DIGIT.sub("0", _SPACE.sub("", text[line.start : line.end])) for line in edges}
    counts = Counter(words.values())
    needed = max(_HEAD_PAGES, _HEAD_SHARE * (len(breaks) + 1))
    return {line for line in edges if counts[words[line]] >= needed}
