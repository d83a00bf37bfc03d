"""The ledger as a networkx graph: offices, things, and one edge for every row, roles kept.

Node keys are the identifiers of the ledger. The graph is bipartite and directed from office to thing;
parallel edges stay apart, because each has its own role, year and sentence.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import networkx as nx

from graph.model import Ledger, LinkRow
from graph.view.layout import Positions
from graph.view.words import load_style

OFFICE = "office"
_EDGE_TEXT = ("role", "action", "status", "document", "title", "mention", "quote", "rule")


def build_network(ledger: Ledger, positions: Positions | None = None) -> nx.MultiDiGraph[str]:
    """Return the graph of a ledger; nodes and edges stand in sorted order.

    Args:
        ledger: the rows to show.
        positions: x and y by node (``graph.view.layout.place_network``); without them nodes have none.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from(sorted(describe_nodes(ledger, positions).items()))
    rows = sorted(ledger.links, key=lambda r: (r.organisation_id, r.entity_id, r.document, r.start, r.role))
    graph.add_edges_from((row.organisation_id, row.entity_id, describe_edge(row)) for row in rows)
    return graph


def describe_nodes(ledger: Ledger, positions: Positions | None = None) -> dict[str, dict[str, Any]]:
    """Return the attributes of every node by its identifier: label, type, colour, size, shares, position."""
    shares = count_shares(ledger)
    things: dict[str, set[str]] = defaultdict(set)
    for row in ledger.links:
        things[row.organisation_id].add(row.entity_id)
    nodes: dict[str, dict[str, Any]] = {}
    for row in ledger.links:
        if row.organisation_id not in nodes:
            label = row.organisation_label or row.organisation
            count = len(things[row.organisation_id])
            nodes[row.organisation_id] = _node(label, OFFICE, 24.0, shares=count)
        if row.entity_id not in nodes:
            count = len(shares[row.entity_id])
            nodes[row.entity_id] = _node(row.entity, row.type, 6.0 + 4.0 * min(count, 6), shares=count)
    for key, place in (positions or {}).items():
        if key in nodes:
            nodes[key] |= {"x": round(float(place[0]), 1), "y": round(float(place[1]), 1)}
    return nodes


def describe_edge(row: LinkRow) -> dict[str, Any]:
    """Return the attributes of the edge for a row; what is not known is left out."""
    found: dict[str, Any] = {name: getattr(row, name) for name in _EDGE_TEXT if getattr(row, name)}
    found |= {"start": row.start, "end": row.end, "score": float(row.score), "weight": 1.0}
    return found if row.year is None else {**found, "year": row.year}


def count_shares(ledger: Ledger) -> dict[str, set[str]]:
    """Return the offices of every thing, by identifiers."""
    shares: dict[str, set[str]] = defaultdict(set)
    for row in ledger.links:
        shares[row.entity_id].add(row.organisation_id)
    return dict(shares)


def _node(label: str, kind: str, size: float, shares: int) -> dict[str, Any]:
    colour = load_style()[kind]["light"]
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    look = {"color": colour, "r": red, "g": green, "b": blue, "size": size}
    return {"label": label, "kind": OFFICE if kind == OFFICE else "thing", "type": kind, "shares": shares, **look}
