"""Learn how to weigh the recognisers, and say how good their names are on sources not learnt from.

    python -m benchmarks.combine ../shared/eval ../shared/corpus [--write]

Protocol. ``out_of_fold/`` holds what each tagger said of every document when its source (a province, a district, a
newspaper) was left out of its training. The weights of ``graph/extract/combine.json`` are learnt on these answers,
again in five folds by source; each fold is scored with the weights of the other four. A link is a pair
(organisation, name), exact; optional names are neither right nor wrong. The rules are fixed: they were written with
train and the seed pages in view, so that their part is a little better here than on unseen documents. The seed pages
are in no training; the taggers as shipped read them.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from string import digits
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.pages.sheets import sheets_of_pages
from graph.extract import combine
from graph.extract.candidates import LEAST_CRF, LEAST_NEURAL, MARKS, Candidate, Views, describe_sentences
from graph.extract.clauses import find_items
from graph.extract.combine import choose, vote_type
from graph.extract.neural.tagger import load_neural_tagger
from graph.extract.tagged import TaggedSpan
from graph.extract.tagger.tagger import load_tagger
from graph.lexicon import Lexicon, default_lexicon
from graph.model import Document, Genre, LinkRow, Sentence, Span
from graph.read.documents import read_documents
from graph.score import Counts, Scores, normalise, read_sheets, score_ledger

HERE = Path(__file__).resolve().parent
FOLDS = 5
PENALTY = 1.0  # of the squared weights (ridge)
_RULES, _CRF, _NEURAL = (
    ("r:", "rule", "ro", "ir", "or", "pxr"),
    ("p", "nop", "ov", "ic", "oc", "pxr"),
    ("q", "noq", "ovn", "in", "on"),
)
WITHOUT: Mapping[str, Collection[str]] = {
    "rules + CRF + neural": (),
    "CRF + neural": (*_RULES, "by:"),
    "rules + CRF": (*_NEURAL, "by:"),
    "rules + neural": (*_CRF, "by:"),
    "CRF": (*_RULES, *_NEURAL, "by:"),
    "neural": (*_RULES, *_CRF, "by:"),
    "rules": (*_CRF, *_NEURAL, "by:"),
}
WRITTEN = ("papers", "local", "tasks", "press", "misc")
"""The annotated pages that say who speaks; passages of the corpora teach the taggers alone."""
Answers = Mapping[str, Sequence[tuple[int, int, str, float]]]


@dataclass(frozen=True)
class Row:
    """A candidate of a document with its features; ``right`` is None where the sheet leaves it open."""

    document: str
    sentence: int
    speakers: tuple[str, ...]
    genre: Genre
    name: str
    candidate: Candidate
    features: Mapping[str, float]
    right: bool | None


@dataclass(frozen=True)
class Gold:
    """The links of one document."""

    firm: frozenset[tuple[str, str]]
    optional: frozenset[tuple[str, str]]


def main() -> None:
    """Print the table, and with ``--write`` keep the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--write", action="store_true", help="replace graph/extract/combine.json")
    arguments = parser.parse_args()
    crf, neural = (json.loads((HERE / "out_of_fold" / f"{name}.json").read_text()) for name in ("crf", "neural"))
    folds: dict[str, int] = crf["fold"]
    with sheets_of_pages(arguments.corpus) as pages:
        folders = {part: arguments.folder / part for part in ("train", "dev", "seeds")} | {"pages": pages}
        gold = {part: read_gold(folder) for part, folder in folders.items()}
        answers = {sheet["doc"]: sheet for folder in folders.values() for sheet in read_sheets(folder)}
        every = {name: links for part in gold.values() for name, links in part.items()}
        rows = [r for folder in folders.values() for r in list_rows(folder, every, crf["docs"], neural["docs"])]
    sheets = [*gold["train"], *gold["dev"]]
    pages_of = group_pages(gold.pop("pages"))
    parts = {part: list(names) for part, names in gold.items()} | group_sources(sheets) | pages_of
    parts = {"train + dev": sheets} | parts
    print(f"| recognisers | {' | '.join(parts)} |")
    print("| --- |" + " ---: |" * len(parts))
    for title, without in WITHOUT.items():
        scored = score_rows(rows, folds, without)
        scores = [score_links(scored, answers, names) for names in parts.values()]
        _print_row(title, [_write_counts(one.links) for one in scores])
        if not without:
            _print_row("the same, relaxed", [_write_counts(one.relaxed) for one in scores])
            _print_row("the same, right type", [f"{one.type_accuracy:.3f}" for one in scores])
    if arguments.write:
        weights = fit_weights([row for row in rows if row.document in folds], ())
        kept = {name: round(value, 4) for name, value in sorted(weights.items())}
        path = Path(combine.__file__).with_name("combine.json")
        path.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _print_row(title: str, cells: Sequence[str]) -> None:
    print(f"| {title} | {' | '.join(cells)} |", flush=True)


def _write_counts(counts: Counts) -> str:
    return f"{counts.f1:.3f} ({counts.precision:.2f}/{counts.recall:.2f})"


def read_gold(folder: Path) -> dict[str, Gold]:
    """Return the links of every answer sheet of a folder, by document."""
    found: dict[str, Gold] = {}
    for sheet in read_sheets(folder):
        links: dict[tuple[str, str], bool] = {}
        for statement in sheet["statements"]:
            for office in statement["orgs"]:
                for thing in statement.get("entities", ()):
                    key = normalise(office["name"]), normalise(thing["name"])
                    links.setdefault(key, bool(thing.get("optional")))
        firm = frozenset(key for key, optional in links.items() if not optional)
        found[sheet["doc"]] = Gold(firm, frozenset(links.keys() - firm))
    return found


def group_pages(names: Iterable[str]) -> dict[str, list[str]]:
    """Return the annotated pages by kind, told by the folders that their names keep (papers, papers2 …)."""
    groups: dict[str, list[str]] = defaultdict(list)
    for name in names:
        groups[name.partition("-")[0].rstrip(digits)].append(name)
    return {f"pages: {kind}": groups[kind] for kind in WRITTEN}


def group_sources(names: Iterable[str]) -> dict[str, list[str]]:
    """Return the documents of the sheets by kind of source, told by their names."""
    groups: dict[str, list[str]] = {"reports": [], "district": [], "tasks": [], "news": []}
    for name in names:
        kind = "tasks" if "tasks" in name or "_zj_" in name else "district" if "hailar" in name else "reports"
        groups["news" if "news" in name or name[:3] in {"D08", "D09", "D10"} else kind].append(name)
    return groups


def list_rows(folder: Path, gold: Mapping[str, Gold], crf: Answers, neural: Answers) -> Iterator[Row]:
    """Yield the candidates of every document of a folder."""
    lexicon = default_lexicon()
    for document in read_documents([folder], lexicon):
        if isinstance(document, Document) and document.name in gold:
            yield from _list_document(document, gold[document.name], crf, neural, lexicon)


def _list_document(document: Document, gold: Gold, crf: Answers, neural: Answers, lexicon: Lexicon) -> Iterator[Row]:
    spoken = [
        (tuple(normalise(s.name) for s in section.speakers), sentence)
        for section in document.sections
        if section.speakers and section.period != "past"
        for sentence in section.sentences
    ]
    sentences = [sentence for _, sentence in spoken]
    known = document.name in crf
    by_crf = _place(crf[document.name], sentences) if known else load_tagger().tag(sentences, LEAST_CRF)
    by_neural = _place(neural[document.name], sentences) if known else load_neural_tagger().tag(sentences, LEAST_NEURAL)
    whole = "".join(MARKS.sub("", sentence.text) for sentence in sentences)
    names = {name for _, name in gold.firm}
    open_names = {name for _, name in gold.optional} - names
    items = [tuple(find_items(sentence, lexicon)) for sentence in sentences]
    described = describe_sentences(sentences, items, Views(by_crf, by_neural), whole, lexicon)
    for number, ((speakers, sentence), candidates) in enumerate(zip(spoken, described, strict=True)):
        for one, features in candidates:
            plain = MARKS.sub("", sentence.text[one.span.start : one.span.end])
            if len(plain) >= 2:
                name = normalise(plain)
                right = None if name in open_names else name in names
                yield Row(document.name, number, speakers, document.metadata.genre, name, one, features, right)


def _place(answers: Sequence[tuple[int, int, str, float]], sentences: Sequence[Sentence]) -> list[list[TaggedSpan]]:
    """Lead answers in document offsets to the sentences that hold them."""
    placed: list[list[TaggedSpan]] = []
    for sentence in sentences:
        offsets = [at for piece in sentence.pieces for at in range(piece.start, piece.end)]
        where = {at: number for number, at in enumerate(offsets)}
        inside = ((where.get(a), where.get(b - 1), type_, score) for a, b, type_, score in answers)
        placed.append(
            [
                TaggedSpan(Span(a, b + 1), type_, score)
                for a, b, type_, score in inside
                if a is not None and b is not None
            ]  # type: ignore[arg-type]
        )
    return placed


def fit_weights(rows: Sequence[Row], without: Collection[str]) -> dict[str, float]:
    """Return the weights of a logistic regression with ridge penalty on the rows whose answer is known."""
    known = [row for row in rows if row.right is not None]
    names = sorted({name for row in known for name in row.features if not _is_left_out(name, without)})
    column = {name: i for i, name in enumerate(names)}
    x = np.zeros((len(known), len(names)))
    for i, row in enumerate(known):
        for name, value in row.features.items():
            if name in column:
                x[i, column[name]] = value
    y = np.array([float(bool(row.right)) for row in known])

    def loss(w: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        z = x @ w
        gradient: NDArray[np.float64] = x.T @ (1 / (1 + np.exp(-z)) - y) + PENALTY * w
        return float((np.logaddexp(0, z) - y * z).sum() + PENALTY * (w @ w) / 2), gradient

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x
    return dict(zip(names, found.tolist(), strict=True))


def score_rows(rows: Sequence[Row], folds: Mapping[str, int], without: Collection[str]) -> list[Row]:
    """Return the rows with the score that the other folds' weights give them."""
    weights = [
        fit_weights([r for r in rows if r.document in folds and folds[r.document] != number], without)
        for number in range(FOLDS)
    ]
    weights.append(fit_weights([r for r in rows if r.document in folds], without))
    seen = [_hide_rule(row) if "rule" in without else row for row in rows]
    seen = [row for row in seen if row.candidate.rule or row.candidate.crf or row.candidate.neural]
    return [
        replace(row, candidate=replace(row.candidate, score=_weigh(row, weights[folds.get(row.document, FOLDS)])))
        for row in seen
    ]


def _hide_rule(row: Row) -> Row:
    return replace(row, candidate=replace(row.candidate, rule=None))


def _weigh(row: Row, weights: Mapping[str, float]) -> float:
    return combine.weigh(row.features, weights)


def score_links(rows: Sequence[Row], sheets: Mapping[str, Mapping[str, Any]], documents: Collection[str]) -> Scores:
    """Return the scores of the names chosen in some documents (:func:`graph.score.score_ledger`)."""
    wanted = set(documents)
    sentences: dict[tuple[str, int], list[Row]] = defaultdict(list)
    for row in rows:
        if row.document in wanted:
            sentences[row.document, row.sentence].append(row)
    links = [
        LinkRow(row.document, speaker, speaker, "", row.name, row.name, row.name, vote_type(row.candidate), 0, 0)
        for found in sentences.values()
        for chosen in [{candidate.span for candidate in choose([row.candidate for row in found], found[0].genre)}]
        for row in found
        if row.candidate.span in chosen
        for speaker in row.speakers
    ]
    return score_ledger(links, (), [sheets[name] for name in documents], default_lexicon())


def _is_left_out(name: str, without: Collection[str]) -> bool:
    return any(name == part or (part.endswith(":") and name.startswith(part)) for part in without)


if __name__ == "__main__":
    main()
