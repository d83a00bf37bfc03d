from __future__ import annotations

from itertools import permutations

import pytest

from graph.errors import InputError
from graph.lexicon import Lexicon
from graph.model import Entity, EntityType
from graph.resolve.link import resolve_names
from graph.resolve.nodes import Read
from graph.resolve.register import read_register, update_register, write_register
from tests.resolve.made import BASE, make_document

NAMES: dict[str, list[tuple[str, EntityType]]] = {
    "a.txt": [("成长之路文化科技项目", "project"), ("江北数字产业园", "place")],
    "b.txt": [("云江成长之路文化科技项目", "project"), ("江北产业园", "place"), ("望江亭", "place")],
    "c.txt": [("成长之路文化科技建设工程", "project"), ("江北数字经济产业园", "place"), ("望江亭", "project")],
}
YEARS = {"a.txt": 2031, "b.txt": 2030, "c.txt": 2029}


def read(*names: str) -> list[Read]:
    return [make_document(name, [("区建设局", NAMES[name])], year=YEARS[name]) for name in names]


@pytest.mark.parametrize("order", list(permutations(NAMES)), ids="-".join)
def test_whatever_order_documents_come_in_no_iri_changes(lexicon: Lexicon, order: tuple[str, ...]) -> None:
    register: tuple[Entity, ...] = ()
    before: dict[tuple[str, str], str] = {}
    for count in range(1, len(order) + 1):
        resolution = resolve_names(read(*order[:count]), lexicon, BASE, known=register)
        now = {(link.document, link.name): link.entity for link in resolution.links}
        assert {name: now[name] for name in before} == before
        register, before = update_register(register, resolution.entities), now
    assert len({entity.iri for entity in register}) == 4


def test_with_the_register_a_build_from_scratch_is_the_build_upon_an_earlier_one(lexicon: Lexicon) -> None:
    register = resolve_names(read("a.txt"), lexicon, BASE).entities
    upon = resolve_names(read("a.txt", "b.txt", "c.txt"), lexicon, BASE, known=register)
    kept = read_register(write_register(update_register(register, upon.entities)))
    assert resolve_names(read("c.txt", "b.txt", "a.txt"), lexicon, BASE, known=kept) == upon


def test_a_thing_that_was_removed_has_its_iri_again_when_it_comes_back(lexicon: Lexicon) -> None:
    first = resolve_names(read("a.txt"), lexicon, BASE)
    both = resolve_names(read("a.txt", "c.txt"), lexicon, BASE, known=first.entities)
    register = update_register(first.entities, both.entities)
    alone = resolve_names(read("c.txt"), lexicon, BASE, known=register)
    again = resolve_names(read("a.txt"), lexicon, BASE, known=update_register(register, alone.entities))
    iris = [{entity.iri for entity in r.entities if len(entity.label) > 4} for r in (first, alone, again)]
    assert iris[0] == iris[1] == iris[2]


def test_every_name_of_a_thing_makes_an_iri_that_still_means_it(lexicon: Lexicon) -> None:
    alone = {e.iri for name in NAMES for e in resolve_names(read(name), lexicon, BASE).entities}
    together = resolve_names(read(*NAMES), lexicon, BASE).entities
    assert alone <= {iri for entity in together for iri in (entity.iri, *entity.same_as)}


def test_a_damaged_register_is_said_to_be_so() -> None:
    with pytest.raises(InputError, match="damaged"):
        read_register("name\n江北产业园\n")
