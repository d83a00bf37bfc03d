"""Proposals become things: joined where only one reading is left, declined where several are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from graph.resolve.candidates import Proposal


@dataclass(slots=True)
class Clusters:
    """A forest over the nodes.

    ``why`` keeps for a joined node the rule and score that joined it, ``declined`` the pairs that were not
    joined, ``apart`` for a root the roots that it must never meet.
    """

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


def keep_apart(clusters: Clusters, left: int, right: int) -> None:
    """Note that two nodes are never one thing."""
    a, b = clusters.find(left), clusters.find(right)
    clusters.apart.setdefault(a, set()).add(b)
    clusters.apart.setdefault(b, set()).add(a)


def apply_proposals(clusters: Clusters, proposals: Iterable[Proposal]) -> None:
    """Join each proposal's name with the one thing that its candidates are, else note what it may be."""
    for proposal in proposals:
        here = clusters.find(proposal.short)
        there = {clusters.find(node) for node in proposal.long}
        free = sorted(there - {here} - clusters.apart.get(here, set()))
        if here in there or not free:
            continue
        if len(free) == 1 and proposal.firm:
            clusters.why.setdefault(proposal.short, (proposal.rule, proposal.score))
            _join(clusters, here, free[0])
        else:
            clusters.declined.extend((proposal.short, node, proposal.rule, proposal.score) for node in proposal.long)


def list_clusters(clusters: Clusters) -> list[list[int]]:
    """Return the nodes of each thing, in the order of their first nodes."""
    groups: dict[int, list[int]] = defaultdict(list)
    for node in range(len(clusters.parent)):
        groups[clusters.find(node)].append(node)
    return list(groups.values())


def list_declined(clusters: Clusters) -> Iterator[tuple[int, int, str, float]]:
    """Yield the pairs that stayed apart to the end, each once."""
    seen: set[tuple[int, int]] = set()
    for a, b, rule, score in clusters.declined:
        pair = (clusters.find(a), clusters.find(b))
        if pair[0] != pair[1] and pair not in seen and pair[::-1] not in seen:
            seen.add(pair)
            yield a, b, rule, score


def _join(clusters: Clusters, here: int, there: int) -> None:
    keep, drop = min(here, there), max(here, there)
    clusters.parent[drop] = keep
    for other in clusters.apart.pop(drop, ()):
        clusters.apart[other].discard(drop)
        clusters.apart[other].add(keep)
        clusters.apart.setdefault(keep, set()).add(other)
