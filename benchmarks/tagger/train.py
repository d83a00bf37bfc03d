"""Train the tagger on the answer sheets and the unlabelled corpora.

    python -m benchmarks.tagger.train SHEETS CORPUS [--out MODEL]

Learns from the sheets' folders ``train`` and ``dev`` and from ``benchmarks/pages``; the seeds stay out. The same input
gives the same bytes; with one thread also on a machine with more cores (``OMP_NUM_THREADS=1``, as in ``make train``).
"""

from __future__ import annotations

import argparse
import io
import zipfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.pages.sheets import sheets_of_pages
from benchmarks.tagger.examples import make_example
from benchmarks.tagger.fitting import fit_tagger
from benchmarks.tagger.learning import Recipe
from benchmarks.tagger.selflearn import LEARNED_COLUMNS, learn_words, read_unlabelled
from benchmarks.tagger.sheets import read_sheets
from benchmarks.tagger.wordclasses import learn_classes
from graph.extract.tagger.tagger import MODEL, Tagger
from graph.extract.tagger.templates import read_features
from graph.extract.tagger.weights import Weights

FOLDERS = ("train", "dev")
_LEAST_WEIGHT = 0.04
_STAMP = (1980, 1, 1, 0, 0, 0)
Arrays = dict[str, NDArray[np.generic]]


def train_tagger(sheets: Path, corpus: Path) -> Tagger:
    """Return the tagger that two folders teach."""
    with sheets_of_pages(corpus) as pages:
        documents = [one for part in (*(sheets / name for name in FOLDERS), pages) for one in read_sheets(part)]
    classes, plain, full = learn_classes(corpus), read_features(LEARNED_COLUMNS), read_features()
    lessons = [(one.source, make_example(one, classes, plain)) for one in documents]
    table = learn_words(lessons, read_unlabelled(corpus, classes), classes, plain)
    return fit_tagger([make_example(one, table, full) for one in documents], table, full, Recipe(), _LEAST_WEIGHT)


def write_tagger(tagger: Tagger, path: Path) -> None:
    """Write what ``Tagger.load`` reads, an npz file without time stamps."""
    content: Arrays = {
        **_pack_weights("char", tagger.char),
        **_pack_weights("word", tagger.word),
        **_pack_weights("kind", tagger.kind),
        "table_keys": tagger.table.keys,
        "table_columns": tagger.table.rows,
        "transitions": tagger.transitions,
        "threshold": np.array(tagger.threshold),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(content):
            buffer = io.BytesIO()
            np.lib.format.write_array(buffer, content[name], allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", _STAMP), buffer.getvalue(), zipfile.ZIP_DEFLATED)


def _pack_weights(name: str, weights: Weights) -> Arrays:
    """Return keys in order with their rows in half precision, without the row of unknown keys."""
    keys, rows = weights.keys[:-1], weights.rows[:-1]
    order = np.argsort(keys, kind="stable")
    return {f"{name}_keys": keys[order], f"{name}_rows": rows[order].astype(np.float16)}


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sheets", type=Path)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--out", type=Path, default=MODEL)
    options = parser.parse_args()
    write_tagger(train_tagger(options.sheets, options.corpus), options.out)


if __name__ == "__main__":
    main()
