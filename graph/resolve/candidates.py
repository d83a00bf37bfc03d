"""Names that may be one thing: a proposal is one name with all those it may be.

Who reads a proposal joins it only where all that it may be is one thing. Rules are near-linear: they look
only at names that share a key.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Proposal:
    """The name of node ``short`` may be any of ``long``; if it is not ``firm``, only a person can say so."""

    short: int
    long: tuple[int, ...]
    rule: str
    score: float
    firm: bool = True


def group_by_key(keys: Iterable[Hashable]) -> list[list[int]]:
    """Return the positions of equal keys together, single ones left out, in the order of their first."""
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for i, key in enumerate(keys):
        groups[key].append(i)
    return [group for group in groups.values() if len(group) > 1]
