"""Punctuation and numerals as the network knows them, from ``marks.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Marks:
    """Characters by what they do."""

    open: str
    close: str
    book: str
    plain: str
    numeral: str
    stop: str
    comma: str


@cache
def load_marks() -> Marks:
    """Return the marks that came with the model."""
    return Marks(**tomllib.loads((Path(__file__).parent / "marks.toml").read_text(encoding="utf-8")))
