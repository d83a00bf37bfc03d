"""Pages with inline marks: ``[[name|type]]`` around a mention, ``{@office|role}`` where a statement begins.

``?`` behind a type says that careful readers differ; ``project/place`` gives a second type that is right as well;
marks nest. ``{@-}`` begins text that is nobody's pledge. Behind a line ``=== targets`` stand the figures, a row each:
office, metric, value, unit, bound, change, deadline and quote, parted by tabs. What counts is said in the guideline.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.model import Span

_MARK = re.compile(r"\{@([^{}]*)\}|\[\[|\|([a-z/]+)(\??)\]\]")
_TARGETS = "\n=== targets"
_COLUMNS = ("org", "metric", "value", "unit", "bound", "change", "deadline", "quote")
NOBODY = "-"


@dataclass(frozen=True, slots=True)
class Mark:
    """A mention; ``types`` has the first choice first, the span is in offsets of the page's text."""

    span: Span
    types: tuple[str, ...]
    optional: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """A stretch of text with the offices (name and role) that commit themselves in it."""

    span: Span
    offices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A text with its marks in the order of their ends."""

    text: str
    marks: tuple[Mark, ...]
    statements: tuple[Statement, ...]
    targets: tuple[dict[str, str], ...]


def read_page(marked: str) -> Page:
    """Return the page that marked text stands for.

    Raises:
        ValueError: if marks are not in pairs or a row of figures has not eight cells.
    """
    body, _, rows = marked.partition(_TARGETS)
    parts: list[str] = []
    opened: list[int] = []
    marks: list[Mark] = []
    begun: list[tuple[int, str]] = []
    at = last = 0
    for mark in _MARK.finditer(body):
        parts.append(body[last : mark.start()])
        at += len(parts[-1])
        last = mark.end()
        offices, types, unsure = mark.groups()
        if offices is not None:
            begun.append((at, offices.strip()))
        elif types is None:
            opened.append(at)
        elif opened:
            marks.append(Mark(Span(opened.pop(), at), tuple(types.split("/")), bool(unsure)))
        else:
            raise ValueError(f"mark closed but not opened at {at}")
    text = "".join([*parts, body[last:]])
    if opened:
        raise ValueError(f"mark opened but not closed at {opened[-1]}")
    return Page(text, tuple(marks), tuple(_part_statements(begun, len(text))), tuple(map(_read_target, _split(rows))))


def _part_statements(begun: list[tuple[int, str]], end: int) -> list[Statement]:
    ends = [at for at, _ in begun[1:]] + [end]
    return [
        Statement(Span(start, stop), tuple(map(_read_office, offices.split(";"))))
        for (start, offices), stop in zip(begun, ends, strict=True)
        if offices != NOBODY and start < stop
    ]


def _read_office(text: str) -> tuple[str, str]:
    name, _, role = text.partition("|")
    return name.strip(), role.strip() or "pledger"


def _split(rows: str) -> list[str]:
    return [row for row in rows.splitlines() if row.strip()]


def _read_target(row: str) -> dict[str, str]:
    return dict(zip(_COLUMNS, row.split("\t"), strict=True))
