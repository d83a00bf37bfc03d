"""Documents made up by a fixed rule, as many as a measurement of the store needs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from pyoxigraph import Quad

from graph import model
from graph.store.describe import Run, describe_document
from graph.vocab import BASE, mint_entity

OFFICES, PROJECTS, PER_DOCUMENT = 200, 3000, 20
KINDS = ("project", "place", "organisation", "platform", "programme", "honour")


def describe_pledges(pledges: int) -> Iterator[Quad]:
    """Yield the quads of documents that hold as many made-up pledges."""
    for number in range(pledges // PER_DOCUMENT):
        yield from describe_document(*make_document(number), BASE, Run("benchmark"))


def make_document(number: int) -> tuple[model.Document, tuple[model.Pledge, ...], model.Resolution]:
    """Return a document of twenty pledges: each with one or two offices, two things, and often a target, a relation."""
    name, text = f"{number:05d}.txt", ""
    pledges: list[model.Pledge] = []
    links: dict[tuple[str, str], model.Link] = {}
    entities: dict[str, model.Entity] = {}
    for place in range(PER_DOCUMENT):
        serial = number * PER_DOCUMENT + place
        sentence = _Sentence(name, len(text), serial)
        text += sentence.text + "\n"
        pledges.append(sentence.make_pledge())
        for label, kind in sentence.names:
            iri = mint_entity(BASE, kind, "某市", label)
            links[label, kind] = model.Link(name, label, kind, iri, "same")  # type: ignore[arg-type]
            entities[iri] = model.Entity(iri, kind, label, (label,), "某市")  # type: ignore[arg-type]
    metadata = model.Metadata(f"文件{number}", "report", "某市", "某市", "", 2020 + number % 6)
    document = model.Document(name, text, hashlib.sha256(text.encode()).hexdigest(), metadata, ())
    return document, tuple(pledges), model.Resolution(tuple(entities.values()), tuple(links.values()))


class _Sentence:
    """The sentence of one serial number, which begins at ``start`` of its document."""

    def __init__(self, document: str, start: int, serial: int) -> None:
        self.document, self.start, self.serial = document, start, serial
        first, second = (serial * factor % PROJECTS for factor in (3, 11))
        self.office, self.helper = f"第{serial * 7 % OFFICES}局", f"第{serial * 13 % OFFICES}局"
        self.things = (f"第{first}号工程", "project"), (f"第{second}号事项", KINDS[second % len(KINDS)])
        self.amount = f"{serial % 90 + 1}亿元"
        lead = f"{self.office}将与{self.helper}全力推进{self.things[0][0]}和{self.things[1][0]}建设，"
        self.text = f"{lead}完成投资{self.amount}。"
        self.names = ((self.office, "office"), (self.helper, "office"), *self.things)

    def make_pledge(self) -> model.Pledge:
        """Return the pledge of the sentence; which parts it has depends on its serial number."""
        year = 2020 + self.serial % 6
        leads, helps = ("lead", "support") if self.serial % 4 == 0 else ("pledger", "")
        speakers = [model.Speaker(self.office, leads, self._cite(self.office), "heading")]  # type: ignore[arg-type]
        if helps:
            speakers.append(model.Speaker(self.helper, "support", self._cite(self.helper), "bracket"))
        mentions = [model.Mention(thing, kind, self._cite(thing), "head") for thing, kind in self.things]  # type: ignore[arg-type]
        quantity = model.Quantity(float(self.serial % 90 + 1), "亿元", "at_least", "level", self.amount)
        targets = (
            (model.Target("投资", quantity, str(year), "", self._cite(self.amount), "amount"),)
            if self.serial % 2
            else ()
        )
        located = self.things[1][1] == "place"
        relations = (model.Relation("located_in", mentions[0], mentions[1], "in"),) if located else ()
        arguments = tuple(model.Argument(mention, "推进") for mention in mentions)
        return model.Pledge(
            tuple(speakers), "promised", arguments, targets, relations, self._cite(self.text), year, "rule"
        )

    def _cite(self, words: str) -> model.Evidence:
        here = self.start + self.text.index(words)
        return model.Evidence(self.document, (model.Span(here, here + len(words)),), words)
