"""The ledger as files: two CSV tables with fixed columns, and one workbook with Chinese headings.

Every writer gives the same bytes for the same rows: no clock, no locale, ``\\n`` line ends.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date, datetime
from io import BytesIO
from operator import attrgetter
from pathlib import Path
from typing import Any

import xlsxwriter

from graph.model import Ledger, LinkRow, TargetRow
from graph.view.text import explain_output
from graph.view.words import load_words

LINK_COLUMNS = (
    *("document", "organisation", "organisation_id", "role", "entity_id"),
    *("entity", "mention", "type", "start", "end"),
)
TARGET_COLUMNS = (
    *("document", "organisation", "metric", "value", "unit", "bound"),
    *("change", "deadline", "quote", "start", "end"),
)
_EPOCH = datetime(2000, 1, 1)
_LINK_SHEET = (
    *("title", "document", "year", "issued", "organisation_label", "organisation", "role", "entity", "type", "mention"),
    *("action", "status", "quote", "start", "end", "rule", "score", "organisation_id", "entity_id"),
)
_TARGET_SHEET = (
    *("title", "document", "year", "organisation_label", "organisation", "metric", "value", "unit"),
    *("bound", "change", "deadline", "quote", "start", "end", "organisation_id"),
)
_CODED = {"role": "roles", "type": "types", "status": "statuses", "bound": "bounds", "change": "changes"}
_WIDTHS = {"title": 28, "document": 24, "organisation_label": 22, "organisation": 22, "entity": 30, "mention": 26}
_DATES = frozenset({"issued", "deadline"})
_WIDTHS |= {
    "issued": 12,
    "quote": 72,
    "metric": 26,
    "rule": 18,
    "action": 12,
    "deadline": 12,
    "organisation_id": 40,
    "entity_id": 40,
}
_DEFAULT_WIDTH = 9
_CELL_LIMIT = 32_767
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def write_links_csv(rows: Iterable[LinkRow], path: Path) -> int:
    """Write one row per mention in the columns of ``LINK_COLUMNS``; return how many rows were written.

    Raises:
        OutputError: the file cannot be written.
    """
    return _write_csv(rows, LINK_COLUMNS, path)


def write_targets_csv(rows: Iterable[TargetRow], path: Path) -> int:
    """Write one row per target in the columns of ``TARGET_COLUMNS``; return how many rows were written.

    A whole number is written without a decimal point.

    Raises:
        OutputError: the file cannot be written.
    """
    return _write_csv(rows, TARGET_COLUMNS, path)


def write_xlsx(ledger: Ledger, path: Path) -> None:
    """Write the ledger as a workbook: a sheet of links, a sheet of targets, Chinese headings, filters on.

    Text stays text: nothing from a document becomes a formula, a link or a number.

    Raises:
        OutputError: the file cannot be written.
    """
    words = load_words()["zh"]
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    content = BytesIO()
    with xlsxwriter.Workbook(content, options) as book:
        book.set_properties({"title": words["ledger"], "created": _EPOCH})
        _write_sheet(book, words["links_sheet"], _LINK_SHEET, ledger.links, words)
        _write_sheet(book, words["targets_sheet"], _TARGET_SHEET, ledger.targets, words)
    with explain_output(path):
        path.write_bytes(content.getvalue())


def _write_csv(rows: Iterable[LinkRow | TargetRow], columns: Sequence[str], path: Path) -> int:
    get = attrgetter(*columns)
    written = 0
    with explain_output(path), path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        for written, row in enumerate(rows, 1):  # noqa: B007
            writer.writerow(map(_plain, get(row)))
    return written


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _write_sheet(
    book: Any, name: str, columns: Sequence[str], rows: Sequence[LinkRow | TargetRow], words: dict[str, Any]
) -> None:
    top = {"valign": "top"}
    head = book.add_format({"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F3A5F", "valign": "vcenter"})
    cell, wrapped = book.add_format(top), book.add_format({**top, "text_wrap": True})
    dated = book.add_format({**top, "num_format": "yyyy-mm-dd", "align": "left"})
    sheet = book.add_worksheet(name)
    for i, column in enumerate(columns):
        look = wrapped if column == "quote" else dated if column in _DATES else cell
        sheet.set_column(i, i, _WIDTHS.get(column, _DEFAULT_WIDTH), look)
        sheet.write_string(0, i, words["columns"][column], head)
    sheet.set_row(0, 22)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    for i, row in enumerate(rows, 1):
        for j, column in enumerate(columns):
            _write_cell(sheet, i, j, _say(getattr(row, column), column, words))


def _write_cell(sheet: Any, row: int, column: int, value: Any) -> None:
    if isinstance(value, date):
        sheet.write_datetime(row, column, value)
    elif isinstance(value, (int, float)):
        sheet.write_number(row, column, value)
    elif value:
        sheet.write_string(row, column, value[:_CELL_LIMIT])


def _say(value: Any, column: str, words: dict[str, Any]) -> Any:
    """Return a coded value in the words of the reader's language, a whole date as one, anything else as it is."""
    if column in _DATES and _DATE.fullmatch(value):
        with suppress(ValueError):
            return date.fromisoformat(value)
    coded = _CODED.get(column)
    return words[coded].get(value, value) if coded else value
