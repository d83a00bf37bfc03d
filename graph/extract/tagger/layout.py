"""Sentences as flat arrays: characters, words, and which word each character belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graph.extract.tagger.arrays import Ints, Keys
from graph.extract.tagger.hashing import encode_text, hash_runs
from graph.extract.tagger.marks import load_marks
from graph.model import Sentence

BLANKS = 3
"""Blanks before, between and behind the sentences: no feature looks further than that."""

PLACES = BEGINS, FILLS, ENDS, ALONE = range(4)
"""Where a character stands in its word."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Characters and words of all sentences in a row; a blank is a character 0 and a word of its own.

    ``starts`` and ``lengths`` are of the sentences, in flat places; ``word_of`` leads from characters to words.
    """

    chars: Keys
    starts: Ints
    lengths: Ints
    word: Keys
    word_start: Ints
    word_length: Ints
    word_of: Ints
    tag: Ints


def lay_out(sentences: Sequence[Sentence]) -> Layout:
    """Return the flat arrays of sentences whose tokens leave no gap, each read as rules read it."""
    blank = "\0" * BLANKS
    chars = encode_text("".join([blank + (one.folded or one.text) for one in sentences]) + blank)
    lengths = np.array([len(one.text) for one in sentences], np.int64)
    starts = np.cumsum(lengths + BLANKS) - lengths
    word_start, tag = _place_words(sentences, starts, len(chars))
    word_length = np.diff(np.append(word_start, len(chars)))
    word_of = np.repeat(np.arange(len(word_start)), word_length)
    return Layout(chars, starts, lengths, hash_runs(chars, word_start), word_start, word_length, word_of, tag)


def place_chars(lay: Layout) -> Ints:
    """Return for each character where it stands in its word."""
    offset = count_before(lay)
    length = lay.word_length[lay.word_of]
    inner = np.where(offset == 0, BEGINS, np.where(offset == length - 1, ENDS, FILLS))
    places: Ints = np.where(length == 1, ALONE, inner)
    return places


def count_before(lay: Layout) -> Ints:
    """Return for each character how many stand before it in its word."""
    counted: Ints = np.arange(len(lay.chars)) - lay.word_start[lay.word_of]
    return counted


def _place_words(sentences: Sequence[Sentence], starts: Ints, total: int) -> tuple[Ints, Ints]:
    numbers = load_marks().tags
    gap = range(-BLANKS, 0)
    places: list[int] = []
    tags: list[int] = []
    for sentence, start in zip(sentences, starts.tolist(), strict=True):
        places += [start + step for step in gap]
        places += [start + token.span.start for token in sentence.tokens]
        tags += [0] * BLANKS
        tags += [numbers.get(token.tag, 0) for token in sentence.tokens]
    places += [total + step for step in gap]
    tags += [0] * BLANKS
    return np.array(places, np.int64), np.array(tags, np.int64)
