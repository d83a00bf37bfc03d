"""Offices that sign below what they say: on a line of their own, or at the end of the last one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.lexicon import Lexicon
from graph.model import Span, Speaker
from graph.read.lines import Paragraph
from graph.read.page import Page, name_speaker
from graph.read.speakers import Office
from graph.spans import locate

_SAID = 60
_RULE = "newspaper/signature"


@dataclass(frozen=True, slots=True)
class Signature:
    """Who says what stands above, and whether the name stands ``alone`` or behind text."""

    speaker: Speaker
    alone: bool


def find_signatures(page: Page, offices: Sequence[Office | None], lexicon: Lexicon) -> list[Signature | None]:
    """Return the signature in each paragraph of a page; ``offices`` are those that its headings name."""
    below = find_dashes(page.paragraphs, offices, lexicon)
    return [
        Signature(name_speaker(page, office[0], "pledger", office[1], _RULE), alone=True)
        if office and number in below
        else find_signature(page, paragraph, lexicon)
        for number, (paragraph, office) in enumerate(zip(page.paragraphs, offices, strict=True))
    ]


def find_dashes(paragraphs: Sequence[Paragraph], offices: Sequence[Office | None], lexicon: Lexicon) -> frozenset[int]:
    """Return the lines with an office behind a dash, if they sign: text stands before the first, none behind the last.

    Where text comes after the last one, they are headings under mottos.
    """
    dash, closed = lexicon.rule("newspaper", "dash").pattern, lexicon.rule("lines", "closed").pattern
    numbered = enumerate(zip(paragraphs, offices, strict=True))
    named = [number for number, (paragraph, office) in numbered if office and dash.match(paragraph.raw)]
    said = [number for number, one in enumerate(paragraphs) if len(one.text) >= _SAID and closed.search(one.text)]
    behind = len(named) > 1 and said and said[0] < named[0] and said[-1] < named[-1]
    return frozenset(named if behind else ())


def find_signature(page: Page, paragraph: Paragraph, lexicon: Lexicon) -> Signature | None:
    """Return who promises in a line of its own (承诺单位：…), or is named behind the last sentence."""
    line = lexicon.rule("newspaper", "signature").pattern.search(paragraph.raw)
    if line:
        start = paragraph.span.start
        span = Span(start + line.start("it"), start + line.end("it"))
        return Signature(name_speaker(page, "".join(line["it"].split()), "pledger", span, _RULE), alone=True)
    end = lexicon.rule("newspaper", "signed-behind").pattern.search(paragraph.text)
    if not end:
        return None
    pieces = locate(paragraph.pieces, Span(*end.span("it")))
    span = Span(pieces[0].start, pieces[-1].end)
    return Signature(name_speaker(page, end["it"], "pledger", span, "newspaper/signed-behind"), alone=False)
