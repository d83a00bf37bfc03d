"""Training on sheets and on teachers' opinions, with averaged weights (Izmailov et al. 2018)."""

from __future__ import annotations

import copy
import json
import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import nn

from benchmarks.neural.losses import Labels, Opinion, lose_on_labels, lose_on_opinions
from benchmarks.neural.network import COLUMNS, Tagger
from benchmarks.neural.prepare import read_vocabulary
from graph.extract.neural.arrays import Floats
from graph.extract.neural.chain import pass_chain
from graph.extract.neural.decoding import find_candidates
from graph.extract.neural.encoding import Coded, number_clauses
from graph.extract.neural.network import Network, make_network
from graph.extract.neural.vocabulary import BREAK

_EPOCHS, _BATCH, _OPINIONS = 10, 3, 2
_HEAD_RATE, _BODY_RATE, _TABLE_RATE, _DECAY = 5e-3, 3e-3, 5e-3, 0.01
_STRETCH, _SHORT = 1200, 200


def make_model(work: Path) -> Tagger:
    """Return an untrained tagger over the vocabulary."""
    rows = read_vocabulary(work)[0]
    return Tagger(len(rows["chars"]) + BREAK + 1, len(rows["words"]) + BREAK + 1, len(rows["tags"]) + 1)


def fit(work: Path, sheets: Sequence[Labels], opinions: Sequence[Opinion] = (), seed: int = 0) -> Tagger:
    """Return a tagger that starts from the pretrained encoder; ``opinions`` count in the first 80 % of the steps."""
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
        if opinions and step < 0.8 * total:
            loss = loss + lose_on_opinions(model, [opinions[k] for k in rng.integers(0, len(opinions), _OPINIONS)], rng)
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


def read_stretches(work: Path, without: Sequence[str] = ()) -> list[Coded]:
    """Return the unlabelled reports in stretches, those of some sources left out."""
    columns = {name: array.astype(np.int64) for name, array in np.load(work / "reports.npz").items()}
    comma = read_vocabulary(work)[1].comma
    ends = np.concatenate([[0], np.flatnonzero(columns["char"] == BREAK) + 1])
    stretches, first = [], 0
    for name, count in json.loads((work / "sources.json").read_text("utf-8")):
        start, end = ends[first], ends[first + count]
        first += count
        if not any(source in name for source in without):
            for at in range(start, end - _SHORT, _STRETCH):
                part = {column: columns[column][at : min(at + _STRETCH, end)] for column in COLUMNS}
                nowhere = np.zeros(len(part["char"]), np.int64)
                clause = number_clauses(part["char"], part["mark"], comma)
                stretches.append(Coded(**part, sentence=nowhere, offset=nowhere, clause=clause))
    return stretches


def ask_teachers(models: Sequence[Tagger], parts: Sequence[Coded]) -> list[Opinion]:
    """Return the mean opinion of several models (Hinton et al. 2015)."""
    networks = [make_network(export_weights(model)) for model in models]
    return [_ask(networks, part) for part in parts]


def _ask(networks: Sequence[Network], part: Coded) -> Opinion:
    vectors = [network.compute_vectors(part) for network in networks]
    pairs = list(zip(networks, vectors, strict=True))
    chains = [pass_chain(n.states.apply(v), part.clause, n.steps, n.edges) for n, v in pairs]
    found = [find_candidates(chain, part.clause) for chain in chains]
    both = np.concatenate([np.stack([one.start, one.end], 1) for one in found])
    start, end = np.unique(both, axis=0).T
    chance = np.mean([chain.score_spans(start, end) for chain in chains], 0)
    likely = chance > 0.1
    start, end, chance = start[likely], end[likely], chance[likely]
    scores = [network.score_types(vector, start, end) for network, vector in pairs]
    shares = [np.exp(one) / np.exp(one).sum(1, keepdims=True) for one in scores]
    states = np.mean([chain.find_states() for chain in chains], 0).astype(np.float32)
    return Opinion(part, states, start, end, np.mean(shares, 0) * chance[:, None])


def _make_optimiser(model: Tagger) -> torch.optim.Optimizer:
    tables = [table.weight for table in model.enc.tables]
    known = {id(table) for table in tables}
    body = [weight for weight in model.enc.parameters() if id(weight) not in known]
    inside = known | {id(weight) for weight in body}
    head = [weight for weight in model.parameters() if id(weight) not in inside]
    rates = ((body, _BODY_RATE, _DECAY), (head, _HEAD_RATE, _DECAY), (tables, _TABLE_RATE, 0.0))
    groups = [{"params": weights, "base": rate, "weight_decay": decay} for weights, rate, decay in rates]
    return torch.optim.AdamW(groups, betas=(0.9, 0.98))
