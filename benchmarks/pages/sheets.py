"""Marked pages as texts with answer sheets, which both taggers learn from.

    python -m benchmarks.pages.sheets CORPUS OUT
    python -m benchmarks.pages.sheets --held-out OUT

Pages that were written for this (``written/``) stand there whole; of passages of the corpora (``passages.json``) only
the places of the lines and the marks are kept, and CORPUS gives their text. From the pages of ``held_out/`` nothing
is learnt, and no rule was written for them; each set of them goes into a folder of its own.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.neural.corpora import read_news, read_reports
from benchmarks.pages.markup import Mark, Page, Statement, read_page
from graph.model import Span

HERE = Path(__file__).resolve().parent
WRITTEN, HELD_OUT, PASSAGES = HERE / "written", HERE / "held_out", HERE / "passages.json"
_ELLIPSIS = "…"
_YEAR = re.compile(r"(?:19|20)\d\d")


def write_sheets(pages: Iterable[tuple[str, str, Page]], out: Path) -> int:
    """Write a text and an answer sheet for every page (name, source, page); return how many."""
    out.mkdir(parents=True, exist_ok=True)
    listed = list(pages)
    for name, source, page in listed:
        sheet = {"doc": f"{name}.txt", "source": source, "year": _find_year(page), "statements": _list_statements(page)}
        (out / f"{name}.txt").write_text(page.text, encoding="utf-8", newline="")
        (out / f"{name}.json").write_text(json.dumps(sheet, ensure_ascii=False, indent=1), encoding="utf-8")
    return len(listed)


def read_written(folder: Path) -> Iterator[tuple[str, str, Page]]:
    """Yield name, source and page of written pages, each a source of its own."""
    for path in sorted(folder.rglob("*.txt")):
        name = f"{path.parent.name}-{path.stem}"
        yield name, name, read_page(path.read_text(encoding="utf-8"))


def read_pages(corpus: Path) -> Iterator[tuple[str, str, Page]]:
    """Yield name, source and page of all that may be learnt from: written pages, then passages of the corpora."""
    yield from read_written(WRITTEN)
    texts = {name: squeeze(text) for name, text in chain(read_reports(corpus), read_news(corpus))}
    for passage in json.loads(PASSAGES.read_text(encoding="utf-8")):
        yield passage["name"], passage["source"], _restore(passage, texts)


@contextmanager
def sheets_of_pages(corpus: Path) -> Iterator[Path]:
    """Give a folder with the sheets of all pages, for as long as it is needed."""
    with TemporaryDirectory() as folder:
        write_sheets(read_pages(corpus), Path(folder))
        yield Path(folder)


def squeeze(text: str) -> str:
    """Return a text without white space, in which the passages' lines are placed."""
    return re.sub(r"\s+", "", text)


def _restore(passage: Mapping[str, Any], texts: Mapping[str, str]) -> Page:
    """Return a passage with its text; marks and statements are kept in offsets of the lines joined by line ends."""
    text = "\n".join(texts[file][start:end] for file, start, end in passage["lines"])
    marks = tuple(
        Mark(Span(start, end), tuple(types.split("/")), bool(opt)) for start, end, types, opt in passage["marks"]
    )
    said = tuple(
        Statement(Span(start, end), tuple((name, role) for name, role in offices))
        for start, end, offices in passage["statements"]
    )
    return Page(text, marks, said, ())


def _find_year(page: Page) -> int | None:
    found = _YEAR.search(page.text)
    return int(found.group()) if found else None


def _list_statements(page: Page) -> list[dict[str, Any]]:
    return [
        {
            "orgs": [{"name": name, "role": role, "canonical": name} for name, role in said.offices],
            "span": _quote_ends(page.text[said.span.start : said.span.end]),
            "entities": _list_entities(page, said.span),
            "targets": [_read_figure(row) for row in page.targets if row["org"] in {name for name, _ in said.offices}],
        }
        for said in page.statements
    ]


def _quote_ends(text: str) -> str:
    """Return what finds a statement again: the whole text, or its ends where it holds an ellipsis itself."""
    pieces = [piece.strip() for piece in text.split(_ELLIPSIS) if piece.strip()]
    return pieces[0] if len(pieces) == 1 else f"{pieces[0]} {_ELLIPSIS} {pieces[-1]}" if pieces else text


def _list_entities(page: Page, within: Span) -> list[dict[str, Any]]:
    entities: dict[str, dict[str, Any]] = {}
    for mark in _keep_firm(page.marks):
        if within.start <= mark.span.start and mark.span.end <= within.end:
            name = re.sub(r"\s*\n\s*", "", page.text[mark.span.start : mark.span.end])
            also = {"also": mark.types[1]} if len(mark.types) > 1 else {}
            optional = {"optional": True} if mark.optional else {}
            entities.setdefault(name, {"name": name, "type": mark.types[0], "canonical": name} | also | optional)
    return list(entities.values())


def _keep_firm(marks: Iterable[Mark]) -> list[Mark]:
    """Return the marks, firm ones first, so that one firm mention makes the name firm."""
    return sorted(marks, key=lambda mark: (mark.optional, mark.span))


def _read_figure(row: Mapping[str, str]) -> dict[str, Any]:
    kept = {name: row[name] for name in ("metric", "unit", "bound", "change", "quote")}
    return kept | {"value": float(row["value"].replace(",", "")), "deadline": row["deadline"] or None}


def main() -> None:
    """Write the sheets and say how many."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, nargs="?")
    parser.add_argument("out", type=Path)
    parser.add_argument("--held-out", action="store_true", help="the pages that nothing is learnt from")
    options = parser.parse_args()
    if options.corpus is None and not options.held_out:
        parser.error("the passages need CORPUS")
    sets = {options.out / one.name: read_written(one) for one in sorted(HELD_OUT.iterdir())}
    for out, pages in sets.items() if options.held_out else ((options.out, read_pages(options.corpus)),):
        print(f"{write_sheets(pages, out)} pages written to {out}")


if __name__ == "__main__":
    main()
