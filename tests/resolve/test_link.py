from __future__ import annotations

from collections.abc import Sequence

import pytest

from graph.lexicon import Lexicon, load_lexicon
from graph.model import Argument, Document, EntityType, Evidence, Mention, Metadata, Pledge, Span, Speaker
from graph.resolve.link import resolve_names

PLACE = "青山省云江市东河新区"
Said = tuple[str, Sequence[tuple[str, EntityType]]]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def make_document(name: str, said: Sequence[Said], place: str = PLACE, text: str = "") -> tuple[Document, list[Pledge]]:
    evidence = Evidence(name, (Span(0, 1),), "x")
    pledges = [
        Pledge(
            (Speaker(office, "pledger"),),
            "promised",
            tuple(Argument(Mention(thing, kind, evidence, "test"), "") for thing, kind in things),
            (),
            (),
            evidence,
            2030,
            "test",
        )
        for office, things in said
    ]
    return Document(name, text, "", Metadata(place=place, year=2030), ()), pledges


def entities_of(lexicon: Lexicon, *documents: tuple[Document, list[Pledge]]) -> dict[str, str]:
    """The entity of each name; of the names that several documents say, the last one's."""
    return {link.name: link.entity for link in resolve_names(documents, lexicon, "https://example.org/").links}


JOINED: list[list[tuple[str, EntityType]]] = [
    [("成长之路", "place"), ("成长之路文化科技项目", "project"), ("云江成长之路文化科技项目", "project")],
    [("江北数字产业园", "place"), ("江北数字经济产业园", "place"), ("江北产业园", "place")],
    [("金融中心", "place"), ("云江金融中心项目", "project")],
    [("银帆动", "organisation"), ("银帆动力", "organisation")],
    [("大学科技园", "place"), ("南湾大学科技园", "place")],
    [("市中医院", "organisation"), ("云江市中医院", "organisation")],
    [("濱江文化廣場", "place"), ("滨江文化广场", "place")],
]
APART: list[list[tuple[str, EntityType]]] = [
    [("江北数字经济产业园", "place"), ("东河数字经济产业园", "place")],
    [("成长之路文化科技项目", "project"), ("成长之路文化科技项目周边路网", "project")],
    [("江北产业园一期项目", "project"), ("江北产业园二期项目", "project")],
    [("A2地块", "place"), ("A3地块", "place")],
    [("云江理工学院", "organisation"), ("云江理工学院转化中心", "place")],
    [("江北水库", "place"), ("江北水库引水工程", "project")],
]


@pytest.mark.parametrize("names", JOINED, ids=lambda names: names[0][0])
def test_variants_of_a_name_are_one_thing(lexicon: Lexicon, names: list[tuple[str, EntityType]]) -> None:
    entities = entities_of(lexicon, make_document("a.txt", [("区建设局", names)]))
    assert len({entities[name] for name, _ in names}) == 1


@pytest.mark.parametrize("names", APART, ids=lambda names: names[0][0])
def test_look_alikes_stay_apart(lexicon: Lexicon, names: list[tuple[str, EntityType]]) -> None:
    entities = entities_of(lexicon, make_document("a.txt", [("区建设局", names)]))
    assert len({entities[name] for name, _ in names}) == len(names)


def test_an_office_is_one_under_its_short_and_its_full_name(lexicon: Lexicon) -> None:
    entities = entities_of(
        lexicon,
        make_document("a.txt", [("东河新区经发局", []), ("区经济发展局", []), ("市发改委", [])]),
        make_document("b.txt", [("东河新区经济发展局", []), ("云江市发展和改革委员会", [])]),
    )
    assert entities["东河新区经发局"] == entities["区经济发展局"] == entities["东河新区经济发展局"]
    assert entities["市发改委"] == entities["云江市发展和改革委员会"]


def test_a_short_office_name_means_another_office_elsewhere(lexicon: Lexicon) -> None:
    here, there = make_document("a.txt", [("市建设局", [])]), make_document("b.txt", [("市建设局", [])], "白石省平川市")
    links = resolve_names([here, there], lexicon, "https://example.org/").links
    assert len({link.entity for link in links}) == 2


def test_every_name_of_every_document_has_one_link(lexicon: Lexicon) -> None:
    names: list[tuple[str, EntityType]] = [("成长之路", "place"), ("A2地块", "place")]
    documents = [make_document(name, [("区建设局", names)]) for name in ("a.txt", "b.txt")]
    links = resolve_names(documents, lexicon, "https://example.org/").links
    assert sorted((link.document, link.name) for link in links) == sorted(
        (document, name) for document in ("a.txt", "b.txt") for name in ("区建设局", "成长之路", "A2地块")
    )


def test_known_things_keep_their_iris_when_documents_come_and_go(lexicon: Lexicon) -> None:
    first = make_document("a.txt", [("区建设局", [("云江成长之路文化科技项目", "project")])])
    earlier = make_document("0.txt", [("区经发局", [("成长之路", "place")])])
    before = resolve_names([first], lexicon, "https://example.org/")
    after = resolve_names([earlier, first], lexicon, "https://example.org/", known=before.entities)
    assert {entity.iri for entity in before.entities} <= {entity.iri for entity in after.entities}
    assert resolve_names([first], lexicon, "https://example.org/", known=after.entities) == before
