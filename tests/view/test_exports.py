"""GEXF, Neo4j's tables and DOT hold the same graph as GraphML, in every view."""

from __future__ import annotations

import csv
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args
from xml.etree import ElementTree

import networkx as nx
import pytest

from graph.errors import InputError, OutputError
from graph.model import Ledger
from graph.view.export import export_ledger
from graph.view.gexf import write_gexf
from graph.view.graphml import write_graphml
from graph.view.network import View, build_network
from graph.view.picture import break_label, write_svg
from graph.view.tables import write_dot, write_neo4j
from tests.view.invented import BASE

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
    with_places, plain = (
        subprocess.run([*command, "-Tsvg", str(tmp_path / "g.dot")], capture_output=True, check=True).stdout
        for command in (["neato", "-n2"], ["dot"])
    )
    assert "柳塘湖生态修复项目" in plain.decode("utf-8")
    assert plain == with_places


@pytest.mark.parametrize("view", VIEWS)
def test_the_picture_shows_every_office_and_shared_thing(ledger: Ledger, tmp_path: Path, view: View) -> None:
    write_svg(ledger, tmp_path / "g.svg", view)
    root = ElementTree.parse(tmp_path / "g.svg").getroot()
    texts = {element.text for element in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {"民政局", "交通运输局", "发展改革局", "柳塘镇", "部门"} <= texts
    assert ("银杏公园" in texts) == (view != "offices")
    assert ("清河一卡通" in texts) == (view in ("all", "evidence"))
    left, top, width, height = (float(number) for number in root.attrib["viewBox"].split())
    for element in root.iter("{http://www.w3.org/2000/svg}text"):
        assert left < float(element.attrib["x"]) < left + width
        assert top < float(element.attrib["y"]) < top + height


def test_a_long_list_is_cut_and_says_so(ledger: Ledger, tmp_path: Path) -> None:
    many = tuple(replace(ledger.links[0], entity_id=f"{BASE}thing/{i}", entity=f"第{i}个项目") for i in range(9))
    write_svg(replace(ledger, links=many), tmp_path / "g.svg", "all")
    text = (tmp_path / "g.svg").read_text(encoding="utf-8")
    assert text.count("个项目</text>") == 6
    assert "另 3 项" in text


def test_sentences_are_marks_that_tell_when_pointed_at(ledger: Ledger, tmp_path: Path) -> None:
    write_svg(ledger, tmp_path / "g.svg", "evidence")
    root = ElementTree.parse(tmp_path / "g.svg").getroot()
    titles = {element.text for element in root.iter("{http://www.w3.org/2000/svg}title")}
    texts = {element.text or "" for element in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {row.quote for row in ledger.links} <= titles
    assert not any("我局将" in text for text in texts)


def test_dot_shortens_and_breaks_labels_as_the_picture_does(ledger: Ledger, tmp_path: Path) -> None:
    links = tuple(replace(row, entity=row.entity.replace("项目", "与岸线整治项目")) for row in ledger.links)
    write_dot(replace(ledger, links=links), tmp_path / "g.dot", "all")
    text = (tmp_path / "g.dot").read_text(encoding="utf-8")
    assert 'label="民政局"' in text and "清河区民政局" not in text
    assert r'label="柳塘湖生态修复\n与岸线整治项目"' in text


def test_tables_know_no_network(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="--view all"):
        export_ledger(ledger, "csv", tmp_path / "rows", "offices")
    export_ledger(ledger, "csv", tmp_path / "rows", "shared")
    assert len((tmp_path / "rows" / "links.csv").read_text(encoding="utf-8").splitlines()) == 7


def test_what_stands_in_the_way_is_said(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="it is a folder; name a file in it"):
        export_ledger(ledger, "gexf", tmp_path)
    for format_, path in (("csv", tmp_path / "file"), ("dot", tmp_path / "file" / "g.dot")):
        with pytest.raises(OutputError, match="a file stands where a folder is needed"):
            export_ledger(ledger, format_, path)


def test_a_folder_that_is_not_there_is_said_in_one_sentence(ledger: Ledger, tmp_path: Path) -> None:
    for write in (write_gexf, write_dot):
        with pytest.raises(OutputError, match="Cannot write"):
            write(ledger, tmp_path / "missing" / "g")
    with pytest.raises(OutputError, match="Cannot write"):
        write_neo4j(ledger, tmp_path / "missing")


def test_the_picture_of_offices_cuts_no_list(ledger: Ledger, tmp_path: Path) -> None:
    far = [
        replace(row, organisation_id=f"{BASE}office/x{i}", organisation_label=f"第{i}局")
        for i in range(30)
        for row in ledger.links[:1]
    ]
    write_svg(replace(ledger, links=(*ledger.links, *far)), tmp_path / "g.svg", "offices")
    assert "另 " not in (tmp_path / "g.svg").read_text(encoding="utf-8")


def test_no_line_of_a_label_begins_with_a_mark_that_closes() -> None:
    assert break_label("绿色石化（精细化工）产业集群核心区") == ["绿色石化（精细化工）", "产业集群核心区"]
    assert break_label("银杏公园") == ["银杏公园"]
