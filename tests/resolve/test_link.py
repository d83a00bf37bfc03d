from __future__ import annotations

import pytest

from graph.lexicon import Lexicon
from graph.model import Decision, Document, EntityType, Pledge
from graph.resolve.link import resolve_names
from tests.resolve.made import BASE, make_document


def entities_of(lexicon: Lexicon, *documents: tuple[Document, list[Pledge]]) -> dict[str, str]:
    """The entity of each name; of the names that several documents say, the last one's."""
    return {link.name: link.entity for link in resolve_names(documents, lexicon, BASE).links}


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
    links = resolve_names([here, there], lexicon, BASE).links
    assert len({link.entity for link in links}) == 2


def test_every_name_of_every_document_has_one_link(lexicon: Lexicon) -> None:
    names: list[tuple[str, EntityType]] = [("成长之路", "place"), ("A2地块", "place")]
    documents = [make_document(name, [("区建设局", names)]) for name in ("a.txt", "b.txt")]
    links = resolve_names(documents, lexicon, BASE).links
    assert sorted((link.document, link.name) for link in links) == sorted(
        (document, name) for document in ("a.txt", "b.txt") for name in ("区建设局", "成长之路", "A2地块")
    )


def test_known_things_keep_their_iris_when_documents_come_and_go(lexicon: Lexicon) -> None:
    first = make_document("a.txt", [("区建设局", [("云江成长之路文化科技项目", "project")])])
    earlier = make_document("0.txt", [("区经发局", [("成长之路", "place")])])
    before = resolve_names([first], lexicon, BASE)
    after = resolve_names([earlier, first], lexicon, BASE, known=before.entities)
    assert {entity.iri for entity in before.entities} <= {entity.iri for entity in after.entities}
    assert resolve_names([first], lexicon, BASE, known=after.entities) == before


def test_the_place_of_a_document_is_read_from_its_speakers(lexicon: Lexicon) -> None:
    entities = entities_of(
        lexicon,
        make_document("a.txt", [("云江市人民政府", [("市中医院", "organisation")])], place=""),
        make_document("b.txt", [("云江市政府", [("云江市中医院", "organisation")])], place=""),
    )
    assert entities["云江市人民政府"] == entities["云江市政府"]
    assert entities["市中医院"] == entities["云江市中医院"]


def test_a_document_of_no_place_shares_nothing_with_another(lexicon: Lexicon) -> None:
    names: list[tuple[str, EntityType]] = [("文化中心", "place"), ("江北产业园", "place")]
    documents = [make_document(name, [("市建设局", names)], place="") for name in ("a.txt", "b.txt")]
    resolution = resolve_names(documents, lexicon, BASE)
    assert len(resolution.entities) == 6
    assert {entity.jurisdiction for entity in resolution.entities} == {""}


def test_a_short_form_that_the_text_defines_is_its_full_name(lexicon: Lexicon) -> None:
    names: list[tuple[str, EntityType]] = [("青年人才公寓建设项目", "project"), ("青寓项目", "project")]
    said = "今年推进青年人才公寓建设项目（以下简称“青寓项目”），青寓项目年底交付。"
    links = resolve_names([make_document("a.txt", [("区建设局", names)], text=said)], lexicon, BASE).links
    assert len({link.entity for link in links if link.kind == "project"}) == 1
    assert {link.rule for link in links if link.kind == "project"} == {"own-name", "defined"}


def test_what_a_name_may_be_is_asked_where_several_fit(lexicon: Lexicon) -> None:
    names: list[tuple[str, EntityType]] = [("文化中心", "place")]
    here = make_document("a.txt", [("区建设局", [*names, ("云江文化中心", "place"), ("东河文化中心", "place")])])
    resolution = resolve_names([here], lexicon, BASE)
    assert len({link.entity for link in resolution.links if link.kind == "place"}) == 3
    assert len(resolution.declined) == 2


SAID = "去年机构改革完成。将云江市环保局更名为云江市环境保护局。今年继续努力。"


def test_an_office_that_became_another_is_not_its_alias(lexicon: Lexicon) -> None:
    document = make_document("a.txt", [("云江市环保局", []), ("云江市环境保护局", [])], text=SAID)
    resolution = resolve_names([document], lexicon, BASE)
    assert len(resolution.entities) == 2
    assert [pair.rule for pair in resolution.declined] == ["reformed"]


def test_a_reform_is_an_event_with_its_sentence_whoever_names_the_offices(lexicon: Lexicon) -> None:
    documents = [
        make_document("a.txt", [("市环保局", [])], year=2029),
        make_document("b.txt", [("云江市环境保护局", [])], text=SAID),
    ]
    resolution = resolve_names(documents, lexicon, BASE)
    (reform,) = resolution.reforms
    names = {entity.iri: entity.label for entity in resolution.entities}
    assert (names[reform.before], names[reform.after]) == ("云江市环保局", "云江市环境保护局")
    assert reform.evidence.quote == "将云江市环保局更名为云江市环境保护局。"
    (piece,) = reform.evidence.pieces
    assert SAID[piece.start : piece.end] == reform.evidence.quote
    assert resolution.apart == (tuple(sorted((reform.before, reform.after))),)


def test_what_a_person_keeps_apart_is_known_to_be_two(lexicon: Lexicon) -> None:
    document = make_document("a.txt", [("区建设局", [("江北园", "place"), ("江南园", "place")])])
    resolution = resolve_names([document], lexicon, BASE, [Decision("different", "江北园", "江南园")])
    iris = {link.name: link.entity for link in resolution.links}
    assert resolution.apart == (tuple(sorted((iris["江北园"], iris["江南园"]))),)
