"""Names of one place that are alike in shape: one begins or ends the other, or lacks a word or a character of it."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence

from graph.resolve.candidates import Proposal, group_by_key
from graph.resolve.names import Grammar, Parts, count_specific, reduce_core
from graph.resolve.nodes import Node

_MOST = 20
_LABEL, _SUFFIX, _SPECIFIC, _MISPRINT, _BARE, _LONG = 3, 4, 2, 6, 3, 4


def propose_labels(nodes: Sequence[Node], grammar: Grammar) -> Iterator[Proposal]:
    """Propose for a label without a head the names that begin with it and add one (``X`` / ``X文化项目``).

    Only a longer name that adds general words and a head is surely the same; in another document, only the head.
    """
    spread = _find_spread(nodes)
    for block in _list_blocks(nodes):
        texts = sorted((nodes[i].parts.rest, i) for i in block if not nodes[i].agent)
        for short in block:
            label = nodes[short]
            if _may_be_label(label, grammar):
                longer = _list_starting(texts, label.parts.core)
                fit = [i for _, i in longer if _completes(label, nodes[i], grammar)]
                sure = [i for i in fit if _adds_only_kind(label, nodes[i], grammar)]
                sure = [i for i in sure if (False, label.name) not in spread or not nodes[i].parts.head]
                yield from _list_proposals(short, sure, fit, "label", 0.85)


def propose_suffixes(nodes: Sequence[Node], grammar: Grammar) -> Iterator[Proposal]:
    """Propose for a name with a head the names that end in it (``大学城`` / ``东河大学城``).

    Where they stand in different documents, the shorter name must be telling or the longer one add a place to be
    surely the same; a name that says only a kind is never surely the same, nor one that several places have of
    their own with one that a single place has.
    """
    spread = _find_spread(nodes)
    for block in _list_blocks(nodes):
        texts = sorted((nodes[i].name[::-1], i) for i in block)
        for short in block:
            node = nodes[short]
            specific = count_specific(node.parts, grammar)
            if len(node.name) < _SUFFIX or _is_government(node, grammar) or specific < _SPECIFIC:
                continue
            longer = _list_starting(texts, node.name[::-1])
            fit = [i for _, i in longer if _specifies(node, nodes[i], grammar)]
            fronts = {i: nodes[i].name[: -len(node.name)] for i in fit}
            telling = specific >= _LONG
            placed = [
                i for i in fit if _adds_nothing(fronts[i], grammar) or (telling and _adds_attribute(fronts[i], grammar))
            ]
            if _is_bare(node.parts):
                fit = placed
            several = (node.agent, node.name) in spread
            fit = [i for i in fit if not several or (nodes[i].agent, nodes[i].name) in spread or i in placed]
            sure = [i for i in fit if _is_close(node, nodes[i]) or specific > _SPECIFIC] or placed
            yield from _list_proposals(short, sure, fit, "suffix", 0.8)


def propose_skeletons(nodes: Sequence[Node], grammar: Grammar) -> Iterator[Proposal]:
    """Propose names that differ only in general attributes inside (``东河数字产业园`` / ``东河产业园``)."""
    reduced = [reduce_core(node.parts.core, grammar) for node in nodes]
    keys = [_skeleton(node, core, i, grammar) for i, (node, (core, _)) in enumerate(zip(nodes, reduced, strict=True))]
    for group in group_by_key(keys):
        for a in sorted(group, key=lambda i: (-len(reduced[i][1]), i)):
            fewer = len(reduced[a][1])
            longer = tuple(
                b
                for b in group
                if fewer < len(reduced[b][1])
                and _is_within(nodes[a], nodes[b])
                and nodes[b].name not in nodes[a].beside
                and (nodes[a].parts.kind or not any(map(grammar.rules["works"].search, reduced[b][1])))
            )
            if longer:
                yield Proposal(a, longer, "skeleton", 0.8)


def propose_misprints(nodes: Sequence[Node], grammar: Grammar) -> Iterator[Proposal]:
    """Propose names of one kind of which one lacks a single character."""
    for block in _list_blocks(nodes):
        names = {(nodes[i].agent, nodes[i].name): i for i in block}
        found: dict[int, set[int]] = defaultdict(set)
        for long in block:
            name = nodes[long].name
            for at in range(1, len(name)):
                short = names.get((nodes[long].agent, name[:at] + name[at + 1 :]))
                if short is not None and _lacks(nodes[short], nodes[long], at, grammar):
                    found[short].add(long)
        yield from (Proposal(short, tuple(sorted(found[short])), "misprint", 0.75) for short in sorted(found))


def _list_proposals(short: int, sure: list[int], fit: list[int], rule: str, score: float) -> list[Proposal]:
    """Return the proposal to join what is surely the same, else one to ask a person about what may be."""
    if sure:
        return [Proposal(short, tuple(sure), rule, score)]
    return [Proposal(short, tuple(fit), rule, score / 2, firm=False)] if fit else []


def _may_be_label(node: Node, grammar: Grammar) -> bool:
    formula = grammar.rules["numeric"].match(node.parts.core)
    telling = count_specific(node.parts, grammar) >= _SPECIFIC
    return telling and _is_bare(node.parts) and not node.agent and node.kind != "honour" and not formula


def _completes(short: Node, long: Node, grammar: Grammar) -> bool:
    tail, parts, rules = long.parts.rest[len(short.parts.core) :], long.parts, grammar.rules
    apart = rules["inner"].search(parts.rest) or rules["beside"].match(tail) or rules["works"].search(tail)
    derived = grammar.strength.get(parts.head) == "part"
    if not tail or apart or derived or short.parts.marks != parts.marks or long.kind == "honour":
        return False
    if len(short.parts.core) < _LABEL and not (_is_close(short, long) and short.kind == long.kind):
        return False
    if short.kind == "place" and not (rules["route"].search(short.parts.core) and rules["road"].search(parts.kind)):
        return bool(parts.tail) and not parts.head and not rules["said_of"].search(parts.tail)
    return bool(parts.head or parts.tail) and long.kind == short.kind


def _adds_only_kind(short: Node, long: Node, grammar: Grammar) -> bool:
    added = long.parts.core[len(short.parts.core) :]
    return not added or (_is_close(short, long) and not grammar.general.sub("", added))


def _is_bare(parts: Parts) -> bool:
    return not parts.head and not parts.tail


def _find_spread(nodes: Sequence[Node]) -> set[tuple[bool, str]]:
    """Return the names that are said in documents of several provinces, agents' and things' apart."""
    roots: dict[tuple[bool, str], set[str]] = defaultdict(set)
    for node in nodes:
        roots[node.agent, node.name].add(node.home.root)
    return {name for name, found in roots.items() if len(found) > 1}


def _is_close(a: Node, b: Node) -> bool:
    return bool(a.documents & b.documents)


def _is_government(node: Node, grammar: Grammar) -> bool:
    return node.office or grammar.strength.get(node.parts.head) == "office"


def _specifies(short: Node, long: Node, grammar: Grammar) -> bool:
    front = long.name[: -len(short.name)]
    if not front or grammar.rules["list_end"].search(front) or short.parts.marks != long.parts.marks:
        return False
    if grammar.rules["telling"].match(front) or _is_list(front, short.parts.core) or long.name in short.beside:
        return False
    return short.agent == long.agent and not long.office and "honour" not in (short.kind, long.kind)


def _is_list(front: str, core: str) -> bool:
    """Tell whether the end of ``front`` is built like ``core``: two things with one head (``云松云安`` + ``铁路``)."""
    before = front[-len(core) :]
    return len(before) == len(core) > 1 and any(a == b for a, b in zip(before, core, strict=True))


def _says_only_kind(node: Node, grammar: Grammar) -> bool:
    return _is_government(node, grammar) or count_specific(node.parts, grammar) < _SPECIFIC


def _adds_nothing(front: str, grammar: Grammar) -> bool:
    """Tell whether what stands in front is a place, or a verb that an extractor left there."""
    return front in grammar.places or bool(grammar.rules["ragged"].fullmatch(front))


def _adds_attribute(front: str, grammar: Grammar) -> bool:
    return not grammar.general.sub("", front) and not grammar.rules["level"].search(front)


def _skeleton(node: Node, core: str, own: int, grammar: Grammar) -> object:
    if len(core) < 2 or _says_only_kind(node, grammar):
        return own
    if len(node.parts.kind) < 2 and not (node.parts.sort and len(core) >= _LONG):
        return own
    return (node.home.name, node.agent, core, node.parts.kind, node.parts.sort, node.parts.marks)


def _is_within(a: Node, b: Node) -> bool:
    rest = iter(b.parts.core)
    return a.parts.core[:2] == b.parts.core[:2] and all(char in rest for char in a.parts.core)


def _lacks(short: Node, long: Node, at: int, grammar: Grammar) -> bool:
    a, b = short.parts, long.parts
    if a.marks != b.marks or a.place != b.place or a.kind != b.kind or _is_government(short, grammar) or long.office:
        return False
    if grammar.rules["telling"].match(long.name[at]):
        return False
    if len(short.name) < _MISPRINT or len(a.core) < _MISPRINT - 2:
        bare = short.agent and not a.head and len(short.name) >= _BARE
        return bare and at == len(long.name) - 1
    return True


def _list_starting(texts: Sequence[tuple[str, int]], prefix: str) -> list[tuple[str, int]]:
    at = bisect_left(texts, (prefix, -1))
    found = texts[at : at + _MOST + 1]
    found = [(text, i) for text, i in found if text.startswith(prefix)]
    return found if len(found) <= _MOST else []


def _list_blocks(nodes: Sequence[Node]) -> list[list[int]]:
    """Return the names of each place, longest first: what a short name may be is then one thing already."""
    blocks = group_by_key(node.home.name for node in nodes)
    return [sorted(block, key=lambda i: (-len(nodes[i].name), i)) for block in blocks]
