"""Task lists: numbered tasks, each with the units that answer for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.lexicon import Lexicon
from graph.model import Role, Section, Span, Speaker
from graph.read.lines import Paragraph
from graph.read.page import Page, make_section
from graph.spans import cite, locate


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a paragraph that names units; ``span`` is in the paragraph's reading offsets."""

    span: Span
    speakers: tuple[Speaker, ...]


def read_tasks(page: Page, lexicon: Lexicon) -> Iterator[Section]:
    """Yield one section a task with its units, and sections of nobody for what stands between."""
    waiting: list[Paragraph] = []
    for paragraph in page.paragraphs:
        rest = paragraph
        for clause in find_clauses(page, paragraph, lexicon):
            taken = len(paragraph.text) - len(rest.text)
            waiting.append(slice_paragraph(rest, 0, clause.span.start - taken))
            yield from close_task(waiting, clause.speakers, lexicon)
            waiting = []
            rest = slice_paragraph(paragraph, clause.span.end, len(paragraph.text))
        waiting.append(rest)
    yield make_section([], [p for p in waiting if p.text], lexicon)


def find_clauses(page: Page, paragraph: Paragraph, lexicon: Lexicon) -> Iterator[Clause]:
    """Yield the clauses of a paragraph that name units, neighbouring ones (牵头 … 配合 …) as one."""
    found: Clause | None = None
    for match in lexicon.rule("tasks", "clause").pattern.finditer(paragraph.text):
        speakers = tuple(name_units(page, paragraph, match, lexicon))
        if not speakers:
            continue
        if found and match.start() - found.span.end <= 1:
            found = Clause(Span(found.span.start, match.end()), found.speakers + speakers)
            continue
        if found:
            yield found
        found = Clause(Span(match.start(), match.end()), speakers)
    if found:
        yield found


def name_units(page: Page, paragraph: Paragraph, clause: re.Match[str], lexicon: Lexicon) -> Iterator[Speaker]:
    """Yield the units of a clause with their roles."""
    for part in lexicon.rule("tasks", "part").pattern.finditer(clause.group()):
        role = find_role(part["role"], lexicon)
        for start, end in split_units(part["units"], lexicon):
            at = clause.start() + part.start("units")
            pieces = locate(paragraph.pieces, Span(at + start, at + end))
            evidence = cite(page.name, page.text, pieces, Span(0, end - start))
            yield Speaker(part["units"][start:end], role, evidence, "tasks/clause")


def find_role(words: str, lexicon: Lexicon) -> Role:
    """Return the role that the words before a colon give."""
    for word in lexicon.words["tasks_roles"]:
        if word.text in words:
            role: Role = word.attributes["role"]  # type: ignore[assignment]
            return role
    return "responsible"


def split_units(units: str, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Yield where each unit stands in a list; brackets and 各市、县 keep a unit together."""
    for match in lexicon.rule("tasks", "unit").pattern.finditer(units):
        yield match.start("it"), match.end("it")


def close_task(paragraphs: Sequence[Paragraph], speakers: tuple[Speaker, ...], lexicon: Lexicon) -> Iterator[Section]:
    """Yield what stands before a task as nobody's, and the task with its speakers."""
    filled = [paragraph for paragraph in paragraphs if paragraph.text]
    start = find_start(filled, lexicon)
    if start:
        yield make_section([], filled[:start], lexicon)
    if filled[start:]:
        yield make_section(speakers, filled[start:], lexicon, filled[start].text[:40])


def find_start(paragraphs: Sequence[Paragraph], lexicon: Lexicon) -> int:
    """Return the index at which the task begins: after the last heading, at the last number of its rank."""
    opener = lexicon.rule("lines", "opener").pattern
    title = lexicon.rule("tasks", "title-line").pattern
    start = 0
    for index, paragraph in enumerate(paragraphs):
        if title.search(paragraph.text):
            start = index + 1
    numbered = [i for i in range(start, len(paragraphs)) if opener.match(paragraphs[i].text)]
    return numbered[-1] if numbered else start


def slice_paragraph(paragraph: Paragraph, start: int, end: int) -> Paragraph:
    """Return a stretch of a paragraph, by its reading offsets; it may be empty."""
    pieces = locate(paragraph.pieces, Span(start, end)) if start < end else ()
    return Paragraph(paragraph.text[start:end], pieces, paragraph.text[start:end], paragraph.span)
