"""GEXF, Neo4j's tables and DOT hold the same graph as GraphML, in every view."""

from __future__ import annotations

import csv
import shutil
import subprocess
from pathlib import Path
from typing import Any, get_args

import networkx as nx
import pytest

from graph.errors import OutputError
from graph.model import Ledger
from graph.view.gexf import write_gexf
from graph.view.graphml import write_graphml
from graph.view.network import View, build_network
from graph.view.tables import write_dot, write_neo4j

VIEWS = get_args(View)


@pytest.mark.parametrize("view", VIEWS)
def test_graphml_and_gexf_hold_the_same_graph(ledger: Ledger, tmp_path: Path, view: View) -> None:
    meant = build_network(ledger, view)
    write_graphml(ledger, tmp_path / "g.graphml", view)
    write_gexf(ledger, tmp_path / "g.gexf", view)
    graphml: Any = nx.read_graphml(tmp_path / "g.graphml", force_multigraph=True)
    gexf: Any = nx.read_gexf(tmp_path / "g.gexf", version="1.3")
    assert set(meant) == set(graphml) == set(gexf)
    assert meant.number_of_edges() == graphml.number_of_edges() == gexf.number_of_edges() > 0
    for key, node in meant.nodes.items():
        assert graphml.nodes[key] == node
        assert gexf.nodes[key]["label"] == node["label"]
        assert gexf.nodes[key]["viz"]["position"] == {"x": node["x"], "y": -node["y"], "z": 0.0}


def test_years_become_time(ledger: Ledger, tmp_path: Path) -> None:
    write_gexf(ledger, tmp_path / "g.gexf")
    found: Any = nx.read_gexf(tmp_path / "g.gexf", version="1.3")
    spells = [edge.get("spells") for *_, edge in found.edges(data=True)]
    assert sorted(s[0][0] for s in spells if s) == sorted(f"{r.year}-01-01" for r in ledger.links if r.year)


def test_offices_are_joined_by_what_they_share(ledger: Ledger) -> None:
    found = build_network(ledger, "offices")
    pairs = {(a[-5:], b[-5:]): edge["weight"] for a, b, edge in found.edges(data=True)}
    assert pairs == {("civil", "/grow"): 1.0, ("civil", "roads"): 1.0, ("/grow", "roads"): 1.0, ("/grow", "/town"): 1.0}


def test_evidence_leads_from_office_through_sentence_to_thing(ledger: Ledger) -> None:
    found = build_network(ledger, "evidence")
    for row in ledger.links:
        path = nx.shortest_path(found, row.organisation_id, row.entity_id)
        assert len(path) == 3
        assert row.entity in found.nodes[path[1]]["quote"]


def test_neo4j_tables_have_its_headings_and_every_row(ledger: Ledger, tmp_path: Path) -> None:
    write_neo4j(ledger, tmp_path)
    with (tmp_path / "nodes.csv").open(encoding="utf-8", newline="") as file:
        nodes = list(csv.DictReader(file))
    with (tmp_path / "edges.csv").open(encoding="utf-8", newline="") as file:
        edges = list(csv.DictReader(file))
    assert {":ID", ":LABEL", "shares:int", "size:float"} <= set(nodes[0])
    assert {edge[":START_ID"] for edge in edges} | {edge[":END_ID"] for edge in edges} == {n[":ID"] for n in nodes}
    assert len(edges) == len(ledger.links)
    assert {edge["role"] for edge in edges} == {row.role for row in ledger.links}


def test_dot_is_read_by_graphviz(ledger: Ledger, tmp_path: Path) -> None:
    write_dot(ledger, tmp_path / "g.dot", "all")
    text = (tmp_path / "g.dot").read_text(encoding="utf-8")
    assert text.count(" -> ") == len(ledger.links)
    if shutil.which("neato") is None:
        pytest.skip("graphviz is not installed: DOT was written but not drawn")
    drawn = subprocess.run(["neato", "-n2", "-Tsvg", str(tmp_path / "g.dot")], capture_output=True, check=True)
    assert "柳塘湖生态修复项目" in drawn.stdout.decode("utf-8")


def test_a_folder_that_is_not_there_is_said_in_one_sentence(ledger: Ledger, tmp_path: Path) -> None:
    for write in (write_gexf, write_dot):
        with pytest.raises(OutputError, match="Cannot write"):
            write(ledger, tmp_path / "missing" / "g")
    with pytest.raises(OutputError, match="Cannot write"):
        write_neo4j(ledger, tmp_path / "missing")
