"""The ledger as a graph: offices, things, and an edge for every row, its role and its sentence kept.

Node keys are the identifiers of the ledger. Four views of one ledger:

==========  ==================================  =====================================================
view        nodes                               edges
==========  ==================================  =====================================================
all         offices, things                     office → thing, one for every row
shared      the same, of things that several    the same
            offices share
offices     offices                             office → office, weighted by what the two share
evidence    offices, sentences, things          office → sentence → thing
==========  ==================================  =====================================================
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import combinations, repeat
from operator import attrgetter
from typing import Any, Literal

import networkx as nx
import numpy as np

from graph.model import Ledger, LinkRow
from graph.view.index import index_rows
from graph.view.layout import place_network
from graph.view.select import select_rows
from graph.view.words import load_style

View = Literal["all", "shared", "offices", "evidence"]
Attributes = dict[str, Any]
Edge = tuple[str, str, Attributes]
OFFICE = "office"
SENTENCE = "sentence"
NODE_KEYS = {"label": "string", "kind": "string", "type": "string", "shares": "int", "quote": "string"}
NODE_KEYS |= {"color": "string", "r": "int", "g": "int", "b": "int", "size": "double", "x": "double", "y": "double"}
EDGE_KEYS = {"role": "string", "action": "string", "status": "string", "year": "int", "document": "string"}
EDGE_KEYS |= {"title": "string", "mention": "string", "quote": "string", "rule": "string", "start": "int"}
EDGE_KEYS |= {"end": "int", "score": "double", "things": "string", "weight": "double"}
_ORDER = attrgetter("document", "start", "role", "organisation_id", "entity_id")
_EDGE_TEXT = ("role", "action", "status", "document", "title", "mention", "quote", "rule")
_SAID = ("role", "status", "year", "document", "title")
_MEANT = ("action", "year", "mention", "start", "end", "score", "rule")


def list_keys() -> Iterator[tuple[str, str, str, str]]:
    """Yield identifier, domain (node, edge), name and type of every attribute; an identifier is there once."""
    for domain, keys in (("node", NODE_KEYS), ("edge", EDGE_KEYS)):
        for name, kind in keys.items():
            yield f"{domain[0]}_{name}", domain, name, kind


def build_network(ledger: Ledger, view: View = "all") -> nx.MultiDiGraph[str]:
    """Return a view of a ledger as a networkx graph with positions; nodes and edges in sorted order."""
    nodes, edges = list_graph(ledger, view)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from(nodes.items())
    graph.add_edges_from(edges)
    return graph


def list_graph(ledger: Ledger, view: View = "all") -> tuple[dict[str, Attributes], Iterator[Edge]]:
    """Return the nodes of a view with their attributes, sorted, and its edges one by one, for writers that stream."""
    described, rows = list_rows(ledger, view)
    nodes = dict(described)
    if view == "offices":
        return {key: node for key, node in nodes.items() if node["type"] == OFFICE}, _join_offices(ledger)
    if view == "evidence":
        far_first = sorted(rows, key=lambda row: -abs(nodes[row.organisation_id]["x"] - nodes[row.entity_id]["x"]))
        nodes |= {sentence_key(row): _describe_sentence(row, nodes) for row in far_first}
        return dict(sorted(nodes.items())), _join_sentences(rows)
    return nodes, ((row.organisation_id, row.entity_id, describe_edge(row)) for row in rows)


def list_rows(ledger: Ledger, view: View = "all") -> tuple[Iterator[tuple[str, Attributes]], list[LinkRow]]:
    """Return the offices and things of a view with their attributes, sorted, and its rows in the order of their edges.

    That is the ledger's own order, by document and place in it: a ledger that was sorted is only looked through.
    """
    if view == "shared":
        ledger = select_rows(ledger, at_least=2)
    return _describe_nodes(ledger), sorted(ledger.links, key=_ORDER)


def _describe_nodes(ledger: Ledger) -> Iterator[tuple[str, Attributes]]:
    """Yield every office and thing by its identifier, with its attributes: label, type, look, shares, position."""
    index = index_rows(ledger.links)
    places = place_network(ledger, index=index)
    had = np.bincount(index.had, minlength=len(index.offices)).tolist()
    counted = dict(zip(index.things, zip(index.first_of_things(), index.shares.tolist(), repeat(False)), strict=True))
    counted |= zip(index.offices, zip(index.first_of_offices(), had, repeat(True)), strict=True)
    for key, (first, shares, office) in sorted(counted.items()):
        row = ledger.links[first]
        if office:
            yield key, _node(row.organisation_label or row.organisation, OFFICE, 24.0, shares, places[key])
        else:
            yield key, _node(row.entity, row.type, 6.0 + 4.0 * min(shares, 6), shares, places[key])


def describe_edge(row: LinkRow) -> Attributes:
    """Return the attributes of the edge for a row; what is not known is left out."""
    found: Attributes = {name: getattr(row, name) for name in _EDGE_TEXT if getattr(row, name)}
    found |= {"start": row.start, "end": row.end, "score": float(row.score), "weight": 1.0}
    return found if row.year is None else {**found, "year": row.year}


def count_shares(ledger: Ledger) -> dict[str, set[str]]:
    """Return the offices of every thing, by identifiers."""
    shares: dict[str, set[str]] = defaultdict(set)
    for row in ledger.links:
        shares[row.entity_id].add(row.organisation_id)
    return dict(shares)


def _node(label: str, kind: str, size: float, shares: int, place: tuple[float, float]) -> Attributes:
    return {"label": label, **_look(kind), "shares": shares, "size": size, "x": place[0], "y": place[1]}


@cache
def _look(kind: str) -> Attributes:
    colour = load_style()[kind]["light"]
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    group = OFFICE if kind == OFFICE else "thing"
    return {"kind": group, "type": kind, "color": colour, "r": red, "g": green, "b": blue}


def _join_offices(ledger: Ledger) -> Iterator[Edge]:
    labels = {row.entity_id: row.entity for row in ledger.links}
    shared: dict[tuple[str, str], list[str]] = defaultdict(list)
    for thing, offices in sorted(count_shares(ledger).items()):
        for left, right in combinations(sorted(offices), 2):
            shared[left, right].append(labels[thing])
    for (left, right), things in sorted(shared.items()):
        yield left, right, {"things": "; ".join(things), "weight": float(len(things))}


def sentence_key(row: LinkRow) -> str:
    """Return the key of a row's sentence as a node: the same for every row that the sentence gives."""
    digest = hashlib.sha256(f"{row.document}\n{row.quote_start}\n{row.quote}".encode("utf-8", "replace"))
    return f"sentence:{digest.hexdigest()[:16]}"


def _describe_sentence(row: LinkRow, nodes: dict[str, Attributes]) -> Attributes:
    """A sentence stands half way between its office and the thing of its own that is nearest to it."""
    office, thing = nodes[row.organisation_id], nodes[row.entity_id]
    place = {axis: round((office[axis] + thing[axis]) / 2, 1) for axis in ("x", "y")}
    look = {"color": "#8A94A0", "r": 138, "g": 148, "b": 160, "size": 5.0}
    return {"label": row.quote[:24], "kind": SENTENCE, "type": SENTENCE, "quote": row.quote, **look, **place}


def _join_sentences(rows: Iterable[LinkRow]) -> Iterator[Edge]:
    said: set[tuple[str, str, str]] = set()
    for row in rows:
        edge, key = describe_edge(row), sentence_key(row)
        if (row.organisation_id, key, row.role) not in said:
            said.add((row.organisation_id, key, row.role))
            yield row.organisation_id, key, {**{n: edge[n] for n in _SAID if n in edge}, "weight": 1.0}
        yield key, row.entity_id, {**{n: edge[n] for n in _MEANT if n in edge}, "weight": 1.0}
