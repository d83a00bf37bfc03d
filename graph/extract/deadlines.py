"""By when: a year, a half of a year, a month or a day, as fine as the sentence says.

The forms are those of the answer sheets: ``2027``, ``2027H1``, ``2027-06``, ``2027-06-30``.
"""

from __future__ import annotations

from collections.abc import Mapping

from graph.extract.figures import read_numeral
from graph.extract.grammar import Grammar
from graph.model import Span

_PLAN_ZERO = 1955  # from the third on, five-year plan n ends in 1955 + 5n


def read_deadline(text: str, figure: Span, year: int | None, grammar: Grammar, due: str = "") -> tuple[str, str]:
    """Return the deadline of a figure and the words that say it.

    An expression behind the figure, in the same item of its clause, governs it; else of those before it the last one,
    and of two that end together the longer one. Without any it is what ``due`` says, the words by which the whole task
    is to be done; else it is the statement's ``year``, or nothing, and the words are empty. An expression that
    lies before the statement's year is no deadline.
    """
    item = grammar.rules["item_border"].pattern.search(text, figure.end)
    behind = Span(figure.end, item.start() if item else len(text))
    found = _find_dates(text, behind, year, grammar) or _find_dates(text, Span(0, figure.start), year, grammar)
    whole = Span(0, len(due))
    found = found or _find_dates(due, whole, year, grammar) or _find_dates(due, whole, year, grammar, "due")
    return max(found)[2:] if found else (str(year) if year else "", "")


def _find_dates(
    text: str, within: Span, year: int | None, grammar: Grammar, part: str = "deadline"
) -> list[tuple[int, int, str, str]]:
    """Return end, length, date and words of the expressions of time in a stretch of text."""
    if not grammar.rules["date_hint"].pattern.search(text, within.start, within.end):
        return []
    return [
        (match.end(), match.end() - match.start(), date, match.group().strip())
        for rule in grammar.parts[part]
        for match in rule.pattern.finditer(text, within.start, within.end)
        if (date := _read_date(match.groupdict(), year, grammar))
    ]


def _read_date(group: Mapping[str, str | None], year: int | None, grammar: Grammar) -> str:
    plan = _read_number(group, "plan", grammar)
    stated = group.get("year")
    base = _PLAN_ZERO + 5 * plan if plan else int(stated) if stated else year
    if base is None or (year and base < year):
        return ""
    base += bool(group.get("next")) + _read_number(group, "after", grammar)
    month, day, quarter = (_read_number(group, name, grammar) for name in ("month", "day", "quarter"))
    if month:
        return f"{base}-{month:02}" + (f"-{day:02}" if day else "")
    half = "H1" if group.get("first") else "H2" if group.get("second") else ""
    return f"{base}" + (f"Q{quarter}" if quarter else half)


def _read_number(group: Mapping[str, str | None], name: str, grammar: Grammar) -> int:
    """Return a part of a date, in digits or spelt, or 0."""
    digits, words = group.get(name), group.get(f"chinese_{name}")
    return int(digits) if digits else int(read_numeral(words, grammar.numerals) or 0) if words else 0
