"""The page's data: short labels, sounds to search by, and marks that stand where the mention stands."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from graph.model import Ledger
from graph.view.payload import build_payload, find_mention, shorten_labels, sound_keys


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("银行", "yx yinhang yh"),
        ("重庆路", "cql zhongqinglu chongqinglu"),
        ("长江路", "cjl changjianglu"),
        ("复兴之路", "fxzl fuxingzhilu"),
    ],
)
def test_names_are_found_by_their_sound(name: str, keys: str) -> None:
    assert set(sound_keys([name]).split()) & set(keys.split())


def test_labels_lose_their_place_but_stay_apart() -> None:
    labels = ["清河区民政局", "清河区财政局", "柳塘镇", "江南省财政局", "清河区"]
    assert shorten_labels(labels, ["清河区", "江南省清河区"]) == [
        "民政局",
        "财政局",
        "柳塘镇",
        "江南省财政局",
        "清河区",
    ]


def test_labels_that_lean_on_their_place_keep_it() -> None:
    labels = ["清河区委办", "清河区人民政府", "清河区政府", "清河区委员会办公室"]
    assert shorten_labels(labels, ["清河区"]) == [*labels[:3], "委员会办公室"]


def test_labels_that_would_become_equal_stay_long() -> None:
    labels = ["东区财政局", "西区财政局"]
    assert shorten_labels(labels, ["东区", "西区"]) == labels


def test_mention_is_found_across_quotation_marks_and_spaces(ledger: Ledger) -> None:
    row = replace(ledger.links[0], mention="一二三", quote="前“一\n二”三后", quote_start=0, start=1)
    start, end = find_mention(row)
    assert row.quote[start:end] == "一\n二”三"


def test_of_two_places_the_nearer_is_marked(ledger: Ledger) -> None:
    row = replace(ledger.links[0], mention="湖", quote="湖边有湖", quote_start=10, start=13)
    assert find_mention(row) == (3, 4)


def test_a_mention_that_is_not_there_is_not_marked(ledger: Ledger) -> None:
    assert find_mention(replace(ledger.links[0], mention="山", quote="湖")) == (0, 0)


def test_every_link_points_at_its_office_thing_and_sentence(ledger: Ledger) -> None:
    data = build_payload(ledger)
    links = data["links"]
    for i, row in enumerate(ledger.links):
        assert data["base"] + data["offices"]["id"][links["office"][i]] == row.organisation_id
        assert data["base"] + data["things"]["id"][links["thing"][i]] == row.entity_id
        text = data["sentences"]["text"][links["sentence"][i]]
        assert text == row.quote
        assert text[links["from"][i] : links["to"][i]].replace("“", "").replace("”", "") == row.mention
        assert data["roles"][links["role"][i]] == row.role


def test_a_target_is_marked_in_the_whole_sentence_where_that_is_known(ledger: Ledger) -> None:
    row = next(row for row in ledger.links if row.document == "2024.txt")
    words = row.quote[2:9]
    known = replace(ledger.targets[0], quote=words, start=row.quote_start + 2)
    data = build_payload(replace(ledger, targets=(known, ledger.targets[1])))
    targets, texts = data["targets"], data["sentences"]["text"]
    found = [texts[s][a:b] for s, a, b in zip(targets["sentence"], targets["from"], targets["to"], strict=True)]
    assert found == [words, ledger.targets[1].quote]
    assert texts[targets["sentence"][0]] == row.quote


def test_regions_are_known_by_any_of_their_names(ledger: Ledger) -> None:
    region = replace(ledger.links[0], entity_id="https://example.org/id/thing/delta", entity="长三角")
    things = build_payload(replace(ledger, links=(*ledger.links, region)))["things"]
    assert [things["label"][i] for i in things["region"]] == ["长三角"]


def test_sentences_are_stored_once(ledger: Ledger) -> None:
    twice = replace(ledger, links=(*ledger.links, replace(ledger.links[0], role="lead")))
    assert len(build_payload(twice)["sentences"]["text"]) == len(build_payload(ledger)["sentences"]["text"])


def test_an_empty_ledger_has_empty_columns() -> None:
    data = build_payload(Ledger((), (), ()))
    assert data["links"]["thing"] == [] == data["things"]["id"]
    json.dumps(data)
