"""Task lists: numbered tasks, each with the units that answer for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.lexicon import Lexicon
from graph.model import Section, Span, Speaker
from graph.read.lines import Paragraph
from graph.read.page import Page, make_section
from graph.read.units import Custom, apply_custom, find_clauses, learn_custom
from graph.spans import locate

_HEADING = 40
Task = tuple[tuple[Speaker, ...], list[Paragraph]]


def read_tasks(page: Page, lexicon: Lexicon) -> Iterator[Section]:
    """Yield one section a task with its units, and sections of nobody for what stands between."""
    for speakers, paragraphs in split_tasks(page, page.paragraphs, lexicon):
        heading = paragraphs[0].text[:_HEADING] if speakers else ""
        yield make_section(speakers, paragraphs, lexicon, heading)


def split_tasks(page: Page, paragraphs: Sequence[Paragraph], lexicon: Lexicon) -> Iterator[Task]:
    """Yield paragraphs cut into tasks, each with its units; what has none comes with no speakers.

    Clauses of units that follow one another (牵头单位 in one line, 责任单位 in the next) are of one task.
    """
    waiting: list[Paragraph] = []
    units: tuple[Speaker, ...] = ()
    custom = Custom()
    for paragraph in paragraphs:
        taken = 0
        custom = learn_custom(page, paragraph, custom, lexicon)
        for clause in find_clauses(page, paragraph, lexicon):
            before = slice_paragraph(paragraph, taken, clause.span.start)
            if before.text and units:
                yield from close_task(waiting, apply_custom(units, custom), lexicon)
                waiting, units = [], ()
            waiting.append(before)
            units += clause.speakers
            taken = clause.span.end
        rest = slice_paragraph(paragraph, taken, len(paragraph.text)) if taken else paragraph
        if rest.text and units:
            yield from close_task(waiting, apply_custom(units, custom), lexicon)
            waiting, units = [], ()
        waiting.append(rest)
    yield from close_task(waiting, apply_custom(units, custom) if units else (), lexicon)


def close_task(paragraphs: Sequence[Paragraph], speakers: tuple[Speaker, ...], lexicon: Lexicon) -> Iterator[Task]:
    """Yield what stands before a task without speakers, and the task with its own."""
    filled = [paragraph for paragraph in paragraphs if paragraph.text]
    start = find_start(filled, lexicon) if speakers else 0
    if start:
        yield (), filled[:start]
    if filled[start:]:
        yield speakers, filled[start:]


def find_start(paragraphs: Sequence[Paragraph], lexicon: Lexicon) -> int:
    """Return the index at which the task begins: after the last heading, at the last number of its rank.

    A heading with nothing numbered under it is the task itself, or its name.
    """
    opener = lexicon.rule("lines", "opener").pattern
    title = lexicon.rule("tasks", "title-line").pattern
    start = 0
    for index, paragraph in enumerate(paragraphs):
        if title.search(paragraph.text):
            last = index + 1 == len(paragraphs)
            start = index if last or not opener.match(paragraphs[index + 1].text) else index + 1
    numbered = [i for i in range(start, len(paragraphs)) if opener.match(paragraphs[i].text)]
    return numbered[-1] if numbered else start


def slice_paragraph(paragraph: Paragraph, start: int, end: int) -> Paragraph:
    """Return a stretch of a paragraph, by its reading offsets; it may be empty."""
    pieces = locate(paragraph.pieces, Span(start, end)) if start < end else ()
    return Paragraph(paragraph.text[start:end], pieces, paragraph.text[start:end], paragraph.span)
