"""The network in torch, for training only; ``graph.extract.neural.network`` runs the same in numpy."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from graph.extract.neural.encoding import BUCKETS, Coded
from graph.extract.neural.network import DILATIONS

WIDTH = 96
STATES, TYPES = 5, 6
NEVER = -1e4
COLUMNS = ("char", "bigram", "word", "place", "mark")
_CHAR, _BIGRAM, _WORD, _PLACES, _MARKS = 64, 32, 48, 4, 96
_FREE, _WITHIN = [0, 0, NEVER, NEVER, 0], [NEVER, NEVER, 0, 0, NEVER]


class Encoder(nn.Module):
    """Summed table look-ups and residual dilated convolutions."""

    def __init__(self, chars: int, words: int, tags: int) -> None:
        super().__init__()
        self.char, self.bigram = nn.Embedding(chars, _CHAR), nn.Embedding(BUCKETS + 1, _BIGRAM)
        self.word, self.mark = nn.Embedding(words, _WORD), nn.Embedding(_MARKS, WIDTH)
        self.tagseg = nn.Embedding(tags * _PLACES, WIDTH)
        self.pc, self.pb = nn.Linear(_CHAR, WIDTH), nn.Linear(_BIGRAM, WIDTH, bias=False)
        self.pw = nn.Linear(_WORD, WIDTH, bias=False)
        self.conv = nn.ModuleList(nn.Conv1d(WIDTH, WIDTH, 3, padding=d, dilation=d) for d in DILATIONS)
        for table in [*self.tables, self.tagseg, self.mark]:
            nn.init.normal_(table.weight, std=0.1)
        for projection in (self.pc, self.pb, self.pw):
            nn.init.normal_(projection.weight, std=0.15)

    @property
    def tables(self) -> list[nn.Embedding]:
        """The large tables, which are projected."""
        return [self.char, self.bigram, self.word]

    def forward(self, columns: list[Tensor], rows: float = 0.0, hidden: float = 0.0) -> Tensor:
        """Return vectors (batch x width x places); ``rows`` and ``hidden`` are rates of dropout."""
        parts = zip((self.pc, self.pb, self.pw), self.tables, columns[:3], strict=True)
        x = sum(project(functional.dropout(table(column), rows, self.training)) for project, table, column in parts)
        x = (x + self.tagseg(columns[3]) + self.mark(columns[4])).transpose(1, 2)
        for conv in self.conv:
            x = x + functional.dropout(conv(functional.relu(x)), hidden, self.training)
        return functional.relu(x)


class Tagger(nn.Module):
    """The encoder under a linear chain of states, with a head for types."""

    def __init__(self, chars: int, words: int, tags: int) -> None:
        super().__init__()
        self.enc = Encoder(chars, words, tags)
        self.bound, self.typ = nn.Linear(WIDTH, STATES), nn.Linear(WIDTH, 3 * TYPES)
        self.chain, self.chain0 = nn.Parameter(torch.zeros(5, 5)), nn.Parameter(torch.zeros(2, 5))

    def steps(self) -> Tensor:
        """Return the scores of transitions."""
        return self.chain + torch.tensor([_FREE, _WITHIN, _WITHIN, _FREE, _FREE])

    def edges(self) -> Tensor:
        """Return the scores of the first and of the last state of a clause."""
        return self.chain0 + torch.tensor([_FREE, [0, NEVER, NEVER, 0, 0]])

    def score_types(self, vectors: Tensor, start: Tensor, end: Tensor) -> Tensor:
        """Return each span's scores of the types."""
        mean, first, last = self.typ(vectors).split(TYPES, 1)
        before = torch.cat([mean[:1] * 0, mean.cumsum(0)])
        return (before[end] - before[start]) / (end - start)[:, None] + first[start] + last[end - 1]

    def sum_paths(self, emission: Tensor, begin: np.ndarray, size: np.ndarray) -> Tensor:
        """Return the log partition of every clause, longest first; ``emission`` is places x copies x states."""
        steps, (first, last) = self.steps(), self.edges()
        at, done = torch.from_numpy(begin), []
        alpha = first + emission[at]
        for step in range(1, int(size[0]) + 1):
            live = int((size > step).sum())
            if live < len(alpha):
                done.append(torch.logsumexp(alpha[live:] + last, -1))
                alpha = alpha[:live]
            if live:
                alpha = torch.logsumexp(alpha[:, :, :, None] + steps, 2) + emission[at[:live] + step]
        return torch.cat(done[::-1])


def order_clauses(clause: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return begin and size of the clauses, longest first."""
    begin = np.flatnonzero(np.diff(clause, prepend=-1))
    size = np.diff(begin, append=len(clause))
    order = np.argsort(-size, kind="stable")
    return begin[order], size[order]


def join_coded(parts: list[Coded]) -> tuple[list[np.ndarray], np.ndarray, np.ndarray]:
    """Return the columns of several documents in a row, their clauses counted on, and where each begins."""
    columns = [np.concatenate([getattr(part, name) for part in parts]) for name in COLUMNS]
    clauses, count = [], 0
    for part in parts:
        clauses.append(part.clause + count)
        count += int(part.clause[-1]) + 1
    sizes = np.array([len(part.char) for part in parts])
    return columns, np.concatenate(clauses), np.cumsum(sizes) - sizes
