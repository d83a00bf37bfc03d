"""Where everything stands in the network: a ring of offices, computed once, the same every time.

Offices stand on an ellipse, ordered so that those which share things are neighbours. What several offices
share stands inside, near its offices, pushed apart until no label covers another. What one office has alone
stands outside it as a list in a slot of its own, so that lists cannot overlap: columns of ``ROWS`` things,
of which a picture may show the first and say how many follow. Units are pixels at zoom 1.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, permutations

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import eigh
from scipy.sparse import csr_array
from scipy.spatial import cKDTree

from graph.model import Ledger
from graph.view.index import Index, index_rows
from graph.view.packing import pack_rows

Positions = Mapping[str, tuple[float, float]]
Floats = NDArray[np.float64]

ROW = 22.0
ROWS = 6
REACH = 92.0
_EM = 14.0
COLUMN = 230.0
_PILL = 64.0
_GAP = 24.0
_EXACT = 7
_FEW = 40
_INSIDE = 80.0
_BREAK = 10
_PULL = 0.72
_ROUNDS = 600
_MOVES = 400_000
_MANY = 8_000
_NARROW = re.compile("[\0-\u2e7f]+")


@dataclass(frozen=True, slots=True)
class _Slot:
    """The room of one office on its side of the ring, and its list."""

    office: str
    things: tuple[str, ...]
    height: float


def place_network(ledger: Ledger, index: Index | None = None) -> dict[str, tuple[float, float]]:
    """Return x and y of every office and thing of a ledger; y grows downwards.

    Offices left of the middle have their lists to the left, the others to the right.

    Args:
        ledger: the rows that are drawn.
        index: of these rows, where it is known already.
    """
    index = index or index_rows(ledger.links)
    labels = {index.things[i]: ledger.links[row].entity for i, row in enumerate(index.first_of_things())}
    shared, alone = _tell_apart(index, labels)
    ring = order_ring(index.offices, shared.values())
    slots = [_make_slot(office, alone[office]) for office in ring]
    widths = [inside_width(labels[t]) for t in shared]
    found = _place_ring(slots, sum(widths))
    anchors = np.array([found[o] for o in ring]) if ring else np.zeros((0, 2))
    found |= _place_lists(slots, found)
    found |= _place_shared(shared, ring, anchors, widths)
    return {key: (round(x, 1), round(y, 1)) for key, (x, y) in found.items()}


def _tell_apart(index: Index, labels: Mapping[str, str]) -> tuple[dict[str, tuple[str, ...]], dict[str, list[str]]]:
    """Return the offices of everything shared, and of every office what it has alone, most often named first."""
    ends = np.cumsum(index.shares).tolist()
    names = tuple(map(index.offices.__getitem__, index.had.tolist()))
    offices = {thing: names[a:b] for thing, a, b in zip(index.things, [0, *ends], ends, strict=False)}
    rows = dict(zip(index.things, np.bincount(index.thing).tolist(), strict=True))
    alone: dict[str, list[str]] = defaultdict(list)
    single = [thing for thing, having in offices.items() if len(having) == 1]
    for thing in sorted(single, key=lambda t: (-rows[t], labels[t], t)):
        alone[offices[thing][0]].append(thing)
    return {thing: having for thing, having in offices.items() if len(having) > 1}, alone


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


def text_width(text: str, em: float = _EM) -> float:
    """Return the width of a label in pixels: a full-width character is one em, any other 0.56."""
    wide = len(_NARROW.sub("", text))
    return wide * em + (len(text) - wide) * 0.56 * em


def inside_width(label: str) -> float:
    """Return the width of a shared thing's box: its label is broken in two beyond ten characters."""
    half = len(label) if len(label) <= _BREAK else (len(label) + 1) // 2
    return max(text_width(label[:half]), text_width(label[half:]), 40.0) + 18.0


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


def _make_slot(office: str, things: Sequence[str]) -> _Slot:
    rows = min(len(things), ROWS + 1)
    return _Slot(office, tuple(things), max(_PILL, rows * ROW + _GAP))


def _place_ring(slots: Sequence[_Slot], inside: float) -> dict[str, tuple[float, float]]:
    """Stack the slots of each half from top to bottom, around boxes of the width ``inside`` together.

    The ellipse follows the middles of the slots.
    """
    total, half = sum(s.height for s in slots), 0.0
    right: list[_Slot] = []
    left: list[_Slot] = []
    for slot in slots:
        (right if half + slot.height / 2 <= total / 2 or not right else left).append(slot)
        half += slot.height
    need = inside * _INSIDE * 1.3
    tall = max(sum(s.height for s in right), sum(s.height for s in left), 420.0, need**0.5)
    wide = max(tall * 0.42, 270.0, need / tall)
    found: dict[str, tuple[float, float]] = {}
    for side, stack in ((1.0, right), (-1.0, left[::-1])):
        spare = (tall - sum(s.height for s in stack)) / max(len(stack), 1)
        y = -tall / 2
        for slot in stack:
            room = slot.height + spare
            middle = y + room / 2
            x = side * wide * (1 - (middle / (tall * 0.6)) ** 2) ** 0.5
            found[slot.office] = (x, middle)
            y += room
    return found


def _place_lists(slots: Sequence[_Slot], offices: Positions) -> dict[str, tuple[float, float]]:
    """Put lists beside their offices, column after column outwards; a last row stays free in every slot."""
    found: dict[str, tuple[float, float]] = {}
    for slot in slots:
        x, y = offices[slot.office]
        side = 1.0 if x >= 0 else -1.0
        top = y - (min(len(slot.things), ROWS + 1) - 1) / 2 * ROW
        for i, thing in enumerate(slot.things):
            column, row = divmod(i, ROWS)
            found[thing] = (x + side * (REACH + column * COLUMN), top + row * ROW)
    return found


def _place_shared(
    shared: Mapping[str, Sequence[str]], ring: Sequence[str], anchors: Floats, widths: Sequence[float]
) -> dict[str, tuple[float, float]]:
    if not shared:
        return {}
    index = {office: i for i, office in enumerate(ring)}
    sizes = np.array([len(offices) for offices in shared.values()])
    near = anchors[[index[o] for o in chain.from_iterable(shared.values())]]
    whose = np.repeat(np.arange(len(sizes)), sizes)
    means = np.stack([np.bincount(whose, near[:, axis]) for axis in (0, 1)], axis=1) / sizes[:, None]
    turn = np.arange(len(means)) * 2.399963  # the golden angle: things of the same offices start apart
    spread = np.stack([np.cos(turn), np.sin(turn)], axis=1) * (8.0 + np.sqrt(np.arange(len(means)))[:, None])
    if len(means) > _MANY:
        found = pack_rows(means, np.array(widths), _INSIDE, np.abs(anchors).max(axis=0))
    else:
        boxes = np.stack([np.array(widths), np.full(len(widths), _INSIDE)], axis=1)
        found = _push_apart(means * _PULL + spread, boxes, anchors)
    return dict(zip(shared, map(tuple, found.tolist()), strict=True))


def _push_apart(places: Floats, boxes: Floats, anchors: Floats) -> Floats:
    """Move boxes (middles and sizes) until none covers another, nor a pill, each pair along its lesser overlap."""
    pills = np.tile([150.0, 60.0], (len(anchors), 1))
    middles, sizes = np.vstack([places, anchors]), np.vstack([boxes, pills])
    free = (np.arange(len(middles)) < len(places)).astype(float)[:, None]
    scale = sizes.max(axis=0)
    for _ in range(min(_ROUNDS, max(8, _MOVES // len(places)))):
        pairs = cKDTree(middles / scale).query_pairs(1.0, p=np.inf, output_type="ndarray")
        a, b = pairs[:, 0], pairs[:, 1]
        apart = middles[b] - middles[a]
        over = (sizes[a] + sizes[b]) / 2 - np.abs(apart)
        hit = (over > 0.5).all(axis=1)
        if not hit.any():
            break
        a, b, apart, over = a[hit], b[hit], apart[hit], over[hit]
        axis = (over[:, 0] > over[:, 1] * 2).astype(int)
        way = np.where(apart[np.arange(len(a)), axis] >= 0, 1.0, -1.0) * over[np.arange(len(a)), axis] * 0.55
        ends = np.concatenate([a, b]) * 2 + np.tile(axis, 2)
        move = np.bincount(ends, np.concatenate([-way, way]), middles.size).reshape(middles.shape)
        middles = middles + np.clip(move, -60, 60) * free
    return middles[: len(places)]
