"""Proposals become things: joined where only one reading is left, declined where several are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from graph.resolve.candidates import Proposal
from graph.resolve.nodes import Node


@dataclass(slots=True)
class Clusters:
    """A forest over the nodes; ``why`` keeps for a joined node the rule and score that joined it."""

    parent: list[int]
    why: dict[int, tuple[str, float]] = field(default_factory=dict)
    declined: list[tuple[int, int, str, float]] = field(default_factory=list)
    apart: dict[int, set[int]] = field(default_factory=dict)

    def find(self, node: int) -> int:
        """Return the root of a node."""
        while self.parent[node] != node:
            self.parent[node] = self.parent[self.parent[node]]
            node = self.parent[node]
        return node


def start_clusters(nodes: Sequence[Node]) -> Clusters:
    """Return a forest in which every name is its own thing."""
    return Clusters(list(range(len(nodes))))


def apply_proposals(clusters: Clusters, proposals: Iterable[Proposal]) -> None:
    """Join each proposal's name with the one thing that its candidates are, else note why not."""
    for proposal in proposals:
        here = clusters.find(proposal.short)
        roots = sorted({clusters.find(node) for node in proposal.long} - {here})
        if len(roots) == 1 and not _already(clusters, proposal, here):
            _join(clusters, proposal, here, roots[0])
        elif len(roots) > 1:
            clusters.declined.extend((proposal.short, node, proposal.rule, proposal.score) for node in proposal.long)


def _already(clusters: Clusters, proposal: Proposal, here: int) -> bool:
    return any(clusters.find(node) == here for node in proposal.long)


def _join(clusters: Clusters, proposal: Proposal, here: int, there: int) -> None:
    keep, drop = min(here, there), max(here, there)
    if keep in clusters.apart.get(drop, set()):
        return
    clusters.parent[drop] = keep
    clusters.why.setdefault(proposal.short, (proposal.rule, proposal.score))
