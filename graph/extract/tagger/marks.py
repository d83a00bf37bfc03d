"""Punctuation and parts of speech as the features know them, from ``marks.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from graph.extract.tagger.arrays import Flags, Keys
from graph.extract.tagger.hashing import encode_text


@dataclass(frozen=True, slots=True)
class Marks:
    """Marks by what they do, as code points, and the number of each part of speech (0 is for others)."""

    stop: Keys
    cut: Keys
    list: Keys
    open: Keys
    close: Keys
    tags: Mapping[str, int]


@cache
def load_marks() -> Marks:
    """Return the marks that came with the model."""
    table = tomllib.loads((Path(__file__).parent / "marks.toml").read_text(encoding="utf-8"))
    codes = {name: encode_text(table[name]) for name in ("stop", "cut", "list", "open", "close")}
    return Marks(**codes, tags={tag: number for number, tag in enumerate(table["tags"], 1)})


def match_marks(chars: Keys, marks: Keys) -> Flags:
    """Return which code points are one of the marks."""
    return np.isin(chars, marks)
