"""Labelled documents as features and labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from benchmarks.tagger.sheets import Labelled
from graph.extract.tagger.arrays import Flags, Ints, Keys
from graph.extract.tagger.columns import describe_chars, describe_words
from graph.extract.tagger.kinds import KINDS, make_span_keys
from graph.extract.tagger.lattice import BEGIN, END, INSIDE, OUTSIDE, SINGLE, STATES
from graph.extract.tagger.layout import Layout, lay_out
from graph.extract.tagger.marks import load_marks, match_marks
from graph.extract.tagger.templates import FeatureSet, make_keys
from graph.extract.tagger.words import WordTable

Optional = Literal["either", "name", "outside"]
"""What an optional name may be: a name or none, a name, none."""


@dataclass(frozen=True, slots=True)
class Example:
    """A document ready for learning: keys of characters, words and gold spans, open states and right types."""

    lay: Layout
    char: Keys
    word: Keys
    allowed: Flags
    span: Keys
    kinds: Flags


def make_example(document: Labelled, table: WordTable, features: FeatureSet, optional: Optional = "either") -> Example:
    """Return the features and labels of a document."""
    lay = lay_out(document.sentences)
    words = describe_words(lay, table)
    mentions = [name for name in document.mentions if name.types <= set(KINDS)]
    base = np.array([lay.starts[name.sentence] for name in mentions], np.int64)
    start = base + np.array([name.span.start for name in mentions], np.int64)
    end = base + np.array([name.span.end for name in mentions], np.int64)
    kinds = np.array([[kind in name.types for kind in KINDS] for name in mentions], bool)
    return Example(
        lay,
        np.stack(make_keys(describe_chars(lay), features.char), 1),
        np.stack(make_keys(words, features.word), 1),
        _allow_states(document, lay, optional),
        np.stack(make_span_keys(lay, words, (start, end), features.span), 1),
        kinds.reshape(-1, len(KINDS)),
    )


def _allow_states(document: Labelled, lay: Layout, optional: Optional) -> Flags:
    """Return which states the sheet leaves open: longest names first, firm before optional, all outside statements."""
    allowed = np.zeros((len(lay.chars), len(STATES)), bool)
    allowed[:, OUTSIDE] = True
    taken = match_marks(lay.chars, load_marks().cut)
    for name in sorted(document.mentions, key=lambda name: (name.optional, name.span.start - name.span.end)):
        start, end = (int(lay.starts[name.sentence]) + at for at in (name.span.start, name.span.end))
        if taken[start:end].any():
            continue
        taken[start:end] = True
        if not (name.optional and optional == "outside"):
            allowed[start:end, OUTSIDE] = name.optional and optional == "either"
            allowed[np.arange(start, end), _spell_states(end - start)] = True
    _open_rest(allowed, lay.starts, document.covered)
    return allowed


def _spell_states(size: int) -> list[int]:
    """Return the states of a name of ``size`` characters."""
    return [SINGLE] if size == 1 else [BEGIN, *[INSIDE] * (size - 2), END]


def _open_rest(allowed: Flags, starts: Ints, covered: Sequence[Flags]) -> None:
    """Allow every state where no reader has judged."""
    for at, flags in zip(starts.tolist(), covered, strict=True):
        allowed[at : at + len(flags)] |= ~flags[:, None]
