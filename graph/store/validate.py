"""Do the graphs keep the shapes of ``ontology/shapes.ttl``?

Every graph is screened by SPARQL, which is quick enough for every build (``graph.store.screen``). Only a graph that is
not sound goes to pyshacl, which says where and why; on a plain copy, for on a graph that another engine backs pyshacl
is ten times slower.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import pyshacl
from pyoxigraph import NamedNode, RdfFormat, Triple, serialize
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.namespace import SH
from rdflib.term import Node

from graph.model import Violation
from graph.store.dataset import Dataset, list_graphs
from graph.store.query import ask
from graph.store.screen import is_sound, load_shapes
from graph.vocab import NS

_QUOTE = URIRef(NS + "quote")
_DEPTH = 3  # steps from a selector back to its pledge


def validate_graphs(
    dataset: Dataset,
    graphs: Iterable[str] | None = None,
    progress: Callable[[str, int, int], None] = lambda _stage, _done, _all: None,
) -> Iterator[Violation]:
    """Yield what the named graphs (by default all) do not keep, sorted within each graph.

    Args:
        dataset: the open store.
        graphs: IRIs of named graphs, e.g. those that a build has just written.
        progress: called with the stage, how many graphs are checked, and how many there are.
    """
    chosen = list_graphs(dataset) if graphs is None else tuple(graphs)
    seen: set[Violation] = set()
    for done, graph in enumerate(chosen, 1):
        if not is_sound(dataset, graph):
            found = [_quote_somewhere(dataset, v) for v in validate_graph(_copy_graph(dataset, graph))]
            yield from (violation for violation in found if violation not in seen)
            seen.update(found)
        progress("check", done, len(chosen))


def validate_graph(data: Graph) -> tuple[Violation, ...]:
    """Return what one document's graph does not keep, with the sentence it concerns where there is one."""
    conforms, report, _ = pyshacl.validate(data, shacl_graph=load_shapes(), inference="none", advanced=False)
    if conforms:
        return ()
    return tuple(
        sorted((_read_result(data, report, node) for node in report.subjects(RDF.type, SH.ValidationResult)), key=str)
    )


def _read_result(data: Graph, report: Graph, result: Node) -> Violation:
    focus = report.value(result, SH.focusNode)
    shape = str(report.value(result, SH.sourceShape) or "").rpartition("#")[2]
    messages = {m.language: str(m) for m in report.objects(result, SH.resultMessage) if isinstance(m, Literal)}
    message = f"{messages.get('zh', '')} ({messages.get('en', '')})" if messages else shape
    quote = _find_quote(data, focus, _DEPTH) if focus is not None else ""
    return Violation(shape, str(focus), message, quote)


def _find_quote(data: Graph, node: Node, depth: int) -> str:
    """Return the sentence of a node: its own quote, or that of what points to it."""
    if quote := data.value(node, _QUOTE):
        return str(quote)
    found = (
        (_find_quote(data, owner, depth - 1) for owner in sorted(data.subjects(None, node), key=str)) if depth else ()
    )
    return next(filter(None, found), "")


def _quote_somewhere(dataset: Dataset, violation: Violation) -> Violation:
    """Give a violation of a thing the first sentence that mentions it."""
    if violation.quote:
        return violation
    sparql = f"SELECT ?quote {{ ?pledge pg:concerns|pg:pledgedBy <{violation.focus}> ; pg:quote ?quote }}"
    quotes = sorted(row[0] for row in ask(dataset, sparql).rows)
    return replace(violation, quote=quotes[0]) if quotes else violation


def _copy_graph(dataset: Dataset, graph: str) -> Graph:
    """Return a named graph, with what other graphs say of the things that it refers to."""
    own = [quad.triple for quad in dataset.store.quads_for_pattern(None, None, None, NamedNode(graph))]
    subjects = {triple.subject for triple in own}
    others = {triple.object for triple in own if isinstance(triple.object, NamedNode)} - subjects
    found: list[Triple] = [q.triple for node in others for q in dataset.store.quads_for_pattern(node, None, None, None)]
    data = Graph()
    return data.parse(data=serialize(own + found, format=RdfFormat.N_TRIPLES) or b"", format="nt")
