"""Do the graphs keep the shapes of ``ontology/shapes.ttl``? One document at a time, on a plain copy.

The copy is rdflib's own memory store: pyshacl is ten times slower on a graph that another engine backs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

import pyshacl
from pyoxigraph import NamedNode, RdfFormat, serialize
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.namespace import SH
from rdflib.term import Node

from graph.lexicon import ONTOLOGY
from graph.model import Violation
from graph.store.dataset import Dataset, list_graphs
from graph.vocab import NS

_QUOTE = URIRef(NS + "quote")
_DEPTH = 3  # steps from a selector back to its pledge


def validate_graphs(dataset: Dataset, graphs: Iterable[str] | None = None) -> Iterator[Violation]:
    """Yield what the named graphs (by default all) do not keep, sorted within each graph.

    Args:
        dataset: the open store.
        graphs: IRIs of named graphs, e.g. those that a build has just written.
    """
    for graph in list_graphs(dataset) if graphs is None else graphs:
        quads = dataset.store.quads_for_pattern(None, None, None, NamedNode(graph))
        data = Graph()
        data.parse(data=serialize((q.triple for q in quads), format=RdfFormat.N_TRIPLES) or b"", format="nt")
        yield from validate_graph(data)


def validate_graph(data: Graph) -> tuple[Violation, ...]:
    """Return what one document's graph does not keep, with the sentence it concerns where there is one."""
    conforms, report, _ = pyshacl.validate(data, shacl_graph=_load_shapes(), inference="none", advanced=False)
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


@cache
def _load_shapes() -> Graph:
    return Graph().parse(ONTOLOGY / "shapes.ttl", format="turtle")
