"""Probabilities of spans against every labelling counted one by one."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.extract.apart import Candidates, choose_apart
from graph.extract.tagger.arrays import Floats
from graph.extract.tagger.lattice import (
    BEGIN,
    END,
    INSIDE,
    LONGEST,
    OUTSIDE,
    SINGLE,
    STATES,
    find_marginals,
    find_spans,
)
from graph.extract.tagger.layout import BLANKS, Layout, lay_out
from graph.model import Sentence, Span, Token

Chances = dict[tuple[int, int], float]
CASES = st.tuples(st.lists(st.text("青石，", max_size=6), min_size=1, max_size=3), st.integers(0, 2**32 - 1))


def read(text: str) -> Sentence:
    """Return a sentence whose characters are its words."""
    tokens = tuple(Token(Span(at, at + 1), char, "n") for at, char in enumerate(text))
    return Sentence(text, (Span(0, len(text)),), tokens)


def draw_scores(lay: Layout, seed: int) -> tuple[Floats, Floats]:
    random = np.random.default_rng(seed)
    return random.normal(0, 2, (len(lay.chars), len(STATES))), random.normal(0, 2, (len(STATES), len(STATES)))


def spell(size: int) -> Iterator[list[int]]:
    """Yield every labelling of a clause, as states: it is paved with single places and whole names."""
    if size == 0:
        yield []
    for width in range(1, size + 1):
        tiles = [[OUTSIDE], [SINGLE]] if width == 1 else [[BEGIN, *[INSIDE] * (width - 2), END]]
        for rest in spell(size - width):
            yield from (tile + rest for tile in tiles)


def find_names(states: list[int]) -> Iterator[tuple[int, int]]:
    start = 0
    for at, state in enumerate(states):
        if state in (BEGIN, SINGLE):
            start = at
        if state in (END, SINGLE):
            yield start, at + 1


def count_clause(scores: Floats, moves: Floats, start: int, size: int) -> tuple[Chances, Floats]:
    """Return the probability of each name and of each state in a clause, by adding up all its labellings."""
    names: Chances = defaultdict(float)
    states = np.zeros((size, len(STATES)))
    total = 0.0
    for labels in spell(size):
        score = sum(scores[start + at, state] for at, state in enumerate(labels))
        weight = math.exp(score + sum(moves[pair] for pair in pairwise(labels)))
        total += weight
        states[np.arange(size), labels] += weight
        for first, end in find_names(labels):
            names[start + first, start + end] += weight
    return {span: weight / total for span, weight in names.items()}, states / total


def split_clauses(texts: list[str]) -> Iterator[tuple[int, int]]:
    """Yield flat start and size of each clause."""
    at = BLANKS
    for text in texts:
        for clause in text.split("，"):
            if clause:
                yield at, len(clause)
            at += len(clause) + 1
        at += BLANKS - 1


@given(CASES)
@settings(deadline=None, max_examples=60)
def test_probabilities_equal_those_of_counting_every_labelling(case: tuple[list[str], int]) -> None:
    texts, seed = case
    lay = lay_out([read(text) for text in texts])
    scores, moves = draw_scores(lay, seed)
    expected: Chances = {}
    marginals = np.zeros_like(scores)
    for start, size in split_clauses(texts):
        names, marginals[start : start + size] = count_clause(scores, moves, start, size)
        expected |= names
    found = find_spans(scores, moves, lay, 1e-12)
    given_ = dict(zip(zip(found.start.tolist(), found.end.tolist(), strict=True), found.score.tolist(), strict=True))
    assert given_ == pytest.approx({span: chance for span, chance in expected.items() if span in given_})
    assert all(chance < 1e-11 for span, chance in expected.items() if span not in given_)
    assert find_marginals(scores, moves, lay) == pytest.approx(marginals)


@given(st.integers(0, 2**32 - 1), st.floats(0.01, 0.9))
@settings(deadline=None, max_examples=30)
def test_a_higher_limit_only_takes_spans_away(seed: int, least: float) -> None:
    lay = lay_out([read("青石河数字产业园")])
    every, some = (find_spans(*draw_scores(lay, seed), lay, limit) for limit in (1e-9, least))
    strong = every.score >= least
    assert sorted(zip(some.start, some.end, some.score, strict=True)) == sorted(
        zip(every.start[strong], every.end[strong], every.score[strong], strict=True)
    )


def test_many_clauses_count_as_each_alone() -> None:
    texts = ["青石" * (1 + number % 7) for number in range(400)]
    lay, alone = lay_out([read(text) for text in texts]), [lay_out([read(text)]) for text in texts[:7]]
    scores, moves = draw_scores(alone[6], 1)
    every = np.zeros((len(lay.chars), len(STATES)))
    for start, size in zip(lay.starts, lay.lengths, strict=True):
        every[start : start + size] = scores[BLANKS : BLANKS + size]
    together = find_marginals(every, moves, lay)
    for number, start in enumerate(lay.starts.tolist()):
        one = alone[number % 7]
        single = find_marginals(scores[: len(one.chars)], moves, one)
        size = len(texts[number])
        assert together[start : start + size] == pytest.approx(single[BLANKS : BLANKS + size])


def test_a_name_may_be_as_long_as_it_says() -> None:
    lay = lay_out([read("青" * (LONGEST + 5))])
    scores = np.full((len(lay.chars), len(STATES)), -30.0)
    scores[BLANKS + 1, BEGIN] = scores[BLANKS + LONGEST, END] = 0
    scores[BLANKS + 2 : BLANKS + LONGEST, INSIDE] = 0
    scores[[BLANKS, *range(BLANKS + LONGEST + 1, len(scores))], OUTSIDE] = 0
    found = find_spans(scores, np.zeros((len(STATES), len(STATES))), lay, 0.9)
    assert (found.start.tolist(), found.end.tolist()) == ([BLANKS + 1], [BLANKS + LONGEST + 1])


SPANS = st.lists(st.tuples(st.integers(0, 20), st.integers(1, 6), st.integers(0, 100)), max_size=15)


@given(SPANS, st.integers(0, 100))
@settings(deadline=None)
def test_the_likeliest_spans_apart_are_chosen(rows: list[tuple[int, int, int]], least: int) -> None:
    start, size, score = np.array(rows, np.int64).reshape(-1, 3).T
    found = choose_apart(Candidates(start, start + size, score / 100), least / 100)
    kept = list(zip(found.start.tolist(), found.end.tolist(), found.score.tolist(), strict=True))
    assert all(left[1] <= right[0] for left, right in pairwise(kept))
    assert all(one[2] >= least / 100 for one in kept)
    for first, width, chance in rows:
        rivals = [one for one in kept if one[0] < first + width and first < one[1]]
        assert chance < least or max(one[2] for one in rivals) >= chance / 100
