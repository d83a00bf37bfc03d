"""GEXF 1.3 for Gephi: attributes, colours, sizes and positions, and the years as time.

An edge of 2024 lives from 2024-01-01 to 2024-12-31, so that Gephi's timeline shows the graph year by year;
an edge without a year lives always.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from graph.model import Ledger
from graph.view.network import EDGE_KEYS, NODE_KEYS, Attributes, View, list_graph
from graph.view.text import fit_xml, write_lines

_DRAWN = {"color", "r", "g", "b", "size", "x", "y", "label", "weight"}
_KINDS = {"int": "integer", "double": "double", "string": "string"}
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
<meta><creator>Pledgegraph</creator></meta>
<graph defaultedgetype="directed" mode="dynamic" timeformat="date" timerepresentation="interval">
"""


def write_gexf(ledger: Ledger, path: Path, view: View = "all") -> None:
    """Write a view of a ledger as GEXF.

    Raises:
        OutputError: the file cannot be written.
    """
    write_lines(path, _lines(ledger, view))


def _lines(ledger: Ledger, view: View) -> Iterator[str]:
    nodes, edges = list_graph(ledger, view)
    yield _HEAD
    for domain, keys in (("node", NODE_KEYS), ("edge", EDGE_KEYS)):
        yield f'<attributes class="{domain}">\n'
        for name in (key for key in keys if key not in _DRAWN):
            yield f'<attribute id="{domain[0]}_{name}" title="{name}" type="{_KINDS[keys[name]]}"/>\n'
        yield "</attributes>\n"
    yield "<nodes>\n"
    for key, node in nodes.items():
        look = f'<viz:color r="{node["r"]}" g="{node["g"]}" b="{node["b"]}"/><viz:size value="{node["size"]}"/>'
        place = f'<viz:position x="{node["x"]}" y="{-node["y"]}" z="0.0"/>'
        label = fit_xml(node["label"])
        yield f'<node id="{fit_xml(key)}" label="{label}">{_values("n", NODE_KEYS, node)}{look}{place}</node>\n'
    yield "</nodes>\n<edges>\n"
    for i, (source, target, edge) in enumerate(edges):
        ends = f'source="{fit_xml(source)}" target="{fit_xml(target)}" weight="{edge["weight"]}"'
        yield f'<edge id="{i}" {ends}{_kind(edge)}>{_values("e", EDGE_KEYS, edge)}{_life(edge)}</edge>\n'
    yield "</edges>\n</graph>\n</gexf>\n"


def _values(prefix: str, keys: Mapping[str, str], values: Mapping[str, Any]) -> str:
    found = [
        f'<attvalue for="{prefix}_{name}" value="{fit_xml(str(values[name]))}"/>'
        for name in keys
        if name in values and name not in _DRAWN
    ]
    return f"<attvalues>{''.join(found)}</attvalues>" if found else ""


def _kind(edge: Attributes) -> str:
    """Tell parallel edges apart: in GEXF they must differ in kind."""
    words = " ".join(str(edge[name]) for name in ("role", "year", "start") if name in edge)
    return f' kind="{fit_xml(words)}"' if words else ""


def _life(edge: Attributes) -> str:
    year = edge.get("year")
    return f'<spells><spell start="{year:04}-01-01" end="{year:04}-12-31"/></spells>' if year else ""
