"""Which names may be one thing: each rule proposes, near-linear in the number of names.

A rule looks only at names of one place that share a key (a stem, a prefix, a suffix, a skeleton, a name with
one character dropped). A proposal is one name with all those it may be; who reads it joins it only if these
are one thing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from graph.resolve.names import Grammar, is_generic, reduce_core
from graph.resolve.nodes import Node

_MOST = 20


@dataclass(frozen=True, slots=True)
class Proposal:
    """The name of node ``short`` may be any of ``long``."""

    short: int
    long: tuple[int, ...]
    rule: str
    score: float


def propose_same(nodes: Sequence[Node]) -> Iterator[Proposal]:
    """Propose names that are equal but for place prefix and weak tail.

    A name that says no place, or no tail, is whichever the others of its stem are.
    """
    for group in _group(nodes, lambda n: (n.home.name, n.agent, n.place, n.key, n.parts.sort, n.parts.marks)):
        for a, b in combinations(group, 2):
            if nodes[a].parts.place == nodes[b].parts.place or nodes[a].office or nodes[b].office:
                yield Proposal(b, (a,), "same-stem", 0.95)
    for group in _group(nodes, lambda node: (node.home.path[0], node.agent, node.key, node.parts.marks)):
        for a in group:
            full = [b for b in group if b != a and _extends(nodes[a], nodes[b])]
            if full:
                yield Proposal(a, tuple(full), "same-stem", 0.95)
    for group in _group(nodes, lambda node: (node.home.name, node.name)):
        for a, b in combinations(group, 2):
            if not nodes[a].office and not nodes[b].office:
                yield Proposal(a, (b,), "same-name", 0.95)


def propose_prefix(nodes: Sequence[Node], grammar: Grammar) -> Iterator[Proposal]:
    """Propose for a label without a head the names that begin with it and add a head (``X`` / ``X文化项目``)."""
    for block in _blocks(nodes):
        texts = sorted((_rest(nodes[i]), i) for i in block)
        for short in block:
            node = nodes[short]
            if node.parts.head or node.parts.weak or len(node.parts.core) < 3 or _bars_label(node):
                continue
            found = [i for text, i in _starting(texts, node.parts.core) if _completes(node, nodes[i], text, grammar)]
            if found:
                yield Proposal(short, tuple(found), "label", 0.85)


def propose_suffix(nodes: Sequence[Node], grammar: Grammar) -> Iterator[Proposal]:
    """Propose for a name with a head the names that end in it (``大学城`` / ``东河大学城``)."""
    for block in _blocks(nodes):
        texts = sorted((_rest(nodes[i])[::-1], i) for i in block)
        for short in block:
            node = nodes[short]
            rest = _rest(node)
            if not (node.parts.head or node.parts.weak) or len(rest) < 4 or node.parts.place:
                continue
            found = [i for text, i in _starting(texts, rest[::-1]) if len(text) > len(rest)]
            found = [i for i in found if _specifies(node, nodes[i], grammar)]
            if found:
                yield Proposal(short, tuple(found), "suffix", 0.8)


def propose_skeleton(nodes: Sequence[Node], grammar: Grammar) -> Iterator[Proposal]:
    """Propose names that differ only in general attributes inside (``东河数字产业园`` / ``东河产业园``)."""
    reduced = [reduce_core(node.parts.core, grammar) for node in nodes]
    keys = [(n.home.name, n.agent, r[0], n.parts.head, n.parts.marks) for n, r in zip(nodes, reduced, strict=True)]
    for group in _group_keys(keys):
        if len(keys[group[0]][2]) < 2 or len(keys[group[0]][3]) < 2:
            continue
        for a in group:
            longer = tuple(b for b in group if len(reduced[a][1]) < len(reduced[b][1]) and _within(nodes[a], nodes[b]))
            if longer:
                yield Proposal(a, longer, "skeleton", 0.8)


def propose_misprint(nodes: Sequence[Node]) -> Iterator[Proposal]:
    """Propose names of one kind of which one lacks a single character."""
    for block in _blocks(nodes):
        names = {nodes[i].name: i for i in block}
        found: dict[int, list[int]] = defaultdict(list)
        for long in block:
            name = nodes[long].name
            for at in range(len(name)):
                short = names.get(name[:at] + name[at + 1 :])
                if short is not None and _lacks(nodes[short], nodes[long], at):
                    found[short].append(long)
        for short in sorted(found):
            yield Proposal(short, tuple(sorted(set(found[short]))), "misprint", 0.75)


def _extends(a: Node, b: Node) -> bool:
    """Tell whether b says all that a says of place and tail, and more or the same."""
    if a.office or b.office:
        return a.place == b.place
    place = b.parts.place == a.parts.place or (not a.parts.place and a.home.name.startswith(b.place))
    if not b.parts.place:
        place = not a.parts.place and a.home.name == b.home.name
    tail = a.parts.sort == b.parts.sort or (
        not a.parts.sort and (not a.parts.head or b.parts.works or a.kinds.keys() & b.kinds.keys())
    )
    return bool(place and tail)


def _completes(short: Node, long: Node, text: str, grammar: Grammar) -> bool:
    tail = text[len(short.parts.core) :]
    apart = grammar.inner.search(text) or grammar.beside.match(tail) or grammar.works.search(tail)
    if not tail or apart or short.parts.marks != long.parts.marks or _bars_label(long):
        return False
    if _kind(short) == "place":
        return bool(long.parts.weak) and not long.parts.head
    return bool(long.parts.head or long.parts.weak) and _kind(long) != "place"


def _kind(node: Node) -> str:
    return node.kinds.most_common(1)[0][0]


def _bars_label(node: Node) -> bool:
    return node.agent or _kind(node) == "honour"


def _specifies(short: Node, long: Node, grammar: Grammar) -> bool:
    front = _rest(long)[: -len(_rest(short))]
    together = bool(short.documents & long.documents)
    apart = short.parts.marks != long.parts.marks or short.agent != long.agent or grammar.list_end.search(front)
    honour = "honour" in (_kind(short), _kind(long))
    return not apart and not honour and (together or not is_generic(short.parts, grammar))


def _within(a: Node, b: Node) -> bool:
    rest = iter(b.parts.core)
    return a.parts.core[:2] == b.parts.core[:2] and all(char in rest for char in a.parts.core)


def _lacks(short: Node, long: Node, at: int) -> bool:
    if short.parts.marks != long.parts.marks or short.parts.place != long.parts.place:
        return False
    if len(short.name) < 6:
        bare = short.agent and not short.office and not short.parts.head and not long.parts.head
        return bare and len(short.name) >= 3 and at == len(long.name) - 1
    long_enough = len(short.parts.core) >= 4
    return long_enough and at > 0 and short.parts.head == long.parts.head and short.agent == long.agent


def _rest(node: Node) -> str:
    return node.parts.core + node.parts.head + node.parts.weak


def _starting(texts: Sequence[tuple[str, int]], prefix: str) -> list[tuple[str, int]]:
    at = bisect_left(texts, (prefix, -1))
    found: list[tuple[str, int]] = []
    while at < len(texts) and texts[at][0].startswith(prefix) and len(found) <= _MOST:
        found.append(texts[at])
        at += 1
    return found if len(found) <= _MOST else []


def _blocks(nodes: Sequence[Node]) -> Iterable[list[int]]:
    return _group_keys([(node.home.name,) for node in nodes])


def _group(nodes: Sequence[Node], key: Callable[[Node], tuple[object, ...]]) -> list[list[int]]:
    return _group_keys([key(node) for node in nodes])


def _group_keys(keys: Sequence[tuple[object, ...]]) -> list[list[int]]:
    groups: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for i, key in enumerate(keys):
        groups[key].append(i)
    return [group for group in groups.values() if len(group) > 1]
