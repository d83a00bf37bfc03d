"""In which order offices stand in a circle: those that share much side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, permutations

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import eigh
from scipy.sparse import csr_array

Floats = NDArray[np.float64]

_EXACT = 7
_FEW = 40


def order_ring(names: Sequence[str], groups: Iterable[Sequence[str]]) -> list[str]:
    """Return ``names`` in a circular order in which those that share much stand close.

    Exact for few names; beyond that the Fiedler order, bettered by exchanges. ``groups`` holds, for every
    shared thing, its offices.
    """
    if len(names) < 4:
        return list(names)
    weights = _weigh_pairs(names, groups)
    if len(names) <= _EXACT:
        rest = permutations(range(1, len(names)))
        return [names[i] for i in min(((0, *p) for p in rest), key=lambda p: _ring_cost(weights, np.array(p)))]
    return [names[i] for i in _better_order(weights, _spectral_order(weights))]


def _weigh_pairs(names: Sequence[str], groups: Iterable[Sequence[str]]) -> Floats:
    """Return how much any two offices share; a thing counts the less, the more offices it has."""
    index = {name: i for i, name in enumerate(names)}
    places = [[index[name] for name in group] for group in groups]
    sizes = np.array([len(group) for group in places], dtype=np.int64)
    rows = np.repeat(np.arange(len(places)), sizes)
    columns = np.fromiter(chain.from_iterable(places), dtype=np.int64, count=int(sizes.sum()))
    having = csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(places), len(names)))
    scaled = csr_array((1.0 / (sizes[rows] - 1.0), (rows, columns)), shape=having.shape)
    weights: Floats = (having.T @ scaled).toarray()
    np.fill_diagonal(weights, 0.0)
    return weights


def _ring_cost(weights: Floats, order: NDArray[np.int64]) -> float:
    steps = np.abs(np.subtract.outer(np.arange(len(order)), np.arange(len(order))))
    around = np.minimum(steps, len(order) - steps)
    return float((weights[np.ix_(order, order)] * around).sum())


def _spectral_order(weights: Floats) -> NDArray[np.int64]:
    laplacian = np.diag(weights.sum(axis=1)) - weights + 1e-6
    few = len(laplacian) <= _FEW
    vectors = np.linalg.eigh(laplacian)[1][:, 1:3] if few else eigh(laplacian, subset_by_index=(1, 2))[1]
    vectors = np.round(vectors * np.sign(vectors[np.abs(vectors).argmax(axis=0), [0, 1]]), 9)
    return np.argsort(np.arctan2(vectors[:, 1], vectors[:, 0]), kind="stable")


def _better_order(weights: Floats, order: NDArray[np.int64], passes: int = 3) -> NDArray[np.int64]:
    """Exchange two places as long as that makes the ring cheaper; a place's partners are all, or the next few."""
    best = order.copy()
    steps = np.abs(np.subtract.outer(np.arange(len(best)), np.arange(len(best))))
    around = np.minimum(steps, len(best) - steps)
    reach = len(best) if len(best) <= _FEW else 4
    for _ in range(passes):
        changed = False
        for i in range(len(best)):
            for j in range(i + 1, min(i + 1 + reach, len(best))):
                gain = (weights[best[i]] - weights[best[j]])[best] * (around[j] - around[i])
                gain[[i, j]] = 0.0
                if gain.sum() < -1e-9:
                    best[[i, j]] = best[[j, i]]
                    changed = True
        if not changed:
            break
    return best
