"""Unlabelled text of the corpora, each with its source: the place or the paper that it comes from."""

from __future__ import annotations

import csv
import io
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx

NEWS = "news"
_ENCODINGS = ("utf-8-sig", "gb18030", "utf-16")
_CSV_PLACE = re.compile(r"^\d+_(\w+?)_")
_YEAR = re.compile(r"^\d+年")
_DISTRICT = "海拉尔"


def name_source(title: str) -> str:
    """Return the source of a report: the first two characters of its place, which stands behind the year."""
    return _YEAR.sub("", title)[:2]


def read_reports(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield source and text of the work reports of the provinces (csv and docx) and of a district."""
    csv.field_size_limit(sys.maxsize)
    for path in sorted((folder / "reports-2026").glob("*.csv")):
        place = _CSV_PLACE.findall(path.name)[0]
        for row in csv.DictReader(io.StringIO(_decode(path.read_bytes()), newline="")):
            yield name_source(place), row["full_text"]
    for path in sorted((folder / "reports-2025").glob("*.docx")):
        yield name_source(path.stem), "\n".join(part.text for part in docx.Document(str(path)).paragraphs)
    for path in sorted((folder / "hailar").glob("*.txt")):
        yield name_source(_DISTRICT), _decode(path.read_bytes())


def read_news(folder: Path) -> Iterator[str]:
    """Yield the evening news, day by day."""
    with zipfile.ZipFile(folder / "news-2022-2026.zip") as archive:
        for name in sorted(archive.namelist()):
            if name.endswith(".md"):
                yield _decode(archive.read(name))


def _decode(raw: bytes) -> str:
    """Return the text in the first encoding that fits."""
    for encoding in _ENCODINGS:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return ""
