"""Documents made up for the tests of ``graph.resolve``: a place, offices, and the things they pledge."""

from __future__ import annotations

from collections.abc import Sequence

from graph.model import Argument, Document, EntityType, Evidence, Mention, Metadata, Pledge, Span, Speaker

PLACE = "青山省云江市东河新区"
BASE = "https://example.org/"
Said = tuple[str, Sequence[tuple[str, EntityType]]]


def make_document(
    name: str, said: Sequence[Said], place: str = PLACE, text: str = "", year: int = 2030
) -> tuple[Document, list[Pledge]]:
    evidence = Evidence(name, (Span(0, 1),), "x")
    pledges = [
        Pledge(
            (Speaker(office, "pledger"),),
            "promised",
            tuple(Argument(Mention(thing, kind, evidence, "test"), "") for thing, kind in things),
            (),
            (),
            evidence,
            year,
            "test",
        )
        for office, things in said
    ]
    return Document(name, text, "", Metadata(place=place, year=year), ()), pledges
