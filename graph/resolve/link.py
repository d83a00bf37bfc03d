"""Names become things: every name of every document gets one link, and every link says why.

The order of the rules is the order of their certainty; each joins a name only where one reading is left.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Literal, cast

from graph.lexicon import Lexicon
from graph.model import Declined, Entity, EntityType, Link, Resolution
from graph.resolve.aliases import find_definitions
from graph.resolve.candidates import (
    Proposal,
    propose_misprint,
    propose_prefix,
    propose_same,
    propose_skeleton,
    propose_suffix,
)
from graph.resolve.clusters import Clusters, apply_proposals, start_clusters
from graph.resolve.identity import assign_iris, home_of
from graph.resolve.nodes import Gathered, Node, Read, gather_names

Kind = EntityType | Literal["office"]


def resolve_names(
    documents: Sequence[Read],
    lexicon: Lexicon,
    base: str,
    decisions: Sequence[object] = (),  # noqa: ARG001  (replayed from the next commit on)
    known: Sequence[Entity] = (),
) -> Resolution:
    """Link every speaker's name and every mention's name of the documents to one thing each.

    Which names are one thing depends on the documents, the lexicon and the decisions alone; ``known`` only
    lets a thing keep the IRI that it has. The order of ``documents`` means nothing.

    Args:
        documents: each with its pledges.
        lexicon: with the lists ``names_*`` and ``aliases_*`` and the rules ``names`` and ``aliases``.
        base: the base IRI for new things.
        decisions: what people decided; see ``graph.resolve.review``.
        known: the things of earlier builds.
    """
    gathered = gather_names(documents, lexicon)
    nodes, grammar = gathered.nodes, gathered.grammar
    clusters = start_clusters(nodes)
    for proposals in (
        propose_same(nodes),
        _propose_defined(documents, gathered, lexicon),
        propose_skeleton(nodes, grammar),
        propose_prefix(nodes, grammar),
        propose_suffix(nodes, grammar),
        propose_misprint(nodes),
    ):
        apply_proposals(clusters, proposals)
    groups = _list_groups(clusters)
    iris = assign_iris(groups, nodes, base, known)
    iri_of = {i: iri for group, iri in zip(groups, iris, strict=True) for i in group}
    entities = tuple(sorted(map(_describe, groups, [nodes] * len(groups), iris), key=lambda entity: entity.iri))
    links = _list_links(gathered, clusters, iri_of)
    declined = _list_declined(clusters, nodes, iri_of)
    return Resolution(entities, tuple(links), tuple(declined))


def _propose_defined(documents: Sequence[Read], gathered: Gathered, lexicon: Lexicon) -> Iterator[Proposal]:
    named: dict[str, dict[str, int]] = defaultdict(dict)
    for (document_name, _, _), i in sorted(gathered.where.items()):
        named[document_name][gathered.nodes[i].name] = i
    for document, _ in documents:
        by_name = named[document.name]
        for full, short in find_definitions(document.text, lexicon):
            if short in by_name:
                ends = [i for name, i in by_name.items() if full.endswith(name) and name != short]
                if ends:
                    longest = max(ends, key=lambda i: len(gathered.nodes[i].name))
                    yield Proposal(by_name[short], (longest,), "defined", 1.0)


def _list_groups(clusters: Clusters) -> list[list[int]]:
    groups: dict[int, list[int]] = defaultdict(list)
    for i in range(len(clusters.parent)):
        groups[clusters.find(i)].append(i)
    return list(groups.values())


def _describe(group: Sequence[int], nodes: Sequence[Node], iri: str) -> Entity:
    members = [nodes[i] for i in group]
    names = sorted({name for node in members for name in node.names})
    fullest = min(members, key=lambda node: (-len(node.name), node.name))
    kinds = sum((node.kinds for node in members), Counter[str]())
    kind = "office" if kinds["office"] else fullest.kinds.most_common(1)[0][0]
    return Entity(iri, cast(Kind, kind), fullest.name, tuple(names), home_of(members[0]))


def _list_links(gathered: Gathered, clusters: Clusters, iri_of: dict[int, str]) -> Iterator[Link]:
    for (document, name, kind), i in sorted(gathered.where.items()):
        rule, score = clusters.why.get(i, ("own-name", 1.0))
        yield Link(document, name, cast(Kind, kind), iri_of[i], rule, score)


def _list_declined(clusters: Clusters, nodes: Sequence[Node], iri_of: dict[int, str]) -> list[Declined]:
    found = {
        (nodes[a].name, nodes[b].name): Declined(nodes[a].name, nodes[b].name, rule, score)
        for a, b, rule, score in clusters.declined
        if iri_of[a] != iri_of[b]
    }
    return [found[key] for key in sorted(found)]
