"""What is known of a document as a whole, each fact with where it came from.

The order, first wins: the sidecar ``metadata.toml``; the format's own fields (a csv column, an html title);
the file's name where it has the form of a title; the text. A year that only the text says, and that is more
than one away from the date of issue, gives way to that date: such a text speaks of far plans or of the past.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from graph.lexicon import Lexicon
from graph.model import Metadata

_HEAD = 1500
_TAIL = 500
_TITLES = 6
_YEARS_APART = 1
_SHORTEST = 4
_TEN = 10
_TITLE_LENGTH = 60
_FIELDS = ("title", "genre", "issuer", "place", "issued", "year")


def describe(name: str, text: str, hints: Mapping[str, Mapping[str, Any]], lexicon: Lexicon) -> Metadata:
    """Return the metadata of a document.

    Args:
        name: the file's name.
        text: the document as decoded.
        hints: source (``sidecar``, ``format``) → field → value, in order of trust.
    """
    sources = {**hints, "file name": read_name(name, lexicon), "text": read_head(text, lexicon)}
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for field in _FIELDS:
        for origin, facts in sources.items():
            if facts.get(field):
                values[field], origins[field] = facts[field], origin
                break
    issued = str(values.get("issued", ""))[:4]
    year = values.get("year")
    if issued.isdigit() and origins.get("year", "text") == "text" and abs((year or 0) - int(issued)) > _YEARS_APART:
        values["year"], origins["year"] = int(issued), origins["issued"]
    return Metadata(**values, sources=origins)


def read_name(name: str, lexicon: Lexicon) -> dict[str, Any]:
    """Return what a file's name says."""
    stem = name.rsplit(".", 1)[0]
    title = lexicon.rule("metadata", "title-name").pattern.search(stem)
    year = lexicon.rule("metadata", "year" if title else "name-year").pattern.search(stem)
    place = lexicon.rule("metadata", "place").pattern.search(title["it"]) if title else None
    day = lexicon.rule("metadata", "name-date").pattern.search(stem)
    return {
        "title": title and title["it"],
        "year": year and int(year["it"]),
        "place": place and place["it"],
        "issued": day and "-".join(day.group("y", "m", "d")),
    }


def read_head(text: str, lexicon: Lexicon) -> dict[str, Any]:
    """Return what the first lines of a text say, and the signature of a plan.

    The year the pledges are for: of a title that announces work, of the session in which a report was given, of
    the words (今年是2031年, 2031年，我局将…), of the date of issue, of the document's number, else of any headline.
    """
    rule = {one.name: one.pattern for one in lexicon.rules["metadata"]}
    head = write_dates(text[:_HEAD], lexicon)
    ends = write_dates(f"{text[: 2 * _HEAD]}\n{text[-_TAIL:]}", lexicon)
    lines = [line.strip().lstrip("#").strip() for line in head.splitlines() if line.strip()]
    short = [line for line in lines[:_TITLES] if len(line) <= _TITLE_LENGTH]
    above = next(filter(None, map(rule["masthead"].search, short)), None)
    issued = rule["issued"].search(head) or above or rule["signed"].search(ends)
    date = "-".join(part.zfill(2) for part in issued.group("y", "m", "d")) if issued else ""
    titled = next(filter(None, map(rule["year"].search, short)), None)
    found = titled or rule["session"].search(head) or rule["this-year"].search(text)
    number = rule["number"].search(head)
    headed = next(filter(None, map(rule["headline-year"].search, short)), None) or rule["series-year"].search(head)
    years = (found and found["it"], date[:4], number and number["it"], headed and headed["it"])
    place = next(filter(None, map(rule["place"].search, short)), None)
    signed = rule["signed-by"].search(ends)
    return {
        "title": next((line for line in lines if len(line) >= _SHORTEST), ""),
        "issued": date,
        "issuer": signed and signed["it"],
        "place": place and place["it"],
        "year": next((int(year) for year in years if year), None),
    }


def write_dates(text: str, lexicon: Lexicon) -> str:
    """Return a text with the dates that it spells in figures: 二〇三一年三月二日 is 2031年3月2日."""
    values = {word.text: int(word.attributes["value"]) for word in lexicon.words["numerals"]}
    spelt = lexicon.rule("metadata", "han-number").pattern

    def write(match: re.Match[str]) -> str:
        year = "".join(str(values.get(sign, 0)) for sign in match["y"])
        return year + spelt.sub(lambda number: str(add_up(values[sign] for sign in number.group())), match["rest"])

    return lexicon.rule("metadata", "han-date").pattern.sub(write, text)


def add_up(figures: Iterable[int]) -> int:
    """Return a number below a hundred that is spelt by its figures: 2, 10, 9 is 29."""
    total = 0
    for figure in figures:
        total = max(total, 1) * figure if figure == _TEN else total + figure
    return total
