"""GraphML that networkx, igraph and Gephi read: typed keys, each declared once, parallel edges kept.

Written row by row: memory holds the nodes, not the edges. Text that XML cannot hold (control characters)
is left out, for the readers would refuse the whole file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TextIO
from xml.sax.saxutils import escape

from graph.errors import OutputError
from graph.model import Ledger
from graph.view.layout import place_network
from graph.view.network import describe_edge, describe_nodes

_NODE_KEYS = {"label": "string", "kind": "string", "type": "string", "shares": "int", "color": "string"}
_NODE_KEYS |= {"r": "int", "g": "int", "b": "int", "size": "double", "x": "double", "y": "double"}
_EDGE_KEYS = {"role": "string", "action": "string", "status": "string", "year": "int", "document": "string"}
_EDGE_KEYS |= {"title": "string", "mention": "string", "quote": "string", "rule": "string", "start": "int"}
_EDGE_KEYS |= {"end": "int", "score": "double", "weight": "double"}
_UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""


def write_graphml(ledger: Ledger, path: Path) -> None:
    """Write a ledger as GraphML: a node for every office and thing, an edge for every row.

    Raises:
        OutputError: the file cannot be written.
    """
    try:
        with path.open("w", encoding="utf-8", newline="\n") as file:
            _write(ledger, file)
    except OSError as error:
        raise OutputError(f"Cannot write {path}: {error}. Choose another output folder.") from error


def _write(ledger: Ledger, file: TextIO) -> None:
    file.write(_HEAD)
    for domain, keys in (("node", _NODE_KEYS), ("edge", _EDGE_KEYS)):
        for name, kind in keys.items():
            file.write(f'<key id="{domain[0]}_{name}" for="{domain}" attr.name="{name}" attr.type="{kind}"/>\n')
    file.write('<graph id="G" edgedefault="directed">\n')
    file.writelines(_nodes(ledger))
    file.writelines(_edges(ledger))
    file.write("</graph>\n</graphml>\n")


def _nodes(ledger: Ledger) -> Iterator[str]:
    for key, node in sorted(describe_nodes(ledger, place_network(ledger)).items()):
        yield f'<node id="{_fit(key)}">{_data("n", _NODE_KEYS, node)}</node>\n'


def _edges(ledger: Ledger) -> Iterator[str]:
    rows = sorted(ledger.links, key=lambda r: (r.organisation_id, r.entity_id, r.document, r.start, r.role))
    for i, row in enumerate(rows):
        ends = f'source="{_fit(row.organisation_id)}" target="{_fit(row.entity_id)}"'
        yield f'<edge id="e{i}" {ends}>{_data("e", _EDGE_KEYS, describe_edge(row))}</edge>\n'


def _data(prefix: str, keys: Mapping[str, str], values: Mapping[str, Any]) -> str:
    return "".join(
        f'<data key="{prefix}_{name}">{_fit(value) if isinstance(value, str) else value}</data>'
        for name in keys
        if (value := values.get(name)) is not None
    )


def _fit(text: str) -> str:
    return escape(_UNFIT.sub("", text), {'"': "&quot;"})
