"""Rows become documents: a column of texts, or a table of tasks; which it is, the headings say."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from graph.lexicon import Lexicon
from graph.read.encoding import decode_text
from graph.read.source import Source, UnreadableError

Row = Sequence[str]
_HEADING_ROWS = 8
_DEADLINE = "deadline"
_FACTS = ("title", "year", "issued", "issuer", "place", "genre")


def read_csv(data: bytes, lexicon: Lexicon) -> Iterator[Source]:
    """Yield the documents of a table of comma, semicolon or tab separated values."""
    text = decode_text(data)
    csv.field_size_limit(max(len(text), 131072))
    first = text[: text.find("\n")]
    delimiter = max(",;\t", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise UnreadableError(f"is a broken table ({error}); save it again") from error
    yield from read_rows(rows, lexicon, "text/csv")


def read_jsonl(data: bytes, lexicon: Lexicon) -> Iterator[Source]:
    """Yield the documents of a file with one JSON object a line, or with one JSON list of objects."""
    text = decode_text(data).strip()
    try:
        records = json.loads(text) if text.startswith("[") else [json.loads(x) for x in text.splitlines() if x.strip()]
    except (json.JSONDecodeError, RecursionError) as error:
        raise UnreadableError("is broken JSON; fetch it again") from error
    objects = [record for record in records if isinstance(record, dict)]
    names = list(dict.fromkeys(str(key) for record in objects for key in record))
    rows = [names, *([write_cell(record.get(name)) for name in names] for record in objects)]
    yield from read_rows(rows, lexicon, "application/jsonl")


def write_cell(value: object) -> str:
    """Return a value of a table as text; a whole number has no decimals."""
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def read_rows(rows: Sequence[Row], lexicon: Lexicon, media_type: str) -> Iterator[Source]:
    """Yield one document a row of a text column, or one document for a whole table of tasks.

    Raises:
        UnreadableError: neither a text column nor columns of tasks and units.
    """
    for index, row in enumerate(rows[:_HEADING_ROWS]):
        columns = name_columns(row, lexicon)
        if "text" in columns:
            yield from read_text_column(rows[index + 1 :], columns, media_type)
            return
        if is_task_table(columns):
            title = "".join(cell for cells in rows[:index] for cell in dict.fromkeys(cells) if cell).strip()
            text = write_tasks(rows[index + 1 :], columns, lexicon)
            yield Source(f"{title}\n{text}" if title else text, {"title": title}, media_type=media_type)
            return
    words = "、".join(lexicon.texts("tables_columns", column="text")[:3])
    raise UnreadableError(f"has neither a column of texts (such as {words}) nor columns of tasks and units")


def name_columns(row: Row, lexicon: Lexicon) -> Mapping[str, int]:
    """Return the columns that a heading row names, each the first time: meaning → number."""
    known = {word.text: word.attributes["column"] for word in lexicon.words["tables_columns"]}
    named: dict[str, int] = {}
    for number, cell in enumerate(row):
        heading = "".join(str(cell).split()).strip("\ufeff").lower()
        if heading in known:
            named.setdefault(known[heading], number)
    return named


def is_task_table(columns: Mapping[str, int]) -> bool:
    """Tell whether a table has a column of tasks and one of units."""
    return "task" in columns and any(column in columns for column in ("lead", "responsible", "support"))


def read_text_column(rows: Sequence[Row], columns: Mapping[str, int], media_type: str) -> Iterator[Source]:
    """Yield each row that has a text, with the facts in its other columns."""
    full = [row for row in rows if take_cell(row, columns["text"]).strip()]
    for number, row in enumerate(full, 1):
        facts: dict[str, Any] = {name: take_cell(row, columns[name]).strip() for name in _FACTS if name in columns}
        year = facts.pop("year", "")[:4]
        if year.isdigit():
            facts["year"] = int(year)
        part = f"#{number}" if len(full) > 1 else ""
        yield Source(take_cell(row, columns["text"]), facts, part, media_type)


def write_tasks(rows: Iterable[Row], columns: Mapping[str, int], lexicon: Lexicon) -> str:
    """Return a table of tasks as running text: each task with its deadline, and its units in brackets behind it.

    The deadline stands before every sentence of its task: it holds for what each of them pledges.
    """
    labels = {word.attributes["column"]: word.text for word in lexicon.words["tables_labels"]}
    lines: list[str] = []
    for row in rows:
        cells = {name: take_cell(row, columns[name]) for name in labels if name in columns}
        until = cells.pop(_DEADLINE, "").strip()
        task = "".join(take_cell(row, columns["task"]).split())
        if task and until:
            task = add_deadline(task, labels[_DEADLINE], until, lexicon)
        clauses = [labels[name] + "、".join(value.split()) for name, value in cells.items() if value.strip()]
        if task and clauses:
            lines.append(f"{len(lines) + 1}. {task}\n（{'；'.join(clauses)}）\n")
        elif task:
            lines.append(task + "\n")
    return "".join(lines)


def add_deadline(task: str, label: str, until: str, lexicon: Lexicon) -> str:
    """Return a task with its deadline before each of its sentences: a date of a sheet spelt, and as the last day."""
    date = lexicon.rule("tables", "date").pattern.match(until)
    if date:
        signs = lexicon.rule("tables", "date").attributes["signs"]
        until = "".join(
            f"{int(part)}{sign}" for part, sign in zip(date.group("y", "m", "d"), signs, strict=True) if part
        )
    last = lexicon.rule("tables", "until")
    until += last.attributes["word"] if last.pattern.search(until) else ""
    return lexicon.rule("tables", "begin").pattern.sub(f"{label}{until}，", task)


def take_cell(row: Row, number: int) -> str:
    """Return a cell of a row that may be too short."""
    return row[number] if number < len(row) else ""
