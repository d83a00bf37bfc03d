"""General rules for short forms: offices by their abbreviations, and what a text itself defines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.lexicon import Lexicon
from graph.model import Span
from graph.resolve.names import normalise_name


def read_abbreviations(lexicon: Lexicon) -> tuple[re.Pattern[str], dict[str, str]]:
    """Return a pattern for the abbreviations of offices, longest first, and what each stands for."""
    full = {word.text: word.attributes["full"] for word in lexicon.words["aliases_offices"]}
    whole = set(full.values())
    words = sorted({*full, *whole}, key=lambda text: (-len(text), text))
    return re.compile("|".join(map(re.escape, words))), full


def expand_office(name: str, abbreviations: tuple[re.Pattern[str], dict[str, str]]) -> str:
    """Return an office's name with its abbreviations written out: ``云江市发改委`` → ``云江市发展和改革委``.

    Two names of one office become equal in this form; it is a key for comparison, not a name to show.
    """
    pattern, full = abbreviations
    return pattern.sub(lambda found: full.get(found[0], found[0]), name)


def find_definitions(text: str, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Yield (full, short), normalised, for every short form that a text defines: ``…（以下简称…）``."""
    for found in lexicon.rule("aliases", "defined").pattern.finditer(text):
        yield normalise_name(found["full"]), normalise_name(found["short"])


def find_reforms(text: str, lexicon: Lexicon) -> Iterator[tuple[str, str, Span]]:
    """Yield (before, after, where), names normalised, for every office that a text says became another.

    ``where`` is the sentence that says so (``…更名为…``), in offsets of ``text``.
    """
    for found in lexicon.rule("aliases", "reformed").pattern.finditer(text):
        before = [end.end() for end in lexicon.rule("aliases", "sentence_end").pattern.finditer(text, 0, found.start())]
        after = lexicon.rule("aliases", "sentence_end").pattern.search(text, found.end())
        where = Span(before[-1] if before else 0, after.end() if after else len(text))
        yield normalise_name(found["before"]), normalise_name(found["after"]), where
