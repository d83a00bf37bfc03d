"""Which of the spans that a tagger takes for names are names: the likeliest that do not overlap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int64]
Scores = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Half-open spans of a text's places, with the probability that each is a name."""

    start: Places
    end: Places
    score: Scores


def choose_apart(found: Candidates, least: float) -> Candidates:
    """Return the likeliest spans that do not overlap, in order of place.

    Args:
        found: in any order; of equally likely ones the first is taken.
        least: the probability below which none is taken.
    """
    likely = np.flatnonzero(found.score >= least)
    starts, ends = found.start.tolist(), found.end.tolist()
    taken: set[int] = set()
    kept: list[int] = []
    for at in likely[np.argsort(-found.score[likely], kind="stable")].tolist():
        places = range(starts[at], ends[at])
        if taken.isdisjoint(places):
            kept.append(at)
            taken.update(places)
    order = np.array(sorted(kept, key=starts.__getitem__), np.int64)
    return Candidates(found.start[order], found.end[order], found.score[order])
