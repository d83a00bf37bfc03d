"""Which rows of a ledger are shown: a pure function for the exports, with the meaning that the page's filters have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from difflib import get_close_matches

from graph.errors import InputError
from graph.model import Ledger, LinkRow, TargetRow
from graph.view.words import load_words

_NEAREST = 5


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


def check_filters(
    ledger: Ledger, *, years: Iterable[int] = (), offices: Iterable[str] = (), types: Iterable[str] = ()
) -> None:
    """Refuse what no row of a ledger has, so that a slip of the pen does not write an empty file.

    Raises:
        InputError: a year, an office or a type that is not there; the sentence names those that are, or the nearest.
    """
    rows: list[LinkRow | TargetRow] = [*ledger.links, *ledger.targets]
    known = {row.type for row in ledger.links}
    if missing := [kind for kind in types if kind not in known]:
        raise InputError(f"No thing is of the type '{missing[0]}'; there are: {', '.join(sorted(known)) or 'none'}.")
    stated = {row.year for row in rows if row.year}
    if absent := [year for year in years if year not in stated]:
        there = ", ".join(map(str, sorted(stated))) or "none"
        raise InputError(f"Nothing is pledged for {absent[0]}; the years are: {there}.")
    labels = sorted({row.organisation_label or row.organisation for row in rows})
    for office in offices:
        if not any(_is_wanted(row, (), (office,)) for row in rows):
            near = get_close_matches(office, labels, _NEAREST, cutoff=0.3) or labels[:_NEAREST]
            raise InputError(f"No office is called '{office}'; the nearest: {', '.join(near) or 'none'}.")


def name_types(words: Iterable[str]) -> tuple[str, ...]:
    """Return types by the names that the page gives them, in any language; others as they are."""
    names = {word: kind for language in load_words().values() for kind, word in language["types"].items()}
    return tuple(names.get(word, word) for word in words)


def _is_wanted(row: LinkRow | TargetRow, years: Collection[int], offices: Collection[str]) -> bool:
    names = (row.organisation_id, row.organisation_label, row.organisation)
    return (not years or row.year in years) and (
        not offices or any(name.endswith(wanted) for wanted in offices for name in names)
    )
