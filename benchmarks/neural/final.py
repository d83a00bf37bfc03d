"""Five folds by source with their score, or the model that learns from everything.

    python -m benchmarks.neural.final SHEETS CORPUS WORK --keep FILE
    python -m benchmarks.neural.final SHEETS CORPUS WORK --model MODEL

The annotated pages of ``benchmarks/pages`` are documents like those of the sheets. ``--keep`` writes what was said of
each document out of fold, in offsets of the document.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path

import numpy as np

from benchmarks.answers import Answers, answer_documents
from benchmarks.neural.fit import export_weights, fit
from benchmarks.neural.network import Tagger
from benchmarks.neural.prepare import read_vocabulary
from benchmarks.neural.sheets import Sheet, read_sheet
from benchmarks.pages.sheets import sheets_of_pages
from graph.extract.candidates import LEAST_NEURAL
from graph.extract.neural.chain import pass_chain
from graph.extract.neural.decoding import choose_apart, find_candidates
from graph.extract.neural.network import make_network
from graph.extract.neural.tagger import NeuralTagger
from graph.extract.neural.vocabulary import Vocabulary
from graph.extract.neural.weights import Model

_FOLDS, _THRESHOLD = 5, 0.5


def share_out(sheets: list[Sheet]) -> dict[str, int]:
    """Return the fold of each source."""
    by_source: dict[str, list[str]] = defaultdict(list)
    for sheet in sheets:
        by_source[sheet.source].append(sheet.path.name)
    sizes, fold_of = [0] * _FOLDS, {}
    for source, names in sorted(by_source.items(), key=lambda item: (-len(item[1]), item[0])):
        fold_of[source] = sizes.index(min(sizes))
        sizes[fold_of[source]] += len(names)
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


def cross_validate(sheets: list[Sheet], work: Path, vocabulary: Vocabulary) -> tuple[dict[str, int], Answers]:
    """Return the fold of each document and what was said of it out of fold; print the score as it grows."""
    fold_of, counts, answers = share_out(sheets), np.zeros(3), Answers()
    for fold in range(_FOLDS):
        model = fit(work, [one.labels for one in sheets if fold_of[one.source] != fold])
        held = [one for one in sheets if fold_of[one.source] == fold]
        counts += sum(count_names(model, sheet) for sheet in held)
        tagger = NeuralTagger(Model(make_network(export_weights(model)), vocabulary, _THRESHOLD))
        answers |= answer_documents(tagger, [one.path for one in held], LEAST_NEURAL)
        right, found, asked = counts
        print(
            f"to fold {fold}: F1 {2 * right / (found + asked):.3f}, P {right / found:.3f}, R {right / asked:.3f}",
            flush=True,
        )
    return {sheet.path.name: fold_of[sheet.source] for sheet in sheets}, answers


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


def main() -> None:
    """Cross-validate, or train and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("sheets", "corpus", "work"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--model", type=Path)
    options = parser.parse_args()
    vocabulary = read_vocabulary(options.work)[1]
    with sheets_of_pages(options.corpus) as pages:
        folders = (options.sheets / "train", options.sheets / "dev", pages)
        sheets = [read_sheet(one, vocabulary) for folder in folders for one in sorted(folder.glob("*.txt"))]
        if options.keep:
            folds, answers = cross_validate(sheets, options.work, vocabulary)
            kept = json.dumps({"fold": folds, "docs": answers}, separators=(",", ":"))
            options.keep.write_text(kept, encoding="utf-8")
    if options.model:
        write_model(fit(options.work, [one.labels for one in sheets]), options.work, options.model)


if __name__ == "__main__":
    main()
