"""Training on sheets, with averaged weights (Izmailov et al. 2018)."""

from __future__ import annotations

import copy
import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import nn

from benchmarks.neural.losses import Labels, lose_on_labels
from benchmarks.neural.network import Tagger
from benchmarks.neural.prepare import read_vocabulary
from graph.extract.neural.arrays import Floats
from graph.extract.neural.vocabulary import BREAK

_EPOCHS, _BATCH = 5, 3
_HEAD_RATE, _BODY_RATE, _TABLE_RATE, _DECAY = 5e-3, 3e-3, 5e-3, 0.01


def make_model(work: Path) -> Tagger:
    """Return an untrained tagger over the vocabulary."""
    rows = read_vocabulary(work)[0]
    return Tagger(len(rows["chars"]) + BREAK + 1, len(rows["words"]) + BREAK + 1, len(rows["tags"]) + 1)


def fit(work: Path, sheets: Sequence[Labels], seed: int = 0) -> Tagger:
    """Return a tagger that starts from the pretrained encoder."""
    torch.manual_seed(seed)
    rng, model = np.random.default_rng(seed), make_model(work)
    model.enc.load_state_dict(torch.load(work / "pretrained.pt"))
    optimiser = _make_optimiser(model)
    per_epoch = math.ceil(len(sheets) / _BATCH)
    total, averaged, count = per_epoch * _EPOCHS, copy.deepcopy(model), 0
    model.train()
    for step in range(total):
        if step % per_epoch == 0:
            order = rng.permutation(len(sheets))
        at = step % per_epoch * _BATCH
        for group in optimiser.param_groups:
            group["lr"] = group["base"] * min(1, (step + 1) / (0.1 * total)) * max(0.05, 1 - step / total)
        loss = lose_on_labels(model, [sheets[k] for k in order[at : at + _BATCH]], rng)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 2.0)
        optimiser.step()
        if step > 0.6 * total and step % 5 == 0:
            count += 1
            for mean, now in zip(averaged.parameters(), model.parameters(), strict=True):
                mean.data += (now.data - mean.data) / count
    return averaged.eval()


def export_weights(model: Tagger) -> dict[str, Floats]:
    """Return the weights by the names of ``make_network``, projections folded into the tables."""
    encoder = model.enc
    weights = {
        "char": encoder.pc(encoder.char.weight),
        "bigram": encoder.pb(encoder.bigram.weight),
        "word": encoder.pw(encoder.word.weight),
        "tagseg": encoder.tagseg.weight,
        "mark": encoder.mark.weight,
        "chain": model.steps().clamp(min=-60),
        "chain0": model.edges().clamp(min=-60),
    }
    for at, conv in enumerate(encoder.conv):
        weights |= {f"conv{at}": conv.weight.permute(2, 1, 0).flatten(0, 1), f"convb{at}": conv.bias}
    for name, head in (("bound", model.bound), ("typ", model.typ)):
        weights |= {name: head.weight.t(), f"{name}b": head.bias}
    return {name: np.ascontiguousarray(weight.detach().numpy()) for name, weight in weights.items()}


def _make_optimiser(model: Tagger) -> torch.optim.Optimizer:
    tables = [table.weight for table in model.enc.tables]
    known = {id(table) for table in tables}
    body = [weight for weight in model.enc.parameters() if id(weight) not in known]
    inside = known | {id(weight) for weight in body}
    head = [weight for weight in model.parameters() if id(weight) not in inside]
    rates = ((body, _BODY_RATE, _DECAY), (head, _HEAD_RATE, _DECAY), (tables, _TABLE_RATE, 0.0))
    groups = [{"params": weights, "base": rate, "weight_decay": decay} for weights, rate, decay in rates]
    return torch.optim.AdamW(groups, betas=(0.9, 0.98))
