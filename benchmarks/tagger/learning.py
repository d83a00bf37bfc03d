"""Training of the linear chain with partial labels, dropout and AdaGrad.

Partial labels: the likelihood sums over every labelling that a sheet leaves open (Tsuboi et al. 2008), so that an
optional name may be found or not. AdaGrad: Duchi et al. 2011; dropout of features: Srivastava et al. 2014;
averaging of the last rounds: Polyak & Juditsky 1992.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from graph.extract.tagger.arrays import Flags, Floats, Ints, Singles
from graph.extract.tagger.lattice import (
    STATES,
    STEPS,
    Bucket,
    make_bucket,
    pass_backward,
    pass_forward,
    raise_scores,
)

_DRAWN = 1200
_FIRST_ENERGY, _SLOWEST, _MOVE_SHRINK = 1e-2, 0.2, 0.01


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to learn; ``averaged`` is the share of last rounds that count, ``batch`` is in characters."""

    rounds: int = 14
    rate: float = 0.05
    drop: float = 0.6
    shrink: float = 1e-4
    averaged: float = 0.4
    batch: int = 4000
    seed: int = 1
    models: int = 3


@dataclass(frozen=True, slots=True)
class Lesson:
    """What to learn from: each place's features as numbers below ``width`` (-1 for none), and its allowed states.

    Clauses are given by ``start`` and ``length``, in places.
    """

    columns: NDArray[np.int32]
    width: int
    allowed: Flags
    start: Ints
    length: Ints


@dataclass(frozen=True, slots=True)
class Batch:
    """Clauses as rows of a small feature matrix over the features ``used``."""

    clauses: Bucket
    used: Ints
    matrix: csr_matrix
    allowed: Flags


@dataclass(slots=True)
class Learner:
    """Weights (features x states) and transitions on their way, with the energy that AdaGrad keeps for each."""

    weights: Singles
    energy: Singles
    moves: Floats = field(default_factory=lambda: np.zeros((len(STATES), len(STATES))))
    move_energy: Floats = field(default_factory=lambda: np.ones((len(STATES), len(STATES))))

    def step(self, batch: Batch, matrix: csr_matrix, rate: float, shrink: float) -> None:
        """Go one step down the slope of a batch, whose features ``matrix`` holds."""
        own = self.weights[batch.used]
        by_state, by_move = _find_slope(batch, matrix @ own, self.moves)
        pull = matrix.T @ by_state + shrink * own
        self.energy[batch.used] += pull * pull
        self.weights[batch.used] = own - rate * pull / np.sqrt(self.energy[batch.used])
        by_move += _MOVE_SHRINK * self.moves
        self.move_energy += by_move * by_move
        self.moves = self.moves - rate * by_move / np.sqrt(self.move_energy)


def learn_chain(lesson: Lesson, recipe: Recipe) -> tuple[Singles, Floats]:
    """Return weights and transitions: the mean of models that differ by their seed (Breiman 1996), linear again."""
    models = [_learn_one(lesson, replace(recipe, seed=recipe.seed + number)) for number in range(recipe.models)]
    weights: Singles = np.mean([model[0] for model in models], axis=0, dtype=np.float32)
    return weights, np.mean([model[1] for model in models], axis=0)


def _learn_one(lesson: Lesson, recipe: Recipe) -> tuple[Singles, Floats]:
    random = np.random.default_rng(recipe.seed)
    batches = list(_make_batches(lesson, recipe.batch, random))
    shape = (lesson.width, len(STATES))
    learner = Learner(np.zeros(shape, np.float32), np.full(shape, _FIRST_ENERGY, np.float32))
    total, total_moves, averaged = np.zeros_like(learner.weights), np.zeros_like(learner.moves), 0
    for turn in range(recipe.rounds):
        rate = recipe.rate * (1 - (1 - _SLOWEST) * turn / max(1, recipe.rounds - 1))
        for number in random.permutation(len(batches)):
            matrix = _thin_out(batches[number].matrix, recipe.drop, random)
            learner.step(batches[number], matrix, rate, recipe.shrink)
        if turn >= recipe.rounds * (1 - recipe.averaged):
            total, total_moves, averaged = total + learner.weights, total_moves + learner.moves, averaged + 1
    return total / np.float32(averaged), total_moves / averaged


def _make_batches(lesson: Lesson, size: int, random: np.random.Generator) -> Iterator[Batch]:
    """Yield all clauses in batches of about ``size`` characters, like lengths together."""
    order = random.permutation(len(lesson.start))
    for at in range(0, len(order), _DRAWN):
        part = order[at : at + _DRAWN]
        part = part[np.argsort(-lesson.length[part], kind="stable")]
        number = np.cumsum(lesson.length[part]) // size
        for which in np.unique(number):
            yield _make_batch(lesson, part[number == which])


def _make_batch(lesson: Lesson, chosen: Ints) -> Batch:
    """Return the batch of the chosen clauses, which come longest first."""
    start, length = lesson.start[chosen], lesson.length[chosen]
    rows = np.concatenate([np.arange(at, at + size) for at, size in zip(start, length, strict=True)])
    clauses = make_bucket(np.cumsum(length) - length, length)
    features = lesson.columns[rows]
    known = features >= 0
    used, at = np.unique(features[known], return_inverse=True)
    pointer = np.append(0, np.cumsum(known.sum(1)))
    matrix = csr_matrix((np.ones(len(at), np.float32), at.astype(np.int32), pointer), (len(rows), len(used)))
    allowed = np.where(clauses.real[:, :, None], lesson.allowed[rows][clauses.table], True)
    return Batch(clauses, used, matrix, allowed)


def _thin_out(matrix: csr_matrix, drop: float, random: np.random.Generator) -> csr_matrix:
    """Return the matrix with a share of its features left out and the others scaled up."""
    keep = (random.random(matrix.nnz, dtype=np.float32) >= drop).astype(np.float32) / np.float32(1 - drop)
    return csr_matrix((keep, matrix.indices, matrix.indptr), matrix.shape)


def _find_slope(batch: Batch, scores: Singles, transitions: Floats) -> tuple[Singles, Floats]:
    """Return the gradient of the negative log-likelihood by state scores and by transitions."""
    step, table, real = np.exp(transitions) * STEPS, batch.clauses.table, batch.clauses.real
    psi = raise_scores(scores.astype(np.float64)[table])
    free, free_pairs = _expect(psi, batch.clauses, step)
    held, held_pairs = _expect(psi * batch.allowed, batch.clauses, step)
    by_state = np.zeros(scores.shape, np.float32)
    by_state[table[real]] = (free - held)[real]
    return by_state, free_pairs - held_pairs


def _expect(psi: Floats, clauses: Bucket, step: Floats) -> tuple[Floats, Floats]:
    """Return the probabilities of states (steps x clauses x states) and expected counts of transitions."""
    alpha, scale = pass_forward(psi, clauses.live, step)
    beta = pass_backward(psi, clauses, step, (alpha, scale))
    ahead, pairs = psi * beta / scale, np.zeros((len(STATES), len(STATES)))
    for at in range(1, len(psi)):
        count = clauses.live[at]
        pairs += alpha[at - 1, :count].T @ ahead[at, :count]
    return alpha * beta, pairs * step
