"""Names that are equal but for what may be left out: the place prefix, the tail, the type."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from graph.resolve.candidates import Proposal, group_by_key
from graph.resolve.names import Grammar
from graph.resolve.nodes import Node

_SOLID = ("place", "organisation", "honour")


def propose_equal(nodes: Sequence[Node]) -> Iterator[Proposal]:
    """Propose the same name under two types, and names that are equal once taken apart.

    Offices are equal by place and stem, wherever they are said; things only within one place.
    """
    for group in group_by_key((n.home.name, n.name) for n in nodes):
        things = [i for i in group if not nodes[i].office]
        yield from (Proposal(b, (a,), "same-name", 0.95) for a, b in pairwise(things))
    for group in group_by_key((n.place, n.key, n.parts.marks) if n.agent else i for i, n in enumerate(nodes)):
        yield from (Proposal(b, (a,), "same-office", 0.95) for a, b in pairwise(group) if _are_one(nodes[a], nodes[b]))
    for group in group_by_key(_read_key(n) for n in nodes):
        yield from (Proposal(b, (a,), "same-stem", 0.95) for a, b in pairwise(group))


def propose_abroad(nodes: Sequence[Node]) -> Iterator[Proposal]:
    """Propose equal names of different places if they begin with a place that everyone knows."""
    for group in group_by_key((n.agent, n.name) if n.abroad and n.kind != "honour" else i for i, n in enumerate(nodes)):
        yield from (Proposal(b, (a,), "known-place", 0.9) for a, b in pairwise(group))


def propose_tails(nodes: Sequence[Node], grammar: Grammar) -> Iterator[Proposal]:
    """Propose for a name without a tail, or without a size, those of its place and stem that have one."""
    for group in group_by_key((*_find_world(n), n.agent, n.key, n.parts.marks) for n in nodes):
        for a in group:
            if not (nodes[a].parts.sort and nodes[a].parts.size):
                fuller = tuple(b for b in group if b != a and _adds_tail(nodes[a], nodes[b], grammar))
                yield from [Proposal(a, fuller, "same-stem", 0.9)] if fuller else []


def propose_places(nodes: Sequence[Node], grammar: Grammar) -> Iterator[Proposal]:
    """Propose for a name that says no place those of its stem that do.

    ``会展中心`` is ``云江会展中心项目`` if no other place and no other kind of thing is named so.
    """
    for group in group_by_key((n.home.root, n.agent, n.key, n.parts.marks, n.parts.size) for n in nodes):
        for a in group:
            if not nodes[a].parts.place:
                placed = tuple(b for b in group if _adds_place(nodes[a], nodes[b], grammar))
                yield from [Proposal(a, placed, "same-stem", 0.9)] if placed else []


def _read_key(node: Node) -> tuple[object, ...]:
    parts = node.parts
    return (*_find_world(node), node.agent, node.key, parts.sort, parts.marks, parts.size)


def _find_world(node: Node) -> tuple[str, str]:
    """Return where a stem means one thing: the place that the name says, else the place of its documents."""
    return (node.parts.place, "" if node.parts.place else node.home.name)


def _are_one(a: Node, b: Node) -> bool:
    return a.office or b.office or a.parts.place == b.parts.place != ""


def _adds_tail(a: Node, b: Node, grammar: Grammar) -> bool:
    if a.office or b.office or (a.parts.sort, a.parts.size) == (b.parts.sort, b.parts.size):
        return False
    if a.parts.size != b.parts.size and (a.parts.size or not a.documents & b.documents):
        return False
    return a.parts.sort == b.parts.sort or (not a.parts.sort and _may_lack_tail(a, b, grammar))


def _adds_place(a: Node, b: Node, grammar: Grammar) -> bool:
    if a.office or b.office or not b.parts.place or not a.home.name.startswith(b.place):
        return False
    sorts = {a.parts.sort, b.parts.sort}
    shorter, longer = (b, a) if a.parts.sort else (a, b)
    return len(sorts) == 1 or ("" in sorts and _may_lack_tail(shorter, longer, grammar))


def _may_lack_tail(short: Node, long: Node, grammar: Grammar) -> bool:
    if grammar.rules["numeric"].match(short.parts.core) and not short.parts.head:
        return False
    tail, rules = long.parts.tail, grammar.rules
    if short.name in grammar.places or rules["level"].search(short.name) or rules["plan"].search(tail):
        return False
    if short.kind in _SOLID and rules["said_of"].search(tail):
        return False
    works = grammar.strength.get(long.parts.sort) == "works"
    return not short.parts.head or works or short.kind == long.kind
