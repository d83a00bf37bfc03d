"""Files become documents, or the reason why they could not be read: one sentence each, never an exception."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path, PurePath
from typing import Any

from graph.errors import InputError
from graph.lexicon import Lexicon
from graph.model import Document, Unread
from graph.read.archive import read_members
from graph.read.fold import fold_text
from graph.read.formats import ARCHIVE, READERS, tell_format
from graph.read.layout import lay_out
from graph.read.metadata import describe
from graph.read.originals import restore_sections
from graph.read.source import Source, UnreadableError

DEFAULT_LIMIT = 64 * 1024 * 1024
SIDECAR = "metadata.toml"
_DEPTH = 2


def read_documents(inputs: Sequence[Path], lexicon: Lexicon, limit: int = DEFAULT_LIMIT) -> Iterator[Document | Unread]:
    """Yield every document in ``inputs``, in the order of their paths, and an Unread for each file that is none.

    Args:
        inputs: files and folders; a folder is walked. Hidden files and sidecars are passed over.
        lexicon: the rules of the genre.
        limit: the largest number of bytes that is read of one file, or of one file in an archive.

    Raises:
        InputError: a path that does not exist, or a sidecar that is no TOML.
    """
    for path in find_files(inputs):
        yield from read_file(path, lexicon, limit)


def find_files(inputs: Sequence[Path]) -> list[Path]:
    """Return the files in ``inputs``, each once, sorted by path."""
    found: set[Path] = set()
    for path in inputs:
        if not path.exists():
            raise InputError(f"{path} does not exist; name a file or a folder with documents.")
        found |= {p for p in path.rglob("*") if _is_wanted(p, path)} if path.is_dir() else {path}
    return sorted(found)


def _is_wanted(path: Path, root: Path) -> bool:
    hidden = any(part.startswith((".", "~$")) for part in path.relative_to(root).parts)
    return path.is_file() and not hidden and path.name != SIDECAR


@dataclass(frozen=True, slots=True)
class Found:
    """A file as it was found: in a folder, or in an archive as ``archive/member``."""

    name: str
    path: str
    data: bytes
    sidecar: Mapping[str, Any]


def read_file(path: Path, lexicon: Lexicon, limit: int) -> Iterator[Document | Unread]:
    """Yield the documents in a file."""
    sidecar = read_sidecar(path)
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= limit else b""
    except OSError as error:
        yield Unread(str(path), f"{path.name} cannot be opened ({error.strerror}).")
        return
    if size > limit:
        allowed = f"{size // 2**20} MB, more than the limit of {limit // 2**20} MB"
        yield Unread(str(path), f"{path.name} has {allowed}; raise the limit or split the file.")
        return
    yield from read_found(Found(path.name, str(path), data, sidecar), lexicon, limit, _DEPTH)


def read_found(found: Found, lexicon: Lexicon, limit: int, depth: int) -> Iterator[Document | Unread]:
    """Yield the documents in a file's bytes, and in those of its members, ``depth`` archives deep."""
    try:
        kind = tell_format(found.name, found.data)
        if kind == ARCHIVE:
            yield from read_archive(found, lexicon, limit, depth)
            return
        for source in READERS[kind](found.data, lexicon, limit):
            document = make_document(found.name + source.part, source, found.sidecar, lexicon)
            yield replace(document, path=found.path)
    except UnreadableError as error:
        yield Unread(found.path, f"{found.name} {error}.")
    except RecursionError:
        yield Unread(found.path, f"{found.name} is nested too deeply to be read.")


def read_archive(found: Found, lexicon: Lexicon, limit: int, depth: int) -> Iterator[Document | Unread]:
    """Yield the documents in the members of an archive."""
    if not depth:
        raise UnreadableError("is an archive in an archive in an archive; unpack it")
    for member in read_members(found.data, limit):
        path = f"{found.path}/{member.name}"
        if member.data is None:
            yield Unread(path, f"{member.name} in {found.name} {member.reason}.")
        else:
            facts = found.sidecar.get(member.name, found.sidecar)
            yield from read_found(Found(member.name, path, member.data, facts), lexicon, limit, depth - 1)


def make_document(name: str, source: Source, sidecar: Mapping[str, Any], lexicon: Lexicon) -> Document:
    """Return the document that a source is."""
    folded = fold_text(source.text)
    hints = {"sidecar": sidecar, "format": source.facts}
    metadata = describe(PurePath(name).name, folded, hints, lexicon)
    genre, sections = lay_out(name, folded, metadata, lexicon)
    if folded != source.text:
        sections = restore_sections(sections, source.text)
    digest = sha256(source.text.encode("utf-8", "surrogatepass")).hexdigest()
    return Document(name, source.text, digest, replace(metadata, genre=genre), sections, "", source.media_type)


def read_sidecar(path: Path) -> Mapping[str, Any]:
    """Return what the sidecar beside a file says of it."""
    sidecar = path.parent / SIDECAR
    if not sidecar.is_file():
        return {}
    try:
        tables = _read_tables(sidecar.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{sidecar} is no valid TOML ({error}); mend it or remove it.") from error
    facts = tables.get(path.name, {})
    return facts if isinstance(facts, dict) else {}


@lru_cache(maxsize=4)
def _read_tables(text: str) -> Mapping[str, Any]:
    """Read a sidecar once for all files beside it, as long as it says the same."""
    return tomllib.loads(text)
