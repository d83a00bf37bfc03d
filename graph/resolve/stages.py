"""How far a thing is, in the words of a sentence: planned, begun, under way, finished, in use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from graph.lexicon import Lexicon
from graph.model import LinkRow

Stages = tuple[tuple[str, int], ...]


def find_stages(rows: Iterable[LinkRow], lexicon: Lexicon) -> Stages:
    """Return the words that say how far the thing of the rows is, each with its rank, in the order of the rows.

    What follows the name says it best (``…项目开园``), first up to the next member of a list, then to the end of the
    clause; else the verb that governs the name, else what stands before it in the clause.
    """
    words, ranks = _read_stages(lexicon)
    found = (_find_words(row, words, lexicon) for row in rows)
    return tuple(dict.fromkeys((word, ranks[word]) for said in found for word in said))


def compare_stages(before: Stages, after: Stages) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Return the words of the most advanced stage of both years, or nothing if the stage is the same or not said."""
    ranks = [max((rank for _, rank in side), default=0) for side in (before, after)]
    if not all(ranks) or ranks[0] == ranks[1]:
        return None
    first, second = (
        tuple(word for word, at in side if at == rank) for side, rank in zip((before, after), ranks, strict=True)
    )
    return first, second


def _find_words(row: LinkRow, words: re.Pattern[str], lexicon: Lexicon) -> Sequence[str]:
    at = row.quote.find(row.mention)
    if at < 0:
        return words.findall(row.action)
    after, before = row.quote[at + len(row.mention) :], row.quote[:at]
    member, clause = (lexicon.rule("names", name).pattern.split(after, 1)[0] for name in ("member", "clause"))
    return (
        words.findall(member)
        or words.findall(clause)
        or words.findall(row.action)
        or words.findall(lexicon.rule("names", "clause").pattern.split(before)[-1])
    )


@cache
def _read_stages(lexicon: Lexicon) -> tuple[re.Pattern[str], dict[str, int]]:
    ranks = {word.text: int(word.attributes["stage"]) for word in lexicon.words["stages"]}
    return re.compile("|".join(map(re.escape, lexicon.texts("stages")))), ranks
