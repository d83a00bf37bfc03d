"""What a sentence states between the things it names."""

from __future__ import annotations

from typing import get_args

import pytest

from graph.extract.relations import find_relations
from graph.lexicon import default_lexicon
from graph.model import Document, EntityType, Evidence, Mention, Metadata, Relation, RelationKind, Sentence, Span
from graph.pipeline import Built
from graph.store.dataset import open_dataset
from graph.store.query import ask
from graph.vocab import RELATION_PROPERTIES


def relate(marked: str) -> tuple[Relation, ...]:
    """Return the relations of a sentence in which names are marked like ``[青石大学|organisation]``."""
    text, places = "", list[tuple[int, int, EntityType]]()
    for part in marked.split("["):
        name, bar, rest = part.partition("|")
        kind, _, after = rest.partition("]")
        if bar:
            types: tuple[EntityType, ...] = get_args(EntityType)
            places.append((len(text), len(text) + len(name), types[types.index(kind)]))
        text += name + after
    document = Document("page.txt", text, "", Metadata(), ())
    mentions = [
        Mention(text[a:b], kind, Evidence("page.txt", (Span(a, b),), text[a:b]), "crf") for a, b, kind in places
    ]
    return find_relations(document, Sentence(text, (Span(0, len(text)),)), mentions, default_lexicon())


@pytest.mark.parametrize(
    ("sentence", "stated"),
    [
        (
            "加快园区建设，依托[青石大学|organisation]，建设“[白石实验室|platform]”，稳步推进。",
            ("relies_on", "白石实验室", "青石大学"),
        ),
        ("依托[青石湖|place]发展旅游。", ("relies_on", "", "青石湖")),
        ("深化与[青石大学|organisation]战略合作。", ("partner", "", "青石大学")),
        ("支持[青石大学|organisation]与[白石集团|organisation]共建学院。", ("partner", "青石大学", "白石集团")),
        (
            "由[白石集团|organisation]投资3亿元建设的[青石冷链项目|project]开工。",
            ("invested_by", "青石冷链项目", "白石集团"),
        ),
        ("推动[白石集团|organisation]落户[青石片区|place]。", ("located_in", "白石集团", "青石片区")),
        ("在[青石片区|place]新建[白石小学|project]。", ("located_in", "白石小学", "青石片区")),
        ("争取把[青石路|project]纳入[青石路网规划|programme]。", ("part_of", "青石路", "青石路网规划")),
    ],
)
def test_a_sentence_states_one_relation(sentence: str, stated: tuple[RelationKind, str, str]) -> None:
    found = [(r.kind, r.subject.name if r.subject else "", r.object.name) for r in relate(sentence)]
    assert found == [stated]


def test_pointed_brackets_of_the_text_are_no_names() -> None:
    assert relate("依托<青石通>，推进[白石小学|project]。<青石路>是<白石路网>的组成部分。") == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "支持企业与[青石大学|organisation]合作。",
        "建设[青石路|project]、[白石路|project]。",
        "推进连接[青石片区|place]的[白石路|project]建设。",
        "引导[白石集团|organisation]投资兴业。",
    ],
)
def test_what_a_sentence_does_not_state_is_not_made_up(sentence: str) -> None:
    assert relate(sentence) == ()


def test_names_of_an_enumeration_all_take_part() -> None:
    found = relate(
        "[甲石物流|organisation]、[乙石物流|organisation]入驻[青石镇|place]，依托[丙湖|place]、[丁山|place]发展旅游。"
    )
    assert {(r.subject.name if r.subject else "", r.object.name) for r in found} == {
        ("甲石物流", "青石镇"),
        ("乙石物流", "青石镇"),
        ("", "丙湖"),
        ("", "丁山"),
    }


def test_the_evidence_is_the_clauses_that_say_it() -> None:
    found = relate("加快园区建设，依托[青石大学|organisation]，建设[白石实验室|platform]，稳步推进。")
    assert found[0].evidence and found[0].evidence.quote == "依托青石大学，建设白石实验室"


def test_every_kind_has_a_term() -> None:
    assert set(RELATION_PROPERTIES) == set(get_args(RelationKind))


def test_the_seeds_state_relations_that_the_store_answers_with(built: Built) -> None:
    with open_dataset(built.out / "store", read_only=True) as dataset:
        answer = ask(dataset, "relations")
        clauses = ask(dataset, "SELECT ?c WHERE { ?s a rdf:Statement ; pg:evidence/oa:hasSelector/oa:exact ?c }")
    assert {row[:3] for row in answer.rows} >= {
        ("石桥镇", "reliesOn", "老运河乡村旅游体验区"),
        ("山东理工职业学院", "partner", "中国矿业大学"),
        ("中通物流", "locatedIn", "石桥"),
        ("中国物流", "locatedIn", "石桥"),
    }
    assert ("以基金小镇为依托",) in clauses.rows
