"""Exact probabilities of name spans in a linear chain (Lafferty et al. 2001), many clauses at once.

The states are outside, begin, inside, end, single (a name of one character). That places a … b are one name has
the probability that b begins at a, times the conditional steps of the chain up to b.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from graph.extract.apart import Candidates
from graph.extract.tagger.arrays import Flags, Floats, Ints
from graph.extract.tagger.layout import Layout
from graph.extract.tagger.marks import load_marks, match_marks

STATES = OUTSIDE, BEGIN, INSIDE, END, SINGLE = range(5)
LONGEST = 41
"""The longest name in characters."""

_FREE, _WITHIN = [1, 1, 0, 0, 1], [0, 0, 1, 1, 0]
STEPS = np.array([_FREE, _WITHIN, _WITHIN, _FREE, _FREE], float)
"""Which state may follow which."""
_OPENING, _CLOSING = np.array(_FREE, float), np.array([1, 0, 0, 1, 1], float)
_ONES = np.ones((len(STATES), 1))
_BUCKETS, _FULL = 6, 150
_TINY = 1e-300


@dataclass(frozen=True, slots=True)
class Bucket:
    """Clauses of like length, longest first.

    ``table`` (steps x clauses) holds flat places, ``live`` how many clauses still go on at each step.
    """

    table: Ints
    length: Ints
    live: list[int]

    @property
    def real(self) -> Flags:
        """Which cells of the table are places, not padding."""
        flags: Flags = np.arange(len(self.table))[:, None] < self.length
        return flags


def find_clauses(lay: Layout) -> tuple[Ints, Ints]:
    """Return start and length of the stretches that hold whole names: text between cutting marks and blanks."""
    inside = ~(match_marks(lay.chars, load_marks().cut) | (lay.chars == 0))
    edge = np.flatnonzero(np.diff(np.concatenate(([False], inside, [False])).astype(np.int8)))
    return edge[::2], edge[1::2] - edge[::2]


def find_spans(scores: Floats, transitions: Floats, lay: Layout, least: float) -> Candidates:
    """Return all spans that are names with probability ``least`` or more.

    Args:
        scores: places x states, in logarithms.
        transitions: states x states, in logarithms; what ``STEPS`` forbids is not read.
        lay: the text, for its clauses.
        least: above 0.
    """
    marginal, future = _pass_chains(scores, transitions, lay)
    alone = np.flatnonzero(marginal[:, SINGLE] >= least)
    parts = [(alone, alone + 1, marginal[alone, SINGLE])]
    parts += _follow_names(marginal[:, BEGIN], future, np.exp(transitions) * STEPS, least)
    start, end, score = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Candidates(start, end, score)


def find_marginals(scores: Floats, transitions: Floats, lay: Layout) -> Floats:
    """Return the probability of each state at each place, zeros outside clauses."""
    return _pass_chains(scores, transitions, lay)[0]


def make_bucket(start: Ints, length: Ints) -> Bucket:
    """Return the bucket of clauses that are given longest first."""
    steps = np.arange(length[0])[:, None]
    live = (steps < length).sum(1).tolist()
    return Bucket(np.where(steps < length, start + steps, start), length, live)


def raise_scores(scores: Floats) -> Floats:
    """Return the exponentials of scores, the best state of each place at 1."""
    potentials: Floats = np.exp(scores - scores.max(-1, keepdims=True))
    return potentials


def pass_forward(psi: Floats, live: list[int], step: Floats) -> tuple[Floats, Floats]:
    """Return scaled forward vectors (steps x clauses x states) and their scales."""
    alpha, scale = np.ones_like(psi), np.ones((*psi.shape[:2], 1))
    now = psi[0] * _OPENING
    for at, count in enumerate(live):
        if at:
            now = (alpha[at - 1, :count] @ step) * psi[at, :count]
        total = now @ _ONES
        scale[at, :count] = total
        np.divide(now, total, out=alpha[at, :count])
    return alpha, scale


def pass_backward(psi: Floats, bucket: Bucket, step: Floats, ahead: tuple[Floats, Floats]) -> Floats:
    """Return backward vectors, scaled so that forward x backward is the probability of a state."""
    alpha, scale = ahead
    last = alpha[bucket.length - 1, np.arange(len(bucket.length))]
    beta: Floats = np.broadcast_to(_CLOSING / (last @ _CLOSING)[:, None], psi.shape).copy()
    weight = psi / scale
    for at in range(len(psi) - 1, 0, -1):
        count = bucket.live[at]
        np.matmul(weight[at, :count] * beta[at, :count], step.T, out=beta[at - 1, :count])
    return beta


def _pass_chains(scores: Floats, transitions: Floats, lay: Layout) -> tuple[Floats, Floats]:
    """Return the probability of each state at each place, and how much each state is worth from there on."""
    marginal, future = np.zeros_like(scores), np.zeros_like(scores)
    step = np.exp(transitions) * STEPS
    for bucket in _make_buckets(*find_clauses(lay)):
        psi, real = raise_scores(scores[bucket.table]), bucket.real
        ahead = pass_forward(psi, bucket.live, step)
        beta = pass_backward(psi, bucket, step, ahead)
        places = bucket.table[real]
        marginal[places], future[places] = (ahead[0] * beta)[real], (psi * beta)[real]
    return marginal, future


def _make_buckets(start: Ints, length: Ints) -> Iterator[Bucket]:
    """Yield all clauses in buckets: few clauses share one, many are parted by length."""
    order = np.argsort(-length, kind="stable")
    for part in np.array_split(order, min(_BUCKETS, 1 + len(order) // _FULL)):
        if len(part):
            yield make_bucket(start[part], length[part])


def _follow_names(begins: Floats, future: Floats, step: Floats, least: float) -> Iterator[tuple[Ints, Ints, Floats]]:
    """Yield starts, ends and probabilities of names of two characters, of three, and so on."""
    onward = {state: future * step[state] for state in (BEGIN, INSIDE)}
    onward = {state: row / np.maximum(row.sum(1, keepdims=True), _TINY) for state, row in onward.items()}
    start = np.flatnonzero(begins >= least)
    at, chance, state = start + 1, begins[start], BEGIN
    for _ in range(LONGEST - 1):
        here = chance * onward[state][at, END]
        done = here >= least
        yield start[done], at[done] + 1, here[done]
        chance = chance * onward[state][at, INSIDE]
        going = chance >= least
        start, at, chance, state = start[going], at[going] + 1, chance[going], INSIDE
        if not len(start):
            return
