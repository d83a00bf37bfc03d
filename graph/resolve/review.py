"""What a person should look at, as a table with an empty column for the verdict (see ``graph.resolve.verdicts``)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from graph.lexicon import Lexicon
from graph.model import Declined, Ledger, Link, LinkRow
from graph.resolve.tables import COLUMNS, list_words, write_table

DOUBTFUL = 0.6
MOST = {"join": 50, "type": 10, "fact": 40}  # questions of each kind in one table: what a person answers at a sitting
_SURE_JOIN = 0.85


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One question: are these two one thing, is this fact right, is this type right?"""

    question: Literal["join", "fact", "type"]
    name: str
    score: float
    rule: str
    other: str = ""
    type: str = ""
    organisation: str = ""
    quote: str = ""
    other_quote: str = ""
    document: str = ""
    place: str = ""
    other_place: str = ""


_Rank = tuple[bool, float, float, str, str, str]
_Ranked = tuple[_Rank, ReviewRow]


def list_review(ledger: Ledger, links: Sequence[Link] = (), declined: Sequence[Declined] = ()) -> tuple[ReviewRow, ...]:
    """Return what a person should look at: of each kind the questions whose answers change most, best first.

    Joins come first, for they make things shared; of them those of things that different offices pledge, then those
    of which most is said. Of types and facts those come first that are about shared things. Not more than ``MOST``
    are asked at a time: what is answered is gone from the next table, and the next ones move up.

    Args:
        ledger: what was built.
        links: of the resolution; names joined by an unsure rule and things said to be of two types are asked.
        declined: of the resolution; each is asked.
    """
    by_entity: dict[str, list[LinkRow]] = defaultdict(list)
    for row in ledger.links:
        by_entity[row.entity_id].append(row)
    places = {row.document: row.place for row in ledger.documents}
    asked = [
        *_ask_declined(declined, by_entity, places),
        *_ask_joins(links, by_entity, places),
        *_ask_types(links, by_entity, places),
        *_ask_facts(ledger, by_entity, places),
    ]
    best: dict[str, dict[ReviewRow, None]] = {kind: {} for kind in MOST}
    for _, question in sorted(asked, key=lambda pair: pair[0]):
        best[question.question][question] = None
    return tuple(question for kind, most in MOST.items() for question in list(best[kind])[:most])


def write_review(rows: Iterable[ReviewRow], lexicon: Lexicon) -> str:
    """Return the table of questions with an empty column for the verdict."""
    words = list_words(lexicon, "question")
    types = list_words(lexicon, "type")
    records = ({**_to_record(row), "question": words[row.question], "type": types.get(row.type, "")} for row in rows)
    return write_table(records, lexicon)


def _ask_declined(
    declined: Iterable[Declined], by_entity: Mapping[str, Sequence[LinkRow]], places: Mapping[str, str]
) -> Iterator[_Ranked]:
    for pair in declined:
        left, right = by_entity.get(pair.left), by_entity.get(pair.right)
        if left and right:
            row = _ask_join(left[0], right[0], pair.rule, pair.score, places)
            yield _rank(left, right, pair.score, row), row


def _ask_joins(
    links: Iterable[Link], by_entity: Mapping[str, Sequence[LinkRow]], places: Mapping[str, str]
) -> Iterator[_Ranked]:
    for link in links:
        if link.score >= _SURE_JOIN or link.kind == "office":
            continue
        rows = by_entity.get(link.entity, ())
        mine = [row for row in rows if row.document == link.document and row.mention == link.name]
        others = [row for row in rows if row.mention != link.name]
        if mine and others:
            row = _ask_join(mine[0], others[0], link.rule, link.score, places)
            yield _rank(mine, others, link.score, row), row


def _rank(left: Sequence[LinkRow], right: Sequence[LinkRow], score: float, row: ReviewRow) -> _Rank:
    """Return the place of a join among joins: whether it shares a thing, how much is said of both, how doubtful."""
    shares = {r.organisation_id for r in left} != {r.organisation_id for r in right}
    return (not shares, -min(len(left), len(right)), abs(score - 0.5), row.name, row.other, row.document)


def _ask_join(left: LinkRow, right: LinkRow, rule: str, score: float, places: Mapping[str, str]) -> ReviewRow:
    return ReviewRow(
        "join",
        left.mention,
        score,
        rule,
        other=right.mention,
        type=left.type,
        organisation=left.organisation,
        quote=left.quote,
        other_quote=right.quote,
        document=left.document,
        place=places.get(left.document, ""),
        other_place=places.get(right.document, ""),
    )


def _ask_types(
    links: Iterable[Link], by_entity: Mapping[str, Sequence[LinkRow]], places: Mapping[str, str]
) -> Iterator[_Ranked]:
    kinds: dict[str, set[str]] = defaultdict(set)
    for link in links:
        kinds[link.entity].add(link.kind)
    for entity in sorted(iri for iri, found in kinds.items() if len(found - {"office"}) > 1):
        if rows := by_entity.get(entity):
            row = _ask_row("type", rows[0], 1 / len(kinds[entity]), places)
            yield (False, -_count_offices(rows), -len(rows), row.name, "", row.document), row


def _ask_facts(
    ledger: Ledger, by_entity: Mapping[str, Sequence[LinkRow]], places: Mapping[str, str]
) -> Iterator[_Ranked]:
    for link in ledger.links:
        if link.score < DOUBTFUL:
            row = _ask_row("fact", link, link.score, places)
            yield (False, -_count_offices(by_entity[link.entity_id]), link.score, row.name, "", row.document), row


def _count_offices(rows: Iterable[LinkRow]) -> int:
    return len({row.organisation_id for row in rows})


def _ask_row(question: Literal["fact", "type"], row: LinkRow, score: float, places: Mapping[str, str]) -> ReviewRow:
    return ReviewRow(
        question,
        row.mention,
        score,
        row.rule,
        type=row.type,
        organisation=row.organisation,
        quote=row.quote,
        document=row.document,
        place=places.get(row.document, ""),
    )


def _to_record(row: ReviewRow) -> dict[str, str]:
    record = {key: str(getattr(row, key)) for key in COLUMNS if hasattr(row, key)}
    return {**record, "score": f"{row.score:.2f}"}
