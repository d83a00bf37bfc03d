"""Boxes in a ring of offices: none over another or over an office, each near where it would like to stand.

Boxes that lie over one another push each other apart; that keeps neighbours together, but can run into a corner. So
they then settle one after the other, each at the free place that is nearest to where it stands.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import isotonic_regression
from scipy.spatial import cKDTree

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Cells = NDArray[np.bool_]

_ROUNDS = 600
_MOVES = 400_000
_CELL = 8.0  # pixels: boxes settle on a grid of such cells
_NEAR = 48  # cells around a wish that are looked through first
_TOUCH = 0.5  # pixels that boxes may lie over one another


def ring_width(y: Floats, reach: Floats) -> Floats:
    """Return how far from the middle a ring stands at heights ``y``, for half its ``reach`` in x and y."""
    width: Floats = reach[0] * np.sqrt(np.maximum(1 - (y / (reach[1] * 1.2)) ** 2, 0.0))
    return width


def settle_boxes(places: Floats, sizes: Floats, anchors: Floats, pill: Floats, reach: Floats) -> Floats | None:
    """Return places for boxes within a ring, near their own; None if one finds none.

    Args:
        places: where the middles of the boxes would like to be, x and y of every one.
        sizes: width and height of every box.
        anchors: where the offices stand.
        pill: width and height of an office.
        reach: half the ring's width and height.
    """
    pills = np.tile(pill, (len(anchors), 1))
    wishes = _push_apart(places, anchors, np.vstack([sizes, pills]))
    taken = _draw_outside(reach)
    corner = np.array(taken.shape) * _CELL / 2
    for middle in anchors:
        low = np.maximum(np.floor((middle - pill / 2 + corner) / _CELL), 0).astype(int)
        taken[tuple(map(slice, low, np.ceil((middle + pill / 2 + corner) / _CELL).astype(int)))] = True
    found = np.empty_like(wishes)
    for i, (wish, size) in enumerate(zip(wishes, np.ceil(sizes / _CELL).astype(int), strict=True)):
        low = (wish + corner) / _CELL - size / 2
        cell = _find_free(taken, low, size, _NEAR)
        cell = _find_free(taken, low, size, max(taken.shape)) if cell is None else cell
        if cell is None:
            return None
        taken[tuple(map(slice, cell, cell + size))] = True
        found[i] = (cell + size / 2) * _CELL - corner
    return found


def stack_boxes(wishes: Floats, height: float) -> Floats:
    """Return heights at least ``height`` apart, together as near to the wished ones as that allows."""
    order = np.argsort(wishes, kind="stable")
    steps = np.arange(len(wishes)) * height
    found = np.empty_like(wishes)
    found[order] = isotonic_regression(wishes[order] - steps).x + steps
    return found


def _push_apart(places: Floats, anchors: Floats, sizes: Floats) -> Floats:
    """Move boxes away from each other and from pills, each pair along its lesser overlap, as long as that helps.

    ``sizes`` are those of the boxes, then of the pills, which stay.
    """
    middles = np.vstack([places, anchors])
    free = (np.arange(len(middles)) < len(places)).astype(float)[:, None]
    scale = sizes.max(axis=0)
    for _ in range(min(_ROUNDS, max(8, _MOVES // len(places)))):
        pairs = cKDTree(middles / scale).query_pairs(1.0, p=np.inf, output_type="ndarray")
        a, b = pairs[:, 0], pairs[:, 1]
        apart = middles[b] - middles[a]
        over = (sizes[a] + sizes[b]) / 2 - np.abs(apart)
        hit = (over > _TOUCH).all(axis=1)
        if not hit.any():
            break
        a, b, apart, over = a[hit], b[hit], apart[hit], over[hit]
        axis = (over[:, 0] > over[:, 1] * 2).astype(int)
        way = np.where(apart[np.arange(len(a)), axis] >= 0, 1.0, -1.0) * over[np.arange(len(a)), axis] * 0.55
        ends = np.concatenate([a, b]) * 2 + np.tile(axis, 2)
        move = np.bincount(ends, np.concatenate([-way, way]), middles.size).reshape(middles.shape)
        middles = middles + np.clip(move, -60, 60) * free
    return middles[: len(places)]


def _draw_outside(reach: Floats) -> Cells:
    """Return the cells around a ring, as taken; the grid's middle is the ring's."""
    wide, high = (2 * np.ceil(reach / _CELL)).astype(int)
    x, y = (np.abs(np.arange(count) + 0.5 - count / 2) * _CELL for count in (wide, high))
    outside: Cells = x[:, None] > ring_width(y, reach)[None, :]
    return outside


def _find_free(taken: Cells, wish: Floats, size: Ints, near: int) -> Ints | None:
    """Return the cell nearest to a wished one, at most ``near`` away, where a box of a size covers nothing."""
    low = np.maximum(np.rint(wish).astype(int) - near, 0)
    part = taken[tuple(map(slice, low, np.maximum(np.rint(wish).astype(int) + near, 0) + size))]
    if (part.shape < size).any():
        return None
    sums = np.pad(part.cumsum(axis=0, dtype=np.int32).cumsum(axis=1, dtype=np.int32), ((1, 0), (1, 0)))
    x, y = size
    free = np.argwhere(sums[x:, y:] - sums[:-x, y:] - sums[x:, :-y] + sums[:-x, :-y] == 0)
    if not len(free):
        return None
    nearest: Ints = free[np.argmin(((free + low - wish) ** 2).sum(axis=1))] + low
    return nearest
