"""Answers and expected results as graphs, so that they are equal when the graphs are isomorphic."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from pathlib import Path

import httpx
from pyoxigraph import Literal, NamedNode, QueryBoolean, QueryResultsFormat, Triple, parse_query_results
from rdflib import RDF, BNode, Graph, URIRef
from rdflib import Literal as Text
from rdflib.namespace import Namespace
from rdflib.term import Node

RS = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
VALUE = Namespace("urn:value:")
NUMBERS = re.compile(r"#(integer|decimal|double|float)$")


def choose_format(expected: Path) -> str:
    """Return the Accept header that asks for the format of the expected result."""
    known = {".csv": "text/csv", ".tsv": "text/tab-separated-values", ".srj": "application/sparql-results+json"}
    return known.get(expected.suffix, "application/sparql-results+xml, text/turtle;q=0.9")


def read_csv_rows(text: str) -> Counter[tuple[tuple[str, str], ...]]:
    """Return CSV rows by column, whose order ``SELECT *`` leaves open; numbers are equal by value."""
    rows = csv.DictReader(io.StringIO(text))
    return Counter(tuple(sorted((name, _csv_value(cell)) for name, cell in row.items())) for row in rows)


def _csv_value(cell: str) -> str:
    if cell.startswith("_:"):
        return "_:"
    return str(float(cell)) if re.fullmatch(r"[+-]?\d*\.?\d+([eE][+-]?\d+)?", cell) else cell


def read_answer(response: httpx.Response) -> Graph:
    """Return what the service answered."""
    media = response.headers["content-type"].partition(";")[0]
    if media == "text/turtle":
        return _normalise(Graph().parse(data=response.content, format="turtle"))
    return _read_rows(response.content, QueryResultsFormat.from_media_type(media))


def read_expected(path: Path) -> Graph:
    """Return what a test expects."""
    if path.suffix in {".srx", ".srj", ".tsv"}:
        return _read_rows(path.read_bytes(), QueryResultsFormat.from_extension(path.suffix[1:]))
    graph = Graph().parse(path, publicID=path.as_uri())
    return _read_result_set(graph) if (None, RDF.type, RS.ResultSet) in graph else _normalise(graph)


def _read_rows(data: bytes, form: QueryResultsFormat | None) -> Graph:
    """Return a table as a graph, a blank node a row, so that tables are equal when the graphs are isomorphic."""
    assert form is not None
    result, graph = parse_query_results(data, format=form), Graph()
    if isinstance(result, QueryBoolean):
        graph.add((BNode(), VALUE.boolean, Text(bool(result))))
        return graph
    for row in result:
        node = BNode()
        graph.add((node, RDF.type, VALUE.row))
        for variable in result.variables:
            if (value := row[variable]) is not None:
                graph.add((node, VALUE[variable.value], _convert(value)))
    return _normalise(graph)


def _read_result_set(graph: Graph) -> Graph:
    rows = Graph()
    for truth in graph.objects(None, RS.boolean):
        rows.add((BNode(), VALUE.boolean, truth))
    for solution in graph.objects(None, RS.solution):
        node = BNode()
        rows.add((node, RDF.type, VALUE.row))
        for binding in graph.objects(solution, RS.binding):
            value = graph.value(binding, RS.value)
            rows.add((node, VALUE[str(graph.value(binding, RS.variable))], value or BNode()))
    return _normalise(rows)


def _convert(value: object) -> Node:
    if isinstance(value, NamedNode):
        return URIRef(value.value)
    if isinstance(value, Literal):
        language = value.language
        return (
            Text(value.value, lang=language) if language else Text(value.value, datatype=URIRef(value.datatype.value))
        )
    assert not isinstance(value, Triple)
    return BNode(str(value))


def _normalise(graph: Graph) -> Graph:
    """Return the graph with numbers by value, and plain strings as strings."""
    result = Graph()
    for subject, predicate, value in graph:
        result.add((subject, predicate, _normalise_value(value) if isinstance(value, Text) else value))
    return result


def _normalise_value(value: Text) -> Text:
    if value.datatype and NUMBERS.search(value.datatype):
        try:
            return Text(repr(round(float(value), 9)), datatype=value.datatype)
        except ValueError:
            return value
    if value.datatype is None and not value.language:
        return Text(str(value), datatype=URIRef("http://www.w3.org/2001/XMLSchema#string"))
    return value
