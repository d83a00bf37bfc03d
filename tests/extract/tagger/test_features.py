"""Templates, columns and weights keep the promises that the tagger relies on."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.extract.tagger.columns import describe_chars, describe_words
from graph.extract.tagger.kinds import KINDS, make_span_keys
from graph.extract.tagger.layout import ALONE, BEGINS, BLANKS, ENDS, FILLS, lay_out, place_chars
from graph.extract.tagger.marks import load_marks
from graph.extract.tagger.tagger import load_tagger
from graph.extract.tagger.templates import read_features
from graph.extract.tagger.weights import choose_weights, index_weights
from graph.model import EntityType, Sentence, Span
from graph.read.tokens import tag_words


def read(text: str) -> Sentence:
    return Sentence(text, (Span(0, len(text)),), tag_words(text))


def test_every_column_of_a_template_exists() -> None:
    lay, features = lay_out([read("实施青石行动。")]), read_features()
    words = describe_words(lay, load_tagger().table)
    assert {name for one in features.char for name, _ in one.parts} <= describe_chars(lay).keys()
    assert {name for one in features.word for name, _ in one.parts} <= words.keys()
    spans = (lay.starts + 2, lay.starts + 4)
    assert len(make_span_keys(lay, words, spans, features.span)) == len(features.span) > 0


def test_no_feature_looks_beyond_the_blanks() -> None:
    features = read_features()
    assert max(abs(offset) for one in (*features.char, *features.word) for _, offset in one.parts) <= BLANKS


def test_every_template_has_its_own_seed_also_when_others_are_left_out() -> None:
    features = read_features()
    seeds = [one.seed for one in (*features.char, *features.word, *features.span)]
    assert len(set(seeds)) == len(seeds)
    assert set(read_features({"middle"}).word) < set(features.word)


def test_the_model_knows_every_type() -> None:
    assert set(KINDS) == set(get_args(EntityType))
    assert load_tagger().kind.rows.shape[1] == len(KINDS)


def test_characters_know_their_place_in_the_word() -> None:
    lay = lay_out([read("实施产业园。")])
    assert [token.text for token in tag_words("实施产业园。")] == ["实施", "产业园", "。"]
    assert place_chars(lay)[BLANKS:-BLANKS].tolist() == [BEGINS, ENDS, BEGINS, FILLS, ENDS, ALONE]


@pytest.mark.parametrize(
    ("column", "text", "expected"),
    [
        ("quoted", "实施“青石”行动", [0, 0, 1, 1, 1, 0, 0, 0]),
        ("listed", "办好青石、白鹭，抓好云岭", [1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0]),
    ],
)
def test_columns_of_words(column: str, text: str, expected: list[int]) -> None:
    lay = lay_out([read(text)])
    values = describe_words(lay, load_tagger().table)[column]
    assert values[lay.word_of][BLANKS:-BLANKS].tolist() == expected


def test_marks_are_single_characters_and_tags_are_numbered_from_one() -> None:
    marks = load_marks()
    assert set(marks.cut.tolist()) <= set(marks.stop.tolist())
    assert sorted(marks.tags.values()) == list(range(1, len(marks.tags) + 1))


def test_an_unknown_feature_weighs_nothing() -> None:
    known = np.array([5, 1 << 20], np.uint32)
    weights = index_weights(known, np.array([[1.0, 2.0], [4.0, 8.0]]))
    absent = np.array([6, 1, 1 << 31], np.uint32)
    assert weights.add_up([absent]).tolist() == [[0, 0]] * 3
    assert weights.add_up([known, known[::-1]]).tolist() == [[5, 10]] * 2


def test_the_strongest_of_a_slot_is_stored() -> None:
    keys = np.array([1, 2, 1 << 20], np.uint32)
    assert choose_weights(keys, np.array([0.5, 0.2, 0.05], np.float32), 0.1).tolist() == [0]


TEXTS = st.lists(st.sampled_from(("青石", "“", "”", "、", "，", "办好", "园")), max_size=7).map("".join)


@given(TEXTS, TEXTS, TEXTS)
@settings(deadline=None)
def test_words_know_nothing_of_other_sentences(before: str, text: str, behind: str) -> None:
    table = load_tagger().table
    lay, alone = lay_out([read(one) for one in (before, text, behind)]), lay_out([read(text)])
    start, size = int(lay.starts[1]), len(text)
    among, own = describe_words(lay, table), describe_words(alone, table)
    for name, values in own.items():
        expected = values[alone.word_of][BLANKS : BLANKS + size].tolist()
        assert among[name][lay.word_of][start : start + size].tolist() == expected, name
