"""However documents come and go: the graph is that of a build from scratch, and no thing changes its IRI."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from graph.lexicon import default_lexicon
from graph.model import Decision, Document, Entity, EntityType, Pledge, Resolution
from graph.pipeline import Settings, store
from graph.resolve.link import resolve_names
from graph.resolve.register import update_register
from graph.store.dataset import Dataset, open_dataset
from tests.resolve.made import BASE, PLACE, make_document

Read = tuple[Document, tuple[Pledge, ...]]
THINGS: dict[str, tuple[str, int, list[tuple[str, EntityType]]]] = {
    "a.txt": (PLACE, 2031, [("成长之路", "place"), ("江北数字产业园", "place"), ("云江至松桥高速公路", "place")]),
    "b.txt": (PLACE, 2030, [("云江成长之路文化科技项目", "project"), ("江北产业园", "place"), ("望江亭", "place")]),
    "c.txt": (PLACE, 2029, [("成长之路文化科技建设工程", "project"), ("云松高速", "place"), ("望江亭", "project")]),
    "d.txt": ("白石省平川市", 2030, [("望江亭", "place"), ("江北产业园", "place"), ("云松高速", "place")]),
    "e.txt": (
        "白石省平川市",
        2031,
        [("平川江北产业园一期", "place"), ("江北产业园二期", "place"), ("望江亭工程", "project")],
    ),
}
DECISIONS = (
    Decision("same", "望江亭", "江北产业园", "白石省平川市", "白石省平川市"),
    Decision("different", "成长之路文化科技建设工程", "云江成长之路文化科技项目", PLACE, PLACE),
    Decision("rename", "云松高速", "云松一号", PLACE),
)


def read(name: str) -> Read:
    place, year, things = THINGS[name]
    document, pledges = make_document(name, [("市建设局", things[:2]), ("市交通局", things[2:])], place, year=year)
    return document, tuple(pledges)


def build(
    dataset: Dataset, names: Sequence[str], register: tuple[Entity, ...]
) -> tuple[Resolution, tuple[Entity, ...]]:
    """Build the documents upon what stands in the dataset, as the pipeline does."""
    documents = [read(name) for name in names]
    resolution = resolve_names(documents, default_lexicon(), BASE, DECISIONS, register)
    settings = Settings((Path(),), Path(), BASE)
    store(dataset, documents, resolution, settings, lambda _stage, _done, _all: None)
    return resolution, update_register(register, resolution.entities)


def list_quads(dataset: Dataset) -> list[str]:
    return sorted(map(str, dataset.store.quads_for_pattern(None, None, None, None)))


def list_steps(seed: int) -> list[list[str]]:
    """Return which documents there are after each step: they come in some order, some go, and all come back."""
    dice = random.Random(seed)
    order = dice.sample(sorted(THINGS), len(THINGS))
    steps = [order[:count] for count in range(1, len(order) + 1)]
    gone = dice.sample(order, 2)
    return [*steps, [name for name in order if name not in gone], dice.sample(order, len(order)), order[1:]]


@pytest.mark.parametrize("seed", range(8))
def test_documents_may_come_and_go_in_any_order(seed: int) -> None:
    grown = open_dataset(None)
    register: tuple[Entity, ...] = ()
    meant: dict[object, str] = {}
    for names in list_steps(seed):
        resolution, register = build(grown, names, register)
        now: dict[object, str] = {(link.document, link.name, link.kind): link.entity for link in resolution.links}
        first = {entity.iri: {*entity.same_as, entity.iri} for entity in resolution.entities}
        assert all(meant[said] in first[iri] for said, iri in now.items() if said in meant)
        meant |= now
        scratch = open_dataset(None)
        build(scratch, sorted(names, reverse=True), register)
        assert list_quads(scratch) == list_quads(grown)


@pytest.mark.parametrize("seed", range(8))
def test_the_iri_of_a_thing_outlives_the_documents_that_gave_it(seed: int) -> None:
    *_, before, _, all_of_them, _ = list_steps(seed)
    register: tuple[Entity, ...] = ()
    kept = open_dataset(None)
    first, register = build(kept, all_of_them, register)
    build(kept, before, register)
    again, _ = build(kept, all_of_them, register)
    assert again == first
