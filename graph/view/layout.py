"""Where everything stands in the network: a ring of offices, computed once, the same every time.

Offices stand on an ellipse, ordered so that those which share things are neighbours. What several offices
share stands inside, near its offices, where no label covers another; the ring is as wide as that needs. What one
office has alone stands outside it as a list in a slot of its own, so that lists cannot overlap: columns of ``ROWS``
things, of which a picture may show the first and say how many follow. Units are pixels at zoom 1.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from graph.model import Ledger
from graph.view.index import Index, index_rows
from graph.view.packing import pack_rows
from graph.view.ring import order_ring
from graph.view.settling import ring_width, settle_boxes, stack_boxes

Positions = Mapping[str, tuple[float, float]]
Floats = NDArray[np.float64]

ROW = 22.0
ROWS = 6
REACH = 92.0
_EM = 14.0
COLUMN = 230.0
_GAP = 24.0
_INSIDE = 80.0
_PILL = 60.0
_PULL = 0.72
_SPARE = 1.3  # times the boxes' own room that a ring has for them, and half as much more until all find a place
_MANY = 1_500
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
    inside, spare = None, _SPARE
    while inside is None:
        found, reach = _place_ring(slots, widths, shape, spare)
        inside, spare = _place_shared(shared, found, widths, shape, reach), spare * 1.5
    found |= _place_lists(slots, found) | dict(zip(shared, map(tuple, inside.tolist()), strict=True))
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


def _place_ring(
    slots: Sequence[_Slot], widths: Floats, shape: Shape, spare: float
) -> tuple[dict[str, tuple[float, float]], Floats]:
    """Stack the slots of each half from top to bottom; return the offices' places and half the ring's size.

    The ellipse follows the middles of the slots.

    Args:
        slots: in the order of the ring.
        widths: of the boxes that stand inside; upright rows are as high as these one above the other.
        shape: the kind of picture.
        spare: how many times the room is left that the boxes cover.
    """
    total, half = sum(s.height for s in slots), 0.0
    right: list[_Slot] = []
    left: list[_Slot] = []
    for slot in slots:
        (right if half + slot.height / 2 <= total / 2 or not right else left).append(slot)
        half += slot.height
    room = float(widths.sum()) * _INSIDE * spare
    least = room**0.5 if shape.half is None else len(widths) * _INSIDE
    tall = max(sum(s.height for s in right), sum(s.height for s in left), 420.0, least)
    wide = max(tall * shape.broad, 270.0, room / tall)
    reach = np.array([wide, tall / 2])
    found: dict[str, tuple[float, float]] = {}
    for side, stack in ((1.0, right), (-1.0, left[::-1])):
        more = (tall - sum(s.height for s in stack)) / max(len(stack), 1)
        y = -tall / 2
        for slot in stack:
            step = slot.height + more
            middle = y + step / 2
            x = float(ring_width(np.array(middle), reach)) if shape.half is None else shape.half
            found[slot.office] = (side * x, middle)
            y += step
    return found, reach


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
    shared: Mapping[str, Sequence[str]], offices: Positions, widths: Floats, shape: Shape, reach: Floats
) -> Floats | None:
    """Return a place for every shared thing, near the middle of its offices; None where the ring is too narrow."""
    if not shared:
        return np.empty((0, 2))
    index, anchors = {office: i for i, office in enumerate(offices)}, np.array(list(offices.values()))
    sizes = np.array([len(having) for having in shared.values()])
    near = anchors[[index[o] for o in chain.from_iterable(shared.values())]]
    whose = np.repeat(np.arange(len(sizes)), sizes)
    means = np.stack([np.bincount(whose, near[:, axis]) for axis in (0, 1)], axis=1) / sizes[:, None]
    if shape.half is None and len(means) > _MANY:
        return pack_rows(means, widths, _INSIDE, np.abs(anchors).max(axis=0))
    turn = np.arange(len(means)) * 2.399963  # the golden angle: things of the same offices start apart
    spread = np.stack([np.cos(turn), np.sin(turn)], axis=1) * (8.0 + np.sqrt(np.arange(len(means)))[:, None])
    places = means * _PULL + spread
    if shape.half is not None:
        free = np.maximum(shape.half - (shape.pill + widths) / 2, 0.0)
        return np.stack([np.clip(places[:, 0], -free, free), stack_boxes(places[:, 1], _INSIDE)], axis=1)
    boxes = np.stack([widths, np.full(len(widths), _INSIDE)], axis=1)
    return settle_boxes(places, boxes, anchors, np.array([shape.pill, _PILL]), reach)
