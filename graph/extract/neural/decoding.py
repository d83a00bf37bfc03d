"""From probabilities to names: candidates between likely borders, the likeliest that do not overlap."""

from __future__ import annotations

import numpy as np

from graph.extract.apart import Candidates, choose_apart
from graph.extract.neural.arrays import Ints
from graph.extract.neural.chain import BEGIN, END, SINGLE, Chain
from graph.extract.neural.marks import load_marks
from graph.model import Span

LEAST = 0.04
"""The least probability of a border that proposes candidates: names below it are not looked for."""
LONGEST = 45
"""The longest name in characters."""
_ENDS = 6  # candidates of one beginning


def find_names(chain: Chain, clause: Ints, least: float) -> Candidates:
    """Return the likeliest candidates of probability ``least`` or more that do not overlap, in order of place."""
    return choose_apart(find_candidates(chain, clause), least)


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
