"""What training minimises: the sheets' names (optional ones in both readings)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from benchmarks.neural.network import NEVER, STATES, Tagger, join_coded, order_clauses
from graph.extract.neural.encoding import ALONE, BEGINS, BUCKETS, PLACES, Coded
from graph.extract.neural.vocabulary import BREAK, MASKED, UNKNOWN

ROWS, HIDDEN, VECTORS, CORRUPT = 0.3, 0.15, 0.2, 0.12
OUTSIDE, SCALE, TYPE_WEIGHT = 0.3, 3.0, 0.6


@dataclass(frozen=True, slots=True)
class Labels:
    """A document's labels; ``optional`` and ``judged`` are flags of places, ``types`` a flag for each type and span."""

    coded: Coded
    states: np.ndarray
    optional: np.ndarray
    judged: np.ndarray
    start: np.ndarray
    end: np.ndarray
    types: np.ndarray


def lose_on_labels(model: Tagger, part: list[Labels], rng: np.random.Generator) -> Tensor:
    """Return the loss of a partial-label CRF and of the types, over all clauses of the documents."""
    columns, clause, shift = join_coded([one.coded for one in part])
    vectors = _encode(model, columns, rng)
    begin, size = order_clauses(clause)
    scores = model.bound(vectors)
    optional, states = (np.concatenate([getattr(one, name) for one in part]) for name in ("optional", "states"))
    allowed = np.full((len(scores), STATES), NEVER, np.float32)
    allowed[np.arange(len(states)), states] = 0
    allowed[optional, 0] = 0
    paths = model.sum_paths(torch.stack([scores, scores + torch.from_numpy(allowed)], 1), begin, size)
    weight = np.where(np.concatenate([one.judged for one in part])[begin], 1, OUTSIDE).astype(np.float32)
    chain = ((paths[:, 0] - paths[:, 1]).clamp(max=500) * torch.from_numpy(weight)).sum() / len(scores)
    start, end, types = _join_spans(part, shift)
    kinds = functional.log_softmax(model.score_types(vectors, start, end), 1).masked_fill(types == 0, NEVER)
    return SCALE * chain - TYPE_WEIGHT * torch.logsumexp(kinds, 1).mean()


def _encode(model: Tagger, columns: list[np.ndarray], rng: np.random.Generator) -> Tensor:
    tensors = [torch.from_numpy(column)[None] for column in _corrupt(columns, rng)]
    vectors = model.enc(tensors, rows=ROWS, hidden=HIDDEN)[0].t()
    return functional.dropout(vectors, VECTORS, model.training)


def _corrupt(columns: list[np.ndarray], rng: np.random.Generator) -> list[np.ndarray]:
    """Hide some characters, bigrams and words (word dropout, Iyyer et al. 2015)."""
    char, bigram, word, place, mark = columns
    number = np.cumsum(np.isin(place % len(PLACES), (BEGINS, ALONE)))
    char = np.where((rng.random(len(char)) < CORRUPT / 2) & (char > BREAK), MASKED, char)
    bigram = np.where(rng.random(len(char)) < CORRUPT, BUCKETS, bigram)
    word = np.where((rng.random(number[-1] + 1) < CORRUPT)[number] & (word > BREAK), UNKNOWN, word)
    return [char, bigram, word, place, mark]


def _join_spans(part: list[Labels], shift: np.ndarray) -> tuple[Tensor, Tensor, Tensor]:
    start = np.concatenate([one.start + by for one, by in zip(part, shift, strict=True)])
    end = np.concatenate([one.end + by for one, by in zip(part, shift, strict=True)])
    types = np.concatenate([one.types for one in part]).astype(np.float32)
    return torch.from_numpy(start), torch.from_numpy(end), torch.from_numpy(types)
