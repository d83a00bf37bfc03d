"""Keys of the shipped model: they must never change, on any machine."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.extract.tagger.hashing import encode_text, hash_runs, hash_words, mix_keys, spread_bits

WORDS = st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6), min_size=1, max_size=8)


def test_keys_are_those_that_the_model_was_learnt_with() -> None:
    assert hash_words(["青石", "产业园", "2024"]).tolist() == [2770427003, 2986858542, 692961547]
    assert mix_keys(1000, [spread_bits(encode_text("青石")), encode_text("园区")]).tolist() == [1368191011, 495288612]


@given(WORDS)
@settings(deadline=None)
def test_a_word_has_the_same_key_wherever_it_stands(words: list[str]) -> None:
    assert hash_words(words).tolist() == [hash_words([word])[0] for word in words]


@given(WORDS)
@settings(deadline=None)
def test_runs_of_a_text_are_hashed_as_words(words: list[str]) -> None:
    starts = np.cumsum([0, *(len(word) for word in words[:-1])])
    assert hash_runs(encode_text("".join(words)), starts).tolist() == hash_words(words).tolist()


def test_order_and_seed_count() -> None:
    first, second = encode_text("青"), encode_text("石")
    keys = {int(mix_keys(seed, pair)[0]) for seed in (1, 2) for pair in ((first, second), (second, first))}
    assert len(keys) == 4


def test_no_words_have_no_keys() -> None:
    assert hash_words([]).tolist() == []
