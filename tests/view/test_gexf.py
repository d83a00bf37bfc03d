"""GEXF keeps the 1.3 schema and what Gephi's importer asks besides; only Gephi itself can say that it looks right.

The tables are our reading of the published schema (gexf.net/1.3): what may stand in an element, and which attributes
of which type it has. Gephi's importer reads the attribute's type from ``ImporterGEXF.readAttribute``, knows a spell
only where the graph's time representation is interval, and adds up parallel edges of one kind.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree

import pytest

from graph.model import Ledger
from graph.view.gexf import write_gexf
from graph.view.network import View
from graph.view.select import select_rows

SPACE, VIZ = "{http://gexf.net/1.3}", "{http://gexf.net/1.3/viz}"
TEXT, NUMBER, BYTE = (
    re.compile(r".*", re.DOTALL),
    re.compile(r"-?\d+(\.\d+)?"),
    re.compile(r"\d{1,2}|1\d\d|2[0-4]\d|25[0-5]"),
)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def one_of(*words: str) -> re.Pattern[str]:
    return re.compile("|".join(words))


# element: its children (name and how many of it: one, at most one, any number, at least one), its attributes; ! is due
SCHEMA: dict[str, tuple[dict[str, str], dict[str, re.Pattern[str]]]] = {
    "gexf": ({"meta": "?", "graph": "1"}, {"version!": one_of("1.3")}),
    "meta": ({"creator": "?"}, {}),
    "creator": ({}, {}),
    "graph": (
        {"attributes": "*", "nodes": "1", "edges": "1"},
        {
            "defaultedgetype": one_of("directed", "undirected", "mutual"),
            "mode": one_of("static", "dynamic", "slice"),
            "timeformat": one_of("integer", "double", "date", "dateTime"),
            "timerepresentation": one_of("interval", "timestamp"),
        },
    ),
    "attributes": ({"attribute": "*"}, {"class!": one_of("node", "edge")}),
    "attribute": ({}, {"id!": TEXT, "title!": TEXT, "type!": one_of("integer", "double", "string")}),
    "nodes": ({"node": "*"}, {}),
    "edges": ({"edge": "*"}, {}),
    "node": (
        {"attvalues": "?", "spells": "?", "viz:color": "?", "viz:size": "?", "viz:position": "?"},
        {"id!": TEXT, "label": TEXT},
    ),
    "edge": (
        {"attvalues": "?", "spells": "?"},
        {"id": TEXT, "source!": TEXT, "target!": TEXT, "weight": NUMBER, "kind": TEXT},
    ),
    "attvalues": ({"attvalue": "*"}, {}),
    "attvalue": ({}, {"for!": TEXT, "value!": TEXT}),
    "spells": ({"spell": "+"}, {}),
    "spell": ({}, {"start": DAY, "end": DAY}),
    "viz:color": ({}, {"r!": BYTE, "g!": BYTE, "b!": BYTE}),
    "viz:size": ({}, {"value!": NUMBER}),
    "viz:position": ({}, {"x!": NUMBER, "y!": NUMBER, "z!": NUMBER}),
}
TIMES = {"1": (1, 1), "?": (0, 1), "+": (1, 10**9), "*": (0, 10**9)}


def check_schema(element: ElementTree.Element) -> None:
    name = element.tag.replace(SPACE, "").replace(VIZ, "viz:")
    children, attributes = SCHEMA[name]
    found = [child.tag.replace(SPACE, "").replace(VIZ, "viz:") for child in element]
    assert set(found) <= set(children), name
    for child, times in children.items():
        least, most = TIMES[times]
        assert least <= found.count(child) <= most, (name, child)
    if name in ("gexf", "graph"):
        assert found == sorted(found, key=list(children).index), f"{name}: the order of its parts is fixed"
    known = {attribute.rstrip("!"): pattern for attribute, pattern in attributes.items()}
    assert set(element.attrib) <= set(known), name
    assert {attribute[:-1] for attribute in attributes if attribute.endswith("!")} <= set(element.attrib), name
    for attribute, value in element.attrib.items():
        assert known[attribute].fullmatch(value), (name, attribute, value)
    for child_element in element:
        check_schema(child_element)


@pytest.fixture(params=get_args(View))
def root(request: pytest.FixtureRequest, ledger: Ledger, tmp_path: Path) -> ElementTree.Element:
    write_gexf(ledger, tmp_path / "g.gexf", request.param)
    return ElementTree.parse(tmp_path / "g.gexf").getroot()


def test_every_view_keeps_the_schema(root: ElementTree.Element) -> None:
    check_schema(root)


def test_a_graph_without_anything_keeps_the_schema(tmp_path: Path) -> None:
    write_gexf(Ledger((), (), ()), tmp_path / "g.gexf")
    check_schema(ElementTree.parse(tmp_path / "g.gexf").getroot())


@pytest.mark.parametrize("domain", ["node", "edge"])
def test_values_are_declared_once_and_of_their_type(root: ElementTree.Element, domain: str) -> None:
    (declared,) = (part for part in root.iter(SPACE + "attributes") if part.get("class") == domain)
    types = {attribute.attrib["id"]: attribute.attrib["type"] for attribute in declared}
    assert len(types) == len(declared)
    for value in (value for element in root.iter(SPACE + domain) for value in element.iter(SPACE + "attvalue")):
        {"integer": int, "double": float, "string": str}[types[value.attrib["for"]]](value.attrib["value"])


def test_nodes_are_unique_and_edges_join_them(root: ElementTree.Element) -> None:
    nodes = [node.attrib["id"] for node in root.iter(SPACE + "node")]
    edges = list(root.iter(SPACE + "edge"))
    assert len(set(nodes)) == len(nodes) and len({edge.attrib["id"] for edge in edges}) == len(edges)
    assert {edge.attrib[end] for edge in edges for end in ("source", "target")} <= set(nodes)


def test_gephi_adds_no_parallel_edges_up(root: ElementTree.Element) -> None:
    kinds = Counter((e.attrib["source"], e.attrib["target"], e.get("kind")) for e in root.iter(SPACE + "edge"))
    assert max(kinds.values()) == 1


def test_the_kind_of_an_edge_is_its_role(ledger: Ledger, tmp_path: Path) -> None:
    twice = [row for row in ledger.links if row.role == "support"]
    assert len(twice) == 2
    write_gexf(ledger, tmp_path / "g.gexf")
    kinds = {edge.get("kind") for edge in ElementTree.parse(tmp_path / "g.gexf").iter(SPACE + "edge")}
    assert kinds == {"pledger", "lead", "responsible", "support", "support 2"}


@pytest.mark.parametrize("view", ["all", "shared", "evidence"])
def test_what_is_joined_lives_as_long_as_its_edges(ledger: Ledger, tmp_path: Path, view: View) -> None:
    write_gexf(ledger, tmp_path / "g.gexf", view)
    root = ElementTree.parse(tmp_path / "g.gexf")
    wanted: dict[str, set[str] | None] = {}
    for edge in root.iter(SPACE + "edge"):
        for end in (edge.attrib["source"], edge.attrib["target"]):
            before, now = wanted.get(end, set()), read_years(edge)
            wanted[end] = None if before is None or not now else before | now
    for node in root.iter(SPACE + "node"):
        assert read_years(node) == (wanted[node.attrib["id"]] or set())
    rows = select_rows(ledger, at_least=2 if view == "shared" else 1).links
    assert {year for years in wanted.values() for year in years or ()} == {str(row.year) for row in rows if row.year}


def read_years(element: ElementTree.Element) -> set[str]:
    spells = [(spell.attrib["start"], spell.attrib["end"]) for spell in element.iter(SPACE + "spell")]
    assert all(date.fromisoformat(start) < date.fromisoformat(end) for start, end in spells)
    assert all(start[:4] == end[:4] for start, end in spells)
    return {start[:4] for start, _ in spells}
