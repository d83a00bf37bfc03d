"""Names of offices by their shape: headings, by-lines, openings."""

from __future__ import annotations

from collections.abc import Iterable

from graph.lexicon import Lexicon
from graph.model import Span
from graph.read.lines import Paragraph

OPENINGS = ("speech", "introduced", "colon", "spaced")
"""The forms in which the text begins in the line of the name."""

_FORMS = ("heading", "numbered", "card", "holder-first", "signed", "motto", "visit", "titled", *OPENINGS)


def find_office(paragraph: Paragraph, lexicon: Lexicon) -> tuple[str, Span, str] | None:
    """Return the office that a heading, by-line or opening names.

    Returns:
        its name without white space, the document offsets of the name, and the rule that saw it.
    """
    for form in _FORMS:
        match = lexicon.rule("speakers", form).pattern.search(paragraph.raw)
        if match is None:
            continue
        name = "".join(match["it"].split())
        if lexicon.rule("speakers", "not-a-name").pattern.search(name):
            return None
        start = paragraph.span.start
        return name, Span(start + match.start("it"), start + match.end("it")), form
    return None


def find_fuller_name(name: str, texts: Iterable[str], lexicon: Lexicon) -> str:
    """Return the name with the jurisdiction that the speaker's own text puts before it, if it does."""
    before = lexicon.rule("speakers", "jurisdiction").pattern
    for text in texts:
        start = text.find(name)
        while start >= 0:
            match = before.search(text[max(start - 12, 0) : start])
            if match:
                return match["it"] + name
            start = text.find(name, start + 1)
    return name
