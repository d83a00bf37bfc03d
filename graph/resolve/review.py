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


def list_review(ledger: Ledger, links: Sequence[Link] = (), declined: Sequence[Declined] = ()) -> tuple[ReviewRow, ...]:
    """Return what a person should look at, the joins that would change most first.

    Args:
        ledger: what was built.
        links: of the resolution; names joined by an unsure rule and things said to be of two types are asked.
        declined: of the resolution; each is asked.
    """
    by_entity: dict[str, list[LinkRow]] = defaultdict(list)
    for row in ledger.links:
        by_entity[row.entity_id].append(row)
    places = {row.document: row.place for row in ledger.documents}
    rows = [*_ask_declined(declined, by_entity, places), *_ask_joins(links, by_entity, places)]
    rows += [*_ask_types(links, by_entity, places), *_ask_facts(ledger, places)]
    return tuple(dict.fromkeys(rows))


def write_review(rows: Iterable[ReviewRow], lexicon: Lexicon) -> str:
    """Return the table of questions with an empty column for the verdict."""
    words = list_words(lexicon, "question")
    types = list_words(lexicon, "type")
    records = ({**_to_record(row), "question": words[row.question], "type": types.get(row.type, "")} for row in rows)
    return write_table(records, lexicon)


def _ask_declined(
    declined: Iterable[Declined], by_entity: Mapping[str, Sequence[LinkRow]], places: Mapping[str, str]
) -> Iterator[ReviewRow]:
    for pair in sorted(declined, key=lambda pair: (-pair.score, pair.left, pair.right)):
        left, right = by_entity.get(pair.left), by_entity.get(pair.right)
        if left and right:
            yield _ask_join(left[0], right[0], pair.rule, pair.score, places)


def _ask_joins(
    links: Iterable[Link], by_entity: Mapping[str, Sequence[LinkRow]], places: Mapping[str, str]
) -> Iterator[ReviewRow]:
    for link in links:
        if link.score >= _SURE_JOIN or link.kind == "office":
            continue
        rows = by_entity.get(link.entity, ())
        mine = next((row for row in rows if row.document == link.document and row.mention == link.name), None)
        other = next((row for row in rows if row.mention != link.name), None)
        if mine and other:
            yield _ask_join(mine, other, link.rule, link.score, places)


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
) -> Iterator[ReviewRow]:
    kinds: dict[str, set[str]] = defaultdict(set)
    for link in links:
        kinds[link.entity].add(link.kind)
    for entity in sorted(iri for iri, found in kinds.items() if len(found - {"office"}) > 1):
        for row in by_entity.get(entity, ())[:1]:
            yield _ask_row("type", row, 1 / len(kinds[entity]), places)


def _ask_facts(ledger: Ledger, places: Mapping[str, str]) -> Iterator[ReviewRow]:
    for row in sorted(ledger.links, key=lambda row: (row.score, row.document, row.start)):
        if row.score < DOUBTFUL:
            yield _ask_row("fact", row, row.score, places)


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
