"""Five folds by source, their pooled score, and the student of the five models.

python -m benchmarks.neural.final SHEETS WORK MODEL
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

import numpy as np

from benchmarks.neural.fit import ask_teachers, export_weights, fit, read_stretches
from benchmarks.neural.network import Tagger
from benchmarks.neural.prepare import read_vocabulary
from benchmarks.neural.sheets import Sheet, read_sheet
from graph.extract.neural.chain import pass_chain
from graph.extract.neural.decoding import choose_apart, find_candidates
from graph.extract.neural.network import make_network

_FOLDS, _THRESHOLD, _STRETCHES = 5, 0.5, 650


def share_out(sheets: list[Sheet]) -> dict[str, int]:
    """Return the fold of each document: a source lies in one fold."""
    by_source: dict[str, list[str]] = defaultdict(list)
    for sheet in sheets:
        by_source[sheet.source].append(sheet.name)
    sizes, fold_of = [0] * _FOLDS, {}
    for _, names in sorted(by_source.items(), key=lambda item: (-len(item[1]), item[0])):
        fold = sizes.index(min(sizes))
        sizes[fold] += len(names)
        fold_of |= dict.fromkeys(names, fold)
    return fold_of


def count_names(model: Tagger, sheet: Sheet) -> np.ndarray:
    """Return how many names are right, found and asked for; optional ones are neutral."""
    network, coded = make_network(export_weights(model)), sheet.labels.coded
    vectors = network.compute_vectors(coded)
    chain = pass_chain(network.states.apply(vectors), coded.clause, network.steps, network.edges)
    found = choose_apart(find_candidates(chain, coded.clause), _THRESHOLD)
    names = {sheet.read_name(start, end) for start, end in zip(found.start, found.end, strict=True)}
    firm = {name for name, optional in sheet.names.items() if not optional}
    return np.array([len(names & firm), len(names - (sheet.names.keys() - firm)), len(firm)])


def write_model(model: Tagger, work: Path, path: Path) -> None:
    """Write the weights as ``graph.extract.neural.weights`` reads them."""
    encoder, arrays = model.enc, {}
    tables = (
        ("char", encoder.char, encoder.pc),
        ("bigram", encoder.bigram, encoder.pb),
        ("word", encoder.word, encoder.pw),
    )
    for name, table, projection in tables:
        rows = table.weight.detach().numpy()
        scale = np.abs(rows).max(1) / 127 + 1e-8
        arrays[name] = np.round(rows / scale[:, None]).astype(np.int8)
        arrays[f"{name}_scale"] = scale.astype(np.float16)
        arrays[f"{name}_to"] = projection.weight.detach().numpy().T.astype(np.float16)
    arrays["bias"] = encoder.pc.bias.detach().numpy().astype(np.float16)
    arrays |= {name: w.astype(np.float16) for name, w in export_weights(model).items() if name not in arrays}
    for name, rows in read_vocabulary(work)[0].items():
        arrays[name] = np.frombuffer("\n".join(sorted(rows, key=rows.__getitem__)).encode("utf-8"), np.uint8)
    np.savez_compressed(path, **arrays, limits=np.array([_THRESHOLD]))


def main(folder: Path, work: Path, path: Path) -> None:
    """Train the five models and their student; print the pooled score of the five."""
    vocabulary = read_vocabulary(work)[1]
    sheets = [read_sheet(one, vocabulary) for part in ("train", "dev") for one in sorted((folder / part).glob("*.txt"))]
    fold_of, teachers, counts = share_out(sheets), [], np.zeros(3)
    for fold in range(_FOLDS):
        teachers.append(fit(work, [sheet.labels for sheet in sheets if fold_of[sheet.name] != fold]))
        counts += sum(count_names(teachers[-1], sheet) for sheet in sheets if fold_of[sheet.name] == fold)
    right, found, asked = counts
    print(f"pooled F1 {2 * right / (found + asked):.3f}, precision {right / found:.3f}, recall {right / asked:.3f}")
    stretches = read_stretches(work)
    picked = np.random.default_rng(0).permutation(len(stretches))[:_STRETCHES]
    opinions = ask_teachers(teachers, [stretches[at] for at in picked])
    write_model(fit(work, [sheet.labels for sheet in sheets], opinions, seed=5), work, path)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
