"""A tagger learnt from examples: the chain, and the types of its names."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from benchmarks.tagger.examples import Example
from benchmarks.tagger.learning import Lesson, Recipe, learn_chain
from graph.extract.tagger.arrays import Floats, Keys, Singles
from graph.extract.tagger.kinds import KINDS
from graph.extract.tagger.lattice import find_clauses
from graph.extract.tagger.layout import PLACES, place_chars
from graph.extract.tagger.tagger import Tagger
from graph.extract.tagger.templates import FeatureSet
from graph.extract.tagger.weights import Weights, choose_weights, index_weights
from graph.extract.tagger.words import WordTable

THRESHOLD = 0.4
_LEAST_COUNT, _PENALTY, _KIND_ROUNDS = 2, 1.0, 60
Loss = Callable[[Floats], tuple[float, Floats]]


def fit_tagger(
    examples: Sequence[Example], table: WordTable, features: FeatureSet, recipe: Recipe, least: float = 0.0
) -> Tagger:
    """Return a tagger learnt from examples; weights weaker than ``least`` are left out."""
    char_keys = _find_frequent(np.concatenate([one.char for one in examples]))
    word_keys = _find_frequent(np.concatenate([one.word for one in examples]))
    weights, moves = learn_chain(_make_lesson(examples, char_keys, word_keys), recipe)
    char = _store_weights(char_keys, weights[: len(char_keys)], least)
    word = _store_weights(word_keys, weights[len(char_keys) :].reshape(len(word_keys), -1), least)
    return Tagger(features, table, char, word, _fit_kinds(examples), moves, THRESHOLD)


def _make_lesson(examples: Sequence[Example], char_keys: Keys, word_keys: Keys) -> Lesson:
    """Return the examples with numbered features: those of characters, then those of words by place."""
    columns, starts, lengths, offset = [], [], [], 0
    for one in examples:
        by_word = _number_keys(one.word, word_keys)[one.lay.word_of]
        by_word = np.where(by_word >= 0, by_word * len(PLACES) + place_chars(one.lay)[:, None].astype(np.int32), -1)
        by_word = np.where(by_word >= 0, by_word + len(char_keys), -1)
        columns.append(np.concatenate([_number_keys(one.char, char_keys), by_word], 1).astype(np.int32))
        start, length = find_clauses(one.lay)
        starts.append(start + offset)
        lengths.append(length)
        offset += len(one.lay.chars)
    width = len(char_keys) + len(PLACES) * len(word_keys)
    allowed = np.concatenate([one.allowed for one in examples])
    return Lesson(np.concatenate(columns), width, allowed, np.concatenate(starts), np.concatenate(lengths))


def _find_frequent(found: Keys) -> Keys:
    """Return the keys that occur often enough to be learnt, sorted."""
    known, count = np.unique(found, return_counts=True)
    return known[count >= _LEAST_COUNT]


def _number_keys(found: Keys, known: Keys) -> NDArray[np.int32]:
    """Return the place of each key among the known ones, -1 for others."""
    at = np.minimum(np.searchsorted(known, found), len(known) - 1)
    return np.where(known[at] == found, at, -1).astype(np.int32)


def _store_weights(known: Keys, rows: Singles, least: float) -> Weights:
    """Return weights as the tagger looks them up."""
    kept = choose_weights(known, np.abs(rows).max(1), least)
    return index_weights(known[kept], rows[kept])


def _fit_kinds(examples: Sequence[Example]) -> Weights:
    """Return the log-linear model of types."""
    found = np.concatenate([one.span for one in examples])
    known = _find_frequent(found)
    at = _number_keys(found, known)
    held = at >= 0
    pointer = np.append(0, np.cumsum(held.sum(1)))
    matrix = csr_matrix((np.ones(int(held.sum())), at[held], pointer), (len(found), len(known)))
    loss = _make_loss(matrix, np.concatenate([one.kinds for one in examples]).astype(float))
    options = {"maxiter": _KIND_ROUNDS}
    best = minimize(loss, np.zeros(len(known) * len(KINDS)), jac=True, method="L-BFGS-B", options=options)
    return _store_weights(known, best.x.reshape(len(known), -1).astype(np.float32), 0.0)


def _make_loss(matrix: csr_matrix, right: Floats) -> Loss:
    """Return the loss of flat weights and its slope; a name with two right types counts for their sum."""

    def find_loss(flat: Floats) -> tuple[float, Floats]:
        weights = flat.reshape(matrix.shape[1], -1)
        scores = matrix @ weights
        chance = np.exp(scores - scores.max(1, keepdims=True))
        held, total = (chance * right).sum(1, keepdims=True), chance.sum(1, keepdims=True)
        slope = matrix.T @ (chance / total - chance * right / held) + _PENALTY * weights
        return float(np.log(total / held).sum() + _PENALTY * flat @ flat / 2), slope.ravel()

    return find_loss
