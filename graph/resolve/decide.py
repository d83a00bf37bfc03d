"""What people decided on names, replayed on every build; what no longer fits is found, never dropped in silence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import product

from graph.lexicon import Lexicon
from graph.model import Decision, Verdict
from graph.resolve.candidates import Proposal
from graph.resolve.clusters import Clusters, apply_proposals, keep_apart
from graph.resolve.correct import fits_document
from graph.resolve.names import normalise_name
from graph.resolve.nodes import Node, Read, gather_names


def decide_joins(clusters: Clusters, nodes: Sequence[Node], decisions: Sequence[Decision]) -> None:
    """Join and keep apart what people decided, before any rule has spoken."""
    pairs = [decision for decision in decisions if decision.verdict in ("same", "different")]
    index = _index_names(nodes) if pairs else {}
    for decision in pairs:
        left = _find_nodes(decision.name, decision.place, nodes, index)
        right = _find_nodes(decision.other, decision.other_place, nodes, index)
        if decision.verdict == "same":
            found = ((a, b) for a, b in product(left, right) if decision.place or _share_home(nodes[a], nodes[b]))
            apply_proposals(clusters, (Proposal(a, (b,), "decision", 1.0) for a, b in found))
    for decision in pairs:
        if decision.verdict == "different":
            left = _find_nodes(decision.name, decision.place, nodes, index)
            right = _find_nodes(decision.other, decision.other_place, nodes, index)
            for a, b in product(left, right):
                keep_apart(clusters, a, b)


def find_verdict(verdict: Verdict, members: Iterable[Node], decisions: Sequence[Decision]) -> str:
    """Return the last decided name or type of the thing whose names ``members`` are, or nothing."""
    found = [d for d in decisions if d.verdict == verdict]
    if not found:
        return ""
    names = [(node.name, normalise_name(name), node) for node in members for name in node.names]
    fits = [d for d in found if any(normalise_name(d.name) in n[:2] and _is_at(n[2], d.place) for n in names)]
    return fits[-1].other if fits else ""


def find_unfit(documents: Sequence[Read], lexicon: Lexicon, decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """Return the decisions that fit no name and no sentence any more.

    Args:
        documents: with their pledges as extracted, before ``correct_pledges``.
        lexicon: as for ``resolve_names``.
        decisions: all decisions.
    """
    nodes = gather_names(documents, lexicon).nodes
    index = _index_names(nodes)
    by_name = {document.name: (document, pledges) for document, pledges in documents}

    def fits(decision: Decision) -> bool:
        if decision.verdict in ("delete", "add"):
            return decision.document in by_name and fits_document(*by_name[decision.document], decision)
        names = [(decision.name, decision.place)]
        if decision.verdict in ("same", "different"):
            names.append((decision.other, decision.other_place))
        return all(_find_nodes(name, place, nodes, index) for name, place in names)

    return tuple(decision for decision in decisions if not fits(decision))


def _index_names(nodes: Sequence[Node]) -> dict[str, list[int]]:
    index: dict[str, list[int]] = defaultdict(list)
    for i, node in enumerate(nodes):
        for name in {node.name, *map(normalise_name, node.names)}:
            index[name].append(i)
    return index


def _find_nodes(name: str, place: str, nodes: Sequence[Node], index: dict[str, list[int]]) -> list[int]:
    return [i for i in index.get(normalise_name(name), ()) if _is_at(nodes[i], place)]


def _is_at(node: Node, place: str) -> bool:
    return not place or place in (node.home.name, node.place)


def _share_home(a: Node, b: Node) -> bool:
    return a.home.name == b.home.name
