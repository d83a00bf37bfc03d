from __future__ import annotations

from dataclasses import replace

from graph.lexicon import Lexicon
from graph.model import Decision, EntityType, Section, Sentence, Span
from graph.resolve.correct import correct_pledges
from graph.resolve.decide import find_unfit
from graph.resolve.link import resolve_names
from tests.resolve.made import BASE, PLACE, make_document

NAMES: list[tuple[str, EntityType]] = [("江北产业园", "place"), ("江北数字产业园", "place"), ("滨水公园", "place")]


def test_people_keep_apart_what_a_rule_would_join(lexicon: Lexicon) -> None:
    document = make_document("a.txt", [("区建设局", NAMES)])
    decision = Decision("different", "江北产业园", "江北数字产业园", PLACE, PLACE)
    links = {link.name: link for link in resolve_names([document], lexicon, BASE, [decision]).links}
    assert links["江北产业园"].entity != links["江北数字产业园"].entity


def test_people_join_what_no_rule_would(lexicon: Lexicon) -> None:
    document = make_document("a.txt", [("区建设局", NAMES)])
    decision = Decision("same", "滨水公园", "江北产业园")
    links = {link.name: link for link in resolve_names([document], lexicon, BASE, [decision]).links}
    assert links["江北产业园"].entity == links["滨水公园"].entity
    assert "decision" in {links["江北产业园"].rule, links["滨水公园"].rule}


def test_a_decided_name_and_type_are_those_of_the_thing_and_change_no_iri(lexicon: Lexicon) -> None:
    document = make_document("a.txt", [("区建设局", NAMES)])
    decisions = [Decision("rename", "江北产业园", "江北园"), Decision("type", "滨水公园", "project")]
    before = resolve_names([document], lexicon, BASE)
    after = resolve_names([document], lexicon, BASE, decisions)
    by_label = {entity.label: entity for entity in after.entities}
    assert "江北数字产业园" in by_label["江北园"].names
    assert by_label["滨水公园"].kind == "project"
    assert [entity.iri for entity in before.entities] == [entity.iri for entity in after.entities]


def test_a_decision_for_another_place_says_nothing_here(lexicon: Lexicon) -> None:
    document = make_document("a.txt", [("区建设局", NAMES)])
    decision = Decision("different", "江北产业园", "江北数字产业园", "白石省", "白石省")
    assert resolve_names([document], lexicon, BASE, [decision]) == resolve_names([document], lexicon, BASE)
    assert find_unfit([document], lexicon, [decision]) == (decision,)


def test_a_deleted_fact_goes_and_the_others_stay() -> None:
    document, pledges = make_document("a.txt", [("区建设局", NAMES)])
    decision = Decision("delete", "滨水公园", document="a.txt", organisation="区建设局", quote="x")
    (pledge,) = correct_pledges(document, pledges, [decision])
    assert [argument.mention.name for argument in pledge.arguments] == ["江北产业园", "江北数字产业园"]


def test_an_added_fact_has_its_evidence_in_the_document() -> None:
    document, pledges = make_document("a.txt", [("区建设局", [])], text="今年，区建设局建成望江亭。")
    decision = Decision("add", "望江亭", "place", document="a.txt", organisation="区建设局", quote="建成望江亭")
    added = correct_pledges(document, pledges, [decision])[-1]
    (argument,) = added.arguments
    (piece,) = argument.mention.evidence.pieces
    assert document.text[piece.start : piece.end] == "望江亭"
    assert argument.mention.type == "place"


def test_decisions_that_fit_nothing_any_more_are_found(lexicon: Lexicon) -> None:
    document = make_document("a.txt", [("区建设局", NAMES)], text="建成望江亭。")
    fit = [
        Decision("same", "滨水公园", "江北产业园"),
        Decision("delete", "滨水公园", document="a.txt", quote="x"),
        Decision("add", "望江亭", document="a.txt", organisation="区建设局", quote="建成望江亭"),
    ]
    unfit = [
        Decision("same", "滨水公园", "古城墙"),
        Decision("delete", "古城墙", document="a.txt", quote="x"),
        Decision("delete", "滨水公园", document="b.txt", quote="x"),
        Decision("add", "望江亭", document="a.txt", organisation="区建设局", quote="拆除望江亭"),
    ]
    assert find_unfit([document], lexicon, [*fit, *unfit]) == tuple(unfit)


def test_a_fact_is_added_to_a_sentence_that_columns_break() -> None:
    text = "今年建成望\n（另一栏的字）\n江亭。"
    document, pledges = make_document("a.txt", [("区建设局", [])], text=text)
    sentence = Sentence("今年建成望江亭。", (Span(0, 5), Span(14, 17)))
    document = replace(document, sections=(Section((), (sentence,)),))
    decision = Decision("add", "望江亭", "place", document="a.txt", organisation="区建设局", quote="今年建成望江亭。")
    (argument,) = correct_pledges(document, pledges, [decision])[-1].arguments
    assert "".join(text[piece.start : piece.end] for piece in argument.mention.evidence.pieces) == "望江亭"
