"""Pretraining: hidden whole words and hidden quotation marks are guessed (Devlin et al. 2019; Cui et al. 2021).

python -m benchmarks.neural.pretrain WORK STEPS
"""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from benchmarks.neural.network import COLUMNS, WIDTH, Encoder
from benchmarks.neural.prepare import read_vocabulary
from graph.extract.neural.encoding import ALONE, BEGINS, BUCKETS, PLACES
from graph.extract.neural.vocabulary import BREAK, CLASSES, MASKED

_LENGTH, _BATCH, _QUOTE_STATES, _RATE = 512, 16, 12, 2.5e-3
_PICKED, _HIDDEN, _HIDDEN_TAGS, _HIDDEN_QUOTES = 0.16, 0.9, 0.8, 0.5
Columns = list[np.ndarray]


def draw_batch(corpora: list[Mapping[str, np.ndarray]], news: float, rng: np.random.Generator) -> Columns:
    """Return stretches of the reports, and of the news with the given probability."""
    rows = []
    for _ in range(_BATCH):
        corpus = corpora[int(rng.random() < news)]
        start = rng.integers(0, len(corpus["char"]) - _LENGTH)
        rows.append([corpus[name][start : start + _LENGTH].astype(np.int64) for name in COLUMNS])
    return [np.stack(column) for column in zip(*rows, strict=True)]


def hide(columns: Columns, rng: np.random.Generator) -> tuple[Columns, np.ndarray, np.ndarray]:
    """Return the columns with words and quotation states hidden, which characters and which rows to guess."""
    char, bigram, word, place, mark = columns
    number = np.cumsum(np.isin(place % len(PLACES), (BEGINS, ALONE)).ravel())

    def draw(rate: float) -> np.ndarray:
        return (rng.random(number[-1] + 1) < rate)[number].reshape(char.shape)

    asked = draw(_PICKED) & (char > BREAK)
    hidden = draw(_HIDDEN) & asked
    behind = np.pad(hidden, ((0, 0), (1, 0)))[:, :-1]
    quoteless = rng.random(_BATCH) < _HIDDEN_QUOTES
    state = np.where(quoteless[:, None], 0, mark // len(CLASSES))
    changed = [
        np.where(hidden, MASKED, char),
        np.where(hidden | behind, BUCKETS, bigram),
        np.where(hidden, MASKED, word),
        np.where(hidden & draw(_HIDDEN_TAGS), place % len(PLACES), place),
        state * len(CLASSES) + np.where(hidden, 0, mark % len(CLASSES)),
    ]
    return changed, asked, quoteless


def pretrain(work: Path, steps: int) -> None:
    """Train an encoder for so many batches, and write ``pretrained.pt``."""
    torch.set_num_threads(1)
    torch.manual_seed(1)
    rng, rows = np.random.default_rng(1), read_vocabulary(work)[0]
    corpora = [dict(np.load(work / f"{name}.npz")) for name in ("reports", "news")]
    chars = len(rows["chars"]) + BREAK + 1
    encoder = Encoder(chars, len(rows["words"]) + BREAK + 1, len(rows["tags"]) + 1)
    heads = nn.ModuleList([nn.Linear(WIDTH, chars), nn.Linear(WIDTH, _QUOTE_STATES)])
    weights = [*encoder.parameters(), *heads.parameters()]
    optimiser = torch.optim.Adam(weights, betas=(0.9, 0.98))
    for step in range(1, steps + 1):
        done = step / steps
        for group in optimiser.param_groups:
            group["lr"] = _RATE * min(1, step / 100) * (0.02 + 0.49 * (1 + math.cos(math.pi * done)))
        columns = draw_batch(corpora, 0.7 - 0.35 * done, rng)
        changed, asked, quoteless = hide(columns, rng)
        vectors = encoder([torch.from_numpy(column) for column in changed], rows=0.05).transpose(1, 2)
        loss = functional.cross_entropy(heads[0](vectors[asked]), torch.from_numpy(columns[0][asked]))
        if quoteless.any():
            quotes = torch.from_numpy(columns[4][quoteless] // len(CLASSES)).reshape(-1)
            loss = loss + functional.cross_entropy(heads[1](vectors[quoteless]).reshape(-1, _QUOTE_STATES), quotes)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(weights, 1.0)
        optimiser.step()
    torch.save(encoder.state_dict(), work / "pretrained.pt")


if __name__ == "__main__":
    pretrain(Path(sys.argv[1]), int(sys.argv[2]))
