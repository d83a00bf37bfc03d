"""What may be a name: inside longer names, behind what is no part of it, where other sentences vouch for it."""

from __future__ import annotations

import pytest

from graph.extract.candidates import Candidate, Views, describe_sentences, list_candidates
from graph.extract.clauses import find_items
from graph.extract.tagged import TaggedSpan
from graph.lexicon import default_lexicon
from graph.model import EntityType, Sentence, Span
from graph.read.tokens import tag_words

LEXICON = default_lexicon()
Features = dict[str, float]


def make_sentence(text: str) -> Sentence:
    return Sentence(text, (Span(0, len(text)),), tag_words(text))


def tag(text: str, name: str, kind: EntityType = "place", score: float = 0.9) -> TaggedSpan:
    start = text.index(name)
    return TaggedSpan(Span(start, start + len(name)), kind, score)


def describe(texts: list[str], tagged: list[list[TaggedSpan]]) -> list[dict[str, tuple[Candidate, Features]]]:
    sentences = [make_sentence(text) for text in texts]
    items = [tuple(find_items(one, LEXICON)) for one in sentences]
    described = describe_sentences(sentences, items, Views(tagged, tagged), "".join(texts), LEXICON)
    return [
        {text[one.span.start : one.span.end]: (one, dict(features)) for one, features in found}
        for text, found in zip(texts, described, strict=True)
    ]


@pytest.mark.parametrize(
    ("text", "name", "inner", "rule"),
    [
        ("推进杭州中学新校区建设。", "杭州中学新校区", "杭州中学", "institution-inside"),
        ("实施黄河综合治理工程。", "黄河综合治理工程", "黄河", "site-inside"),
    ],
)
def test_a_name_that_only_a_tagger_sees_is_asked_for_the_name_inside(
    text: str, name: str, inner: str, rule: str
) -> None:
    found = list_candidates(make_sentence(text), (), [tag(text, name)], [], LEXICON)
    rules = {text[one.span.start : one.span.end]: one.rule.rule if one.rule else "" for one in found}
    assert rules[inner] == rule


def test_whose_a_quoted_programme_is_is_no_part_of_its_name() -> None:
    text = "紧紧围绕全区“青石行动”，狠抓落实。"
    found = list_candidates(make_sentence(text), (), [tag(text, "全区“青石行动”", "programme")], [], LEXICON)
    assert [text[one.span.start : one.span.end] for one in found] == ["青石行动"]


def test_a_sure_name_is_looked_for_in_the_other_sentences() -> None:
    texts = ["推进青石坪建设。", "到青石坪去看一看。"]
    _, second = describe(texts, [[tag(texts[0], "青石坪")], []])
    candidate, features = second["青石坪"]
    assert candidate.rule and candidate.rule.rule == "echo" and candidate.rule.type == "place"
    assert features["noel"] == 0.0 and features["el"] > 2


def test_a_doubtful_name_vouches_for_nothing() -> None:
    texts = ["推进青石坪建设。", "到青石坪去看一看。"]
    _, second = describe(texts, [[tag(texts[0], "青石坪", score=0.3)], []])
    assert "青石坪" not in second


def test_a_fuller_name_vouches_for_the_one_without_its_place() -> None:
    texts = ["推进白石青石坪公园建设。", "提升青石坪公园品质。"]
    tagged = [[tag(texts[0], "白石青石坪公园")], [tag(texts[1], "青石坪公园", score=0.2)]]
    _, second = describe(texts, tagged)
    assert second["青石坪公园"][1]["el"] > 2
