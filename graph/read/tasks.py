"""Task lists: numbered tasks, each with the units that answer for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from graph.lexicon import Lexicon
from graph.model import Section, Span, Speaker
from graph.read.grid import Grid, find_grid, read_row
from graph.read.lines import Paragraph
from graph.read.page import Page, make_section
from graph.read.units import Custom, apply_custom, find_clauses, learn_custom, name_above
from graph.spans import locate

_HEADING = 40


@dataclass(frozen=True, slots=True)
class Task:
    """Paragraphs with the units that answer for them, none for what stands between, and by when."""

    speakers: tuple[Speaker, ...]
    paragraphs: tuple[Paragraph, ...]
    due: str = ""


def read_tasks(page: Page, lexicon: Lexicon) -> Iterator[Section]:
    """Yield one section a task with its units, and sections of nobody for what stands between."""
    for task in split_tasks(page, page.paragraphs, lexicon):
        heading = task.paragraphs[0].text[:_HEADING] if task.speakers else ""
        yield make_section(task.speakers, task.paragraphs, lexicon, heading, due=task.due)


def split_tasks(page: Page, paragraphs: Sequence[Paragraph], lexicon: Lexicon) -> Iterator[Task]:
    """Yield paragraphs cut into tasks, each with its units; what has none comes with no speakers."""
    begins = lexicon.rule("tasks", "record").pattern
    group: list[Paragraph] = []
    for paragraph in paragraphs:
        starts = begins.match(paragraph.text) is not None
        if group and (starts or (begins.match(group[0].text) and is_title(paragraph, lexicon))):
            yield from read_group(page, group, lexicon)
            group = []
        group.append(paragraph)
    yield from read_group(page, group, lexicon)


def read_group(page: Page, group: Sequence[Paragraph], lexicon: Lexicon) -> Iterator[Task]:
    """Yield a record (问题1：…, with lines for its units, its time, its measures) as one task, else the tasks in it."""
    if group and lexicon.rule("tasks", "record").pattern.match(group[0].text):
        parts = [part for paragraph in group for part in cut_clauses(page, paragraph, lexicon)]
        units = tuple(unit for part in parts for unit in part.speakers)
        if units:
            due = next((part.due for part in parts if part.due), "")
            yield Task(units, tuple(one for part in parts for one in part.paragraphs if one.text), due)
            return
    yield from pile_tasks(page, group, lexicon)


def pile_tasks(page: Page, paragraphs: Sequence[Paragraph], lexicon: Lexicon) -> Iterator[Task]:
    """Yield tasks that end with their units, or stand under them.

    Clauses of units that follow one another (牵头单位 in one line, 责任单位 in the next) are of one task.
    """
    pile = Pile(lexicon)
    grid: Grid | None = None
    custom = Custom()
    for paragraph, after in zip_longest(paragraphs, paragraphs[1:]):
        custom = learn_custom(page, paragraph, custom, lexicon)
        opened = find_grid(page, paragraph, lexicon)
        grid = opened or grid
        row = read_row(page, paragraph, grid, lexicon) if grid and not opened else None
        above = () if row else name_above(page, paragraph, lexicon)
        if row or above:
            yield from pile.close(custom)
            yield from [Task(*row)] if row else []
            pile.over, pile.over_due = above, ""
            continue
        if pile.over:
            yield from pile.close(custom)
            if is_title(paragraph, lexicon):
                pile.over, pile.over_due = (), ""
        for part in cut_clauses(page, paragraph, lexicon):
            if part.paragraphs[0].text and pile.units:
                yield from pile.close(custom)
            pile.waiting += part.paragraphs
            pile.units, pile.due = pile.units + part.speakers, pile.due or part.due
        if pile.units and after and pile.leads(after):
            pile.over, pile.over_due = pile.units, pile.due
            pile.units, pile.due, pile.waiting = (), "", []
    yield from pile.close(custom)


@dataclass(slots=True)
class Pile:
    """What is read of a task so far: its paragraphs, its units, its time, and those of the heading over it."""

    lexicon: Lexicon
    waiting: list[Paragraph] = field(default_factory=list)
    units: tuple[Speaker, ...] = ()
    over: tuple[Speaker, ...] = ()
    due: str = ""
    over_due: str = ""

    def close(self, custom: Custom) -> Iterator[Task]:
        """Yield the task, and begin a new one."""
        speakers = (*self.over, *self.units)
        task = Task(apply_custom(speakers, custom) if speakers else (), tuple(self.waiting), self.due or self.over_due)
        yield from close_task(task, self.lexicon)
        self.waiting, self.units, self.due = [], (), ""

    def leads(self, after: Paragraph) -> bool:
        """Tell whether the units stand above their tasks: between a heading and a text that is none."""
        said = [paragraph for paragraph in self.waiting if paragraph.text]
        while said and not is_title(said[-1], self.lexicon) and len(said[-1].text) < _HEADING:
            said.pop()
        return bool(said) and is_title(said[-1], self.lexicon) and not self._is_next(after)

    def _is_next(self, paragraph: Paragraph) -> bool:
        clause = self.lexicon.rule("units", "clause").pattern
        return is_title(paragraph, self.lexicon) or clause.match(paragraph.text) is not None


def cut_clauses(page: Page, paragraph: Paragraph, lexicon: Lexicon) -> Iterator[Task]:
    """Yield the stretches of a paragraph, each with the units of the clause behind it, or before all of it."""
    taken = 0
    clauses = list(find_clauses(page, paragraph, lexicon))
    if len(clauses) == 1 and clauses[0].span.start == 0 and clauses[0].span.end < len(paragraph.text):
        rest = slice_paragraph(paragraph, clauses[0].span.end, len(paragraph.text))
        yield Task(clauses[0].speakers, (rest,), clauses[0].due)
        return
    for clause in clauses:
        yield Task(clause.speakers, (slice_paragraph(paragraph, taken, clause.span.start),), clause.due)
        taken = clause.span.end
    yield Task((), (slice_paragraph(paragraph, taken, len(paragraph.text)) if taken else paragraph,))


def is_title(paragraph: Paragraph, lexicon: Lexicon) -> bool:
    """Tell whether a paragraph is a heading above tasks."""
    return lexicon.rule("tasks", "title-line").pattern.search(paragraph.text) is not None


def close_task(task: Task, lexicon: Lexicon) -> Iterator[Task]:
    """Yield what stands before a task without speakers, and the task with its own."""
    filled = tuple(paragraph for paragraph in task.paragraphs if paragraph.text)
    start = find_start(filled, lexicon) if task.speakers else 0
    if start:
        yield Task((), filled[:start])
    if filled[start:]:
        yield replace(task, paragraphs=filled[start:])


def find_start(paragraphs: Sequence[Paragraph], lexicon: Lexicon) -> int:
    """Return the index at which the task begins: after the last heading, at the last number of its rank.

    A heading with nothing numbered under it is the task itself, or its name.
    """
    opener = lexicon.rule("lines", "opener").pattern
    start = 0
    for index, paragraph in enumerate(paragraphs):
        if is_title(paragraph, lexicon):
            last = index + 1 == len(paragraphs)
            start = index if last or not opener.match(paragraphs[index + 1].text) else index + 1
    numbered = [i for i in range(start, len(paragraphs)) if opener.match(paragraphs[i].text)]
    return numbered[-1] if numbered else start


def slice_paragraph(paragraph: Paragraph, start: int, end: int) -> Paragraph:
    """Return a stretch of a paragraph, by its reading offsets; it may be empty."""
    pieces = locate(paragraph.pieces, Span(start, end)) if start < end else ()
    return Paragraph(paragraph.text[start:end], pieces, paragraph.text[start:end], paragraph.span)
