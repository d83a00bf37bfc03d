"""Exact probabilities in a linear chain (Lafferty et al. 2001) over outside, begin, inside, end, single.

All clauses pass side by side, longest first, so that a step works on the clauses that still go on; messages are
scaled to one at every step.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from graph.extract.neural.arrays import Floats, Ints

STATES = OUTSIDE, BEGIN, INSIDE, END, SINGLE = range(5)
_FLOOR, _TINY = -30, 1e-30


@dataclass(frozen=True, slots=True)
class Chain:
    """Messages of all places: ``forward * backward`` are the probabilities of the states.

    ``emission`` (logarithms, the best state of each place at 0) and ``scale`` are what a step of the messages is
    made of, ``steps`` scores the transitions.
    """

    emission: Floats
    forward: Floats
    backward: Floats
    scale: Floats
    steps: Floats

    def find_states(self) -> Floats:
        """Return the probability of every state at every place."""
        return self.forward * self.backward

    def score_spans(self, start: Ints, end: Ints) -> Floats:
        """Return the probability that exactly this span is a name: that of the one path through it."""
        length, last, second = end - start, end - 1, np.minimum(start + 1, end - 1)
        factor = self.emission - np.log(self.scale)[:, None]
        inner = np.cumsum(np.concatenate([[0.0], factor[:, INSIDE]]))
        steps = self.steps
        through = steps[BEGIN, INSIDE] + np.maximum(length - 3, 0) * steps[INSIDE, INSIDE] + steps[INSIDE, END]
        value = np.log(self.forward[start, BEGIN] + _TINY) + inner[last] - inner[second]
        value += np.where(length == 2, steps[BEGIN, END], through)
        value += factor[last, END] + np.log(self.backward[last, END] + _TINY)
        alone = self.forward[start, SINGLE] * self.backward[start, SINGLE]
        scores: Floats = np.where(length == 1, alone, np.exp(np.minimum(value, 0))).astype(np.float32)
        return scores


@dataclass(frozen=True, slots=True)
class _Order:
    """Places by step: all first ones, all second ones, and so on; ``steps`` are their slices of ``turn``."""

    turn: Ints
    steps: Sequence[slice]


def pass_chain(scores: Floats, clause: Ints, steps: Floats, edges: Floats) -> Chain:
    """Return the messages of a chain over each clause.

    Args:
        scores: places x states, in logarithms.
        clause: ascending number of each place's clause; at least one place.
        steps: states x states, in logarithms.
        edges: of the first and of the last state of a clause, in logarithms.
    """
    emission: Floats = np.maximum(scores - scores.max(1, keepdims=True), _FLOOR)
    begin = np.flatnonzero(np.diff(clause, prepend=-1))
    size = np.diff(begin, append=len(clause))
    order = _order_places(begin, size)
    psi = np.exp(emission[order.turn])
    with np.errstate(invalid="ignore"):  # some BLAS kernels raise the flag where there is no NaN
        scale = _pass_forward(psi, order.steps, np.exp(steps), np.exp(edges[0]))
    chain = Chain(emission, np.empty_like(psi), np.empty_like(psi), np.empty(len(psi), np.float32), steps)
    chain.forward[order.turn], chain.scale[order.turn] = psi, scale[:, 0]
    psi = np.exp(emission[order.turn])
    psi /= scale
    chain.backward[order.turn] = _pass_backward(psi, order.steps, np.exp(steps).T.copy(), np.exp(edges[1]))
    last = begin + size - 1
    total = (chain.forward[last] * chain.backward[last]).sum(1)
    np.divide(chain.backward, np.repeat(total, size)[:, None], out=chain.backward)
    return chain


def _order_places(begin: Ints, size: Ints) -> _Order:
    place = np.arange(size.sum()) - np.repeat(begin, size)
    rank = np.empty(len(size), np.int64)
    rank[np.argsort(-size, kind="stable")] = np.arange(len(size))
    turn = np.lexsort((np.repeat(rank, size), place))
    cuts = np.concatenate([[0], np.cumsum(np.bincount(place))]).tolist()
    return _Order(turn, [slice(*pair) for pair in pairwise(cuts)])


def _pass_forward(psi: Floats, order: Sequence[slice], step: Floats, edge: Floats) -> Floats:
    """Turn ``psi`` into the messages from the left, and return their scales."""
    scale, ones = np.empty((len(psi), 1), np.float32), np.ones((len(STATES), 1), np.float32)
    before = psi[:0]
    for at, now in enumerate(order):
        here = psi[now]
        here *= (before[: len(here)] @ step) if at else edge
        here /= np.matmul(here, ones, out=scale[now])
        before = here
    return scale


def _pass_backward(psi: Floats, order: Sequence[slice], step: Floats, edge: Floats) -> Floats:
    """Return the messages from the right over the same scales."""
    messages = np.empty_like(psi)
    messages[:] = edge
    for before, now in zip(order[-2::-1], order[:0:-1], strict=True):
        there = slice(before.start, before.start + now.stop - now.start)
        np.matmul(messages[now] * psi[now], step, out=messages[there])
    return messages
