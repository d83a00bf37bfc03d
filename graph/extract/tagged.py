"""What a tagger says of a stretch of a sentence, and what a recogniser outside says of a document."""

from __future__ import annotations

from dataclasses import dataclass

from graph.model import EntityType, Span


@dataclass(frozen=True, slots=True)
class TaggedSpan:
    """A name as a tagger sees it: ``span`` in reading offsets, ``score`` the probability that it is one."""

    span: Span
    type: EntityType
    score: float


@dataclass(frozen=True, slots=True)
class Heard:
    """The names that a recogniser outside gives to each sentence, or the ``fault`` for which there are none.

    ``rule`` names the recogniser and its model; ``dropped`` counts answers that the sentence does not hold, or that
    have no known type. With ``alone`` the names replace those of the built-in recognisers.
    """

    rule: str
    names: tuple[tuple[TaggedSpan, ...], ...] = ()
    dropped: int = 0
    fault: str = ""
    alone: bool = False
