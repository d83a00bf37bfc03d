"""Corpora become a vocabulary and coded arrays.

python -m benchmarks.neural.prepare CORPUS WORK
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections import Counter
from pathlib import Path

import numpy as np

from benchmarks.neural.corpora import read_news, read_reports, read_sentences
from benchmarks.neural.network import COLUMNS
from graph.extract.neural.encoding import encode_sentences
from graph.extract.neural.marks import load_marks
from graph.extract.neural.vocabulary import BREAK, Vocabulary, make_vocabulary
from graph.model import Sentence

_WORDS, _TAGS, _RARE_CHAR, _RARE_WORD, _REPORT_WEIGHT = 32_000, 59, 5, 6, 3


def read_vocabulary(work: Path) -> tuple[dict[str, dict[str, int]], Vocabulary]:
    """Return the rows of characters, words and tags, and the vocabulary they make."""
    rows = json.loads((work / "vocabulary.json").read_text("utf-8"))
    return rows, make_vocabulary(**rows)


def count_rows(reports: list[Sentence], news: list[Sentence]) -> dict[str, dict[str, int]]:
    """Return the rows of the frequent characters, words and tags."""
    chars: Counter[str] = Counter()
    words: Counter[str] = Counter()
    tags: Counter[str] = Counter()
    for part, weight in ((reports, _REPORT_WEIGHT), (news, 1)):
        for sentence in part:
            for char in sentence.text:
                chars[unicodedata.normalize("NFKC", char)] += weight
            for token in sentence.tokens:
                words[token.text] += weight
                tags[token.tag] += 1
    marks = load_marks()
    skip = set(marks.open + marks.close + marks.plain)
    kept = [c for c, n in chars.most_common() if len(c) == 1 and not c.isspace() and c not in skip and n >= _RARE_CHAR]
    frequent = [word for word, count in words.most_common(_WORDS) if count >= _RARE_WORD]
    named = [tag for tag, _ in tags.most_common(_TAGS)]
    lists = (("chars", kept, BREAK + 1), ("words", frequent, BREAK + 1), ("tags", named, 1))
    return {name: {entry: row for row, entry in enumerate(entries, first)} for name, entries, first in lists}


def main(corpus: Path, work: Path) -> None:
    """Write vocabulary.json, sources.json (sentences of each report), reports.npz and news.npz."""
    parts = [(name, read_sentences(_squeeze(text))) for name, text in read_reports(corpus)]
    reports = [sentence for _, sentences in parts for sentence in sentences]
    news = [one for _, text in read_news(corpus) for one in read_sentences(_squeeze(text)) if len(one.text) > 4]
    sources = [[name, len(sentences)] for name, sentences in parts]
    (work / "sources.json").write_text(json.dumps(sources, ensure_ascii=False), "utf-8")
    (work / "vocabulary.json").write_text(json.dumps(count_rows(reports, news), ensure_ascii=False), "utf-8")
    vocabulary = read_vocabulary(work)[1]
    for name, sentences in (("reports", reports), ("news", news)):
        coded = encode_sentences(sentences, vocabulary)
        np.savez(work / f"{name}.npz", **{column: getattr(coded, column).astype(np.int32) for column in COLUMNS})


def _squeeze(text: str) -> str:
    return re.sub(r"[ \t]+", " ", text)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
