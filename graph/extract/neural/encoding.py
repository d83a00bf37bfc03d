"""A document as arrays: for each character the rows of the tables that describe it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graph.extract.neural.arrays import Bytes, Flags, Ints, encode_text
from graph.extract.neural.vocabulary import (
    BREAK,
    CLASSES,
    CLOSES,
    KEPT,
    LINE_END,
    OPENS,
    STOP,
    UNKNOWN,
    Vocabulary,
)
from graph.model import Sentence

BUCKETS = 1 << 16
"""Rows of the bigrams; training has one more, for masked ones."""

BEGINS, FILLS, ENDS, ALONE = PLACES = range(4)
"""Where a character stands in its word."""


@dataclass(frozen=True, slots=True)
class Coded:
    """Sentences in a row, each closed by a break, without white space and quotation marks.

    ``char``, ``bigram``, ``word``, ``place`` (tag and place in the word) and ``mark`` (quotation and class) are rows of
    tables; ``sentence`` and ``offset`` (reading offsets) lead back; ``clause`` counts stretches no name leaves.
    """

    char: Ints
    bigram: Ints
    word: Ints
    place: Ints
    mark: Ints
    sentence: Ints
    offset: Ints
    clause: Ints


def encode_sentences(sentences: Sequence[Sentence], vocabulary: Vocabulary) -> Coded:
    """Return the arrays of one or more sentences with tokens, each read as rules read it."""
    codes = encode_text("".join([(one.folded or one.text) + "\n" for one in sentences]))
    size = np.array([len(one.text) + 1 for one in sentences], np.int64)
    last = np.cumsum(size) - 1
    start, sentence = last + 1 - size, np.repeat(np.arange(len(size)), size)
    use = vocabulary.use[codes]
    char = vocabulary.row[codes]
    word, place = _place_words(sentences, start, len(codes), vocabulary)
    mark = _find_quotes(use, vocabulary.book[codes], sentence) * len(CLASSES) + vocabulary.character[codes]
    keep = use == KEPT
    char[last], word[last], place[last], mark[last], keep[last] = BREAK, BREAK, ALONE, LINE_END, True
    at = np.flatnonzero(keep)
    char, mark, sentence = char[at], mark[at], sentence[at]
    clause = number_clauses(char, mark, vocabulary.comma)
    return Coded(char, hash_bigrams(char), word[at], place[at], mark, sentence, at - start[sentence], clause)


def hash_bigrams(char: Ints) -> Ints:
    """Return the bucket of the pair that ends at each character (feature hashing, Weinberger et al. 2009)."""
    left = np.concatenate([np.full(1, BREAK), char[:-1]])
    buckets: Ints = (left * 7919 + char * 31 + (left * char) % 8191) % BUCKETS
    return buckets


def number_clauses(char: Ints, mark: Ints, comma: int) -> Ints:
    """Return each character's clause: names do not cross commas, stops and the ends of sentences."""
    cut = (mark % len(CLASSES) == STOP) | (char == BREAK) | (char == comma)
    clauses: Ints = np.cumsum(cut) - cut
    return clauses


def _find_quotes(use: Bytes, book: Flags, sentence: Ints) -> Ints:
    """Return 0 outside, 1 in quotation marks, 2 in a title; 3 more right behind the first mark, 6 before the last."""
    opens, closes = use == OPENS, use == CLOSES
    depth = np.cumsum(opens.astype(np.int64) - closes)
    first = np.searchsorted(sentence, sentence, side="left")
    inside = depth > np.where(first > 0, depth[first - 1], 0)
    opener = np.maximum.accumulate(np.where(opens, np.arange(len(use)), 0))
    after = np.concatenate([[False], opens[:-1]]) & inside
    before = np.concatenate([closes[1:], [False]]) & inside
    states: Ints = inside.astype(np.int64) + (inside & book[opener]) + 3 * after + 6 * before
    return states


def _place_words(sentences: Sequence[Sentence], start: Ints, total: int, vocabulary: Vocabulary) -> tuple[Ints, Ints]:
    """Return each character's word, and its word's tag with its place in the word."""
    find_word, find_tag = vocabulary.words.get, vocabulary.tags.get
    rows = [
        value
        for before, sentence in zip(start.tolist(), sentences, strict=True)
        for token in sentence.tokens
        for value in (
            before + token.span.start,
            before + token.span.end,
            find_word(token.text, UNKNOWN),
            find_tag(token.tag, 0),
        )
    ]
    first, end, word, tag = np.array(rows, np.int64).reshape(-1, 4).T
    length = end - first
    at = np.repeat(first - (np.cumsum(length) - length), length) + np.arange(length.sum())
    words, places = np.full(total, UNKNOWN, np.int64), np.full(total, ALONE, np.int64)
    words[at] = np.repeat(word, length)
    places[at] = FILLS
    places[first], places[end - 1] = BEGINS, ENDS
    places[first[length == 1]] = ALONE
    places[at] += np.repeat(tag, length) * len(PLACES)
    return words, places
