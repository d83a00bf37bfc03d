"""What cross-validation counts: names found in documents of sources never learnt from, and the types of the near."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from benchmarks.tagger.sheets import Labelled
from graph.extract.tagger.tagger import Tagger
from graph.model import EntityType
from graph.score import RELAXED, Counts, normalise, overlap

FOLDS = 5
LEAST = 0.15
"""Names less sure than this are not kept for choosing a threshold."""


@dataclass(frozen=True, slots=True)
class Found:
    """The names given for a document: each with its type and probability, surest first."""

    document: Labelled
    rows: tuple[tuple[str, EntityType, float], ...]


@dataclass(frozen=True, slots=True)
class Result:
    """Exact counts of names, and how many types are right among the relaxed matches."""

    names: Counts
    types: Counts

    def __str__(self) -> str:
        names, types = self.names, self.types
        return (
            f"P {names.precision:.3f} R {names.recall:.3f} F1 {names.f1:.3f} ({names.hit}/{names.given}/{names.asked}) "
            f"types {types.precision:.3f} of {types.given}"
        )


def deal_sources(documents: Sequence[Labelled]) -> dict[str, int]:
    """Return the fold of each source: dealt largest first, each to the emptiest fold."""
    size: dict[str, int] = defaultdict(int)
    for one in documents:
        size[one.source] += len(one.names)
    filled, dealt = [0] * FOLDS, {}
    for source in sorted(size, key=lambda name: (-size[name], name)):
        dealt[source] = min(range(FOLDS), key=lambda number: filled[number])
        filled[dealt[source]] += size[source]
    return dealt


def find_names(tagger: Tagger, document: Labelled) -> Found:
    """Return the names that a tagger gives, from ``LEAST`` on."""
    rows = [
        (normalise(sentence.text[name.span.start : name.span.end]), name.type, name.score)
        for sentence, names in zip(document.sentences, tagger.tag(document.sentences, LEAST), strict=True)
        for name in names
    ]
    return Found(document, tuple(sorted(rows, key=lambda row: -row[2])))


def count_names(found: Sequence[Found], threshold: float) -> Result:
    """Return the counts of documents together; each name counts once per document."""
    results = [_count_document(one, threshold) for one in found]
    return add_results(results)


def add_results(results: Sequence[Result]) -> Result:
    """Return the sum of results."""
    return Result(_add([one.names for one in results]), _add([one.types for one in results]))


def count_exact(found: Sequence[Found], threshold: float) -> Counts:
    """Return the exact counts of names in documents together, types aside."""
    return _add([_compare(one, _choose(one, threshold).keys()) for one in found])


def _count_document(found: Found, threshold: float) -> Result:
    gold, kinds = found.document.names, _choose(found, threshold)
    near = [(one, name) for one, name in _match(sorted(gold), sorted(kinds)) if not gold[one].optional]
    right = sum(kinds[name] in gold[one].types for one, name in near)
    return Result(_compare(found, kinds.keys()), Counts(right, len(near), len(near)))


def _choose(found: Found, threshold: float) -> dict[str, EntityType]:
    """Return the names from a probability on, each with the type of its surest mention."""
    return {name: kind for name, kind, score in reversed(found.rows) if score >= threshold}


def _compare(found: Found, names: Collection[str]) -> Counts:
    gold = found.document.names
    firm = {name for name, one in gold.items() if not one.optional}
    given = set(names) - (gold.keys() - firm)
    return Counts(len(firm & given), len(given), len(firm))


def _match(gold: Sequence[str], given: Sequence[str]) -> list[tuple[str, str]]:
    """Return pairs of like names, each name once, likest first."""
    pairs = [(-overlap(one, name), one, name) for one in gold for name in given]
    matched: dict[str, str] = {}
    for distance, one, name in sorted(pairs):
        if -distance >= RELAXED and one not in matched and name not in matched.values():
            matched[one] = name
    return list(matched.items())


def _add(counts: Sequence[Counts]) -> Counts:
    return Counts(sum(one.hit for one in counts), sum(one.given for one in counts), sum(one.asked for one in counts))
