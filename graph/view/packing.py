"""Very many boxes in a ring of offices: rows of boxes side by side, each near where it would like to stand.

Moving boxes apart takes the longer, the more there are, and beyond some thousands does not end in time. Rows never
overlap and need one sort: a box keeps its height among the others, and in its row its place from left to right.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_FULL = 0.88  # of the ellipse's width is for boxes, the rest for the offices on it


def pack_rows(places: Floats, widths: Floats, height: float, reach: Floats) -> Floats:
    """Return places for the middles of boxes, in rows within an ellipse around the origin.

    Args:
        places: where the boxes would like to be, x and y of every one.
        widths: of the boxes.
        height: of every box, and so of every row.
        reach: half the ellipse's width and height; where that is too little room, it grows.
    """
    reach = reach * np.sqrt(max(1.0, _spread(widths, height, reach)))
    middles = np.arange(-reach[1] + height / 2, reach[1], height)
    room = 2 * _FULL * reach[0] * np.sqrt(1 - (middles / reach[1]) ** 2)
    row = _fill_rows(places[:, 1], widths, room)
    order = np.lexsort((places[:, 0], row))
    used = np.bincount(row, widths, len(room))
    ends = np.cumsum(widths[order])
    before = np.concatenate([[0.0], np.cumsum(used)])[row[order]]
    beside = ends - widths[order] / 2 - before
    stretch = np.maximum(room / np.maximum(used, 1.0), 1.0)[row[order]]
    found = np.empty_like(places)
    found[order, 0] = (beside - used[row[order]] / 2) * stretch
    found[:, 1] = middles[row]
    return found


def _spread(widths: Floats, height: float, reach: Floats) -> float:
    """Return how many times the room in the ellipse the boxes take."""
    return float(widths.sum() * height / (np.pi * _FULL * 0.95 * reach[0] * reach[1]))


def _fill_rows(y: Floats, widths: Floats, room: Floats) -> NDArray[np.int64]:
    """Return the row of every box, from the top in the order of ``y``; every row gets its share of all widths."""
    order = np.argsort(y, kind="stable")
    along = np.cumsum(widths[order]) - widths[order] / 2
    rows = np.empty(len(y), dtype=np.int64)
    rows[order] = np.searchsorted(np.cumsum(room) / room.sum() * widths.sum(), along)
    return np.minimum(rows, len(room) - 1)
