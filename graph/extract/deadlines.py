"""By when: a year, a half of a year, a month or a day, as fine as the sentence says.

The forms are those of the answer sheets: ``2027``, ``2027H1``, ``2027-06``, ``2027-06-30``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from graph.extract.figures import read_numeral
from graph.lexicon import Lexicon, Rule
from graph.model import Span

_PLAN_ZERO = 1955  # from the third on, five-year plan n ends in 1955 + 5n


def read_deadline(text: str, figure: Span, year: int | None, lexicon: Lexicon) -> tuple[str, str]:
    """Return the deadline of a figure and the words that say it.

    The last expression before the figure governs it; one behind it counts if none stands before. Without any
    the deadline is the statement's ``year`` and the words are empty.
    """
    found = [
        (match.start(), match.end(), value, match.group())
        for rule in lexicon.rules["quantities"]
        if rule.attributes["part"] == "deadline"
        for match in rule.pattern.finditer(text)
        if (value := _read_date(match, rule, year, lexicon))
    ]
    before = [date for date in found if date[0] < figure.start]
    if not before:
        return (str(year) if year else "", "")
    best = max(before, key=lambda date: (date[1], date[1] - date[0]))
    return best[2], best[3]


def _read_date(match: re.Match[str], _rule: Rule, year: int | None, lexicon: Lexicon) -> str:
    group = match.groupdict()
    plan = read_numeral(group["plan"], lexicon) if group.get("plan") else None
    if plan:
        return str(_PLAN_ZERO + 5 * int(plan))
    base = int(group["year"]) if group.get("year") else year
    if base is None or (year and base < year):
        return ""
    if group.get("next"):
        base += 1
    after = _read_span(group, lexicon)
    if after:
        return str(base + after)
    if group.get("month"):
        day = f"-{int(group['day']):02}" if group.get("day") else ""
        return f"{base}-{int(group['month']):02}{day}"
    return str(base) + ("H1" if group.get("first") else "H2" if group.get("second") else "")


def _read_span(group: Mapping[str, str | None], lexicon: Lexicon) -> int:
    digits = group.get("after") or group.get("after2")
    words = group.get("chinese_after") or group.get("chinese_after2")
    if digits:
        return int(digits)
    return int(read_numeral(words, lexicon) or 0) if words else 0
