"""Where everything stands in the network: a ring of offices, computed once, the same every time.

Offices stand on an ellipse, ordered so that those which share things are neighbours. What several offices
share stands inside, near its offices, pushed apart until no label covers another. What one office has alone
stands outside it as a list in a slot of its own, so that lists cannot overlap: columns of ``ROWS`` things,
of which a picture may show the first and say how many follow. Units are pixels at zoom 1.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from graph.model import Ledger
from graph.view.index import Index, index_rows
from graph.view.packing import pack_rows
from graph.view.ring import order_ring

Positions = Mapping[str, tuple[float, float]]
Floats = NDArray[np.float64]

ROW = 22.0
ROWS = 6
REACH = 92.0
_EM = 14.0
COLUMN = 230.0
_GAP = 24.0
_INSIDE = 80.0
_PULL = 0.72
_ROUNDS = 600
_MOVES = 400_000
_MANY = 8_000
_NARROW = re.compile("[\0-\u2e7f]+")


@dataclass(frozen=True, slots=True)
class Shape:
    """What a picture is laid out for. Lengths are pixels.

    Attributes:
        half: how far from the middle the offices stand, in two upright rows; None makes a ring that grows with what
            stands in it.
        signs: how many characters of a shared thing's label stand in a line.
        pill: width of the pill of an office.
        slot: least height that an office takes.
        broad: half the ring's width as a share of its height, at least.
    """

    half: float | None = None
    signs: int = 10
    pill: float = 150.0
    slot: float = 64.0
    broad: float = 0.42


SCREEN = Shape()
CLOSE = Shape(slot=54.0, broad=0.62)  # without what an office has alone
PHONE = Shape(half=140.0, signs=6, pill=100.0)


@dataclass(frozen=True, slots=True)
class _Slot:
    """The room of one office on its side of the ring, and its list."""

    office: str
    things: tuple[str, ...]
    height: float


def place_network(ledger: Ledger, shape: Shape = SCREEN, index: Index | None = None) -> dict[str, tuple[float, float]]:
    """Return x and y of every office and thing of a ledger; y grows downwards.

    Offices left of the middle have their lists to the left, the others to the right.

    Args:
        ledger: the rows that are drawn.
        shape: the kind of picture that they are drawn in.
        index: of these rows, where it is known already.
    """
    index = index or index_rows(ledger.links)
    labels = {index.things[i]: ledger.links[row].entity for i, row in enumerate(index.first_of_things())}
    shared, alone = _tell_apart(index, labels)
    ring = order_ring(index.offices, shared.values())
    slots = [_make_slot(office, alone[office], shape.slot) for office in ring]
    widths = np.array([inside_width(labels[t], shape.signs) for t in shared])
    found = _place_ring(slots, widths, shape)
    found |= _place_lists(slots, found)
    found |= _place_shared(shared, {o: found[o] for o in ring}, widths, shape)
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


def text_width(text: str, em: float = _EM) -> float:
    """Return the width of a label in pixels: a full-width character is one em, any other 0.56."""
    wide = len(_NARROW.sub("", text))
    return wide * em + (len(text) - wide) * 0.56 * em


def inside_width(label: str, signs: int = SCREEN.signs) -> float:
    """Return the width of a shared thing's box: its label is broken in two beyond so many characters."""
    half = len(label) if len(label) <= signs else (len(label) + 1) // 2
    if not _NARROW.search(label):
        return max(half * _EM, 40.0) + 18.0
    return max(text_width(label[:half]), text_width(label[half:]), 40.0) + 18.0


def _make_slot(office: str, things: Sequence[str], least: float) -> _Slot:
    rows = min(len(things), ROWS + 1)
    return _Slot(office, tuple(things), max(least, rows * ROW + _GAP))


def _place_ring(slots: Sequence[_Slot], widths: Floats, shape: Shape) -> dict[str, tuple[float, float]]:
    """Stack the slots of each half from top to bottom, around boxes of ``widths``.

    The ellipse follows the middles of the slots; upright rows are as high as the boxes one above the other.
    """
    total, half = sum(s.height for s in slots), 0.0
    right: list[_Slot] = []
    left: list[_Slot] = []
    for slot in slots:
        (right if half + slot.height / 2 <= total / 2 or not right else left).append(slot)
        half += slot.height
    need = float(widths.sum()) * _INSIDE * 1.3
    room = need**0.5 if shape.half is None else len(widths) * _INSIDE
    tall = max(sum(s.height for s in right), sum(s.height for s in left), 420.0, room)
    wide = max(tall * shape.broad, 270.0, need / tall)
    found: dict[str, tuple[float, float]] = {}
    for side, stack in ((1.0, right), (-1.0, left[::-1])):
        spare = (tall - sum(s.height for s in stack)) / max(len(stack), 1)
        y = -tall / 2
        for slot in stack:
            step = slot.height + spare
            middle = y + step / 2
            x = wide * (1 - (middle / (tall * 0.6)) ** 2) ** 0.5 if shape.half is None else shape.half
            found[slot.office] = (side * x, middle)
            y += step
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
    shared: Mapping[str, Sequence[str]], offices: Positions, widths: Floats, shape: Shape
) -> dict[str, tuple[float, float]]:
    """Put every shared thing near the middle of its offices."""
    if not shared:
        return {}
    index, anchors = {office: i for i, office in enumerate(offices)}, np.array(list(offices.values()))
    sizes = np.array([len(having) for having in shared.values()])
    near = anchors[[index[o] for o in chain.from_iterable(shared.values())]]
    whose = np.repeat(np.arange(len(sizes)), sizes)
    means = np.stack([np.bincount(whose, near[:, axis]) for axis in (0, 1)], axis=1) / sizes[:, None]
    turn = np.arange(len(means)) * 2.399963  # the golden angle: things of the same offices start apart
    spread = np.stack([np.cos(turn), np.sin(turn)], axis=1) * (8.0 + np.sqrt(np.arange(len(means)))[:, None])
    if shape.half is None and len(means) > _MANY:
        found = pack_rows(means, widths, _INSIDE, np.abs(anchors).max(axis=0))
        return dict(zip(shared, map(tuple, found.tolist()), strict=True))
    places = means * _PULL + spread
    if shape.half is not None:
        free = np.maximum(shape.half - (shape.pill + widths) / 2, 0.0)
        places[:, 0] = np.clip(places[:, 0], -free, free)
    boxes = np.stack([widths, np.full(len(widths), _INSIDE)], axis=1)
    pills = np.tile([shape.pill, 60.0], (len(anchors), 1))
    found = _push_apart(places, anchors, np.vstack([boxes, pills]), upright=shape.half is not None)
    return dict(zip(shared, map(tuple, found.tolist()), strict=True))


def _push_apart(places: Floats, anchors: Floats, sizes: Floats, *, upright: bool) -> Floats:
    """Move boxes until none covers another, nor a pill, each pair along its lesser overlap, or always up and down.

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
        hit = (over > 0.5).all(axis=1)
        if not hit.any():
            break
        a, b, apart, over = a[hit], b[hit], apart[hit], over[hit]
        axis = (upright | (over[:, 0] > over[:, 1] * 2)).astype(int)
        way = np.where(apart[np.arange(len(a)), axis] >= 0, 1.0, -1.0) * over[np.arange(len(a)), axis] * 0.55
        ends = np.concatenate([a, b]) * 2 + np.tile(axis, 2)
        move = np.bincount(ends, np.concatenate([-way, way]), middles.size).reshape(middles.shape)
        middles = middles + np.clip(move, -60, 60) * free
    return middles[: len(places)]
