"""Which IRI a thing has: one that it had already, else one made of its first name.

Every name makes one IRI, of itself and its place, never of a type, a preferred name or other names. A thing has
the IRI that one of its names makes, and lists those of its other names; so an IRI given once means the same
thing in every later build. Whoever hands in the things of an earlier build gets their IRIs back, whatever was
added, removed or read anew since.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from graph.model import Entity
from graph.resolve.names import normalise_name
from graph.resolve.nodes import Node
from graph.vocab import mint_entity


def assign_iris(
    clusters: Sequence[Sequence[int]], nodes: Sequence[Node], base: str, known: Sequence[Entity]
) -> list[str]:
    """Return one IRI a cluster, no two the same; a cluster's nodes are in the order in which they were first said.

    Args:
        clusters: the nodes of each thing.
        nodes: all nodes.
        base: the base IRI.
        known: things of earlier builds: the cluster with the name that made a known IRI takes it, else one with
            another of the known thing's names at its place.
    """
    given = dict(_find_known(clusters, nodes, base, known))
    taken = {*given.values(), *(entity.iri for entity in known)}
    for at, cluster in enumerate(clusters):
        if at not in given:
            given[at] = next(iri for iri in _list_choices([nodes[i] for i in cluster], base) if iri not in taken)
            taken.add(given[at])
    return [given[at] for at in range(len(clusters))]


def mint_node(node: Node, base: str) -> str:
    """Return the IRI that a name makes."""
    return mint_entity(base, "agent" if node.agent else "thing", find_home(node), node.key if node.agent else node.name)


def find_home(node: Node) -> str:
    """Return the place that is part of a name's identity: an office's own, a thing's document's."""
    return node.place if node.agent else node.home.name


def _find_known(
    clusters: Sequence[Sequence[int]], nodes: Sequence[Node], base: str, known: Sequence[Entity]
) -> Iterator[tuple[int, str]]:
    by_iri: dict[str, int] = {}
    by_name: dict[tuple[str, str], int] = {}
    for at, cluster in enumerate(clusters if known else ()):
        for i in cluster:
            by_iri.setdefault(mint_node(nodes[i], base), at)
            by_name.setdefault((find_home(nodes[i]), nodes[i].name), at)
    wanted: dict[int, list[tuple[bool, str]]] = defaultdict(list)
    for entity in known:
        names = sorted(map(normalise_name, (*entity.names, entity.label)))
        found = (by_name.get((entity.jurisdiction, name)) for name in names)
        at_name = next((at for at in found if at is not None), None)
        place = by_iri.get(entity.iri, at_name)
        if place is not None:
            wanted[place].append((entity.iri not in by_iri, entity.iri))
    for place, iris in wanted.items():
        yield place, min(iris)[1]


def _list_choices(members: Sequence[Node], base: str) -> Iterator[str]:
    yield from (mint_node(node, base) for node in members)
    first = members[0]
    number = 1
    while True:
        yield mint_entity(base, "agent" if first.agent else "thing", find_home(first), f"{first.name} {number}")
        number += 1
