"""Self-learned word properties: how often teachers see a word begin, end, fill or border a name.

Qi, Collobert, Kuksa, Kavukcuoglu & Weston 2009 (self-learned features). Cross-fitted: the sheets' sources are dealt
to a few teachers, and a teacher labels only texts of sources that it has not learnt from.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.tagger.corpus import NEWS, read_news, read_reports
from benchmarks.tagger.examples import Example
from benchmarks.tagger.fitting import fit_tagger
from benchmarks.tagger.learning import Recipe
from benchmarks.tagger.sentences import read_sentences
from graph.extract.tagger.arrays import Floats, Ints, Levels, look
from graph.extract.tagger.columns import Columns, describe_words
from graph.extract.tagger.lattice import BEGIN, END, INSIDE, OUTSIDE, SINGLE, find_marginals
from graph.extract.tagger.layout import Layout, lay_out
from graph.extract.tagger.tagger import Tagger
from graph.extract.tagger.templates import FeatureSet
from graph.extract.tagger.words import CLASSES, LEARNED, WordTable

LEARNED_COLUMNS = (*LEARNED, "head_ends", "clause_ends", "peak", "after_ends")
"""The columns that are empty until the teachers have spoken."""

_TEACHERS, _LEAST_SEEN, _PRIOR = 3, 3.0, 2.0
_LEVELS = (0.01, 0.03, 0.08, 0.16, 0.3, 0.5, 0.7, 0.85)
_TEACHER = Recipe(rounds=6, drop=0.4, models=1)
_NEWS_STEP, _NEWS_CHARS, _LONGEST_SENTENCE = 12, 1_200_000, 400


@dataclass(frozen=True, slots=True)
class Unlabelled:
    """A text without sheet; ``rows`` are its words' places in the word table, -1 for words that it lacks."""

    source: str
    lay: Layout
    words: Columns
    rows: Ints


def read_unlabelled(folder: Path, table: WordTable) -> list[Unlabelled]:
    """Return the corpora's texts for self-learning, laid out."""
    found = []
    for source, text in _choose_texts(folder):
        lay = lay_out([one for one in read_sentences(text) if len(one.text) < _LONGEST_SENTENCE])
        found.append(Unlabelled(source, lay, describe_words(lay, table), table.find(lay.word)))
    return found


def learn_words(
    examples: Sequence[tuple[str, Example]],
    texts: Sequence[Unlabelled],
    table: WordTable,
    features: FeatureSet,
    held_out: Collection[str] = (),
) -> WordTable:
    """Return the word table with its self-learned columns filled.

    Args:
        examples: what teachers learn from, each with its source.
        texts: what they label.
        table: with word classes.
        features: the templates of the teachers, without ``LEARNED_COLUMNS``.
        held_out: sources whose texts are not used.
    """
    sources = sorted({source for source, _ in examples})
    share = {source: number % _TEACHERS for number, source in enumerate(sources)}
    seen = np.zeros((len(table.keys), 1 + len(LEARNED)))
    for number in range(_TEACHERS):
        known = [one for source, one in examples if share[source] != number]
        teacher = fit_tagger(known, table, features, _TEACHER)
        for place, text in enumerate(texts):
            if text.source not in held_out and share.get(text.source, place % _TEACHERS) == number:
                held = text.rows >= 0
                np.add.at(seen, text.rows[held], _observe(teacher, text)[held])
    return WordTable(table.keys, np.concatenate([table.rows[:, : len(CLASSES)], _grade(seen)], 1))


def _choose_texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield source and text of all reports and of a sample of the news."""
    yield from read_reports(folder)
    total = 0
    for number, text in enumerate(read_news(folder)):
        if number % _NEWS_STEP == 0 and total < _NEWS_CHARS:
            total += len(text)
            yield NEWS, text


def _observe(teacher: Tagger, text: Unlabelled) -> Floats:
    """Return for each word a one, and the probability of every property in ``LEARNED``."""
    lay = text.lay
    marginal = find_marginals(teacher.score_chars(lay, text.words), teacher.transitions, lay)
    first, last = lay.word_start, lay.word_start + lay.word_length - 1
    begins = marginal[first, BEGIN] + marginal[first, SINGLE]
    ends = marginal[last, END] + marginal[last, SINGLE]
    before = look(begins, 1) * marginal[last, OUTSIDE]
    after = look(ends, -1) * marginal[first, OUTSIDE]
    inside = marginal[first, INSIDE] * marginal[last, INSIDE]
    return np.stack([np.ones(len(first)), begins, ends, inside, marginal[first, OUTSIDE], before, after], 1)


def _grade(seen: Floats) -> Levels:
    """Return smoothed shares in levels; 0 for words seen too rarely."""
    count = seen[:, :1]
    mean = seen[:, 1:].sum(0) / count.sum()
    level = np.digitize((seen[:, 1:] + _PRIOR * mean) / (count + _PRIOR), _LEVELS) + 1
    return np.where(count >= _LEAST_SEEN, level, 0).astype(np.uint16)
