"""What programs that are not ours find in the exports: graphology, and Gephi by what its importer's source says.

Gephi and yEd have not been run on these files: they are desktop programs which no package of ours installs.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any, get_args
from xml.etree import ElementTree

import pytest

from graph.model import Ledger
from graph.view.gexf import write_gexf
from graph.view.graphml import write_graphml
from graph.view.network import View, build_network

READER = Path(__file__).parents[1] / "browser" / "read_graph.mjs"
SPACE = "{http://graphml.graphdrawing.org/xmlns}"
# What Gephi's ImporterGraphML takes by a key's name for the look of a node and the weight of an edge ...
PROPERTIES = {"node": {"label", "x", "y", "size", "r", "g", "b", "color"}, "edge": {"weight"}}
OTHERS = {"node": {"d3", "xpos", "ypos", "z"}, "edge": {"label", "edgelabel", "d7", "id", "edgeid", "r", "g", "b"}}
# ... and the types of columns that it knows, of those that GraphML has
TYPES = {"boolean": bool, "int": int, "long": int, "float": float, "double": float, "string": str}


def read(path: Path) -> Any:
    node = shutil.which("node")
    if node is None or not (READER.parent / "node_modules" / "graphology-graphml").exists():
        pytest.skip("graphology is not installed: it did NOT read the exports (npm install --prefix tests/browser)")
    done = subprocess.run([node, str(READER), str(path)], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("view", get_args(View))
def test_graphology_reads_graphml(ledger: Ledger, tmp_path: Path, view: View) -> None:
    meant = build_network(ledger, view)
    write_graphml(ledger, tmp_path / "g.graphml", view)
    found = read(tmp_path / "g.graphml")
    assert set(found["nodes"]) == set(meant)
    for key, node in meant.nodes.items():
        look = {"color": node["color"].lower(), **dict.fromkeys("rgb")}  # which it takes together
        assert {name: found["nodes"][key].get(name) for name in node} == node | look
    assert count_edges((e["source"], e["target"], e["attributes"]) for e in found["edges"]) == count_edges(
        meant.edges(data=True)
    )


@pytest.mark.parametrize("view", get_args(View))
def test_graphology_reads_gexf(ledger: Ledger, tmp_path: Path, view: View) -> None:
    meant = build_network(ledger, view)
    write_gexf(ledger, tmp_path / "g.gexf", view)
    found = read(tmp_path / "g.gexf")
    for key, node in meant.nodes.items():
        told = found["nodes"][key]
        assert (told["label"], told["x"], told["y"], told["size"]) == (
            node["label"],
            node["x"],
            -node["y"],
            node["size"],
        )
        assert told["color"] == f"rgb({node['r']},{node['g']},{node['b']})"
        assert (told["type"], told.get("shares"), told.get("quote")) == tuple(
            node.get(name) for name in ("type", "shares", "quote")
        )
    edges = (
        (e["source"], e["target"], {k: v for k, v in e["attributes"].items() if k != "kind"}) for e in found["edges"]
    )
    assert count_edges(edges) == count_edges(meant.edges(data=True))


@pytest.mark.parametrize("view", get_args(View))
def test_gephi_knows_every_key_and_can_read_every_value(ledger: Ledger, tmp_path: Path, view: View) -> None:
    write_graphml(ledger, tmp_path / "g.graphml", view)
    root = ElementTree.parse(tmp_path / "g.graphml").getroot()
    keys = {key.attrib["id"]: key.attrib for key in root.iter(SPACE + "key")}
    for domain, properties in PROPERTIES.items():
        names = {key["attr.name"] for key in keys.values() if key["for"] == domain}
        assert properties <= names
        assert not names & OTHERS[domain], "Gephi would take this column for something else"
    assert next(iter(root.iter(SPACE + "graph"))).attrib["edgedefault"] == "directed"
    for data in root.iter(SPACE + "data"):
        TYPES[keys[data.attrib["key"]]["attr.type"]]("".join(data.itertext()))
    for name in "rgb":
        shades = {data.text for data in root.iter(SPACE + "data") if data.get("key") == f"n_{name}"}
        assert all(0 <= int(shade or "") <= 255 for shade in shades)


def count_edges(edges: Any) -> Counter[tuple[str, str, frozenset[tuple[str, Any]]]]:
    return Counter((source, target, frozenset(told.items())) for source, target, told in edges)
