"""The words of the user interface, and the look of each kind of thing: data, in both languages.

``words.toml`` holds what a person reads, ``style.toml`` the colour and the shape of each type. No other
module of the room holds a word or a colour of its own.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent


@cache
def load_words() -> dict[str, Any]:
    """Return the words by language: ``load_words()["zh"]["types"]["project"]``."""
    return tomllib.loads((HERE / "words.toml").read_text(encoding="utf-8"))


@cache
def load_style() -> dict[str, Any]:
    """Return colour and shape by type, and the colours of the page."""
    return tomllib.loads((HERE / "style.toml").read_text(encoding="utf-8"))
