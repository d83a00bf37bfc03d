"""The question the product exists for: which things do several offices share, and which sentences say so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from graph.lexicon import default_lexicon
from graph.model import Ledger, LinkRow


@dataclass(frozen=True, slots=True)
class Shared:
    """A thing with the offices that pledged it and one row for each mention, in the order of years."""

    entity_id: str
    label: str
    type: str
    offices: tuple[str, ...]
    names: tuple[str, ...]
    rows: tuple[LinkRow, ...]


def list_shared(ledger: Ledger, at_least: int = 2) -> tuple[Shared, ...]:
    """Return the things that ``at_least`` different offices pledged, most shared first.

    Regions and nation-wide strategies that everyone salutes (``regions`` in the lexicon) come after all others: that
    forty offices serve one of them says little about what they do together.
    """
    found = (shared for shared in _group(ledger, ledger.links) if len(shared.offices) >= at_least)
    return tuple(sorted(found, key=_rank_shared))


def _rank_shared(shared: Shared) -> tuple[bool, int, int, str, str]:
    late = is_region((shared.label, *shared.names))
    return late, -len(shared.offices), -len(shared.rows), shared.label, shared.entity_id


def is_region(names: Iterable[str]) -> bool:
    """Tell whether a thing is a region or a nation-wide strategy, by any of its names."""
    lexicon = default_lexicon()
    ends, whole = lexicon.texts("regions", how="end"), lexicon.texts("regions", how="name")
    return any(name in whole or name.endswith(ends) for name in names)


def find_things(ledger: Ledger, name: str) -> tuple[Shared, ...]:
    """Return the things that ``name`` may mean: exact names before parts of names, then offices by all they pledged."""
    exact = {alias.entity_id for alias in ledger.aliases if alias.name == name}
    chosen = exact or {alias.entity_id for alias in ledger.aliases if name and name in alias.name}
    rows = [row for row in ledger.links if row.entity_id in chosen] or [
        row for row in ledger.links if row.organisation_id in chosen
    ]
    return tuple(sorted(_group(ledger, rows), key=lambda s: (-len(s.offices), -len(s.rows), s.label, s.entity_id)))


def _group(ledger: Ledger, rows: Iterable[LinkRow]) -> Iterable[Shared]:
    names: dict[str, set[str]] = defaultdict(set)
    for alias in ledger.aliases:
        names[alias.entity_id].add(alias.name)
    groups: dict[str, list[LinkRow]] = defaultdict(list)
    for row in rows:
        groups[row.entity_id].append(row)
    for iri, members in groups.items():
        members.sort(key=lambda r: (r.year or 0, r.document, r.start))
        offices = {row.organisation_id: row.organisation_label for row in members}
        yield Shared(
            iri, members[0].entity, members[0].type, tuple(offices.values()), tuple(sorted(names[iri])), tuple(members)
        )
