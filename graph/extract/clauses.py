"""A sentence becomes the items of its enumerations: what its verbs govern, one thing at a time.

Reports and pledges are written in chains of clauses of one shape, ``verb + A、B、C等 + class noun + 建设``.
The items are found on a masked copy of the sentence, in which the insides of quotation marks and brackets
cannot be cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from graph.lexicon import Lexicon
from graph.model import Sentence, Span

_QUOTED = re.compile(r"“[^“”]{1,40}”|《[^《》]{1,60}》|（[^（）]{1,40}）|\([^()]{1,40}\)|〔[^〔〕]{1,20}〕")
_MASK = "\x00"


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a clause, with what stands around it.

    ``span`` is in reading offsets, ``verb`` governs the item, ``shared`` is the class noun behind its enumeration,
    ``following`` the verb behind, and ``group`` tells the enumerations of a sentence apart.
    """

    span: Span
    verb: str
    shared: str
    following: str = ""
    group: int = 0


@dataclass(frozen=True, slots=True)
class _Text:
    """A sentence masked, with the offsets at which its words end."""

    masked: str
    borders: frozenset[int]
    lexicon: Lexicon
    patterns: Mapping[str, re.Pattern[str]]

    def pattern(self, rule: str) -> re.Pattern[str]:
        return self.patterns[rule]

    def is_word(self, span: tuple[int, int]) -> bool:
        return set(span) <= self.borders


def find_items(sentence: Sentence, lexicon: Lexicon) -> Iterator[Item]:
    """Yield the items of a sentence in reading order.

    Args:
        sentence: with its tokens; offsets of the items are half-open code points into its reading text.
        lexicon: its rules ``clauses`` say where clauses, items and verbs are cut.
    """
    masked = _QUOTED.sub(lambda m: m[0][0] + _MASK * (len(m[0]) - 2) + m[0][-1], sentence.folded or sentence.text)
    borders = frozenset(token.span.end for token in sentence.tokens)
    text = _Text(masked, borders, lexicon, _read_patterns(lexicon))
    for clause in _split(masked, Span(0, len(masked)), text.pattern("clause-end")):
        verb = ""
        for governing, governed in _split_verbs(text, clause):
            verb = masked[governing.start : governing.end] or verb
            yield from _list_items(text, governed, verb)


@cache
def _read_patterns(lexicon: Lexicon) -> Mapping[str, re.Pattern[str]]:
    return {rule.name: rule.pattern for rule in lexicon.rules["clauses"]}


def _split(text: str, span: Span, pattern: re.Pattern[str]) -> Iterator[Span]:
    cuts = [m.span() for m in pattern.finditer(text, span.start, span.end)]
    borders = [(span.start, span.start), *cuts, (span.end, span.end)]
    for (_, start), (end, _) in pairwise(borders):
        if start < end:
            yield Span(start, end)


def _split_verbs(text: _Text, clause: Span) -> Iterator[tuple[Span, Span]]:
    """Yield (verb, object) for each verb of a clause that governs something."""
    verb, start = Span(clause.start, clause.start), clause.start
    while start < clause.end:
        end = _skip_verbs(text, Span(start, clause.end))
        if end > start:
            verb, start = Span(start, end), end
        end = _next_verb(text, Span(start + 2, clause.end))
        if start < end:
            yield verb, Span(start, end)
        start = end


def _skip_verbs(text: _Text, span: Span) -> int:
    start = end = span.start
    while (found := text.pattern("governing-verb").match(text.masked, end, span.end)) and found.end() < span.end - 1:
        end = found.end()
        if end in text.borders:
            start = end
    return start


def _next_verb(text: _Text, span: Span) -> int:
    for found in text.pattern("inner-verb").finditer(text.masked, span.start, span.end):
        if found.end() + 2 < span.end and text.is_word(found.span()):
            return found.start()
    return span.end


def _list_items(text: _Text, span: Span, verb: str) -> Iterator[Item]:
    shared, end = "", span.end
    after = text.pattern("inner-verb").match(text.masked, span.end)
    etc = text.pattern("and-so-on").search(text.masked, span.start, span.end)
    if etc:
        shared, end = _shared_class(text, etc.span("it")), etc.start()
    for part in _split_items(text, Span(span.start, end)):
        item = _trim_front(text, _trim_tail(text, part))
        if item.end - item.start >= 2:
            yield Item(item, verb, shared, after[0] if after else "", span.start)


def _split_items(text: _Text, span: Span) -> Iterator[Span]:
    start = span.start
    for found in text.pattern("separator").finditer(text.masked, span.start, span.end):
        if text.is_word(found.span()):
            yield Span(start, found.start())
            start = found.end()
    yield Span(start, span.end)


def _shared_class(text: _Text, span: tuple[int, int]) -> str:
    trimmed = _trim_tail(text, Span(*span))
    phrase, classes = text.masked[trimmed.start : trimmed.end], text.lexicon.texts("classes")
    return next(word for word in classes if phrase.endswith(word)) if phrase.endswith(classes) else ""


def _trim_tail(text: _Text, span: Span) -> Span:
    end, reach = span.end, _find_reach(text.lexicon)
    while (cut := text.pattern("tail").search(text.masked, max(span.start, end - reach), end)) and (
        cut.start() > span.start + 1
    ):
        end = cut.start()
    return Span(span.start, end)


@cache
def _find_reach(lexicon: Lexicon) -> int:
    """Return how many characters a tail has at most, the particle before it counted."""
    return 1 + max(map(len, lexicon.texts("tails")))


def _trim_front(text: _Text, span: Span) -> Span:
    start, before = span.start, -1
    while start != before:
        before, start = start, _skip_verbs(text, Span(start, span.end))
        cut = text.pattern("quantity-in-front").match(text.masked, start, span.end)
        if cut and cut.end() < span.end - 1:
            start = cut.end()
    return Span(start, span.end)
