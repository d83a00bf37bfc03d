"""The type of a name by a log-linear model over the whole span (Berger et al. 1996)."""

from __future__ import annotations

import numpy as np

from graph.extract.tagger.arrays import Flags, Ints, Keys, cap
from graph.extract.tagger.columns import Columns, is_digit
from graph.extract.tagger.hashing import mix_keys, spread_bits
from graph.extract.tagger.layout import Layout
from graph.extract.tagger.marks import load_marks
from graph.extract.tagger.templates import Template
from graph.model import EntityType

KINDS: tuple[EntityType, ...] = ("project", "place", "organisation", "platform", "programme", "honour")
"""The types in the order of the model's columns."""

_LONG, _MANY_PLACES = 14, 2


def make_span_keys(
    lay: Layout, words: Columns, spans: tuple[Ints, Ints], templates: tuple[Template, ...]
) -> list[Keys]:
    """Return for each template the key of its feature in every span.

    Args:
        lay: the text.
        words: its columns of words.
        spans: starts and ends, in flat places.
        templates: their columns are ``span.*`` (the whole), ``first.*`` and ``last.*`` (columns of the border words)
            and ``end.char`` (characters counted from behind the span).
    """
    start, end = spans
    whole = _describe_spans(lay, start, end)
    border = {"first": lay.word_of[start], "last": lay.word_of[end - 1]}

    def read(name: str, offset: int) -> Keys:
        side, _, column = name.partition(".")
        if side == "span":
            return spread_bits(whole[name])
        if side == "end":
            return spread_bits(lay.chars[end + offset])
        return spread_bits(words[column][np.clip(border[side] + offset, 0, len(lay.word) - 1)])

    return [mix_keys(template.seed, [read(*part) for part in template.parts]) for template in templates]


def _describe_spans(lay: Layout, start: Ints, end: Ints) -> Columns:
    place = lay.tag == load_marks().tags["ns"]
    first, last = lay.word_of[start], lay.word_of[end - 1]
    return {
        "span.size": cap(end - start, _LONG),
        "span.place": cap(_count(place, first, last + 1), _MANY_PLACES),
        "span.digit": cap(_count(is_digit(lay.chars), start, end), 1),
    }


def _count(flags: Flags, start: Ints, end: Ints) -> Ints:
    """Return how many flags are set in each span."""
    sums = np.concatenate(([0], np.cumsum(flags)))
    counted: Ints = sums[end] - sums[start]
    return counted
