"""GraphML that networkx, igraph, rustworkx, Gephi and yEd read: typed keys, each declared once, parallel edges kept.

A node's look stands there twice: as typed keys, and first as yEd's own element, whose corner yEd counts positions
from. Written row by row: memory holds the nodes, not the edges. What many rows repeat (an identifier, a document, a
role with its action) is made into markup once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import Any

from graph.model import Ledger, LinkRow
from graph.view.layout import text_width
from graph.view.network import OFFICE, Attributes, Edge, View, list_graph, list_keys, list_rows
from graph.view.text import fit_xml, is_plain, write_lines

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://www.yworks.com/xml/schema/graphml/1.1/ygraphml.xsd">
<key id="n_look" for="node" attr.name="look" attr.type="string" yfiles.type="nodegraphics"/>
"""
_SHAPE = '<data key="n_look"><y:ShapeNode><y:Geometry height="{height:g}" width="{width:g}"'
_FILL = '<y:Fill color="{color}" transparent="false"/><y:BorderStyle hasColor="false"/><y:NodeLabel{place}>'
_KINDRED = ("kind", "type", "color", "r", "g", "b", "size")  # what nodes of a kind have in common
_kindred = itemgetter(*_KINDRED)


def write_graphml(ledger: Ledger, path: Path, view: View = "all") -> None:
    """Write a view of a ledger as GraphML.

    Raises:
        OutputError: the file cannot be written.
    """
    write_lines(path, _lines(ledger, view))


def _lines(ledger: Ledger, view: View) -> Iterator[str]:
    names: dict[str, str] = {}
    nodes: Iterable[tuple[str, Attributes]]
    written: Iterator[str]
    if view in ("offices", "evidence"):
        found, edges = list_graph(ledger, view)
        nodes = found.items()
        written = _write_edges(edges, names)
    else:
        nodes, rows = list_rows(ledger, view)
        written = _write_rows(rows, names)
    yield _HEAD
    for key, domain, name, kind in list_keys():
        yield f'<key id="{key}" for="{domain}" attr.name="{name}" attr.type="{kind}"/>\n'
    yield '<graph id="G" edgedefault="directed">\n'
    for key, node in nodes:
        names[key] = fit_xml(key)
        yield f'<node id="{names[key]}">{_write_node(node)}</node>\n'
    yield from written
    yield "</graph>\n</graphml>\n"


def _write_node(node: Attributes) -> str:
    """Return a node as yEd draws it, an office as a box around its name, and its attributes."""
    label, x, y = fit_xml(node["label"]), node["x"], node["y"]
    wide = round(text_width(node["label"]) + 28) if node["type"] == OFFICE else node["size"]
    width, height, shape, fill, alike = _write_kind(wide, *_kindred(node))
    shares = f'<data key="n_shares">{node["shares"]}</data>' if "shares" in node else ""
    quote = _datum("n_quote", node["quote"]) if "quote" in node else ""
    return (
        f'{shape} x="{x - width:.1f}" y="{y - height:.1f}"/>{fill}{label}</y:NodeLabel></y:ShapeNode></data>'
        f'<data key="n_label">{label}</data>{alike}{shares}{quote}'
        f'<data key="n_x">{x}</data><data key="n_y">{y}</data>'
    )


@cache
def _write_kind(width: float, *kindred: Any) -> tuple[float, float, str, str, str]:
    """Return what nodes of a kind and size share: half their width and height, and markup of shape, fill and data."""
    node = dict(zip(_KINDRED, kindred, strict=True))
    office = node["type"] == OFFICE
    height = 30.0 if office else node["size"]
    place = ' textColor="#FFFFFF"' if office else ' modelName="sandwich" modelPosition="s"'
    shape, fill = _SHAPE.format(height=height, width=width), _FILL.format(color=node["color"], place=place)
    return width / 2, height / 2, shape, fill, _data("n", node)


def _write_edges(edges: Iterable[Edge], names: Mapping[str, str]) -> Iterator[str]:
    for i, (source, target, edge) in enumerate(edges):
        yield f'<edge id="e{i}" source="{names[source]}" target="{names[target]}">{_data("e", edge)}</edge>\n'


def _write_rows(rows: Iterable[LinkRow], names: Mapping[str, str]) -> Iterator[str]:
    """Write what ``describe_edge`` says of rows, without a dictionary or a call for each: there may be very many."""
    for i, row in enumerate(rows):
        mention, quote = row.mention, row.quote
        if not is_plain(mention + quote):
            mention, quote = fit_xml(mention), fit_xml(quote)
        said = f'<data key="e_mention">{mention}</data>' if mention else ""
        quoted = f'<data key="e_quote">{quote}</data>' if quote else ""
        yield (
            f'<edge id="e{i}" source="{names[row.organisation_id]}" target="{names[row.entity_id]}">{said}{quoted}'
            f'<data key="e_start">{row.start}</data><data key="e_end">{row.end}</data>'
            f"{_write_said(row.role, row.action, row.status)}{_write_source(row.document, row.title)}"
            f"{_write_found(row.rule, row.score, row.year)}</edge>\n"
        )


@cache
def _write_said(role: str, action: str, status: str) -> str:
    return _data("e", _known(role=role, action=action, status=status))


@cache
def _write_source(document: str, title: str) -> str:
    return _data("e", _known(document=document, title=title))


@cache
def _write_found(rule: str, score: float, year: int | None) -> str:
    said = _known(rule=rule) | {"score": float(score), "weight": 1.0}
    return _data("e", said if year is None else {**said, "year": year})


def _known(**texts: str) -> dict[str, Any]:
    return {name: text for name, text in texts.items() if text}


def _data(prefix: str, values: Mapping[str, Any]) -> str:
    return "".join([_datum(f"{prefix}_{name}", value) for name, value in values.items()])


def _datum(key: str, value: Any) -> str:
    return f'<data key="{key}">{fit_xml(value) if isinstance(value, str) else value}</data>'
