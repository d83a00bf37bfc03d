"""Which reader a file gets: one table, by what the bytes say first and by the suffix then."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePath

from graph.lexicon import Lexicon
from graph.read.encoding import decode_text
from graph.read.markup import read_html
from graph.read.office import read_docx, read_excel
from graph.read.pdf import read_pdf
from graph.read.source import Source, UnreadableError
from graph.read.tables import read_csv, read_jsonl

Reader = Callable[[bytes, Lexicon, int], Iterator[Source]]


def read_text(data: bytes, _: Lexicon, __: int) -> Iterator[Source]:
    """Yield a plain text."""
    text = decode_text(data)
    if not text.strip():
        raise UnreadableError("is empty")
    yield Source(text)


READERS: Mapping[str, Reader] = {
    ".txt": read_text,
    ".md": read_text,
    ".markdown": read_text,
    ".html": lambda data, _, __: read_html(data),
    ".htm": lambda data, _, __: read_html(data),
    ".pdf": lambda data, _, __: read_pdf(data),
    ".docx": read_docx,
    ".xlsx": read_excel,
    ".xls": read_excel,
    ".csv": lambda data, lexicon, _: read_csv(data, lexicon),
    ".tsv": lambda data, lexicon, _: read_csv(data, lexicon),
    ".jsonl": lambda data, lexicon, _: read_jsonl(data, lexicon),
    ".ndjson": lambda data, lexicon, _: read_jsonl(data, lexicon),
}
ARCHIVE = ".zip"
_MAGIC = (
    (b"%PDF", ".pdf"),
    (b"\xd0\xcf\x11\xe0", ".ole"),
    (b"\x1f\x8b", ".gz"),
    (b"Rar!", ".rar"),
    (b"7z\xbc\xaf", ".7z"),
)
_PACKED = {"word/document.xml": ".docx", "xl/workbook.xml": ".xlsx", "xl/workbook.bin": ".xls"}


def tell_format(name: str, data: bytes) -> str:
    """Return the suffix of the format that ``data`` has, or that ``name`` claims if the bytes do not say.

    Raises:
        UnreadableError: no reader for it.
    """
    suffix = PurePath(name).suffix.lower()
    found = next((kind for magic, kind in _MAGIC if data.startswith(magic)), "")
    if found == ".ole":
        found = ".xls" if suffix == ".xls" else ".doc"
    if data.startswith(b"PK\x03\x04"):
        found = tell_packed(data, suffix)
    kind = found or suffix
    if kind == ARCHIVE or kind in READERS:
        return kind
    if kind == ".doc":
        raise UnreadableError("is an old Word file; save it as docx")
    raise UnreadableError(f"is in a format that is not read ({kind or 'no suffix'}); save it as txt, docx or pdf")


def tell_packed(data: bytes, suffix: str) -> str:
    """Return what a zip container is: a Word file, a workbook, or an archive of files."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return suffix if suffix in (".docx", ".xlsx") else ARCHIVE
    claimed = suffix if suffix in (".docx", ".xlsx") else ARCHIVE
    return next((kind for part, kind in _PACKED.items() if part in names), claimed)
