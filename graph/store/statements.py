"""What all descriptions share: the statement, the scene it is made in, literals, and evidence.

Evidence is a Web Annotation: an ``oa:SpecificResource`` a passage, whose two selectors choose the same stretch
of the document's text, by quote and by position (https://www.w3.org/TR/annotation-vocab/#selectors). Offsets
are code points, half-open, into ``Document.text``, as the annotation model asks for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from graph.model import Document, Evidence, Link, Span
from graph.spans import is_unbroken
from graph.vocab import mint_part, term

CONTEXT = 60  # code points of the text kept on either side of a quote
_DATES = {10: "xsd:date", 7: "xsd:gYearMonth", 4: "xsd:gYear"}
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")

Node = NamedNode | Literal
Statement = tuple[str, str, Node]


@dataclass(frozen=True, slots=True)
class Scene:
    """What every description of a document needs: the document, its text's IRI, and what its names mean."""

    document: Document
    base: str
    source: NamedNode
    links: Mapping[tuple[str, str], Link]

    def find_link(self, name: str, kinds: Iterable[str]) -> Link:
        """Return the link of a name, of the first of ``kinds`` that has one; raise LookupError if none has."""
        for kind in kinds:
            if link := self.links.get((name, kind)):
                return link
        raise LookupError(f"{self.document.name}: the name {name!r} was not resolved.")


def describe_evidence(scene: Scene, owner: str, evidence: Evidence, surroundings: bool = False) -> Iterator[Statement]:
    """Yield the passages that ``owner`` rests on, in reading order.

    The text before and after a passage is given for sentences only: what stands in a sentence has it around itself.
    """
    text = scene.document.text
    for number, span in enumerate(join_lines(text, evidence.pieces), 1):
        iri = mint_part(owner, "passage", number)
        yield owner, "pg:evidence", NamedNode(iri)
        yield iri, "rdf:type", term("oa:SpecificResource")
        yield iri, "oa:hasSource", scene.source
        yield iri, "oa:hasSelector", NamedNode(iri + "/quote")
        yield iri, "oa:hasSelector", NamedNode(iri + "/position")
        yield iri, "pg:order", make_integer(number)
        yield iri + "/quote", "rdf:type", term("oa:TextQuoteSelector")
        yield iri + "/quote", "oa:exact", Literal(text[span.start : span.end])
        if surroundings:
            yield iri + "/quote", "oa:prefix", Literal(text[max(0, span.start - CONTEXT) : span.start])
            yield iri + "/quote", "oa:suffix", Literal(text[span.end : span.end + CONTEXT])
        yield iri + "/position", "rdf:type", term("oa:TextPositionSelector")
        yield iri + "/position", "oa:start", make_integer(span.start)
        yield iri + "/position", "oa:end", make_integer(span.end)


def join_lines(text: str, pieces: Iterable[Span]) -> list[Span]:
    """Join neighbouring pieces that only white space parts, so that a passage is what a person would select."""
    joined: list[Span] = []
    for piece in pieces:
        if joined and is_unbroken(text, (joined[-1], piece)):
            joined[-1] = Span(joined[-1].start, piece.end)
        else:
            joined.append(piece)
    return joined


def flatten_spans(pieces: Iterable[Span]) -> Iterator[int]:
    """Yield the offsets of ``pieces`` one after the other, as content of an identifier."""
    for piece in pieces:
        yield piece.start
        yield piece.end


def make_integer(value: int) -> Literal:
    """Return an ``xsd:integer``."""
    return Literal(str(value), datatype=term("xsd:integer"))


def make_decimal(value: float) -> Literal:
    """Return an ``xsd:decimal`` in its canonical form, which the engine keeps as it is."""
    text = format(Decimal(repr(value)), "f")
    return Literal(text.rstrip("0").rstrip(".") if "." in text else text, datatype=term("xsd:decimal"))


def make_year(value: int) -> Literal:
    """Return an ``xsd:gYear``."""
    return Literal(f"{value:04d}", datatype=term("xsd:gYear"))


def make_date(value: str) -> Literal:
    """Return a date as fine as it is given: a day, a month or a year; other words stay words."""
    return Literal(value, datatype=term(_DATES[len(value)])) if _DATE.fullmatch(value) else Literal(value)
