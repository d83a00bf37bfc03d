"""What is known of words before any sentence is read: their classes, and how they stood around names."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph.extract.tagger.arrays import Ints, Keys, Levels

CLASSES = ("coarse", "middle", "fine")
"""Word classes at three sizes, from unlabelled text."""

LEARNED = ("begins", "ends", "inside", "outside", "before", "after")
"""How often a word begins, ends, fills, leaves out, precedes, follows a name, as teachers saw it, in levels."""


@dataclass(frozen=True, slots=True)
class WordTable:
    """The words' keys, sorted, and a row for each: ``CLASSES``, then ``LEARNED``; 0 is for unknown."""

    keys: Keys
    rows: Levels

    def find(self, words: Keys) -> Ints:
        """Return the row number of each word, -1 for words that are not in the table."""
        at = np.minimum(np.searchsorted(self.keys, words), len(self.keys) - 1)
        return np.where(self.keys[at] == words, at, -1)

    def take(self, words: Keys) -> Levels:
        """Return the row of each word, zeros for words that are not in the table."""
        at = self.find(words)
        return np.where((at >= 0)[:, None], self.rows[at], np.uint16(0))
