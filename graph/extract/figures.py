"""Numbers with their units and bounds, as a sentence writes them.

A figure is found by one pattern of the lexicon (rule ``figure`` of ``quantities.toml``); this module turns a
match into values. A number keeps the factor in its unit, as the text does: five hundred million yuan is
5 of the unit "hundred million yuan".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from graph.lexicon import Lexicon, Rule
from graph.model import Bound, Span

_RANGE: tuple[Bound, Bound] = ("at_least", "at_most")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a sentence: one value, or the two ends of a range; ``span`` is in reading offsets."""

    span: Span
    values: tuple[float, ...]
    unit: str
    kind: str
    bounds: tuple[Bound, ...]
    spelt: bool


def find_figures(text: str, rules: Mapping[str, Rule], lexicon: Lexicon) -> Iterator[Figure]:
    """Yield the numbers of ``text`` that have a unit, in order."""
    for match in rules["figure"].pattern.finditer(text):
        figure = _read_figure(match, lexicon)
        if figure:
            yield figure


def read_numeral(words: str, lexicon: Lexicon) -> float | None:
    """Return the value of a Chinese numeral below ten thousand, None if the characters form no number."""
    values = {word.text: int(word.attributes["value"]) for word in lexicon.words["numerals"]}
    total, digit, pending = 0, 0, False
    for value in (values[character] for character in words):
        if value >= 10:
            total += value * (digit if pending else 1)
            digit, pending = 0, False
        elif pending and digit:
            return None
        else:
            digit, pending = value, True
    return float(total + digit)


def _read_figure(match: re.Match[str], lexicon: Lexicon) -> Figure | None:
    group = match.groupdict()
    spelt = group["chinese"] or group["chinese_percent"]
    high = read_numeral(spelt, lexicon) if spelt else _read_digits(group["number"] or group["percent"])
    low = read_numeral(group["chinese_low"], lexicon) if group["chinese_low"] else None
    low = _read_digits(group["low"]) if group["low"] else low
    percent = bool(group["percent"] or group["chinese_percent"])
    if high is None or (low is not None and low >= high):
        return None
    kind = next(k for k in ("ratio", "rate", "measure", "money", "time", "count", "bare") if group[k] is not None)
    unit = "%" if percent else unicodedata.normalize("NFKC", (group["factor"] or "") + group["unit"])
    bounds: tuple[Bound, ...] = _RANGE if low is not None else (_read_bound(group, lexicon),)
    values = (high,) if low is None else (low, high)
    return Figure(Span(*match.span()), values, unit, "ratio" if percent else kind, bounds, bool(spelt))


def _read_digits(digits: str) -> float:
    return float(unicodedata.normalize("NFKC", digits).replace(",", ""))


def _read_bound(group: Mapping[str, str | None], lexicon: Lexicon) -> Bound:
    bounds = {word.text: word.attributes["bound"] for word in lexicon.words["bounds"]}
    words = (group[name] for name in ("after", "inner", "over", "odd", "more"))
    return cast(Bound, next((bounds[word] for word in words if word), "exact"))
