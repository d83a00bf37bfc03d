"""Names by agreement: what rules and taggers see, weighed by a logistic regression, and chosen without overlap.

A stacked generalisation (Wolpert 1992, *Neural Networks* 5): the weights in ``combine.json`` are learnt from what
the recognisers said of documents that the taggers had not learnt from (``benchmarks/combine.py``).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from math import exp
from pathlib import Path

from graph.extract.candidates import Candidate
from graph.model import EntityType, Genre

NESTED = 0.5  # how sure a name inside another one must be
_SURE_RULE = 0.7  # a rule from this score on outvotes one tagger on the type
_WEIGHTS = Path(__file__).with_name("combine.json")

# The probability from which a candidate is a name. Chosen out of fold: on the sheets, and for newspaper pages, where
# the taggers are less sure, on the annotated pages (see the README).
THRESHOLD: Mapping[Genre, float] = {"newspaper": 0.25}
_USUAL = 0.4


def weigh(features: Mapping[str, float], weights: Mapping[str, float] | None = None) -> float:
    """Return the probability that a candidate is a name.

    Args:
        features: of it (``graph.extract.candidates``).
        weights: of the features; by default those that came with the package.
    """
    weights = _load_weights() if weights is None else weights
    return 1 / (1 + exp(-sum(weights.get(name, 0.0) * x for name, x in features.items() if x)))


def find_least(genre: Genre) -> float:
    """Return the score from which on a candidate is a name."""
    return THRESHOLD.get(genre, _USUAL)


def choose(candidates: Sequence[Candidate], genre: Genre) -> tuple[Candidate, ...]:
    """Return the names of a sentence: the likeliest first, none across another, few within another."""
    chosen: list[Candidate] = []
    least = find_least(genre)
    for candidate in sorted(candidates, key=lambda c: (-c.score, c.span)):
        if candidate.score >= least and all(_may_stand(candidate, other) for other in chosen):
            chosen.append(candidate)
    return tuple(sorted(chosen, key=lambda c: c.span))


def vote_type(candidate: Candidate) -> EntityType:
    """Return the type that most recognisers give; a sure rule outvotes one of them, an unsure one does not."""
    votes: Counter[EntityType] = Counter()
    if candidate.rule:
        votes[candidate.rule.type] += 12 if candidate.rule.score >= _SURE_RULE else 5
    for tagged in (candidate.neural, candidate.crf):
        if tagged:
            votes[tagged.type] += 10
    return max(votes, key=lambda type_: (votes[type_], type_))


def _may_stand(candidate: Candidate, other: Candidate) -> bool:
    a, b = candidate.span, other.span
    if a.end <= b.start or b.end <= a.start:
        return True
    nested = (b.start <= a.start and a.end <= b.end) or (a.start <= b.start and b.end <= a.end)
    return nested and candidate.score >= NESTED


@cache
def _load_weights() -> Mapping[str, float]:
    weights: dict[str, float] = json.loads(_WEIGHTS.read_text(encoding="utf-8"))
    return weights
