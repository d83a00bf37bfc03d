"""Paragraphs that stand under the wrong heading because the page was scanned column by column.

A section whose last sentence is broken off lost its rest. The rest is looked for further down: a paragraph
that cannot continue the one before it (which ends complete) and that fits the broken end, because the two
make one word or because the end is a verb that waits for its object, and whose vocabulary is that of the
broken section rather than that of the section where it stands. The best pair wins; no fit, no move.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from graph.lexicon import Lexicon
from graph.model import Token
from graph.read.lines import Paragraph, join_paragraphs
from graph.read.tokens import tag_words

Body = tuple[Paragraph, ...]
_EDGE = 8


@dataclass(frozen=True, slots=True)
class Move:
    """The paragraphs of ``source`` from ``start`` on belong to the end of ``target``, this surely."""

    score: float
    target: int
    source: int
    start: int


def bring_home(bodies: Sequence[Body], spoken: Sequence[bool], lexicon: Lexicon) -> list[Body]:
    """Return the bodies of a page's sections with every orphan joined to the sentence it continues.

    Args:
        bodies: the paragraphs of each section, in the order of the page.
        spoken: whether the section has a speaker; nobody's sections lose nothing.
    """
    homes = list(bodies)
    while moves := list(find_moves(homes, spoken, lexicon)):
        best = max(moves, key=lambda move: (move.score, -move.target, -move.source))
        moved = homes[best.source][best.start :]
        homes[best.source] = homes[best.source][: best.start]
        last = homes[best.target][-1]
        homes[best.target] = (*homes[best.target][:-1], join_paragraphs(last, moved[0]), *moved[1:])
    return homes


def find_moves(bodies: Sequence[Body], spoken: Sequence[bool], lexicon: Lexicon) -> Iterator[Move]:
    """Yield every orphan with each broken end that it fits."""
    closed = lexicon.rule("lines", "closed").pattern
    for target, body in enumerate(bodies):
        if not spoken[target] or not body or closed.search(body[-1].text):
            continue
        for source in range(target + 1, len(bodies)):
            for start in range(1, len(bodies[source])):
                before, orphan = bodies[source][start - 1 : start + 1]
                fit = rate_fit(body[-1].text, orphan.text, lexicon) if closed.search(before.text) else 0.0
                tail = bodies[source][start:]
                gain = share_words(tail, body) - share_words(tail, bodies[source][:start])
                if fit and gain > 0:
                    yield Move(fit + gain, target, source, start)


def rate_fit(left: str, right: str, lexicon: Lexicon) -> float:
    """Return how well ``right`` continues the broken ``left``: 2 for one word, 1 for verb and object.

    A noun goes on in the tail of its name (大桥 … 改造工程): half. No fit: 0.
    """
    if cuts_word(left, right):
        return 2.0
    end = left[-_EDGE:]
    clause = lexicon.rule("newspaper", "clause").pattern.match(right)
    last = tag_words(end)[-1]
    if clause and last.tag.startswith("v") and is_nominal(tag_words(clause.group())):
        return 1.0
    tail = lexicon.rule("newspaper", "tail").pattern.match(right)
    return 0.5 if tail and last.tag.startswith("n") else 0.0


def cuts_word(left: str, right: str) -> bool:
    """Tell whether a word was cut where ``left`` ends and ``right`` begins."""
    end, start = left[-_EDGE:], right[:_EDGE]
    return any(t.span.start < len(end) < t.span.end for t in tag_words(end + start))


def is_nominal(tokens: Sequence[Token]) -> bool:
    """Tell whether words make a noun phrase: no verb in front, none but before its noun, a noun at the end."""
    words = [token for token in tokens if not token.tag.startswith("x")]
    if not words or words[0].tag[0] in "vdptr" or not words[-1].tag.startswith("n"):
        return False
    pairs = pairwise(words)
    return all(after.tag.startswith("n") for word, after in pairs if word.tag[0] in "vd")


def share_words(body: Body, other: Body) -> float:
    """Return the share of the pairs of characters of ``body`` that occur in ``other`` too."""
    mine, theirs = _pairs(body), _pairs(other)
    return len(mine & theirs) / len(mine) if mine else 0.0


def _pairs(body: Body) -> set[str]:
    return {paragraph.text[i : i + 2] for paragraph in body for i in range(len(paragraph.text) - 1)}
