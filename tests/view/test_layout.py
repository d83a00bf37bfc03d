"""The ring: the same each time, nothing over anything else, sharers side by side."""

from __future__ import annotations

from itertools import combinations, permutations

from graph.model import Ledger, LinkRow
from graph.view.layout import PHONE, inside_width, place_network
from graph.view.ring import order_ring


def test_every_node_has_one_place_and_the_same_each_time(ledger: Ledger) -> None:
    places = place_network(ledger)
    assert set(places) == {r.organisation_id for r in ledger.links} | {r.entity_id for r in ledger.links}
    assert places == place_network(ledger)
    assert len(set(places.values())) == len(places)


def test_labels_inside_do_not_overlap() -> None:
    ledger = _crowded(offices=8, shared=60, alone=90)
    places = place_network(ledger)
    labels = {r.entity_id: r.entity for r in ledger.links}
    inside = [key for key in places if key.startswith("shared")]
    for a, b in combinations(inside, 2):
        wide = (inside_width(labels[a]) + inside_width(labels[b])) / 2 - 2
        dx, dy = abs(places[a][0] - places[b][0]), abs(places[a][1] - places[b][1])
        assert dx >= wide or dy >= 60, (a, b)


def test_a_phone_has_offices_in_two_rows_and_labels_one_above_the_other_between_them() -> None:
    ledger = _crowded(offices=8, shared=20, alone=0)
    places = place_network(ledger, PHONE)
    labels = {r.entity_id: inside_width(r.entity, PHONE.signs) for r in ledger.links}
    sizes = {key: (labels[key], 80.0) if key in labels else (PHONE.pill, 60.0) for key in places}
    assert {abs(x) for key, (x, _) in places.items() if key.startswith("office")} == {PHONE.half}
    for a, b in combinations(places, 2):
        apart = [abs(places[a][i] - places[b][i]) - (sizes[a][i] + sizes[b][i]) / 2 for i in (0, 1)]
        assert max(apart) >= -2, (a, b)


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


def _crowded(offices: int, shared: int, alone: int) -> Ledger:
    rows = []
    for i in range(shared):
        for j in {i % offices, (i * 3 + 1) % offices, (i * 5 + 2) % offices}:
            rows.append(_row(j, f"shared{i:03}", "共同推进的大项目" * (1 + i % 2)))
    rows += [_row(i % 3, f"alone{i:03}", f"单独的第{i}项") for i in range(alone)]
    rows = [r for r in rows if not r.entity_id.startswith("shared") or _sharers(rows, r.entity_id) > 1]
    return Ledger((), tuple(rows), ())


def _sharers(rows: list[LinkRow], thing: str) -> int:
    return len({r.organisation_id for r in rows if r.entity_id == thing})


def _row(office: int, thing: str, label: str) -> LinkRow:
    return LinkRow("a.txt", f"部门{office}", f"office{office}", "pledger", thing, label, label, "project", 0, 1)
