"""GraphML that networkx, igraph, rustworkx, Gephi and yEd read: typed keys, each declared once, parallel edges kept.

A node's look stands there twice: as typed keys, and first as yEd's own element, whose corner yEd counts positions
from. Written row by row: memory holds the nodes, not the edges. What many rows repeat (a document, a role, a rule)
is made into markup once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from graph.model import Ledger
from graph.view.layout import text_width
from graph.view.network import EDGE_KEYS, NODE_KEYS, OFFICE, Attributes, View, list_graph
from graph.view.text import fit_xml, write_lines

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://www.yworks.com/xml/schema/graphml/1.1/ygraphml.xsd">
<key id="n_look" for="node" attr.name="look" attr.type="string" yfiles.type="nodegraphics"/>
"""
_LOOK = (
    '<data key="n_look"><y:ShapeNode><y:Geometry height="{height:g}" width="{width:g}" x="{x:.1f}" y="{y:.1f}"/>'
    '<y:Fill color="{color}" transparent="false"/><y:BorderStyle hasColor="false"/>'
    "<y:NodeLabel{place}>{label}</y:NodeLabel></y:ShapeNode></data>"
)
_OWN = frozenset({"mention", "quote", "start", "end", "score", "things"})  # what few edges have in common


def write_graphml(ledger: Ledger, path: Path, view: View = "all") -> None:
    """Write a view of a ledger as GraphML.

    Raises:
        OutputError: the file cannot be written.
    """
    write_lines(path, _lines(ledger, view))


def _lines(ledger: Ledger, view: View) -> Iterator[str]:
    nodes, edges = list_graph(ledger, view)
    yield _HEAD
    for domain, keys in (("node", NODE_KEYS), ("edge", EDGE_KEYS)):
        for name, kind in keys.items():
            yield f'<key id="{domain[0]}_{name}" for="{domain}" attr.name="{name}" attr.type="{kind}"/>\n'
    yield '<graph id="G" edgedefault="directed">\n'
    keys = {key: fit_xml(key) for key in nodes}
    for key, node in nodes.items():
        yield f'<node id="{keys[key]}">{_look(node)}{_data("n", node)}</node>\n'
    for i, (source, target, edge) in enumerate(edges):
        yield f'<edge id="e{i}" source="{keys[source]}" target="{keys[target]}">{_edge_data(edge)}</edge>\n'
    yield "</graph>\n</graphml>\n"


def _look(node: Attributes) -> str:
    """Return a node as yEd draws it: an office as a box around its name, all else as a mark with its name below."""
    office = node["type"] == OFFICE
    height = 30.0 if office else node["size"]
    width = round(text_width(node["label"]) + 28) if office else node["size"]
    place = ' textColor="#FFFFFF"' if office else ' modelName="sandwich" modelPosition="s"'
    corner = {"x": node["x"] - width / 2, "y": node["y"] - height / 2}
    return _LOOK.format(
        height=height, width=width, color=node["color"], place=place, label=fit_xml(node["label"]), **corner
    )


def _data(prefix: str, values: Mapping[str, Any]) -> str:
    return "".join([_datum(f"{prefix}_{name}", value) for name, value in values.items()])


def _edge_data(edge: Attributes) -> str:
    return "".join([(_datum if name in _OWN else _known_datum)("e_" + name, value) for name, value in edge.items()])


def _datum(key: str, value: Any) -> str:
    return f'<data key="{key}">{fit_xml(value) if isinstance(value, str) else value}</data>'


_known_datum = cache(_datum)
