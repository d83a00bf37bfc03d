"""Arithmetic on spans: from reading offsets back to the document's text.

A sentence is read as its pieces joined; these functions say where a stretch of that reading stands in
the text as decoded. They stand below the rooms because reading, extraction and the store all need them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from graph.model import Evidence, Span


def join_pieces(text: str, pieces: Iterable[Span]) -> str:
    """Return the reading of ``pieces``: their texts one after the other."""
    return "".join(text[piece.start : piece.end] for piece in pieces)


def locate(pieces: Sequence[Span], span: Span) -> tuple[Span, ...]:
    """Return where the reading offsets ``span`` stand in the document, touching pieces merged.

    Args:
        pieces: the document offsets of the reading, in reading order.
        span: half-open offsets into the reading.

    Raises:
        ValueError: ``span`` is empty or leaves the reading.
    """
    found: list[Span] = []
    passed = 0
    for piece in pieces:
        length = piece.end - piece.start
        start, end = max(span.start - passed, 0), min(span.end - passed, length)
        if start < end:
            here = Span(piece.start + start, piece.start + end)
            if found and found[-1].end == here.start:
                here = Span(found.pop().start, here.end)
            found.append(here)
        passed += length
    if not found or not 0 <= span.start < span.end <= passed:
        raise ValueError(f"{span} is outside a reading of {passed} code points")
    return tuple(found)


def seek(pieces: Sequence[Span], offset: int) -> int:
    """Return where the document's ``offset`` stands in the reading of ``pieces``.

    Raises:
        ValueError: no piece holds it.
    """
    passed = 0
    for piece in pieces:
        if piece.start <= offset < piece.end:
            return passed + offset - piece.start
        passed += piece.end - piece.start
    raise ValueError(f"{offset} is in none of the pieces")


def cite(document: str, text: str, pieces: Sequence[Span], span: Span) -> Evidence:
    """Return the evidence for the reading offsets ``span`` of a document's ``text``."""
    located = locate(pieces, span)
    return Evidence(document, located, join_pieces(text, located))


def cover(pieces: Sequence[Span]) -> Span:
    """Return the smallest span that holds all ``pieces``."""
    return Span(min(p.start for p in pieces), max(p.end for p in pieces))


def is_unbroken(text: str, pieces: Sequence[Span]) -> bool:
    """Tell whether only white space lies between ``pieces``, so that one slice of the text holds them."""
    return all(not text[a.end : b.start].strip() and a.end <= b.start for a, b in pairwise(pieces))
