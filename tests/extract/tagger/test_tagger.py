"""The shipped model on invented sentences."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.extract.tagged import TaggedSpan
from graph.extract.tagger import tagger as door
from graph.extract.tagger.tagger import MODEL, Tagger, load_tagger
from graph.model import EntityType, Sentence, Span
from graph.read.tokens import tag_words

PLAIN = "推进青石河数字产业园建设，实施“青石先锋”行动。"
INVENTED = (
    PLAIN,
    "加快建设柳溪湿地公园、云岭大桥和北塘科创中心，办好第三届白鹭文化节。",
    "市发改委牵头，抓好“青石先锋",
    "云岭”计划；完成投资20亿元。",
    "深入推进改革。",
    "用好石阶晨读角和巷口议事，请老邻居出主意，听听白石桥头的心里话。",
)
PARTS = (
    "推进",
    "青石河",
    "数字产业园",
    "建设",
    "“",
    "”",
    "、",
    "，",
    "。",
    "2024",
    "AI",
    " ",
    "计划",
    "一",
    "\0",
    "😀",
)
TEXTS = st.lists(st.sampled_from(PARTS), max_size=12).map("".join)


def read(text: str) -> Sentence:
    return Sentence(text, (Span(0, len(text)),), tag_words(text))


def tag(*texts: str, least: float | None = None) -> list[list[TaggedSpan]]:
    return load_tagger().tag([read(text) for text in texts], least)


def names(text: str) -> list[tuple[str, EntityType]]:
    return [(text[one.span.start : one.span.end], one.type) for one in tag(text)[0]]


def assert_alike(left: list[list[TaggedSpan]], right: list[list[TaggedSpan]]) -> None:
    """Assert the same names; their probabilities may differ by the rounding of sums in another order."""
    assert [[(one.span, one.type) for one in row] for row in left] == [
        [(one.span, one.type) for one in row] for row in right
    ]
    scores = ([one.score for row in rows for one in row] for rows in (left, right))
    assert next(scores) == pytest.approx(next(scores), abs=2e-6)


def test_names_of_a_sentence_are_found_exactly() -> None:
    assert names(PLAIN) == [("青石河数字产业园", "place"), ("青石先锋”行动", "programme")]


@given(st.lists(TEXTS, max_size=4), st.sampled_from((0.02, 0.2, None)))
@settings(deadline=None, max_examples=60)
def test_names_lie_inside_their_sentence_and_apart(texts: list[str], least: float | None) -> None:
    found = tag(*texts, least=least)
    assert len(found) == len(texts)
    for text, row in zip(texts, found, strict=True):
        edges = [0, *(edge for one in row for edge in (one.span.start, one.span.end)), len(text)]
        assert least is not None or edges == sorted(edges)
        for one in row:
            assert 0 <= one.span.start < one.span.end <= len(text)
            assert not set("，。\0") & set(text[one.span.start : one.span.end])
            assert (least or load_tagger().threshold) - 1e-6 <= one.score <= 1
            assert one.type in get_args(EntityType)


@given(st.lists(TEXTS, max_size=4))
@settings(deadline=None, max_examples=60)
def test_a_sentence_is_read_the_same_alone(texts: list[str]) -> None:
    assert_alike(tag(*texts), [tag(text)[0] for text in texts])


def test_batches_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = INVENTED * 3
    together = tag(*texts)
    monkeypatch.setattr(door, "_AT_ONCE", 40)
    assert_alike(tag(*texts), together)
    assert len(together) == len(texts)
    assert any(together)


def test_the_same_input_gives_the_same_output() -> None:
    assert tag(*INVENTED) == tag(*INVENTED)
    assert Tagger.load(MODEL).tag([read(PLAIN)]) == tag(PLAIN)


def test_a_lower_limit_adds_names_and_takes_none_away() -> None:
    for text in INVENTED:
        sure, all_ = tag(text)[0], tag(text, least=0.02)[0]
        assert set(sure) <= set(all_)
        assert all(one.score >= 0.02 for one in all_)
    assert sum(map(len, tag(*INVENTED, least=0.02))) > sum(map(len, tag(*INVENTED)))


@pytest.mark.parametrize("texts", [(), ("",), ("", ""), ("。",), ("园",), ("\0",), ("“",), ("”", "“")])
def test_next_to_nothing_is_read_without_complaint(texts: tuple[str, ...]) -> None:
    assert tag(*texts) == [[] for _ in texts]


def test_a_sentence_is_read_in_its_folded_form() -> None:
    traditional = "推進青石河數字產業園建設，實施“青石先鋒”行動。"
    sentence = Sentence(traditional, (Span(0, len(traditional)),), tag_words(PLAIN), PLAIN)
    assert load_tagger().tag([sentence]) == tag(PLAIN)


def test_the_model_is_loaded_once() -> None:
    assert load_tagger() is load_tagger()


def test_the_card_describes_the_model_that_is_shipped() -> None:
    card = (Path(MODEL).parent / "CARD.md").read_text(encoding="utf-8")
    assert hashlib.sha256(MODEL.read_bytes()).hexdigest() in card
