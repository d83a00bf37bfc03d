"""GraphML that networkx, igraph and Gephi read: typed keys, each declared once, parallel edges kept.

Written row by row: memory holds the nodes, not the edges.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from graph.model import Ledger
from graph.view.network import EDGE_KEYS, NODE_KEYS, View, list_graph
from graph.view.text import fit_xml, write_lines

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""


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
        yield f'<node id="{keys[key]}">{_data("n", node)}</node>\n'
    for i, (source, target, edge) in enumerate(edges):
        yield f'<edge id="e{i}" source="{keys[source]}" target="{keys[target]}">{_data("e", edge)}</edge>\n'
    yield "</graph>\n</graphml>\n"


def _data(prefix: str, values: Mapping[str, Any]) -> str:
    return "".join(
        [
            f'<data key="{prefix}_{name}">{fit_xml(value) if isinstance(value, str) else value}</data>'
            for name, value in values.items()
        ]
    )
