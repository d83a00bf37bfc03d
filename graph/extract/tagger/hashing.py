"""Characters, words and features become 32-bit keys, many at once and the same on every machine."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from graph.extract.tagger.arrays import Ints, Keys

_MULTIPLIER, _FINAL = np.uint32(0x9E3779B1), np.uint32(0x85EBCA6B)
_LETTERS, _LENGTH = 1, 2


def encode_text(text: str) -> Keys:
    """Return the code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.uint32, copy=False)


def spread_bits(values: Keys) -> Keys:
    """Return keys whose bits all depend on the value (multiplicative hashing, Knuth vol. 3, 6.4, and an xor-shift)."""
    spread: Keys = values * _MULTIPLIER
    spread ^= spread >> np.uint32(15)
    return spread


def mix_keys(seed: int, parts: Sequence[Keys]) -> Keys:
    """Return one key from a seed and a row of values; their order counts."""
    mixed: Keys = parts[0] ^ spread_bits(np.array([seed], np.uint32))
    for part in parts[1:]:
        mixed = spread_bits(mixed) ^ part
    mixed = spread_bits(mixed) * _FINAL
    mixed ^= mixed >> np.uint32(13)
    return mixed


def hash_runs(chars: Keys, starts: Ints) -> Keys:
    """Return a key for each run of characters: those from one of ``starts`` to the next, or to the end."""
    if not len(starts):
        return np.zeros(0, np.uint32)
    lengths = np.diff(np.append(starts, len(chars)))
    place = (np.arange(len(chars)) - np.repeat(starts, lengths)).astype(np.uint32)
    sums: Keys = np.add.reduceat(mix_keys(_LETTERS, (spread_bits(chars), place)), starts, dtype=np.uint32)
    return mix_keys(_LENGTH, (sums, lengths.astype(np.uint32)))


def hash_words(words: Sequence[str]) -> Keys:
    """Return a key for each word, none of them empty."""
    lengths = np.array([len(word) for word in words], np.int64)
    return hash_runs(encode_text("".join(words)), np.cumsum(lengths) - lengths)
