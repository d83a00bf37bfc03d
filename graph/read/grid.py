"""Tables printed as lines: a heading line names the columns, wide gaps or bars part the cells of a row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graph.lexicon import Lexicon
from graph.model import Role, Span, Speaker
from graph.read.lines import Paragraph, make_paragraph
from graph.read.page import Page
from graph.read.tables import name_columns
from graph.read.units import split_units
from graph.spans import cite, locate

_WIDE = re.compile(r"\s*[|｜]\s*|[^\S\n]{2,}|[\t\u3000]+")
_NARROW = re.compile(r"\s+")
_LEAST = 3
_UNITS: Mapping[str, Role] = {"lead": "lead", "responsible": "responsible", "support": "support"}
_ASIDE = frozenset({"deadline", "leader", "number"})


@dataclass(frozen=True, slots=True)
class Grid:
    """The columns of a printed table: meaning → number, how many there are, and what parts them."""

    columns: Mapping[str, int]
    count: int
    gap: re.Pattern[str]


def find_grid(page: Page, paragraph: Paragraph, lexicon: Lexicon) -> Grid | None:
    """Return the table that a heading line opens: three columns or more, one of them of units."""
    for gap in (_WIDE, _NARROW):
        cells = list(split_cells(page.text, paragraph.span, gap))
        columns = name_columns([page.text[cell.start : cell.end] for cell in cells], lexicon)
        if len(cells) >= _LEAST and columns.keys() & _UNITS.keys() and len(columns) >= _LEAST - (gap is _WIDE):
            return Grid(columns, len(cells), gap)
    return None


def split_cells(text: str, line: Span, gap: re.Pattern[str]) -> Iterator[Span]:
    """Yield where the cells of a line stand, in document offsets."""
    start = line.start
    for match in gap.finditer(text, line.start, line.end):
        if start < match.start():
            yield Span(start, match.start())
        start = match.end()
    if start < line.end:
        yield Span(start, line.end)


def read_row(
    page: Page, paragraph: Paragraph, grid: Grid, lexicon: Lexicon
) -> tuple[tuple[Speaker, ...], list[Paragraph]] | None:
    """Return the units of a row and the cells that tell the task, or nothing if the line is no row.

    A row may lack cells on its left (a kind that spans rows); columns are counted from the right then.
    """
    cells = list(split_cells(page.text, paragraph.span, grid.gap))
    if len(cells) < _LEAST or len(cells) > grid.count:
        return None
    shift = len(cells) - grid.count
    aside = {number + shift for name, number in grid.columns.items() if name in _UNITS or name in _ASIDE}
    speakers = [
        speaker
        for name, role in _UNITS.items()
        if name in grid.columns and grid.columns[name] + shift >= 0
        for speaker in name_cell(page, cells[grid.columns[name] + shift], role, lexicon)
    ]
    task = [make_paragraph(page.text, [cell]) for number, cell in enumerate(cells) if number not in aside]
    return (tuple(speakers), task) if speakers and task else None


def name_cell(page: Page, cell: Span, role: Role, lexicon: Lexicon) -> Iterator[Speaker]:
    """Yield the units in a cell; what has no office's head is nobody."""
    inner = make_paragraph(page.text, [cell])
    heads = lexicon.texts("units_heads")
    for start, end in split_units(inner.text, (), lexicon):
        name = inner.text[start:end]
        if name.endswith(heads) or len(name) >= _LEAST:
            evidence = cite(page.name, page.text, locate(inner.pieces, Span(start, end)), Span(0, end - start))
            yield Speaker(name, role, evidence, "units/table")
