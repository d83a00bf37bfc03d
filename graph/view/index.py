"""Rows as numbers: what sorting, counting and placing a hundred thousand things take instead of their names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from graph.model import LinkRow

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Index:
    """The offices and things of rows, by identifier and sorted, and every row by its places in both.

    Attributes:
        offices: the offices' identifiers.
        things: the things' identifiers.
        office: of every row, the place of its office in ``offices``.
        thing: of every row, the place of its thing in ``things``.
        having: of every thing with each of its offices once, sorted, the place of the thing.
        had: beside it, the place of the office.
    """

    offices: list[str]
    things: list[str]
    office: Ints
    thing: Ints
    having: Ints
    had: Ints

    @property
    def shares(self) -> Ints:
        """How many offices every thing has."""
        return np.bincount(self.having, minlength=len(self.things))

    def first_of_offices(self) -> list[int]:
        """Return for every office the number of the first row that names it."""
        return _find_first(self.office, len(self.offices))

    def first_of_things(self) -> list[int]:
        """Return for every thing the number of the first row that names it."""
        return _find_first(self.thing, len(self.things))


def index_rows(rows: Sequence[LinkRow]) -> Index:
    """Return the index of rows."""
    offices, office = rank_texts(rows, "organisation_id")
    things, thing = rank_texts(rows, "entity_id")
    pairs = np.sort(thing * len(offices) + office)
    having, had = np.divmod(pairs[np.flatnonzero(np.diff(pairs, prepend=-1))], max(len(offices), 1))
    return Index(offices, things, office, thing, having, had)


def rank_texts(rows: Sequence[LinkRow], name: str) -> tuple[list[str], Ints]:
    """Return the different texts that rows have under a name, sorted, and the place of every row's among them."""
    texts = list(map(attrgetter(name), rows))
    names = sorted(set(texts))
    places = dict(zip(names, range(len(names)), strict=True))
    return names, np.fromiter(map(places.__getitem__, texts), dtype=np.int64, count=len(texts))


def _find_first(which: Ints, count: int) -> list[int]:
    first = np.empty(count, dtype=np.int64)
    first[which[::-1]] = np.arange(len(which))[::-1]
    return first.tolist()
