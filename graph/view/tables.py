"""Nodes and edges as tables for Neo4j's importer, and as DOT for a picture in a report."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from graph.model import Ledger
from graph.view.network import EDGE_KEYS, NODE_KEYS, OFFICE, View, list_graph
from graph.view.picture import break_label, shorten_offices
from graph.view.text import explain_output, fit_dot, write_lines

_KINDS = {"string": "", "int": ":int", "double": ":float"}
_ENDS = (":START_ID", ":END_ID", ":TYPE")
_POINTS = 0.75
_DOT_HEAD = """digraph pledges {
graph [layout="neato", inputscale=72, outputorder="edgesfirst"];
node [fontname="Noto Sans CJK SC", fontsize=10.5, width=0, height=0, shape="box", margin="0.02,0", color="white", \
style="filled", fillcolor="white"];
edge [arrowhead="none", color="#8A94A0"];
"""


def write_neo4j(ledger: Ledger, folder: Path, view: View = "all") -> None:
    """Write ``nodes.csv`` and ``edges.csv`` with the headings that ``neo4j-admin database import`` expects.

    Raises:
        OutputError: the files cannot be written.
    """
    nodes, edges = list_graph(ledger, view)
    with explain_output(folder):
        with (folder / "nodes.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow([":ID", *(name + _KINDS[kind] for name, kind in NODE_KEYS.items()), ":LABEL"])
            for key, node in nodes.items():
                writer.writerow([key, *(node.get(name, "") for name in NODE_KEYS), node["type"].capitalize()])
        with (folder / "edges.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow([*_ENDS, *(name + _KINDS[kind] for name, kind in EDGE_KEYS.items())])
            for source, target, edge in edges:
                kind = "SHARES" if "things" in edge else "PLEDGES" if "role" in edge else "NAMES"
                writer.writerow([source, target, kind, *(edge.get(name, "") for name in EDGE_KEYS)])


def write_dot(ledger: Ledger, path: Path, view: View = "shared") -> None:
    """Write a view as DOT with its positions: ``dot -Tsvg`` draws it as the page does.

    Raises:
        OutputError: the file cannot be written.
    """
    write_lines(path, _dot_lines(ledger, view))


def _dot_lines(ledger: Ledger, view: View) -> Iterator[str]:
    nodes, edges = list_graph(ledger, view)
    nodes = shorten_offices(ledger, nodes)
    yield _DOT_HEAD
    for key, node in nodes.items():
        place = fit_dot(f"{node['x'] * _POINTS:.1f},{-node['y'] * _POINTS:.1f}!")
        colour = fit_dot(node["color"])
        label, tip = fit_dot("\n".join(break_label(node["label"]))), fit_dot(node.get("quote") or node["label"])
        pill = f'style="rounded,filled", fillcolor={colour}, fontcolor="white", margin="0.12,0.06"'
        look = pill if node["type"] == OFFICE else f"fontcolor={colour}"
        yield f"{fit_dot(key)} [label={label}, tooltip={tip}, pos={place}, {look}];\n"
    for source, target, edge in edges:
        quote = fit_dot(str(edge.get("quote") or edge.get("things") or ""))
        yield f"{fit_dot(source)} -> {fit_dot(target)} [tooltip={quote}];\n"
    yield "}\n"
