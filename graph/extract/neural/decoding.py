"""From probabilities to names: candidates between likely borders, the likeliest that do not overlap."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph.extract.neural.arrays import Floats, Ints
from graph.extract.neural.chain import BEGIN, END, SINGLE, Chain
from graph.extract.neural.marks import load_marks
from graph.model import Span

LEAST = 0.04
"""The least probability of a border that proposes candidates: names below it are not looked for."""
LONGEST = 45
"""The longest name in characters."""
_ENDS = 6  # candidates of one beginning


@dataclass(frozen=True, slots=True)
class Candidates:
    """Half-open spans of places, with the probability that each is a name."""

    start: Ints
    end: Ints
    score: Floats


def find_candidates(chain: Chain, clause: Ints) -> Candidates:
    """Return the spans from each likely beginning to the next few likely ends of its clause."""
    states = chain.find_states()
    starts = np.flatnonzero(states[:, BEGIN] + states[:, SINGLE] > LEAST)
    ends = np.flatnonzero(states[:, END] + states[:, SINGLE] > LEAST) + 1
    if not len(ends):
        starts, ends = starts[:0], np.ones(1, np.int64)
    number = np.searchsorted(ends, starts, side="right")[:, None] + np.arange(_ENDS)
    end = ends[np.minimum(number, len(ends) - 1)]
    start = np.broadcast_to(starts[:, None], end.shape)
    fits = (number < len(ends)) & (end - start <= LONGEST) & (clause[start] == clause[end - 1])
    start, end = start[fits], end[fits]
    return Candidates(start, end, chain.score_spans(start, end))


def choose_apart(found: Candidates, least: float) -> Candidates:
    """Return the likeliest spans that do not overlap, in order of place."""
    taken: set[int] = set()
    kept = []
    for at in np.argsort(-found.score, kind="stable").tolist():
        places = range(int(found.start[at]), int(found.end[at]))
        if found.score[at] >= least and taken.isdisjoint(places):
            kept.append(at)
            taken.update(places)
    order = np.array(sorted(kept, key=lambda at: int(found.start[at])), np.int64)
    return Candidates(found.start[order], found.end[order], found.score[order])


def take_in_marks(text: str, span: Span) -> Span:
    """Return a name with the quotation mark right before it that it closes, and the one behind it that it opens."""
    marks = load_marks()
    depth = low = 0
    for char in text[span.start : span.end]:
        depth += (char in marks.open) - (char in marks.close)
        low = min(low, depth)
    opened = low < 0 and text[: span.start].endswith(tuple(marks.open))
    closed = depth > low and text[span.end :].startswith(tuple(marks.close))
    return Span(span.start - opened, span.end + closed)
