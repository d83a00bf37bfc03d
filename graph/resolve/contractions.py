"""Names that were drawn together: a road by the first characters of its ends, an institution by those of its words.

``云松高速`` is ``云江至松桥高速公路``, ``云大`` the ``云江大学``; a town may lose its rank, a company its form. Rules
look at the names of one place, and find the long name by the short one, so that they stay near-linear.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import product

from graph.resolve.candidates import Proposal
from graph.resolve.names import Grammar
from graph.resolve.nodes import Node

_ENDS, _WORD, _SHORTEST = 4, 2, 2


def propose_routes(nodes: Sequence[Node], grammar: Grammar) -> Iterator[Proposal]:
    """Propose for roads and railways that name their ends those that are named by one character an end.

    Where only one of the names says what it is, a road or a railway, the other may be whatever says it.
    """
    index = _index((_list_route_keys(node, grammar), i) for i, node in enumerate(nodes) if not node.agent)
    for i, node in enumerate(nodes):
        keys = [] if node.agent else [(node.home.name, drawn) for drawn in _draw_route(node, grammar)]
        found = sorted({j for key in keys for j in index.get(key, ()) if _may_be_route(nodes[j], node)})
        if not node.parts.kind and found:
            yield Proposal(i, tuple(found), "route", 0.9)
        elif found:
            yield from (Proposal(j, (i,), "route", 0.9) for j in found)


def propose_towns(nodes: Sequence[Node], grammar: Grammar) -> Iterator[Proposal]:
    """Propose for a place without its rank those that have one (``石门`` / ``云江市石门镇``)."""
    index: dict[Hashable, list[int]] = defaultdict(list)
    for i, node in enumerate(nodes):
        if node.kind == "place" and (found := grammar.rules["town"].search(node.name)):
            index[node.home.name, found["it"]].append(i)
    for i, node in enumerate(nodes):
        if node.kind == "place" and (ranked := index.get((node.home.name, node.name))):
            yield Proposal(i, tuple(ranked), "town", 0.9)


def propose_companies(nodes: Sequence[Node], grammar: Grammar) -> Iterator[Proposal]:
    """Propose for a company those that differ only in saying, or not saying, of which form it is."""
    agents = [(i, node) for i, node in enumerate(nodes) if node.agent and not node.office]
    forms = {i: grammar.rules["company"].search(node.name) for i, node in agents}
    formed = [(i, node, form) for i, node in agents if (form := forms[i])]
    index = _index(([(node.home.name, form["it"], form["group"])], i) for i, node, form in formed)
    for same in index.values():
        yield from (Proposal(i, (same[0],), "company", 0.9) for i in same[1:])
    whole = _index(([(node.home.name, form["it"])], i) for i, node, form in formed)
    for i, node in agents:
        if found := whole.get((node.home.name, node.name)):
            yield Proposal(i, tuple(found), "company", 0.85)


def propose_acronyms(nodes: Sequence[Node]) -> Iterator[Proposal]:
    """Propose for an institution's acronym those whose words, of two characters each, begin with its characters."""
    shorts: dict[Hashable, list[int]] = defaultdict(list)
    for i, node in enumerate(nodes):
        if node.agent and not node.office and len(node.name) <= _ENDS:
            shorts[node.home.name, node.name[0]].append(i)
    found: dict[int, list[int]] = defaultdict(list)
    for i, node in enumerate(nodes if shorts else ()):
        for j in shorts.get((node.home.name, node.name[0]), ()) if node.agent and node.parts.head else ():
            if i != j and _is_acronym(nodes[j].name, node):
                found[j].append(i)
    yield from (Proposal(short, tuple(long), "acronym", 0.85) for short, long in found.items())


def _index(keyed: Iterable[tuple[Iterable[Hashable], int]]) -> dict[Hashable, list[int]]:
    index: dict[Hashable, list[int]] = defaultdict(list)
    for keys, i in keyed:
        for key in keys:
            index[key].append(i)
    return index


def _list_route_keys(node: Node, grammar: Grammar) -> list[Hashable]:
    core = node.parts.core
    whole = _SHORTEST <= len(core) <= _ENDS and (not node.parts.head or _is_road(node, grammar))
    return [(node.home.name, core)] if whole and node.name not in grammar.places else []


def _draw_route(node: Node, grammar: Grammar) -> Iterator[str]:
    if node.parts.head and not _is_road(node, grammar):
        return
    ends = grammar.rules["route"].split(node.parts.core)
    if 1 < len(ends) <= _ENDS and all(len(end) >= _WORD for end in ends):
        choices = ([end[0], *grammar.initials.get(end, "")] for end in ends)
        yield from dict.fromkeys(map("".join, product(*choices)))


def _is_road(node: Node, grammar: Grammar) -> bool:
    return bool(grammar.rules["road"].search(node.parts.kind))


def _may_be_route(short: Node, long: Node) -> bool:
    kinds = {short.parts.kind, long.parts.kind} - {""}
    return short is not long and len(kinds) <= 1 and short.parts.marks == long.parts.marks


def _is_acronym(short: str, long: Node) -> bool:
    head = long.parts.head
    words = long.name.removesuffix(head + long.parts.tail)
    drawn = words[::_WORD]
    last = short[len(drawn) :]
    if len(words) % _WORD or not words or not last or not short.startswith(drawn):
        return False
    rest = iter(head)
    return len(last) < len(head) and (last[0] == head[0] or last == head[-1]) and all(char in rest for char in last)
