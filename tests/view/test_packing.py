"""Very many boxes stand in rows: none over another, none out of the ring, each about where it wanted to be."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from graph.view import layout
from graph.view.layout import inside_width, place_network
from graph.view.packing import Floats, pack_rows
from tests.view.test_layout import _crowded

REACH = np.array([5_000.0, 4_000.0])


@pytest.fixture
def wanted() -> tuple[Floats, Floats]:
    dice = np.random.default_rng(7)
    return dice.normal(0, 900, (3_000, 2)), dice.uniform(60, 240, 3_000)


def test_no_box_covers_another_or_leaves_the_ellipse(wanted: tuple[Floats, Floats]) -> None:
    places, widths = wanted
    found = pack_rows(places, widths, 80.0, REACH)
    for row in np.unique(found[:, 1]):
        on_it = np.flatnonzero(found[:, 1] == row)
        order = on_it[np.argsort(found[on_it, 0])]
        gaps = np.diff(found[order, 0]) - (widths[order][1:] + widths[order][:-1]) / 2
        assert (gaps > -1e-6).all()
    assert np.diff(np.unique(found[:, 1])).min() >= 80.0 - 1e-6
    assert ((found / REACH) ** 2).sum(axis=1).max() < 1.0


def test_a_box_keeps_its_side(wanted: tuple[Floats, Floats]) -> None:
    places, widths = wanted
    found = pack_rows(places, widths, 80.0, REACH)
    assert np.corrcoef(places[:, 0], found[:, 0])[0, 1] > 0.8
    assert np.corrcoef(places[:, 1], found[:, 1])[0, 1] > 0.8


def test_an_ellipse_that_is_too_small_grows(wanted: tuple[Floats, Floats]) -> None:
    places, widths = wanted
    found = pack_rows(places, widths, 80.0, np.array([300.0, 200.0]))
    assert len(np.unique(found, axis=0)) == len(found)
    assert np.diff(np.unique(found[:, 1])).min() >= 80.0 - 1e-6


def test_many_shared_things_are_packed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "_MANY", 50)
    ledger = _crowded(offices=8, shared=200, alone=90)
    places = place_network(ledger)
    labels = {row.entity_id: row.entity for row in ledger.links}
    inside = sorted((places[key][1], places[key][0], inside_width(labels[key])) for key in places if "shared" in key)
    for (row, left, wide), (below, right, broad) in pairwise(inside):
        assert below > row or right - left >= (wide + broad) / 2 - 0.2
    assert places == place_network(ledger)
