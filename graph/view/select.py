"""Which rows of a ledger are shown: a pure function for the exports, with the meaning that the page's filters have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace

from graph.model import Ledger, LinkRow, TargetRow


def select_rows(
    ledger: Ledger,
    *,
    years: Collection[int] = (),
    offices: Collection[str] = (),
    types: Collection[str] = (),
    at_least: int = 1,
) -> Ledger:
    """Return the part of a ledger that passes every filter; an empty filter lets everything pass.

    Args:
        ledger: the rows.
        years: the years of pledges.
        offices: identifiers, full names or names as they stand in a text; the end of a name is enough.
        types: types of things.
        at_least: by how many offices a thing must be shared, counted after the other filters.

    Targets have no type and no sharers: the filters for these leave them alone.
    """
    links = [row for row in ledger.links if _is_wanted(row, years, offices) and (not types or row.type in types)]
    shares: dict[str, set[str]] = defaultdict(set)
    for row in links:
        shares[row.entity_id].add(row.organisation_id)
    links = [row for row in links if len(shares[row.entity_id]) >= at_least]
    targets = tuple(row for row in ledger.targets if _is_wanted(row, years, offices))
    kept = {row.organisation_id for row in links} | {row.entity_id for row in links}
    aliases = tuple(alias for alias in ledger.aliases if alias.entity_id in kept)
    read = {row.document for row in links} | {row.document for row in targets}
    documents = tuple(row for row in ledger.documents if row.document in read)
    return replace(ledger, documents=documents, links=tuple(links), targets=targets, aliases=aliases)


def _is_wanted(row: LinkRow | TargetRow, years: Collection[int], offices: Collection[str]) -> bool:
    names = (row.organisation_id, row.organisation_label, row.organisation)
    return (not years or row.year in years) and (
        not offices or any(name.endswith(wanted) for wanted in offices for name in names)
    )
