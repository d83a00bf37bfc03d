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
from graph.read.furniture import drop_furniture, split_lines
from graph.spans import join_pieces

_TAG = r"</?[a-zA-Z][^<>]{0,120}>|&nbsp;"
_GAP = re.compile(rf"{_TAG}|(?<![A-Za-z0-9])[\s\ufeff\u200b]+|[\s\ufeff\u200b]+(?![A-Za-z0-9])")
_BRACKET = re.compile(r"[〕）)】\]]")
_WRAPPED_SHARE = 0.5
_WRAPPED_WIDTH = 60
_SHORT, _BRIEF = 0.75, 0.5
_HEADED = 10
_MARKS = 3
_OPENING = ("column", "bracketed")
_COLUMN = 24
_LONG, _LONG_IN_COLUMN = 15, 10


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of text that is read as one; ``raw`` is its first line as printed, ``span`` where it stands."""

    text: str
    pieces: tuple[Span, ...]
    raw: str
    span: Span


def read_paragraphs(text: str, lexicon: Lexicon) -> tuple[Paragraph, ...]:
    """Return the paragraphs of ``text`` in the order of the file, without page furniture."""
    lines = tuple(drop_furniture(text, tuple(split_lines(text, lexicon)), lexicon))
    if is_wrapped(text, lines, lexicon):
        groups: Iterable[Sequence[Span]] = join_wrapped(text, lines, lexicon)
    else:
        groups = ((line,) for line in lines)
    return tuple(make_paragraph(text, group) for group in groups)


def is_wrapped(text: str, lines: Sequence[Span], lexicon: Lexicon) -> bool:
    """Tell whether lines were broken at a fixed width: most long ones are about as long and end without a mark."""
    widest = max((line.end - line.start for line in lines), default=0)
    long = [line for line in lines if line.end - line.start > (_LONG if widest > _COLUMN else _LONG_IN_COLUMN)]
    if len(long) < 4 or median(line.end - line.start for line in long) > _WRAPPED_WIDTH:
        return False
    width = sorted(line.end - line.start for line in long)[9 * len(long) // 10]
    if sum(line.end - line.start > 0.75 * width for line in long) < _WRAPPED_SHARE * len(long):
        return False
    open_ends = sum(not is_closed(text, line, lexicon) for line in long)
    return open_ends > _WRAPPED_SHARE * len(long)


def join_wrapped(text: str, lines: Sequence[Span], lexicon: Lexicon) -> Iterator[Sequence[Span]]:
    """Yield the lines of each paragraph.

    A new one starts at a number, at an office with a wide gap or brackets behind its name, behind a short line that
    is closed, and behind a short numbered heading; a short line that names an office stands alone, if who holds it is
    named too, or nothing is left open before it.
    """
    opener = lexicon.rule("lines", "opener").pattern
    width = max((line.end - line.start for line in lines), default=0)
    group: list[Span] = []
    alone, begun = False, False
    for line in lines:
        numbered = opener.match(text, line.start, line.end)
        held = is_heading(text, group[-1:] if begun else (), line, width, lexicon)
        begun = begun or is_closed(text, line, lexicon)
        opened = any(lexicon.rule("speakers", form).pattern.match(text, line.start, line.end) for form in _OPENING)
        if group and (numbered or held or opened or alone or is_ended(text, group, line, width, lexicon)):
            yield group
            group = []
        group.append(line)
        alone = held
    if group:
        yield group


def is_heading(text: str, before: Sequence[Span], line: Span, width: int, lexicon: Lexicon) -> bool:
    """Tell whether a short line names an office: with the person who holds it, or alone behind what is closed.

    A brief one may stand alone behind a broken column too, unless that waits for it.
    """
    waits = lexicon.rule("lines", "waits").pattern
    brief = line.end - line.start < _BRIEF * width and not _BRACKET.search(text, line.start, line.end)
    free = all(
        is_closed(text, one, lexicon) or (brief and not waits.search(text, one.start, one.end)) for one in before
    )
    short = line.end - line.start < _SHORT * width
    forms = (
        ("card", "heading", "numbered", "signed", "titled") if free and short else ("card",) if free or short else ()
    )
    raw = text[line.start : line.end]
    match = next(filter(None, (lexicon.rule("speakers", form).pattern.search(raw) for form in forms)), None)
    return match is not None and not lexicon.rule("speakers", "not-a-name").pattern.search(match["it"])


def is_closed(text: str, line: Span, lexicon: Lexicon) -> bool:
    """Tell whether a line ends with the mark that closes a sentence, and quotation marks or brackets behind it."""
    closed = lexicon.rule("lines", "closed").pattern
    return closed.search(text, max(line.end - _MARKS, line.start), line.end) is not None


def is_ended(text: str, group: Sequence[Span], after: Span, width: int, lexicon: Lexicon) -> bool:
    """Tell whether a paragraph is over before the line ``after``: its last line is short, and closed or a heading."""
    line = group[-1]
    if line.end - line.start >= _SHORT * width:
        return False
    if is_closed(text, line, lexicon):
        return True
    heading = lexicon.rule("lines", "heading").pattern.match(text, line.start, line.end)
    return len(group) == 1 and heading is not None and after.end - after.start >= _HEADED


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
