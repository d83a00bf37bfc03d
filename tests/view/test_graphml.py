"""GraphML: what networkx, igraph and rustworkx read back is what the ledger holds."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import igraph
import networkx as nx
import pytest
import rustworkx

from graph.errors import OutputError
from graph.model import Ledger
from graph.view.graphml import write_graphml
from graph.view.network import build_network


@pytest.fixture
def path(ledger: Ledger, tmp_path: Path) -> Path:
    write_graphml(ledger, tmp_path / "graph.graphml")
    return tmp_path / "graph.graphml"


def test_networkx_reads_back_the_network(ledger: Ledger, path: Path) -> None:
    found: Any = nx.read_graphml(path)
    meant = build_network(ledger)
    assert dict(found.nodes(data=True)) == {key: meant.nodes[key] for key in meant}
    assert found.is_multigraph()
    assert _edges(found) == _edges(meant)


def test_igraph_reads_types_and_parallel_edges(ledger: Ledger, path: Path) -> None:
    found = igraph.Graph.Read_GraphML(str(path))
    assert (found.vcount(), found.ecount()) == (11, len(ledger.links))
    assert Counter(found.es["role"]) == Counter(row.role for row in ledger.links)
    assert set(found.vs["label"]) == {r.entity for r in ledger.links} | {r.organisation_label for r in ledger.links}
    assert all(isinstance(x, float) for x in found.vs["x"])


def test_rustworkx_reads_it(ledger: Ledger, path: Path) -> None:
    found = rustworkx.read_graphml(str(path))[0]
    assert (len(found.nodes()), len(found.edges())) == (11, len(ledger.links))


def test_yed_finds_label_colour_size_and_place(ledger: Ledger, path: Path) -> None:
    y = "{http://www.yworks.com/xml/graphml}"
    root = ElementTree.parse(path).getroot()
    shapes = root.findall(f".//{y}ShapeNode")
    meant = build_network(ledger)
    assert [shape.findtext(y + "NodeLabel") for shape in shapes] == [meant.nodes[key]["label"] for key in meant]
    for shape, node in zip(shapes, meant.nodes.values(), strict=True):
        box = {name: float(value) for name, value in shape.find(y + "Geometry").attrib.items()}  # type: ignore[union-attr]
        assert box["x"] + box["width"] / 2 == pytest.approx(node["x"], abs=0.06)
        assert box["y"] + box["height"] / 2 == pytest.approx(node["y"], abs=0.06)
        assert shape.find(y + "Fill").get("color") == node["color"]  # type: ignore[union-attr]
    keys = [key for key in root if key.get("yfiles.type") == "nodegraphics"]
    assert [key.get("for") for key in keys] == ["node"]


def test_rustworkx_reads_every_value(ledger: Ledger, path: Path) -> None:
    found = rustworkx.read_graphml(str(path))[0]
    meant = build_network(ledger)
    for node in found.nodes():
        assert {key: node[key] for key in meant.nodes[node["id"]]} == meant.nodes[node["id"]]


def test_keys_are_declared_once_and_typed(path: Path) -> None:
    space = "{http://graphml.graphdrawing.org/xmlns}"
    keys = ElementTree.parse(path).getroot().findall(space + "key")
    assert len({key.get("id") for key in keys}) == len(keys)
    assert len({(key.get("for"), key.get("attr.name")) for key in keys}) == len(keys)
    assert {key.get("attr.type") for key in keys} <= {"string", "int", "double"}


def test_control_characters_do_not_break_the_file(ledger: Ledger, tmp_path: Path) -> None:
    bad = replace(ledger.links[0], quote="上\x00下\x0b左\ud800右", entity='a"b<c>&d')
    write_graphml(replace(ledger, links=(bad,)), tmp_path / "bad.graphml")
    (edge,) = nx.read_graphml(tmp_path / "bad.graphml").edges(data=True)
    assert edge[2]["quote"] == "上下左右"


def test_same_ledger_same_bytes(ledger: Ledger, path: Path) -> None:
    before = path.read_bytes()
    write_graphml(replace(ledger, links=ledger.links[::-1]), path)
    assert path.read_bytes() == before


def test_a_folder_that_is_not_there_is_said_in_one_sentence(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="Cannot write"):
        write_graphml(ledger, tmp_path / "missing" / "g.graphml")


def _edges(graph: nx.MultiDiGraph[str]) -> list[tuple[str, str, tuple[tuple[str, object], ...]]]:
    return sorted(
        (a, b, tuple(sorted((k, v) for k, v in d.items() if k != "id"))) for a, b, d in graph.edges(data=True)
    )
