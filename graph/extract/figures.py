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

from graph.extract.grammar import Grammar
from graph.model import Bound, Sentence, Span

_KINDS = ("ratio", "rate", "measure", "money", "time", "count", "bare")
_RANGE: tuple[Bound, Bound] = ("at_least", "at_most")
_TEN = 10


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a sentence: one value, or the two ends of a range; ``span`` is in reading offsets.

    ``kind`` is the kind of its unit in ``units.csv``, ``rate`` for one unit per another, ``bare`` for a factor
    without a unit; ``spelt`` tells a Chinese numeral from digits.
    """

    span: Span
    values: tuple[float, ...]
    unit: str
    kind: str
    bounds: tuple[Bound, ...]
    spelt: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence with its figures, the clause of each, and their grammar; all spans are reading offsets."""

    sentence: Sentence
    figures: tuple[Figure, ...]
    clauses: tuple[Span, ...]
    grammar: Grammar

    def search(self, rule: str, text: str) -> re.Match[str] | None:
        """Return the first match of a rule in ``text``."""
        return self.grammar.rules[rule].pattern.search(text)

    def remove(self, rule: str, text: str) -> str:
        """Return ``text`` without what a rule matches."""
        return self.grammar.rules[rule].pattern.sub("", text)

    def between(self, first: int, second: int) -> str:
        """Return the words from one figure to another; beyond the last figure, to the sentence's end."""
        end = self.figures[second].span.start if second < len(self.figures) else len(self.sentence.text)
        return self.sentence.text[self.figures[first].span.end : end]


def find_figures(text: str, grammar: Grammar) -> Iterator[Figure]:
    """Yield the numbers of ``text`` that have a unit, in order."""
    for match in grammar.rules["figure"].pattern.finditer(text):
        figure = _read_figure(match, grammar)
        if figure:
            yield figure


def read_numeral(words: str, numerals: Mapping[str, int]) -> float | None:
    """Return the value of a Chinese numeral below ten thousand, None if the characters form no number."""
    total, digit = 0, 0
    pending = False
    for value in (numerals[character] for character in words):
        if value >= _TEN:
            total += value * (digit if pending else 1)
            digit, pending = 0, False
        elif pending and digit:
            return None
        else:
            digit, pending = value, True
    return float(total + digit)


def read_sentence(sentence: Sentence, figures: tuple[Figure, ...], grammar: Grammar) -> Reading:
    """Return a sentence's reading; a clause goes from the comma or stop before a figure to the one after it."""
    text = sentence.text
    borders = [match.span() for match in grammar.rules["clause_border"].pattern.finditer(text)]
    clauses = []
    for figure in figures:
        start = max((end for _, end in borders if end <= figure.span.start), default=0)
        end = min((start for start, _ in borders if start >= figure.span.end), default=len(text))
        clauses.append(Span(end - len(text[start:end].lstrip()), end))
    return Reading(sentence, figures, tuple(clauses), grammar)


def find_chain(reading: Reading, index: int) -> range:
    """Return the run of figures around ``index`` that only enumeration commas part."""
    joined = reading.grammar.rules["separators"].pattern.fullmatch
    first, last = index, index + 1
    while first and joined(reading.between(first - 1, first)):
        first -= 1
    while last < len(reading.figures) and joined(reading.between(last - 1, last)):
        last += 1
    return range(first, last)


def _read_figure(match: re.Match[str], grammar: Grammar) -> Figure | None:
    group = match.groupdict()
    percent = bool(group["percent"] or group["chinese_percent"])
    spelt = group["chinese"] or group["chinese_percent"]
    high = _read_number(group["number"] or group["percent"], spelt, grammar)
    low = _read_number(group["low"], group["chinese_low"], grammar)
    if high is None or (low is not None and low >= high):
        return None
    kind = next(kind for kind in _KINDS if group[kind] is not None)
    unit = "%" if percent else unicodedata.normalize("NFKC", (group["factor"] or "") + group["unit"])
    bounds: tuple[Bound, ...] = _RANGE if low is not None else (_read_bound(group, grammar),)
    values = (high,) if low is None else (low, high)
    return Figure(Span(*match.span()), values, unit, "ratio" if percent else kind, bounds, bool(spelt))


def _read_number(digits: str | None, words: str | None, grammar: Grammar) -> float | None:
    if digits:
        return float(unicodedata.normalize("NFKC", digits).replace(",", ""))
    return read_numeral(words, grammar.numerals) if words else None


def _read_bound(group: Mapping[str, str | None], grammar: Grammar) -> Bound:
    words = (group[name] for name in ("after", "inner", "over", "odd", "more"))
    return cast(Bound, next((grammar.bounds[word] for word in words if word), "exact"))
