"""Text becomes paragraphs: page furniture left out, wrapped lines joined, white space passed over.

A paragraph is a view: its ``text`` is read without the white space between Chinese characters and without
line breaks, and its ``pieces`` say where each part stands in the document, whose text is never rewritten.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from graph.lexicon import Lexicon
from graph.model import Span
from graph.spans import join_pieces

_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_GAP = re.compile(r"(?<![A-Za-z0-9])[\s\ufeff\u200b\x00]+|[\s\ufeff\u200b\x00]+(?![A-Za-z0-9])")
_WRAPPED_SHARE = 0.5
_WRAPPED_WIDTH = 60


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of text that is read as one; ``raw`` is its first line as printed, ``span`` where it stands."""

    text: str
    pieces: tuple[Span, ...]
    raw: str
    span: Span


def read_paragraphs(text: str, lexicon: Lexicon) -> tuple[Paragraph, ...]:
    """Return the paragraphs of ``text`` in the order of the file, without page furniture."""
    lines = tuple(drop_furniture(text, split_lines(text), lexicon))
    if is_wrapped(text, lines, lexicon):
        groups: Iterable[Sequence[Span]] = join_wrapped(text, lines, lexicon)
    else:
        groups = ((line,) for line in lines)
    return tuple(make_paragraph(text, group) for group in groups)


def split_lines(text: str) -> Iterator[Span]:
    """Yield the lines that hold more than white space, trimmed."""
    for match in _LINE.finditer(text):
        line = match.group()
        left = len(line) - len(line.lstrip())
        right = len(line.rstrip())
        if left < right:
            yield Span(match.start() + left, match.start() + right)


def drop_furniture(text: str, lines: Iterable[Span], lexicon: Lexicon) -> Iterator[Span]:
    """Yield the lines that are neither page numbers nor menu words nor lines of sharing and printing."""
    furniture = lexicon.rule("lines", "furniture").pattern
    words = frozenset(lexicon.texts("lines_menu"))
    number = lexicon.rule("lines", "page-number").pattern
    waiting = tuple(lines)
    skip = set[int]()
    for index, line in enumerate(waiting):
        near = "".join(text[one.start : one.end] for one in waiting[index : index + 3])
        if line.end - line.start == 1 and number.fullmatch(near):
            skip |= {index, index + 1, index + 2}
        if index in skip or line.end - line.start > 40:
            if index not in skip:
                yield line
            continue
        words_of_line = _GAP.sub("", text[line.start : line.end])
        if words_of_line not in words and not furniture.fullmatch(words_of_line):
            yield line


def is_wrapped(text: str, lines: Sequence[Span], lexicon: Lexicon) -> bool:
    """Tell whether lines were broken at a fixed width: most long ones end without a mark."""
    long = [line for line in lines if line.end - line.start > 15]
    if len(long) < 4 or median(line.end - line.start for line in long) > _WRAPPED_WIDTH:
        return False
    closed = lexicon.rule("lines", "closed").pattern
    open_ends = sum(not closed.search(text, max(line.end - 3, line.start), line.end) for line in long)
    return open_ends > _WRAPPED_SHARE * len(long)


def join_wrapped(text: str, lines: Sequence[Span], lexicon: Lexicon) -> Iterator[Sequence[Span]]:
    """Yield the lines of each paragraph: a new one starts at a number, or after a short line that is closed."""
    opener = lexicon.rule("lines", "opener").pattern
    closed = lexicon.rule("lines", "closed").pattern
    width = max((line.end - line.start for line in lines), default=0)
    group: list[Span] = []
    for line in lines:
        ended = bool(group) and _is_ended(text, group[-1], closed, width)
        if group and (ended or opener.match(text, line.start, line.end)):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _is_ended(text: str, line: Span, closed: re.Pattern[str], width: int) -> bool:
    short = line.end - line.start < 0.75 * width
    return short and bool(closed.search(text, max(line.end - 3, line.start), line.end))


def make_paragraph(text: str, lines: Sequence[Span]) -> Paragraph:
    """Return the paragraph that ``lines`` make, white space between Chinese characters passed over."""
    pieces = tuple(piece for line in lines for piece in _close_gaps(text, line))
    raw = text[lines[0].start : lines[0].end]
    return Paragraph(join_pieces(text, pieces), pieces, raw, Span(lines[0].start, lines[-1].end))


def join_paragraphs(left: Paragraph, right: Paragraph) -> Paragraph:
    """Return two paragraphs read as one, wherever they stand."""
    cover = Span(min(left.span.start, right.span.start), max(left.span.end, right.span.end))
    return Paragraph(left.text + right.text, left.pieces + right.pieces, left.raw, cover)


def _close_gaps(text: str, line: Span) -> Iterator[Span]:
    start = line.start
    for gap in _GAP.finditer(text, line.start, line.end):
        if start < gap.start():
            yield Span(start, gap.start())
        start = gap.end()
    if start < line.end:
        yield Span(start, line.end)
