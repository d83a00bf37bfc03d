"""Two pages that load nothing from elsewhere: the named questions, and a thing with all that is said of it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from string import Template

from graph.store.query import NamedQuery
from graph.vocab import PREFIXES

Cell = Mapping[str, str]
Binding = Mapping[str, Cell]
_HERE = Path(__file__).parent


def render_query_page(questions: Sequence[NamedQuery], base: str) -> str:
    """Return the page on which a person asks the named questions or SPARQL of their own."""
    listed = [
        {"zh": q.question_zh, "en": q.question_en, "sparql": q.sparql, "parameters": q.parameters} for q in questions
    ]
    data = json.dumps(listed, ensure_ascii=False).replace("<", "\\u003c")
    return Template((_HERE / "query.html").read_text(encoding="utf-8")).substitute(questions=data, base=base)


def render_thing_page(iri: str, base: str, outgoing: Sequence[Binding], incoming: Sequence[Binding]) -> str:
    """Return the page of a thing.

    Args:
        iri: the thing.
        base: things under this IRI are linked to their own page.
        outgoing: what is said of it, with ``p``, ``o`` and the label of ``o``, as SPARQL JSON bindings.
        incoming: what points to it, with ``s``, ``p`` and the label of ``s``.
    """
    label = PREFIXES["skos"] + "prefLabel"
    title = next((row["o"]["value"] for row in outgoing if row["p"]["value"] == label), iri.rpartition("/")[2])
    return Template((_HERE / "thing.html").read_text(encoding="utf-8")).substitute(
        title=escape(title),
        iri=escape(iri),
        outgoing="".join(_render_row(row, "o", base) for row in outgoing),
        incoming="".join(_render_row(row, "s", base) for row in incoming),
    )


def _render_row(row: Binding, end: str, base: str) -> str:
    label = row.get("label", row[end])["value"]
    node = row[end]
    shown = _link(node["value"], base, label) if node["type"] == "uri" else escape(node["value"])
    return f"<tr><td>{_link(row['p']['value'], base, _shorten(row['p']['value']))}</td><td>{shown}</td></tr>"


def _link(iri: str, base: str, label: str) -> str:
    local = "/" + iri.removeprefix(base) if iri.startswith(base) else iri
    return f'<a href="{escape(local)}">{escape(_shorten(label))}</a>'


def _shorten(iri: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri
