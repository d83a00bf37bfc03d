"""The table that people fill in: CSV for a spreadsheet, UTF-8 with a byte order mark, headings in Chinese."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping

from graph.errors import InputError
from graph.lexicon import Lexicon

COLUMNS = (
    "verdict",
    "question",
    "name",
    "other",
    "type",
    "organisation",
    "quote",
    "other_quote",
    "document",
    "place",
    "other_place",
    "rule",
    "score",
    "who",
    "when",
    "note",
)


def list_words(lexicon: Lexicon, use: str) -> dict[str, str]:
    """Return the first word of the list ``review`` for each key of a use (``heading``, ``verdict``, ``type`` …)."""
    found = [word for word in lexicon.words["review"] if word.attributes["use"] == use]
    return {word.attributes["key"]: word.text for word in reversed(found)}


def read_words(lexicon: Lexicon, use: str) -> dict[str, str]:
    """Return the key of every word of a use, longest words first."""
    found = [word for word in lexicon.words["review"] if word.attributes["use"] == use]
    return {word.text: word.attributes["key"] for word in sorted(found, key=lambda word: -len(word.text))}


def write_table(records: Iterable[Mapping[str, str]], lexicon: Lexicon) -> str:
    """Return the table of records whose keys are of ``COLUMNS``; what is lacking stays empty."""
    headings = list_words(lexicon, "heading")
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(headings[key] for key in COLUMNS)
    writer.writerows([_guard(record.get(key, "")) for key in COLUMNS] for record in records)
    return "\ufeff" + out.getvalue()


def read_table(table: str, lexicon: Lexicon) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield for each row its number, as a spreadsheet counts, and its cells by the keys of ``COLUMNS``.

    Raises:
        InputError: the table has no column for the verdict.
    """
    keys = read_words(lexicon, "heading")
    reader = csv.DictReader(io.StringIO(table.removeprefix("\ufeff"), newline=""))
    if "verdict" not in {keys.get(name or "") for name in reader.fieldnames or ()}:
        wanted = list_words(lexicon, "heading")["verdict"]
        raise InputError(f"This is no table of decisions: it has no column '{wanted}'; take the one that review wrote.")
    for number, record in enumerate(reader, 2):
        yield number, {keys[name]: (value or "").strip() for name, value in record.items() if name in keys}


def _guard(cell: str) -> str:
    """Keep a spreadsheet from reading a text as a formula."""
    return f"\t{cell}" if cell[:1] in ("=", "+", "-", "@") else cell
