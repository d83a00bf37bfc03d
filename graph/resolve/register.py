"""The register of identities: which IRI was given to which names, kept from build to build in one readable file.

With it, a build from scratch gives the IRIs that a build upon the earlier one gives; without it, each thing gets
the IRI of its first name. A CSV with a row a name; things that no document mentions any more stay in it, so that
they have their IRIs again when they come back.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from graph.errors import InputError
from graph.model import Entity

_COLUMNS = ("iri", "kind", "jurisdiction", "label", "name")


def update_register(known: Sequence[Entity], found: Sequence[Entity]) -> tuple[Entity, ...]:
    """Return the things of a build, and those known before that it did not find, by IRI.

    What was two things and is one now is known by one IRI.
    """
    now = {entity.iri: entity for entity in found}
    merged = {iri for entity in found for iri in entity.same_as}
    before = {entity.iri: entity for entity in known if entity.iri not in merged}
    return tuple(entity for _, entity in sorted({**before, **now}.items()))


def write_register(entities: Iterable[Entity]) -> str:
    """Return the file of a register, sorted."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows(sorted((e.iri, e.kind, e.jurisdiction, e.label, name) for e in entities for name in e.names))
    return out.getvalue()


def read_register(text: str) -> tuple[Entity, ...]:
    """Return the things of a register.

    Raises:
        InputError: the text is no register.
    """
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    if tuple(reader.fieldnames or ()) != _COLUMNS:
        raise InputError("The register of identities is damaged; delete it, and things get the IRIs of their names.")
    return tuple(_read_entities(reader))


def _read_entities(reader: Iterable[dict[str, str]]) -> Iterator[Entity]:
    names: dict[str, list[str]] = {}
    first: dict[str, dict[str, str]] = {}
    for row in reader:
        names.setdefault(row["iri"], []).append(row["name"])
        first.setdefault(row["iri"], row)
    for iri, row in first.items():
        kind = row["kind"]
        yield Entity(iri, kind, row["label"], tuple(names[iri]), row["jurisdiction"])  # type: ignore[arg-type]
