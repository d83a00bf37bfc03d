"""What a tagger says of a stretch of a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from graph.model import EntityType, Span


@dataclass(frozen=True, slots=True)
class TaggedSpan:
    """A name as a tagger sees it: ``span`` in reading offsets, ``score`` the probability that it is one."""

    span: Span
    type: EntityType
    score: float
