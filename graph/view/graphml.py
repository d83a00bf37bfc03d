"""GraphML that networkx, igraph, rustworkx, Gephi and yEd read: typed keys, each declared once, parallel edges kept.

A node's look stands there twice: as typed keys, and first as yEd's own element, whose corner yEd counts positions
from. Written row by row: memory holds the nodes, not the edges. What many rows repeat (a document, a role, a rule)
is made into markup once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import Any

from graph.model import Ledger, LinkRow
from graph.view.layout import text_width
from graph.view.network import OFFICE, Attributes, View, list_graph, list_keys, list_rows
from graph.view.text import fit_xml, write_lines

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://www.yworks.com/xml/schema/graphml/1.1/ygraphml.xsd">
<key id="n_look" for="node" attr.name="look" attr.type="string" yfiles.type="nodegraphics"/>
"""
_SHAPE = '<data key="n_look"><y:ShapeNode><y:Geometry height="{height:g}" width="{width:g}"'
_FILL = '<y:Fill color="{color}" transparent="false"/><y:BorderStyle hasColor="false"/><y:NodeLabel{place}>'
_KINDRED = ("kind", "type", "color", "r", "g", "b", "size")  # what nodes of a kind have in common
_REPEATED = ("role", "action", "status", "document", "title", "rule", "score", "year")  # and edges of a document
_kindred, _repeated = itemgetter(*_KINDRED), attrgetter(*_REPEATED)


def write_graphml(ledger: Ledger, path: Path, view: View = "all") -> None:
    """Write a view of a ledger as GraphML.

    Raises:
        OutputError: the file cannot be written.
    """
    write_lines(path, _lines(ledger, view))


def _lines(ledger: Ledger, view: View) -> Iterator[str]:
    written: Iterator[str]
    if view in ("offices", "evidence"):
        nodes, edges = list_graph(ledger, view)
        written = (_write_edge(i, source, target, _data("e", edge)) for i, (source, target, edge) in enumerate(edges))
    else:
        nodes, rows = list_rows(ledger, view)
        written = _write_rows(rows)
    yield _HEAD
    for key, domain, name, kind in list_keys():
        yield f'<key id="{key}" for="{domain}" attr.name="{name}" attr.type="{kind}"/>\n'
    yield '<graph id="G" edgedefault="directed">\n'
    for key, node in nodes.items():
        yield f'<node id="{fit_xml(key)}">{_write_node(node)}</node>\n'
    yield from written
    yield "</graph>\n</graphml>\n"


def _write_node(node: Attributes) -> str:
    """Return a node as yEd draws it, an office as a box around its name, and its attributes."""
    label, x, y = fit_xml(node["label"]), node["x"], node["y"]
    wide = round(text_width(node["label"]) + 28) if node["type"] == OFFICE else node["size"]
    width, height, shape, fill, alike = _write_kind(wide, *_kindred(node))
    more = "".join([_datum("n_" + name, node[name]) for name in ("shares", "quote") if name in node])
    return (
        f'{shape} x="{x - width:.1f}" y="{y - height:.1f}"/>{fill}{label}</y:NodeLabel></y:ShapeNode></data>'
        f'<data key="n_label">{label}</data>{alike}{more}'
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


def _write_rows(rows: Iterable[LinkRow]) -> Iterator[str]:
    """Write what ``describe_edge`` says of rows, without a dictionary for each: there may be very many."""
    for i, row in enumerate(rows):
        mention = f'<data key="e_mention">{fit_xml(row.mention)}</data>' if row.mention else ""
        quote = f'<data key="e_quote">{fit_xml(row.quote)}</data>' if row.quote else ""
        place = f'<data key="e_start">{row.start}</data><data key="e_end">{row.end}</data>'
        said = f"{mention}{quote}{place}{_write_repeated(*_repeated(row))}"
        yield _write_edge(i, row.organisation_id, row.entity_id, said)


def _write_edge(number: int, source: str, target: str, data: str) -> str:
    return f'<edge id="e{number}" source="{fit_xml(source)}" target="{fit_xml(target)}">{data}</edge>\n'


@lru_cache(maxsize=1 << 16)
def _write_repeated(*values: Any) -> str:
    *texts, score, year = values
    known = {name: text for name, text in zip(_REPEATED, texts, strict=False) if text}
    known |= {"score": float(score), "weight": 1.0} | ({} if year is None else {"year": year})
    return _data("e", known)


def _data(prefix: str, values: Mapping[str, Any]) -> str:
    return "".join([_datum(f"{prefix}_{name}", value) for name, value in values.items()])


def _datum(key: str, value: Any) -> str:
    return f'<data key="{key}">{fit_xml(value) if isinstance(value, str) else value}</data>'
