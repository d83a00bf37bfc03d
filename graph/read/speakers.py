"""Names of offices by their shape: headings, by-lines, openings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product

from graph.lexicon import Lexicon
from graph.model import Span
from graph.read.lines import Paragraph

NARRATED = "narrated"
"""A sentence about who holds an office: it opens a column, but makes no page a newspaper's."""

OPENINGS = ("speech", "introduced", "colon", "spaced", "bracketed", "column", NARRATED)
"""The forms in which the text begins in the line of the name."""

_BRACKET = "（"
_COLUMN = "column"
_FORMS = ("heading", "numbered", "card", "holder-first", "signed", "motto", "visit", _COLUMN, "titled", *OPENINGS)


Office = tuple[str, Span, str]
_MASTHEAD = ("heading", "titled")


def find_offices(paragraphs: Sequence[Paragraph], lexicon: Lexicon) -> list[Office | None]:
    """Return the office that each paragraph names; a region above the offices of its own is the masthead's."""
    offices = [find_office(paragraph, lexicon) for paragraph in paragraphs]
    named = [number for number, office in enumerate(offices) if office]
    region = lexicon.rule("speakers", "region").pattern
    regions = [number for number in named if region.search((offices[number] or ("",))[0])]
    first = offices[named[0]] if named else None
    if first and regions == named[:1] and len(named) > 2 and first[2] in _MASTHEAD:
        offices[named[0]] = None
    return offices


def find_office(paragraph: Paragraph, lexicon: Lexicon) -> Office | None:
    """Return the office that a heading, by-line or opening names.

    Returns:
        its name without white space, the document offsets of the name, and the rule that saw it.
    """
    for form in _FORMS:
        match = lexicon.rule("speakers", form).pattern.search(paragraph.raw)
        if match is None or (form == _COLUMN and len(paragraph.text) <= len(paragraph.raw)):
            continue
        name = "".join(match["it"].split())
        if lexicon.rule("speakers", "not-a-name").pattern.search(name):
            return None
        start = paragraph.span.start
        return name, Span(start + match.start("it"), start + match.end("it")), form
    return None


def find_fuller_name(name: str, texts: Iterable[str], lexicon: Lexicon) -> str:
    """Return the name with the jurisdiction that the speaker's own text puts before it, if it does.

    The text may leave out a second name that stands in brackets.
    """
    before = lexicon.rule("speakers", "jurisdiction").pattern
    names = dict.fromkeys((name, name.partition(_BRACKET)[0]))
    for text, one in product(texts, names):
        start = text.find(one)
        while start >= 0:
            match = before.search(text[max(start - 12, 0) : start])
            if match:
                return match["it"] + one
            start = text.find(one, start + 1)
    return name
