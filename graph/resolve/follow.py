"""What became of it: the things of one place in one year beside those of the next.

A pure reading of the ledger. That a thing is not mentioned any more is not that it was dropped; where the
office itself says nothing in the later documents, that is told apart (``silent``). What comes back after years in
which it was not mentioned is ``resumed``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from graph.lexicon import Lexicon
from graph.model import Ledger, LinkRow, TargetRow
from graph.resolve.stages import Stages, compare_stages, find_stages

State = Literal["carried_on", "new", "resumed", "unmentioned", "silent"]
_ORDER: tuple[State, ...] = ("carried_on", "resumed", "new", "unmentioned", "silent")


@dataclass(frozen=True, slots=True)
class TargetChange:
    """A figure of the earlier year beside that of the later; one of them may be missing."""

    metric: str
    before: TargetRow | None
    after: TargetRow | None


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One thing and one office in two years of one place.

    ``thing`` says what became of the thing at the place, ``state`` what became of it with this office;
    ``before`` and ``after`` are the rows with the sentences, ``actions`` the pair of actions if they differ;
    ``stages`` are the words that say how far the thing is with this office, and ``thing_stages`` at the place, if
    they differ.
    """

    place: str
    years: tuple[int, int]
    entity_id: str
    entity: str
    organisation_id: str
    organisation: str
    thing: State
    state: State
    before: tuple[LinkRow, ...]
    after: tuple[LinkRow, ...]
    actions: tuple[tuple[str, ...], tuple[str, ...]] | None
    targets: tuple[TargetChange, ...]
    stages: tuple[tuple[str, ...], tuple[str, ...]] | None = None
    thing_stages: tuple[tuple[str, ...], tuple[str, ...]] | None = None


def follow_things(ledger: Ledger, lexicon: Lexicon) -> tuple[FollowUp, ...]:
    """Return for every place, every two years that follow one another there, what became of each thing.

    A document that says no place is of the place of its issuer, else of the office that says most in it; one
    without a year has no before and after. What is carried on comes first, what is no longer mentioned last.

    Args:
        ledger: what was built.
        lexicon: with the list ``stages`` and the rule ``names``/``clause``.
    """
    when = _find_places(ledger)
    rows: dict[str, dict[int, list[LinkRow]]] = defaultdict(lambda: defaultdict(list))
    for row in ledger.links:
        place, year = when.get(row.document, ("", None))
        if year is not None:
            rows[place][year].append(row)
    targets: dict[str, list[TargetRow]] = defaultdict(list)
    for target in ledger.targets:
        targets[target.document].append(target)
    found: list[FollowUp] = []
    years: dict[str, set[int]] = defaultdict(set)
    for place, year in when.values():
        years[place].add(year)
    for place in sorted(years):
        for earlier, later in pairwise(sorted(years[place])):
            found.extend(_compare_years(place, (earlier, later), rows[place], targets, lexicon))
    return tuple(found)


def find_follow_ups(ledger: Ledger, name: str, lexicon: Lexicon) -> tuple[FollowUp, ...]:
    """Return what became of the things that have ``name`` among their names, or in their preferred name."""
    things = {alias.entity_id for alias in ledger.aliases if alias.name == name}
    things |= {row.entity_id for row in ledger.links if name in (row.mention, row.entity)}
    if not things:
        things = {row.entity_id for row in ledger.links if name in row.entity}
    return tuple(one for one in follow_things(ledger, lexicon) if one.entity_id in things)


def _find_places(ledger: Ledger) -> dict[str, tuple[str, int]]:
    speaking: dict[str, Counter[str]] = defaultdict(Counter)
    for row in ledger.links:
        speaking[row.document][row.organisation_label or row.organisation] += 1
    found = {}
    for document in ledger.documents:
        most = min(speaking[document.document].items(), key=lambda item: (-item[1], item[0]), default=("", 0))
        place = document.place or document.issuer or most[0]
        if place and document.year:
            found[document.document] = (place, document.year)
    return found


def _compare_years(
    place: str,
    years: tuple[int, int],
    rows: Mapping[int, Sequence[LinkRow]],
    targets: Mapping[str, Sequence[TargetRow]],
    lexicon: Lexicon,
) -> Iterator[FollowUp]:
    before, after = (_group_rows(rows.get(year, ())) for year in years)
    whole = [_find_whole_stages(side, lexicon) for side in (before, after)]
    crowded = _find_crowded(rows, years)
    things = [{key[0] for key in side} for side in (before, after)]
    speaking = {key[1] for key in after}
    once = {key for year in rows if year < years[0] for key in _group_rows(rows[year])}
    things.append({key[0] for key in once})
    states = {
        entity: _find_state(entity in things[0], entity in things[1], once=entity in things[2], speaks=True)
        for entity in things[0] | things[1]
    }
    for entity, office in sorted({*before, *after}, key=lambda key: (_ORDER.index(states[key[0]]), key)):
        old, new = before.get((entity, office), []), after.get((entity, office), [])
        last = (new or old)[-1]
        yield FollowUp(
            place,
            years,
            entity,
            last.entity,
            office,
            last.organisation_label or last.organisation,
            states[entity],
            _find_state(bool(old), bool(new), once=(entity, office) in once, speaks=office in speaking),
            tuple(old),
            tuple(new),
            _compare_actions(old, new),
            _compare_targets(old, new, targets, crowded),
            compare_stages(find_stages(old, lexicon), find_stages(new, lexicon)),
            compare_stages(whole[0].get(entity, ()), whole[1].get(entity, ())),
        )


def _find_whole_stages(side: Mapping[tuple[str, str], Sequence[LinkRow]], lexicon: Lexicon) -> dict[str, Stages]:
    rows: dict[str, list[LinkRow]] = defaultdict(list)
    for (entity, _), found in side.items():
        rows[entity].extend(found)
    return {entity: find_stages(found, lexicon) for entity, found in rows.items()}


def _find_crowded(rows: Mapping[int, Sequence[LinkRow]], years: Iterable[int]) -> dict[tuple[str, int], list[LinkRow]]:
    """Return the rows of each sentence, by document and start; in most there is but one thing."""
    sentences: dict[tuple[str, int], list[LinkRow]] = defaultdict(list)
    for year in years:
        for row in rows.get(year, ()):
            sentences[row.document, row.quote_start].append(row)
    return sentences


def _group_rows(rows: Iterable[LinkRow]) -> dict[tuple[str, str], list[LinkRow]]:
    groups: dict[tuple[str, str], list[LinkRow]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.document, row.start)):
        groups[row.entity_id, row.organisation_id].append(row)
    return groups


def _find_state(before: bool, after: bool, *, once: bool, speaks: bool) -> State:
    if before and after:
        return "carried_on"
    if after:
        return "resumed" if once else "new"
    return "unmentioned" if speaks else "silent"


def _compare_actions(old: Sequence[LinkRow], new: Sequence[LinkRow]) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    before, after = (tuple(dict.fromkeys(row.action for row in rows if row.action)) for rows in (old, new))
    return (before, after) if old and new and set(before) != set(after) else None


def _compare_targets(
    old: Sequence[LinkRow],
    new: Sequence[LinkRow],
    targets: Mapping[str, Sequence[TargetRow]],
    sentences: Mapping[tuple[str, int], Sequence[LinkRow]],
) -> tuple[TargetChange, ...]:
    before, after = (_find_targets(rows, targets, sentences) for rows in (old, new))
    changes = []
    for target in before:
        match = next((t for t in after if _are_alike(t, target)), None)
        if match:
            after.remove(match)
        changes.append(TargetChange(target.metric, target, match))
    return (*changes, *(TargetChange(target.metric, None, target) for target in after))


def _find_targets(
    rows: Iterable[LinkRow],
    targets: Mapping[str, Sequence[TargetRow]],
    sentences: Mapping[tuple[str, int], Sequence[LinkRow]],
) -> list[TargetRow]:
    """Return the figures that this office gives for the thing of the rows.

    A figure of a sentence is of the last thing named before it begins, or of the first one if it stands before all.
    """
    found = [
        target
        for row in rows
        for target in targets.get(row.document, ())
        if target.organisation == row.organisation
        and row.quote_start <= target.start < row.quote_start + len(row.quote)
        and _is_of(target, row, sentences[row.document, row.quote_start])
    ]
    return list(dict.fromkeys(found))


def _is_of(target: TargetRow, row: LinkRow, sentence: Sequence[LinkRow]) -> bool:
    starts = sorted({other.start for other in sentence})
    before = [start for start in starts if start <= target.start] or [starts[0]]
    return row.start == before[-1] or row.start <= target.start < row.end or target.start <= row.start < target.end


def _are_alike(a: TargetRow, b: TargetRow) -> bool:
    shorter, longer = sorted((a.metric, b.metric), key=len)
    return a.unit == b.unit and a.change == b.change and (shorter in longer)
