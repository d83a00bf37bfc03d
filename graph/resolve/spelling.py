"""Mentions that a recogniser cut short: the text goes on to spell a longer name of the very same thing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import cast

from graph.model import Document, EntityType, Link, Mention, Pledge, Resolution, Span
from graph.spans import cite, join_pieces, seek

Extracted = tuple[Document, tuple[Pledge, ...]]
Names = Mapping[tuple[str, str], tuple[str, Sequence[str], EntityType]]
_RULE = "spelt-out"


def spell_out(extracted: Sequence[Extracted], resolution: Resolution) -> tuple[list[Extracted], Resolution]:
    """Return pledges whose mentions are as long as the text spells them, and the resolution with those names.

    A name of a thing that another sentence gives in full (松桥文化科技项目) shows where a mention of the same thing
    (松桥) was cut too soon. What is whose and what is shared stays as it is; only the mention grows.

    Args:
        extracted: documents with their pledges.
        resolution: of their names.
    """
    names = list_longer(resolution)
    spelt: dict[tuple[str, str, str], Link] = {}
    grown: list[Extracted] = []
    for document, pledges in extracted:
        told = tuple(spell_pledge(document, pledge, names, spelt) for pledge in pledges) if names else pledges
        grown.append((document, told))
    known = {(link.document, link.name, link.kind) for link in resolution.links}
    added = tuple(link for key, link in spelt.items() if key not in known)
    return grown, replace(resolution, links=resolution.links + added) if added else resolution


def list_longer(resolution: Resolution) -> Names:
    """Return, by document and name of a mention, its thing and the longer names of it that begin alike."""
    things = {entity.iri: entity for entity in resolution.entities if entity.kind != "office"}
    longer: dict[tuple[str, str], tuple[str, Sequence[str], EntityType]] = {}
    for link in resolution.links:
        thing = things.get(link.entity)
        found = [name for name in thing.names if name != link.name and name.startswith(link.name)] if thing else []
        if thing and found:
            names = sorted(found, key=lambda name: (-len(name), name))
            longer[link.document, link.name] = (thing.iri, names, cast(EntityType, thing.kind))
    return longer


def spell_pledge(document: Document, pledge: Pledge, names: Names, spelt: dict[tuple[str, str, str], Link]) -> Pledge:
    """Return a pledge with its mentions spelt out; ``spelt`` learns the links of their names."""
    grown = dict(_grow(document, pledge, names, spelt))
    if not grown:
        return pledge
    arguments = tuple(replace(one, mention=grown.get(one.mention, one.mention)) for one in pledge.arguments)
    relations = tuple(
        replace(
            one,
            subject=grown.get(one.subject, one.subject) if one.subject else None,
            object=grown.get(one.object, one.object),
        )
        for one in pledge.relations
    )
    return replace(pledge, arguments=arguments, relations=relations)


def _grow(
    document: Document, pledge: Pledge, names: Names, spelt: dict[tuple[str, str, str], Link]
) -> Iterator[tuple[Mention, Mention]]:
    for mention in (argument.mention for argument in pledge.arguments):
        thing, longer, kind = names.get((document.name, mention.name), ("", (), mention.type))
        if not longer:
            continue
        pieces = pledge.evidence.pieces
        at, text = seek(pieces, mention.evidence.pieces[0].start), join_pieces(document.text, pieces)
        name = next((name for name in longer if text.startswith(name, at)), "")
        if name:
            evidence = cite(document.name, document.text, pieces, Span(at, at + len(name)))
            spelt[document.name, name, kind] = Link(document.name, name, kind, thing, _RULE, mention.score)
            yield mention, replace(mention, name=name, type=kind, evidence=evidence)
