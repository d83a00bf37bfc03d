"""Which IRI a thing has: one that it had already, else one made of its first name.

A thing's IRI is made once, of the first name under which it was seen and the place of that document, and
never of its type, its preferred name or its other names. Whoever hands the things of an earlier build to
``assign_iris`` gets their IRIs back whatever was added, removed or read anew since.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from graph.model import Entity
from graph.resolve.names import normalise_name
from graph.resolve.nodes import Node
from graph.vocab import mint_entity


def assign_iris(
    clusters: Sequence[Sequence[int]], nodes: Sequence[Node], base: str, known: Sequence[Entity]
) -> list[str]:
    """Return one IRI a cluster; each cluster's nodes are in the order in which they were first seen.

    Args:
        clusters: the nodes of each thing.
        nodes: all nodes.
        base: the base IRI.
        known: things of earlier builds; a cluster that has a known name at the same place takes its IRI.
    """
    before: dict[tuple[str, str], list[str]] = defaultdict(list)
    for entity in sorted(known, key=lambda entity: entity.iri):
        for name in {normalise_name(name) for name in (*entity.names, entity.label)}:
            before[entity.jurisdiction, name].append(entity.iri)
    taken: set[str] = set()
    found: list[str] = []
    for cluster in clusters:
        wanted = [iri for i in cluster for iri in before.get((home_of(nodes[i]), nodes[i].name), ())]
        wanted += [mint_node(nodes[i], base) for i in cluster]
        iri = next((iri for iri in wanted if iri not in taken), wanted[0])
        taken.add(iri)
        found.append(iri)
    return found


def home_of(node: Node) -> str:
    """Return the place that is part of a name's identity: an office's own, a thing's document's."""
    return node.place if node.agent else node.home.name


def mint_node(node: Node, base: str) -> str:
    """Return the IRI that a thing gets if this is the first name under which it is seen."""
    return mint_entity(base, "agent" if node.agent else "thing", home_of(node), node.key if node.agent else node.name)
