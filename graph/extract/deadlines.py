"""By when: a year, a half of a year, a month or a day, as fine as the sentence says.

The forms are those of the answer sheets: ``2027``, ``2027H1``, ``2027-06``, ``2027-06-30``.
"""

from __future__ import annotations

from collections.abc import Mapping

from graph.extract.figures import read_numeral
from graph.extract.grammar import Grammar
from graph.model import Span

_PLAN_ZERO = 1955  # from the third on, five-year plan n ends in 1955 + 5n


def read_deadline(text: str, figure: Span, year: int | None, grammar: Grammar) -> tuple[str, str]:
    """Return the deadline of a figure and the words that say it.

    Of the expressions before the figure the last one governs it, of two that end together the longer one.
    Without any the deadline is the statement's ``year``, or nothing, and the words are empty. An expression
    that lies before the statement's year is no deadline.
    """
    if not grammar.rules["date_hint"].pattern.search(text, 0, figure.start):
        return str(year) if year else "", ""
    found = [
        (match.end(), match.end() - match.start(), date, match.group().strip())
        for rule in grammar.parts["deadline"]
        for match in rule.pattern.finditer(text, 0, figure.start)
        if (date := _read_date(match.groupdict(), year, grammar))
    ]
    return max(found)[2:] if found else (str(year) if year else "", "")


def _read_date(group: Mapping[str, str | None], year: int | None, grammar: Grammar) -> str:
    words = group.get("plan")
    plan = read_numeral(words, grammar.numerals) if words else None
    stated = group.get("year")
    base = _PLAN_ZERO + 5 * int(plan) if plan else int(stated) if stated else year
    if base is None or (year and base < year):
        return ""
    base += bool(group.get("next")) + _read_span(group, grammar)
    month, day = group.get("month"), group.get("day")
    if month:
        return f"{base}-{int(month):02}" + (f"-{int(day):02}" if day else "")
    return f"{base}" + ("H1" if group.get("first") else "H2" if group.get("second") else "")


def _read_span(group: Mapping[str, str | None], grammar: Grammar) -> int:
    digits, words = group.get("after"), group.get("chinese_after")
    if digits:
        return int(digits)
    return int(read_numeral(words, grammar.numerals) or 0) if words else 0
