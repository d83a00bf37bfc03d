"""Rows of weights found by the key of a feature: a direct-mapped table in front of a compact matrix."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.extract.tagger.arrays import Ints, Keys, Singles

_SLOT_BITS = 20


@dataclass(frozen=True, slots=True)
class Weights:
    """Row ``i`` of ``rows`` belongs to ``keys[i]``; a last row of zeros serves unknown keys."""

    keys: Keys
    rows: Singles
    slots: NDArray[np.int32]

    def add_up(self, features: Sequence[Keys]) -> Singles:
        """Return for each place the sum of its features' rows; ``features`` has the keys of one template each."""
        total = np.zeros((len(features[0]), self.rows.shape[1]), np.float32)
        for keys in features:
            at = self.slots.take(_find_slots(keys))
            at[self.keys.take(at) != keys] = len(self.rows) - 1
            total += self.rows.take(at, axis=0)
        return total


def index_weights(keys: Keys, rows: NDArray[np.floating]) -> Weights:
    """Return rows ready to be found; where keys share a slot, the one given last stays."""
    slots = np.full(1 << _SLOT_BITS, len(keys), np.int32)
    slots[_find_slots(keys)] = np.arange(len(keys), dtype=np.int32)
    padded = np.concatenate([rows.astype(np.float32), np.zeros((1, rows.shape[1]), np.float32)])
    return Weights(np.append(keys, np.uint32(0)), padded, slots)


def choose_weights(keys: Keys, strength: Singles, least: float) -> Ints:
    """Return the indices worth storing, ascending: at least as strong as ``least``, and the strongest of their slot."""
    order = np.argsort(strength, kind="stable")
    order = order[strength[order] >= least]
    owner = np.full(1 << _SLOT_BITS, -1, np.int64)
    owner[_find_slots(keys[order])] = order
    return np.sort(owner[owner >= 0])


def _find_slots(keys: Keys) -> Keys:
    slots: Keys = keys >> np.uint32(32 - _SLOT_BITS)
    return slots
