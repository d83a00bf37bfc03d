"""Names of six types in sentences, by a linear-chain CRF; the second recogniser beside ``graph.extract.mentions``.

The model scores every character in every state; ``lattice`` turns the scores into exact probabilities of spans;
the likeliest spans that do not overlap are names, and ``kinds`` gives each its type.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from graph.extract.apart import Candidates, choose_apart
from graph.extract.tagged import TaggedSpan
from graph.extract.tagger.arrays import Floats
from graph.extract.tagger.columns import Columns, describe_chars, describe_words
from graph.extract.tagger.kinds import KINDS, make_span_keys
from graph.extract.tagger.lattice import STATES, find_spans
from graph.extract.tagger.layout import PLACES, Layout, lay_out, place_chars
from graph.extract.tagger.templates import FeatureSet, make_keys, read_features
from graph.extract.tagger.weights import Weights, index_weights
from graph.extract.tagger.words import WordTable
from graph.model import EntityType, Sentence, Span

MODEL = Path(__file__).parent / "tagger.npz"
_AT_ONCE = 100_000
_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Tagger:
    """A trained model; a name needs at least the probability ``threshold``."""

    features: FeatureSet
    table: WordTable
    char: Weights
    word: Weights
    kind: Weights
    transitions: Floats
    threshold: float

    @classmethod
    def load(cls, path: Path) -> Tagger:
        """Return the model of an npz file, as ``benchmarks.tagger.train`` writes it.

        Raises:
            OSError, KeyError, ValueError: there is no such file, or it holds no model.
        """
        with np.load(path, allow_pickle=False) as data:
            table = WordTable(data["table_keys"], data["table_columns"])
            char = index_weights(data["char_keys"], data["char_rows"])
            word = index_weights(data["word_keys"], data["word_rows"])
            kind = index_weights(data["kind_keys"], data["kind_rows"])
            return cls(read_features(), table, char, word, kind, data["transitions"], float(data["threshold"]))

    def tag(self, sentences: Sequence[Sentence], least: float | None = None) -> list[list[TaggedSpan]]:
        """Return the names of each sentence: those above the threshold and apart, or every candidate.

        What is found in a sentence does not depend on the others, so sentences of several documents may go into
        one call: it is faster by far than a call for each.

        Args:
            sentences: with tokens that leave no gap.
            least: if given, all spans of at least this probability (above 0) are returned, also those that
                overlap, for a caller who weighs them; else names without overlaps.
        """
        return [names for batch in _batch(sentences) for names in self._tag_batch(batch, least)]

    def score_chars(self, lay: Layout, words: Columns) -> Floats:
        """Return the score of every state at every place, in logarithms."""
        by_char = self.char.add_up(make_keys(describe_chars(lay), self.features.char))
        by_word = self.word.add_up(make_keys(words, self.features.word)).reshape(-1, len(STATES))
        scores: Floats = (by_char + by_word[lay.word_of * len(PLACES) + place_chars(lay)]).astype(np.float64)
        return scores

    def _tag_batch(self, sentences: Sequence[Sentence], least: float | None) -> list[list[TaggedSpan]]:
        lay = lay_out(sentences)
        words = describe_words(lay, self.table)
        limit = self.threshold if least is None else least
        found = find_spans(self.score_chars(lay, words), self.transitions, lay, limit)
        if least is None:
            found = choose_apart(found, limit)
        tagged: list[list[TaggedSpan]] = [[] for _ in sentences]
        owner = np.searchsorted(lay.starts, found.start, side="right") - 1
        places = (owner, found.start - lay.starts[owner], found.end - lay.starts[owner], found.score)
        rows = zip(*(column.tolist() for column in places), self._find_types(lay, words, found), strict=True)
        for number, start, end, score, kind in rows:
            tagged[number].append(TaggedSpan(Span(start, end), kind, round(score, _DECIMALS)))
        return tagged

    def _find_types(self, lay: Layout, words: Columns, found: Candidates) -> list[EntityType]:
        keys = make_span_keys(lay, words, (found.start, found.end), self.features.span)
        return [KINDS[at] for at in self.kind.add_up(keys).argmax(1).tolist()]


@cache
def load_tagger() -> Tagger:
    """Return the tagger that came with the package, loaded once."""
    return Tagger.load(MODEL)


def _batch(sentences: Sequence[Sentence]) -> Iterator[Sequence[Sentence]]:
    """Yield the sentences in batches that bound the memory: a batch ends with the sentence that fills it."""
    first = size = 0
    for number, sentence in enumerate(sentences, 1):
        size += len(sentence.text)
        if size >= _AT_ONCE or number == len(sentences):
            yield sentences[first:number]
            first, size = number, 0
