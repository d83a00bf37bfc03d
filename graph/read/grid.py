"""Tables printed as lines: a heading line names the columns, wide gaps or bars part the cells of a row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from graph.lexicon import Lexicon
from graph.model import Role, Span, Speaker
from graph.read.lines import Paragraph, make_paragraph
from graph.read.page import Page
from graph.read.tables import name_columns
from graph.read.units import find_role, split_units
from graph.spans import cite, locate

_BAR = re.compile(r"[|｜│┃]|\t")
_WIDE = re.compile(r"[^\S\n]{2,}|\u3000+")
_NARROW = re.compile(r"\s+")
_LEAST = 3
_SHORTEST = 3  # characters of a unit's name that ends like no office
_UNITS: Mapping[str, Role] = {"lead": "lead", "responsible": "responsible", "support": "support"}
_DUE = "deadline"
_ASIDE = frozenset({_DUE, "leader", "number"})


@dataclass(frozen=True, slots=True)
class Grid:
    """The columns of a printed table: meaning → number, how many there are, and what parts them."""

    columns: Mapping[str, int]
    count: int
    gap: re.Pattern[str]


def find_grid(page: Page, paragraph: Paragraph, lexicon: Lexicon) -> Grid | None:
    """Return the table that a heading line opens: three columns or more, one of them of units."""
    for gap in (_BAR, _WIDE, _NARROW):
        cells = list(split_cells(page.text, paragraph.span, gap))
        columns = name_columns([page.text[cell.start : cell.end] for cell in cells], lexicon)
        if len(cells) >= _LEAST and columns.keys() & _UNITS.keys() and len(columns) >= _LEAST - (gap is not _NARROW):
            return Grid(columns, len(cells), gap)
    return None


def count_rows(page: Page, lexicon: Lexicon) -> int:
    """Return how many lines of a page are rows of a printed table."""
    grid: Grid | None = None
    count = 0
    for paragraph in page.paragraphs:
        opened = find_grid(page, paragraph, lexicon)
        grid = opened or grid
        count += grid is not None and not opened and read_row(page, paragraph, grid, lexicon) is not None
    return count


def split_cells(text: str, line: Span, gap: re.Pattern[str]) -> Iterator[Span]:
    """Yield where the cells of a line stand, in document offsets; between bars or tabs a cell may be empty."""
    borders = [(line.start, line.start), *(m.span() for m in gap.finditer(text, line.start, line.end))]
    for (_, start), (end, _) in pairwise([*borders, (line.end, line.end)]):
        within = text[start:end]
        left, right = len(within) - len(within.lstrip()), len(within.rstrip())
        outside = start == line.start or end == line.end
        if left < right:
            yield Span(start + left, start + right)
        elif gap is _BAR and not outside:
            yield Span(start, start)


def read_row(
    page: Page, paragraph: Paragraph, grid: Grid, lexicon: Lexicon
) -> tuple[tuple[Speaker, ...], tuple[Paragraph, ...], str] | None:
    """Return the units of a row, the cells that tell the task, and by when, or nothing if the line is no row.

    Which cells a row lacks, a kind that spans rows or a date that is not set, its units tell (``find_shift``).
    """
    cells = list(split_cells(page.text, paragraph.span, grid.gap))
    if len(cells) < _LEAST or len(cells) > grid.count:
        return None
    shift = find_shift(page, cells, grid, lexicon)
    aside = {number + shift for name, number in grid.columns.items() if name in _UNITS or name in _ASIDE}
    speakers = [
        speaker
        for name, role in _UNITS.items()
        if name in grid.columns and 0 <= grid.columns[name] + shift < len(cells)
        for speaker in name_cell(page, cells[grid.columns[name] + shift], role, lexicon)
    ]
    kept = [cell for number, cell in enumerate(cells) if number not in aside and cell.start < cell.end]
    if not speakers or not kept:
        return None
    at = grid.columns[_DUE] + shift if _DUE in grid.columns else -1
    due = page.text[cells[at].start : cells[at].end] if 0 <= at < len(cells) else ""
    return tuple(speakers), tuple(make_paragraph(page.text, [cell]) for cell in kept), due


def find_shift(page: Page, cells: Sequence[Span], grid: Grid, lexicon: Lexicon) -> int:
    """Return how far to the left of its column a cell stands: what is lacking lacks on the left or on the right.

    On the left, unless only the other way a cell of units ends like an office.
    """
    lacking, heads = len(cells) - grid.count, lexicon.texts("units_heads")
    units = [number for name, number in grid.columns.items() if name in _UNITS]
    for shift in (lacking, 0):
        found = [cells[number + shift] for number in units if 0 <= number + shift < len(cells)]
        if any(page.text[cell.start : cell.end].endswith(heads) for cell in found):
            return shift
    return lacking


def name_cell(page: Page, cell: Span, role: Role, lexicon: Lexicon) -> Iterator[Speaker]:
    """Yield the units in a cell, which may be companies: what is short and has no office's head is nobody."""
    if cell.start == cell.end:
        return
    inner = make_paragraph(page.text, [cell])
    heads = lexicon.texts("units_heads")
    for begin, end in split_units(inner.text, (), lexicon):
        label = lexicon.rule("units", "own-label").pattern.match(inner.text, begin, end)
        start, role = (label.end(), find_role(label["role"], lexicon)) if label else (begin, role)
        name = inner.text[start:end]
        if name.endswith(heads) or len(name) >= _SHORTEST:
            evidence = cite(page.name, page.text, locate(inner.pieces, Span(start, end)), Span(0, end - start))
            yield Speaker(name, role, evidence, "units/table")
