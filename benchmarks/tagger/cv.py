"""Cross-validation by source: names and types on documents of places and papers never learnt from.

    python -m benchmarks.tagger.cv SHEETS CORPUS [--no-selflearn] [--optional either|name|outside] [--drop COLUMN ...]
        [--no-pages] [--keep FILE]

The annotated pages of ``benchmarks/pages`` are documents like those of the sheets. ``--keep`` writes what was said of
each document out of fold, in offsets of the document (``benchmarks/out_of_fold``).

A line for each fold as it is learnt (at the shipped threshold), then the folds at the threshold that is best on the
other four, the thresholds side by side, and the sums: all documents, those that are
a source of their own (news, pages), seeds.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from benchmarks.answers import Answers, answer_documents
from benchmarks.pages.sheets import sheets_of_pages
from benchmarks.tagger.examples import Example, Optional, make_example
from benchmarks.tagger.fitting import THRESHOLD, fit_tagger
from benchmarks.tagger.folds import FOLDS, Found, add_results, count_exact, count_names, deal_sources, find_names
from benchmarks.tagger.learning import Recipe
from benchmarks.tagger.selflearn import LEARNED_COLUMNS, Unlabelled, learn_words, read_unlabelled
from benchmarks.tagger.sheets import SEEDS, Labelled, read_sheets
from benchmarks.tagger.train import FOLDERS
from benchmarks.tagger.wordclasses import learn_classes
from graph.extract.candidates import LEAST_CRF
from graph.extract.tagger.tagger import Tagger
from graph.extract.tagger.templates import read_features
from graph.extract.tagger.words import WordTable

_GRID = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6)
_BY_SELF = frozenset(LEARNED_COLUMNS)


@dataclass(frozen=True, slots=True)
class Material:
    """What every fold learns from, and how."""

    documents: Sequence[Labelled]
    lessons: Sequence[tuple[str, Example]]
    texts: Sequence[Unlabelled]
    table: WordTable
    drop: Collection[str]
    optional: Optional
    recipe: Recipe


def prepare_material(options: argparse.Namespace, folders: Sequence[Path]) -> Material:
    """Return the folders' documents and the texts that the options ask for; no self-learning, no texts."""
    documents = [one for folder in folders for one in read_sheets(folder)]
    table = learn_classes(options.corpus)
    plain = read_features({*options.drop, *_BY_SELF})
    lessons = [(one.source, make_example(one, table, plain, options.optional)) for one in documents]
    drop = {*options.drop, *(_BY_SELF if options.no_selflearn else ())}
    texts = [] if options.no_selflearn else read_unlabelled(options.corpus, table)
    recipe = Recipe(rounds=options.rounds, drop=options.dropout, models=options.models)
    return Material(documents, lessons, texts, table, drop, options.optional, recipe)


def teach_without(held: Collection[str], material: Material) -> Tagger:
    """Return the tagger that has seen nothing of the held-out sources but their words' classes."""
    table, features = material.table, read_features(material.drop)
    if material.texts:
        lessons = [pair for pair in material.lessons if pair[0] not in held]
        plain = read_features({*material.drop, *_BY_SELF})
        table = learn_words(lessons, material.texts, table, plain, held)
    known = [one for one in material.documents if one.source not in held]
    return fit_tagger(
        [make_example(one, table, features, material.optional) for one in known], table, features, material.recipe
    )


def report_folds(folds: Sequence[Sequence[Found]], on_seeds: Sequence[Sequence[Found]]) -> list[str]:
    """Return the lines of the report; each fold's threshold is chosen on the other folds."""
    rows, pooled, news, seeds = [], [], [], []
    for number, (fold, seen) in enumerate(zip(folds, on_seeds, strict=True)):
        threshold = _choose_threshold([one for at, part in enumerate(folds) if at != number for one in part])
        pooled.append(count_names(fold, threshold))
        news.append(count_names([one for one in fold if one.document.is_news], threshold))
        seeds.append(count_names(seen, threshold))
        rows.append(f"fold {number}: threshold {threshold}  {pooled[-1]}")
    every = [one for fold in folds for one in fold]
    levels = " ".join(f"{level}: {count_exact(every, level).f1:.3f}" for level in _GRID)
    sums = {"pooled": pooled, "news and pages": news, "seeds": seeds}
    return [*rows, f"by threshold: {levels}", *(f"{name} {add_results(results)}" for name, results in sums.items())]


def _choose_threshold(found: Sequence[Found]) -> float:
    return max(_GRID, key=lambda level: count_exact(found, level).f1)


def main() -> None:
    """Learn and measure every fold, and print the report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sheets", type=Path)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--optional", default="either", choices=get_args(Optional))
    parser.add_argument("--no-selflearn", action="store_true")
    parser.add_argument("--no-pages", action="store_true")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--drop", nargs="*", default=[])
    parser.add_argument("--rounds", type=int, default=Recipe().rounds)
    parser.add_argument("--dropout", type=float, default=Recipe().drop)
    parser.add_argument("--models", type=int, default=Recipe().models)
    options = parser.parse_args()
    with sheets_of_pages(options.corpus) as pages:
        folders = [options.sheets / part for part in FOLDERS] + ([] if options.no_pages else [pages])
        measure_folds(options, prepare_material(options, folders), folders)


def measure_folds(options: argparse.Namespace, material: Material, folders: Sequence[Path]) -> None:
    """Learn and measure every fold, print the report, and keep the answers."""
    fold_of, seeds = deal_sources(material.documents), read_sheets(options.sheets / SEEDS)
    paths = {path.stem: path for folder in folders for path in folder.glob("*.txt")}
    folds, on_seeds = [], []
    answers: Answers = {}
    for number in range(FOLDS):
        began = time.perf_counter()
        held = {source for source, at in fold_of.items() if at == number}
        tagger = teach_without(held, material)
        folds.append([find_names(tagger, one) for one in material.documents if one.source in held])
        answers |= answer_documents(tagger, [paths[one.document.stem] for one in folds[-1]], LEAST_CRF)
        on_seeds.append([find_names(tagger, one) for one in seeds])
        print(f"fold {number}: {time.perf_counter() - began:.0f} s  {count_names(folds[-1], THRESHOLD)}", flush=True)
    if options.keep:
        where = {f"{one.document.stem}.txt": number for number, fold in enumerate(folds) for one in fold}
        options.keep.write_text(json.dumps({"fold": where, "docs": answers}, separators=(",", ":")), encoding="utf-8")
    print("\n".join(report_folds(folds, on_seeds)))


if __name__ == "__main__":
    main()
