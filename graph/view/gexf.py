"""GEXF 1.3 for Gephi: attributes, colours, sizes and positions, and the years as time.

An edge of 2024 lives from 2024-01-01 to 2024-12-31, and what it joins as long as its edges, so that Gephi's timeline
shows the graph year by year; an edge without a year lives always, and so do its ends. Gephi adds up parallel edges of
one kind as it opens a file: the kind is the role, with a number where two offices' edges to a thing share it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from graph.model import Ledger, LinkRow
from graph.view.network import Edge, View, list_graph, list_keys, sentence_key
from graph.view.select import select_rows
from graph.view.text import fit_xml, write_lines

_DRAWN = {"color", "r", "g", "b", "size", "x", "y", "label", "weight"}
_KINDS = {"int": "integer", "double": "double", "string": "string"}
_KEYS = [key for key in list_keys() if key[2] not in _DRAWN]
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
<meta><creator>Pledgegraph</creator></meta>
<graph defaultedgetype="directed" mode="dynamic" timeformat="date" timerepresentation="interval">
"""


def write_gexf(ledger: Ledger, path: Path, view: View = "all") -> None:
    """Write a view of a ledger as GEXF.

    Raises:
        OutputError: the file cannot be written.
    """
    write_lines(path, _lines(ledger, view))


def _lines(ledger: Ledger, view: View) -> Iterator[str]:
    if view == "shared":
        ledger = select_rows(ledger, at_least=2)
    nodes, edges = list_graph(ledger, view)
    years = _list_years(ledger.links, with_sentences=view == "evidence")
    yield _HEAD
    for domain, keys in groupby(_KEYS, itemgetter(1)):
        yield f'<attributes class="{domain}">\n'
        for _, _, name, kind in keys:
            yield f'<attribute id="{name}" title="{name}" type="{_KINDS[kind]}"/>\n'
        yield "</attributes>\n"
    yield "<nodes>\n"
    for key, node in nodes.items():
        look = f'<viz:color r="{node["r"]}" g="{node["g"]}" b="{node["b"]}"/><viz:size value="{node["size"]}"/>'
        place = f'<viz:position x="{node["x"]}" y="{-node["y"]}" z="0.0"/>'
        said = f"{_values('node', node)}{_live(years[key])}{look}{place}"
        yield f'<node id="{fit_xml(key)}" label="{fit_xml(node["label"])}">{said}</node>\n'
    yield "</nodes>\n<edges>\n"
    yield from _write_edges(edges)
    yield "</edges>\n</graph>\n</gexf>\n"


def _list_years(rows: Iterable[LinkRow], *, with_sentences: bool) -> dict[str, set[int | None]]:
    """Return the years of every office, thing and, if wanted, sentence, by key."""
    years: dict[str, set[int | None]] = defaultdict(set)
    for row in rows:
        years[row.organisation_id].add(row.year)
        years[row.entity_id].add(row.year)
        if with_sentences:
            years[sentence_key(row)].add(row.year)
    return years


def _write_edges(edges: Iterable[Edge]) -> Iterator[str]:
    parallel: Counter[tuple[str, str, str]] = Counter()
    for i, (source, target, edge) in enumerate(edges):
        role = edge.get("role", "")
        parallel[source, target, role] += 1
        number = parallel[source, target, role]
        words = role if number == 1 else f"{role} {number}".strip()
        kind = f' kind="{fit_xml(words)}"' if words else ""
        ends = f'source="{fit_xml(source)}" target="{fit_xml(target)}" weight="{edge["weight"]}"'
        yield f'<edge id="{i}" {ends}{kind}>{_values("edge", edge)}{_live({edge.get("year")})}</edge>\n'


def _values(domain: str, values: Mapping[str, Any]) -> str:
    found = [
        f'<attvalue for="{name}" value="{fit_xml(str(values[name]))}"/>'
        for _, of, name, _ in _KEYS
        if of == domain and name in values
    ]
    return f"<attvalues>{''.join(found)}</attvalues>" if found else ""


def _live(years: Collection[int | None]) -> str:
    known = sorted(year for year in years if year is not None)
    if not known or len(known) < len(years):
        return ""
    spells = [f'<spell start="{year:04}-01-01" end="{year:04}-12-31"/>' for year in known]
    return f"<spells>{''.join(spells)}</spells>"
