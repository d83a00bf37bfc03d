"""Names become things: every name of every document gets one link, and every link says why.

The order of the rules is the order of their certainty; each joins a name only where one reading is left, and
what people decided comes before all.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, cast

from graph.lexicon import Lexicon
from graph.model import Decision, Declined, Entity, EntityType, Link, Resolution
from graph.resolve.aliases import find_definitions
from graph.resolve.candidates import Proposal
from graph.resolve.clusters import Clusters, apply_proposals, list_clusters, list_declined
from graph.resolve.contractions import propose_acronyms, propose_companies, propose_routes, propose_towns
from graph.resolve.decide import decide_joins, find_verdict
from graph.resolve.identity import assign_iris, find_home, mint_node
from graph.resolve.names import normalise_name
from graph.resolve.nodes import Gathered, Node, Read, gather_names
from graph.resolve.reforms import list_apart, list_reforms, note_reforms
from graph.resolve.shapes import propose_labels, propose_misprints, propose_skeletons, propose_suffixes
from graph.resolve.stems import propose_abroad, propose_equal, propose_places, propose_tails

Kind = EntityType | Literal["office"]


def resolve_names(
    documents: Sequence[Read],
    lexicon: Lexicon,
    base: str,
    decisions: Sequence[Decision] = (),
    known: Sequence[Entity] = (),
) -> Resolution:
    """Link every speaker's name and every mention's name of the documents to one thing each.

    Which names are one thing depends on the documents, the lexicon and the decisions alone; ``known`` only
    lets a thing keep the IRI that it has. The order of ``documents`` means nothing.

    Args:
        documents: each with its pledges.
        lexicon: with the lists and rules ``names*``, ``aliases*`` and ``places``.
        base: the base IRI for new things.
        decisions: what people decided; those on facts are for ``graph.resolve.decide.correct_pledges``.
        known: the things of earlier builds.
    """
    gathered = gather_names(documents, lexicon)
    clusters = Clusters(list(range(len(gathered.nodes))))
    decide_joins(clusters, gathered.nodes, decisions)
    ordered = sorted(documents, key=lambda read: read[0].name)
    named = _name_documents(gathered)
    reformed = note_reforms(clusters, ordered, gathered, lexicon)
    for proposals in _list_rules(gathered, _propose_defined(ordered, named, lexicon)):
        apply_proposals(clusters, proposals)
    groups = list_clusters(clusters)
    iris = assign_iris(groups, gathered.nodes, base, known)
    members = [[gathered.nodes[i] for i in group] for group in groups]
    entities = [
        _describe_entity(nodes, iri, base, decisions, gathered.grammar.rules["ragged"])
        for nodes, iri in zip(members, iris, strict=True)
    ]
    iri_of = {i: iri for group, iri in zip(groups, iris, strict=True) for i in group}
    declined = sorted(
        (Declined(iri_of[a], iri_of[b], rule, score) for a, b, rule, score in list_declined(clusters)),
        key=lambda pair: (pair.left, pair.right),
    )
    links = _list_links(gathered, clusters, iri_of)
    return Resolution(
        tuple(sorted(entities, key=lambda e: e.iri)),
        tuple(links),
        tuple(declined),
        list_reforms(reformed, iri_of),
        list_apart(clusters, iri_of),
    )


def _list_rules(gathered: Gathered, defined: Iterator[Proposal]) -> Iterator[Iterator[Proposal]]:
    nodes, grammar = gathered.nodes, gathered.grammar
    yield propose_equal(nodes)
    yield propose_abroad(nodes)
    yield defined
    yield propose_tails(nodes, grammar)
    yield propose_places(nodes, grammar)
    yield propose_towns(nodes, grammar)
    yield propose_routes(nodes, grammar)
    yield propose_companies(nodes, grammar)
    yield propose_acronyms(nodes)
    yield propose_skeletons(nodes, grammar)
    yield propose_labels(nodes, grammar)
    yield propose_suffixes(nodes, grammar)
    yield propose_misprints(nodes, grammar)


def _propose_defined(
    documents: Sequence[Read], named: Mapping[str, Mapping[str, int]], lexicon: Lexicon
) -> Iterator[Proposal]:
    for document, _ in documents:
        here = named[document.name]
        for full, short in find_definitions(document.text, lexicon):
            ends = [name for name in here if full.endswith(name) and name != short] if short in here else []
            if ends:
                yield Proposal(here[short], (here[max(ends, key=len)],), "defined", 1.0)


def _name_documents(gathered: Gathered) -> dict[str, dict[str, int]]:
    named: dict[str, dict[str, int]] = defaultdict(dict)
    for (document, _, _), i in sorted(gathered.where.items()):
        named[document][gathered.nodes[i].name] = i
    return named


def _describe_entity(
    members: Sequence[Node], iri: str, base: str, decisions: Sequence[Decision], ragged: re.Pattern[str]
) -> Entity:
    fullest = _find_fullest(members, ragged)
    kinds = sum((node.kinds for node in members), Counter[str]())
    kind = "office" if kinds["office"] else find_verdict("type", members, decisions) or fullest.kind
    label = find_verdict("rename", members, decisions) or _spell_name(fullest)
    homes = {find_home(node) for node in members if node.home.path}
    return Entity(
        iri,
        cast(Kind, kind),
        label,
        tuple(sorted({name for node in members for name in node.names})),
        homes.pop() if len(homes) == 1 else "",
        tuple(sorted({mint_node(node, base) for node in members} - {iri})),
    )


def _spell_name(node: Node) -> str:
    """Return a node's name in the characters of the documents, which may be traditional or hold a middle dot."""
    for name, _ in sorted(node.names.items(), key=lambda item: (-item[1], item[0])):
        plain = normalise_name(name)
        if plain and node.name.endswith(plain):
            return node.name.removesuffix(plain) + name
    return node.name


def _find_fullest(members: Sequence[Node], ragged: re.Pattern[str]) -> Node:
    """Return the longest name, but no name that is another with a verb in front."""
    whole = [
        node
        for node in members
        if not ragged.match(node.name) or not any(node.name.endswith(n.name) and n is not node for n in members)
    ]
    return min(whole or members, key=lambda node: (-len(node.name), node.name))


def _list_links(gathered: Gathered, clusters: Clusters, iri_of: dict[int, str]) -> Iterator[Link]:
    for (document, name, kind), i in sorted(gathered.where.items()):
        rule, score = clusters.why.get(i, ("own-name", 1.0))
        yield Link(document, name, cast(Kind, kind), iri_of[i], rule, score)
