"""What was read of each file, kept from build to build, so that a second build reads only what changed.

One JSON file for each file that was read, named by a digest of all that its reading depends on; and a list of the
files a store was built from, to which ``add`` adds. Everything here may be deleted: the next build reads again.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, is_dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from graph.errors import OutputError
from graph.model import Consulted, Document, Pledge, Unread

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file holds: documents with their pledges, and what could not be read."""

    extracted: tuple[tuple[Document, tuple[Pledge, ...]], ...]
    unread: tuple[Unread, ...] = ()
    consulted: tuple[Consulted, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A file that a store was built from, and the digest under which its reading is kept."""

    path: str
    digest: str


@dataclass(frozen=True, slots=True)
class Origin:
    """What a store was built from and how; ``without`` are documents of these files that were removed."""

    sources: tuple[Source, ...] = ()
    without: tuple[str, ...] = ()
    base: str = ""
    lexicon: str = ""
    decisions: str = ""


def digest_files(files: Iterable[Path]) -> str:
    """Return the digest of the names and bytes of files."""
    total = sha256()
    for path in sorted(files):
        total.update(f"{path.name}\0".encode())
        total.update(sha256(path.read_bytes()).digest())
    return total.hexdigest()


def load_reading(folder: Path, digest: str) -> Reading | None:
    """Return what is kept under a digest, or nothing: it was never kept, or is damaged."""
    return _load(folder / f"{digest}.json", Reading)


def save_reading(folder: Path, digest: str, reading: Reading) -> None:
    """Keep a reading.

    Raises:
        OutputError: the disk refuses.
    """
    _save(folder / f"{digest}.json", reading)


def load_origin(folder: Path) -> Origin:
    """Return what was built; an empty one where nothing is known."""
    return _load(folder / "origin.json", Origin) or Origin()


def save_origin(folder: Path, origin: Origin) -> None:
    """Keep what was built, and forget the readings of files that it was not built from."""
    _save(folder / "origin.json", origin)
    kept = {source.digest for source in origin.sources}
    _forget(folder, kept)


def _forget(folder: Path, kept: Collection[str]) -> None:
    for path in folder.glob("*.json"):
        if path.stem != "origin" and path.stem not in kept:
            path.unlink(missing_ok=True)


def _save(path: Path, value: Any) -> None:
    fresh = path.with_suffix(".new")
    text = json.dumps(asdict(value), ensure_ascii=False, separators=(",", ":"))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(text.encode("utf-8", "surrogatepass"))
        fresh.replace(path)
    except OSError as error:
        raise OutputError(f"{path} cannot be written ({error}); make room on the disk, then try again.") from error


def _load(path: Path, kind: type[_T]) -> _T | None:
    try:
        value: _T = _decode(kind, json.loads(path.read_bytes().decode("utf-8", "surrogatepass")))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return value


def _decode(kind: Any, value: Any) -> Any:
    """Make a value of the model from plain JSON, by its type."""
    if is_dataclass(kind) and isinstance(kind, type):
        return kind(**{name: _decode(hint, value[name]) for name, hint in _list_fields(kind).items()})
    origin, args = get_origin(kind), get_args(kind)
    if origin is tuple:
        hints = (args[0],) * len(value) if args[-1] is Ellipsis else args
        return tuple(_decode(hint, part) for hint, part in zip(hints, value, strict=True))
    if origin in (Union, UnionType) and value is not None:
        return _decode(next(arg for arg in args if arg is not NoneType), value)
    return value


@cache
def _list_fields(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)
