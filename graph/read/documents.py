"""Files become documents, or the reason why they could not be read."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from graph.errors import InputError
from graph.lexicon import Lexicon
from graph.model import Document, Unread
from graph.read.encoding import decode_text
from graph.read.layout import lay_out
from graph.read.metadata import describe

DEFAULT_LIMIT = 64 * 1024 * 1024
SIDECAR = "metadata.toml"
_SUFFIXES = {".txt", ".md"}


def read_documents(inputs: Sequence[Path], lexicon: Lexicon, limit: int = DEFAULT_LIMIT) -> Iterator[Document | Unread]:
    """Yield every document in ``inputs``, in the order of their paths, and an Unread for each file that is none.

    Args:
        inputs: files and folders; a folder is walked. Hidden files and sidecars are passed over.
        lexicon: the rules of the genre.
        limit: the largest number of bytes that is read of one file.

    Raises:
        InputError: a path that does not exist, or a sidecar that is no TOML.
    """
    for path in find_files(inputs):
        yield read_file(path, lexicon, limit)


def find_files(inputs: Sequence[Path]) -> list[Path]:
    """Return the files in ``inputs``, each once, sorted by path."""
    found: set[Path] = set()
    for path in inputs:
        if not path.exists():
            raise InputError(f"{path} does not exist; name a file or a folder with documents.")
        found |= {p for p in path.rglob("*") if _is_wanted(p, path)} if path.is_dir() else {path}
    return sorted(found)


def _is_wanted(path: Path, root: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
    return path.is_file() and not hidden and path.name != SIDECAR


def read_file(path: Path, lexicon: Lexicon, limit: int) -> Document | Unread:
    """Return the document in a file."""
    if path.suffix.lower() not in _SUFFIXES:
        return Unread(str(path), f"{path.name} has the unknown format {path.suffix or 'without suffix'}.")
    if path.stat().st_size > limit:
        return Unread(str(path), f"{path.name} is larger than {limit // 2**20} MB; raise the limit or split the file.")
    text = decode_text(path.read_bytes())
    if not text or not text.strip():
        return Unread(str(path), f"{path.name} holds no text.")
    document = make_document(path.name, text, {"sidecar": read_sidecar(path)}, lexicon)
    return replace(document, path=str(path))


def make_document(name: str, text: str, hints: Mapping[str, Mapping[str, Any]], lexicon: Lexicon) -> Document:
    """Return the document that ``text`` is."""
    metadata = describe(name, text, hints, lexicon)
    genre, sections = lay_out(name, text, metadata, lexicon)
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Document(name, text, digest, replace(metadata, genre=genre), sections)


def read_sidecar(path: Path) -> Mapping[str, Any]:
    """Return what the sidecar beside a file says of it."""
    sidecar = path.parent / SIDECAR
    if not sidecar.is_file():
        return {}
    try:
        tables = tomllib.loads(sidecar.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{sidecar} is no valid TOML ({error}); mend it or remove it.") from error
    facts = tables.get(path.name, {})
    return facts if isinstance(facts, dict) else {}
