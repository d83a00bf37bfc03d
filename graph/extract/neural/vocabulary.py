"""Which row of the network's tables belongs to a character, a word, a tag."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from graph.extract.neural.arrays import Bytes, Flags, Ints, encode_text
from graph.extract.neural.marks import load_marks

UNKNOWN, MASKED, BREAK = 1, 2, 3
"""Rows that stand in every table for the unknown, the masked (in training) and the end of a sentence."""

OTHER, HAN, DIGIT, LETTER, NUMERAL, STOP, COMMA, LINE_END = CLASSES = range(8)
"""Classes of characters."""

KEPT, OPENS, CLOSES, DROPPED = range(4)
"""What the sequence does with a character: quotation marks and white space are not part of it."""

_PLANE = 1 << 16
_COMPATIBILITY = ((0x3000, 0x3100), (0xFE30, 0x10000), (0x2460, 0x2500), (0x2F00, 0x2FE0))
_RANGES = (
    (0x4E00, 0xA000, HAN),
    (0x30, 0x3A, DIGIT),
    (0x41, 0x5B, LETTER),
    (0x61, 0x7B, LETTER),
    (0xFF10, 0xFF1A, DIGIT),
    (0xFF21, 0xFF3B, LETTER),
    (0xFF41, 0xFF5B, LETTER),
)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Rows of words and tags; by code point the row, class and use of a character, and whether it marks a title."""

    words: Mapping[str, int]
    tags: Mapping[str, int]
    row: Ints
    character: Ints
    use: Bytes
    book: Flags

    @property
    def comma(self) -> int:
        """The row of the comma."""
        return int(self.row[ord(",")])


def make_vocabulary(chars: Mapping[str, int], words: Mapping[str, int], tags: Mapping[str, int]) -> Vocabulary:
    """Return the vocabulary of a model, given the rows of its tables."""
    book = np.zeros(_PLANE, np.bool_)
    book[encode_text(load_marks().book)] = True
    return Vocabulary(words, tags, _place_rows(chars), _class_characters(), _find_uses(), book)


def _place_rows(chars: Mapping[str, int]) -> Ints:
    """Return the row of every code point; compatibility forms share the row of the plain character."""
    rows = np.full(_PLANE, UNKNOWN, np.int64)
    rows[[ord(char) for char in chars]] = list(chars.values())
    for code in (code for low, high in _COMPATIBILITY for code in range(low, high)):
        if rows[code] == UNKNOWN:
            rows[code] = chars.get(unicodedata.normalize("NFKC", chr(code)), UNKNOWN)
    return rows


def _class_characters() -> Ints:
    marks = load_marks()
    classes = np.full(_PLANE, OTHER, np.int64)
    for low, high, character in _RANGES:
        classes[low:high] = character
    for text, character in ((marks.numeral, NUMERAL), (marks.stop, STOP), (marks.comma, COMMA), ("\n", LINE_END)):
        classes[encode_text(text)] = character
    return classes


def _find_uses() -> Bytes:
    marks = load_marks()
    blanks = "".join(char for char in map(chr, range(0x3001)) if char.isspace())
    uses = np.full(_PLANE, KEPT, np.int8)
    for text, use in ((marks.open, OPENS), (marks.close, CLOSES), (marks.plain + blanks, DROPPED)):
        uses[encode_text(text)] = use
    return uses
