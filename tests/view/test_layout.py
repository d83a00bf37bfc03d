"""The ring: the same each time, nothing over anything else, sharers side by side."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, permutations

import pytest

from graph.model import Ledger, LinkRow
from graph.view.layout import CLOSE, PHONE, SCREEN, Shape, inside_width, place_network
from graph.view.ring import order_ring


def test_every_node_has_one_place_and_the_same_each_time(ledger: Ledger) -> None:
    places = place_network(ledger)
    assert set(places) == {r.organisation_id for r in ledger.links} | {r.entity_id for r in ledger.links}
    assert places == place_network(ledger)
    assert len(set(places.values())) == len(places)


@pytest.mark.parametrize("shape", [SCREEN, CLOSE, PHONE], ids=["screen", "close", "phone"])
@pytest.mark.parametrize(
    ("offices", "shared"), [(8, 30), (8, 60), (20, 30), (20, 100), (40, 100), (8, 200), (30, 200), (40, 500)]
)
def test_no_label_covers_another_or_an_office(offices: int, shared: int, shape: Shape) -> None:
    ledger = _crowded(offices, shared, alone=90)
    places = place_network(ledger, shape)
    boxes = {key: (*places[key], *size) for key, size in _measure(ledger, shape).items()}
    assert [pair for pair in combinations(boxes, 2) if _cover(boxes[pair[0]], boxes[pair[1]])] == []


def test_what_is_shared_stays_in_the_ring() -> None:
    ledger = _crowded(offices=20, shared=100, alone=0)
    places = place_network(ledger)
    ring = [places[key] for key in places if key.startswith("office")]
    for key, (wide, _) in _measure(ledger, SCREEN).items():
        x, y = places[key]
        beside = min(ring, key=lambda office: (office[0] * x < 0, abs(office[1] - y)))
        assert key.startswith("office") or abs(x) + wide / 2 < abs(beside[0]) + 75, key


def test_a_label_wider_than_the_ring_makes_it_wider() -> None:
    rows = [_row(office, "shared", "甚" * 400) for office in (0, 1)]
    places = place_network(Ledger((), tuple(rows), ()))
    assert max(x for x, _ in places.values()) > inside_width("甚" * 400) / 2


def test_a_phone_has_offices_in_two_rows() -> None:
    places = place_network(_crowded(offices=8, shared=20, alone=0), PHONE)
    assert {abs(x) for key, (x, _) in places.items() if key.startswith("office")} == {PHONE.half}


def test_lists_of_single_things_do_not_meet() -> None:
    places = place_network(_crowded(offices=9, shared=10, alone=200))
    rows = sorted((x > 0, y, x) for key, (x, y) in places.items() if key.startswith("alone"))
    for (side_a, ya, xa), (side_b, yb, xb) in combinations(rows, 2):
        assert side_a != side_b or abs(ya - yb) >= 20 or abs(xa - xb) >= 200


def test_ring_puts_offices_that_share_side_by_side() -> None:
    names = list("abcdefgh")
    groups = [("a", "e"), ("e", "c"), ("c", "g"), ("g", "b"), ("b", "f"), ("f", "d"), ("d", "h"), ("h", "a")]
    ring = order_ring(names, groups)
    steps = {frozenset(pair) for pair in zip(ring, [*ring[1:], ring[0]], strict=True)}
    assert steps == {frozenset(pair) for pair in groups}


def test_order_does_not_depend_on_the_order_of_groups() -> None:
    groups = [("a", "c"), ("b", "d"), ("a", "e")]
    assert len({tuple(order_ring(list("abcde"), p)) for p in permutations(groups)}) == 1


def test_empty_ledger_has_no_places() -> None:
    assert place_network(Ledger((), (), ())) == {}


def _measure(ledger: Ledger, shape: Shape) -> dict[str, tuple[float, float]]:
    """Return width and height of every shared thing's mark and label, and of every office."""
    names = {row.entity_id: row.entity for row in ledger.links if row.entity_id.startswith("shared")}
    offices = {row.organisation_id: (shape.pill, 40.0) for row in ledger.links}
    return {key: (inside_width(name, shape.signs) - 2, 78.0) for key, name in names.items()} | offices


def _cover(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return all(abs(one[i] - other[i]) < (one[i + 2] + other[i + 2]) / 2 for i in (0, 1))


def _crowded(offices: int, shared: int, alone: int) -> Ledger:
    rows = []
    for i in range(shared):
        for j in {i % offices, (i * 3 + 1) % offices, (i * 5 + 2) % offices}:
            rows.append(_row(j, f"shared{i:03}", "共同推进的大项目" * (1 + i % 2)))
    rows += [_row(i % 3, f"alone{i:03}", f"单独的第{i}项") for i in range(alone)]
    sharers = Counter(thing for _, thing in {(r.organisation_id, r.entity_id) for r in rows})
    rows = [r for r in rows if not r.entity_id.startswith("shared") or sharers[r.entity_id] > 1]
    return Ledger((), tuple(rows), ())


def _row(office: int, thing: str, label: str) -> LinkRow:
    return LinkRow("a.txt", f"部门{office}", f"office{office}", "pledger", thing, label, label, "project", 0, 1)
