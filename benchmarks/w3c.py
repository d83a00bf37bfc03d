"""The W3C's SPARQL 1.1 tests, asked over HTTP; ``python -m benchmarks.w3c`` prints a table of the results.

The tests themselves are not part of this project: their folder (``sparql11`` of github.com/w3c/rdf-tests) is named
by the variable PLEDGEGRAPH_W3C, or stands beside the checkout in ``../shared/w3c/sparql/sparql11``.
"""

from __future__ import annotations

import csv
import io
import logging
import os
import re
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlparse

import httpx
import uvicorn
from pyoxigraph import (
    DefaultGraph,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    RdfFormat,
    Store,
    Triple,
    parse_query_results,
)
from rdflib import RDF, BNode, Graph, URIRef
from rdflib import Literal as Text
from rdflib.collection import Collection
from rdflib.compare import isomorphic
from rdflib.namespace import Namespace
from rdflib.term import Node

from graph.store.results import Reply, Request, answer_request
from graph.store.serve import Site, make_app

FOLDER = Path(os.environ.get("PLEDGEGRAPH_W3C", "../shared/w3c/sparql/sparql11")).resolve()
MANIFESTS = (
    "manifest-sparql11-query.ttl",
    "manifest-sparql11-results.ttl",
    "protocol/manifest.ttl",
    "service-description/manifest.ttl",
)
# What does not pass, by the end of the test's IRI: all of it in the engine, none in this project.
KNOWN = {
    "agg-groupconcat-04": "the engine keeps the language of its parts, as SPARQL 1.2 does",
    "agg-groupconcat-06": "the engine keeps the language of its parts, as SPARQL 1.2 does",
    "agg-empty-group-count-graph": "the engine loses ?g where a group in a GRAPH does not use it",
    "graph": "the engine loses ?g where VALUES in a GRAPH leave it unbound",
    "bnode01": "the engine gives the same blank node for the same string in all rows",
    "graph-minus": "the engine lets ?g of an outer GRAPH count for MINUS",
    "zero_or_more_set_start": "the engine gives no zero-length path for a term that is not in the data",
    "zero_or_more_set_end": "the engine gives no zero-length path for a term that is not in the data",
    "zero_or_one_set_start": "the engine gives no zero-length path for a term that is not in the data",
    "zero_or_one_set_end": "the engine gives no zero-length path for a term that is not in the data",
    "tsv03": "the engine stores types derived from xsd:integer as xsd:integer",
}
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
RS = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
DESCRIBED = ("endpoint", "supportedLanguage", "resultFormat", "defaultDataset", "defaultGraph")
LABEL = URIRef("http://www.w3.org/2000/01/rdf-schema#label")
VALUE = Namespace("urn:value:")
NUMBERS = re.compile(r"#(integer|decimal|double|float)$")
KINDS = {
    "boolean": ("application/sparql-results",),
    "tabular": ("application/sparql-results", "text/csv", "text/tab-separated-values"),
    "RDF": ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"),
}


@dataclass(frozen=True, slots=True)
class Case:
    """One test of a manifest."""

    group: str
    name: str
    kind: str
    node: Node
    manifest: Graph


@dataclass(frozen=True, slots=True)
class Outcome:
    """``passed``, ``failed`` or ``not applicable``, and why."""

    case: Case
    result: str
    reason: str = ""


class DirectPool:
    """Answers in this process, on a store that each test sets."""

    def __init__(self) -> None:
        self.store = Store()

    def answer(self, request: Request) -> Reply:
        """Answer as the real pool does, without limits of time."""
        return answer_request(self.store, request)


def read_cases(folder: Path = FOLDER) -> Iterator[Case]:
    """Yield the tests of all manifests in use."""
    for name in MANIFESTS:
        yield from _read_manifest(folder / name)


def run_case(case: Case, pool: DirectPool, client: httpx.Client) -> Outcome:
    """Ask what a test asks, and compare."""
    try:
        if case.kind == "ProtocolTest":
            return _run_protocol(case, pool, client)
        if case.kind == "ServiceDescriptionTest":
            return _run_description(case, client)
        if "Syntax" in case.kind:
            return _run_syntax(case, pool, client)
        return _run_evaluation(case, pool, client)
    except (httpx.HTTPError, SyntaxError, ValueError, AssertionError, OSError) as error:
        return Outcome(case, "failed", f"{type(error).__name__}: {str(error)[:100]}")


@contextmanager
def serve_pool() -> Iterator[tuple[DirectPool, httpx.Client]]:
    """Serve a store that can be exchanged on a free port of this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    pool = DirectPool()
    app = make_app(Site(pool))
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        transport = httpx.HTTPTransport(retries=20)
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", transport=transport, timeout=60) as client:
            while not server.started:
                threading.Event().wait(0.05)
            yield pool, client
    finally:
        server.should_exit = True
        thread.join()


def _read_manifest(path: Path) -> Iterator[Case]:
    manifest = Graph().parse(path, publicID=path.as_uri())
    for include in manifest.objects(None, MF.include):
        for part in Collection(manifest, include):
            yield from _read_manifest(_path(part))
    for entries in manifest.objects(None, MF.entries):
        for node in Collection(manifest, entries):
            kind = str(manifest.value(node, RDF.type)).rpartition("#")[2]
            yield Case(path.parent.name, str(manifest.value(node, MF.name)), kind, node, manifest)


def _path(node: Node) -> Path:
    return Path(unquote(urlparse(str(node)).path))


def _load(store: Store, path: Path, graph: NamedNode | DefaultGraph) -> None:
    form = RdfFormat.from_extension(path.suffix[1:])
    store.load(path=path, format=form, base_iri=path.as_uri(), to_graph=graph)


def _load_data(case: Case, action: Node) -> Store:
    store = Store()
    for data in case.manifest.objects(action, QT.data):
        _load(store, _path(data), DefaultGraph())
    for data in case.manifest.objects(action, QT.graphData):
        _load(store, _path(data), NamedNode(str(data)))
    for data in case.manifest.objects(case.node, UT.graphData):
        path, name = case.manifest.value(data, UT.graph), case.manifest.value(data, LABEL)
        _load(store, _path(path or data), NamedNode(str(name)))
    return store


def _run_syntax(case: Case, pool: DirectPool, client: httpx.Client) -> Outcome:
    pool.store = Store()
    query = _path(case.manifest.value(case.node, MF.action) or case.node).read_text(encoding="utf-8")
    response = client.post("/sparql", content=query.encode(), headers={"Content-Type": "application/sparql-query"})
    if "SERVICE is not supported" in response.text:
        return Outcome(case, "not applicable", "SERVICE is refused by design")
    refused = response.status_code == 400
    return _judge(case, refused is case.kind.startswith("Negative"), f"status {response.status_code}")


def _run_evaluation(case: Case, pool: DirectPool, client: httpx.Client) -> Outcome:
    action = case.manifest.value(case.node, MF.action)
    expected = case.manifest.value(case.node, MF.result)
    assert action is not None
    assert expected is not None
    pool.store = _load_data(case, action)
    query = _path(case.manifest.value(action, QT.query) or action)
    sparql = f"BASE <{query.as_uri()}>\n{query.read_text(encoding='utf-8')}"
    accept = _accept(_path(expected))
    headers = {"Content-Type": "application/sparql-query", "Accept": accept}
    response = client.post("/sparql", content=sparql.encode(), headers=headers)
    if response.status_code != 200:
        return Outcome(case, "failed", response.text.strip()[:100])
    if accept == "text/csv":
        return _judge(case, _csv_rows(response.text) == _csv_rows(_path(expected).read_text()), "other rows")
    return _judge(case, isomorphic(_read_answer(response), _read_expected(_path(expected))), "other rows")


def _run_description(case: Case, client: httpx.Client) -> Outcome:
    response = client.get("/sparql", headers={"Accept": "text/turtle"})
    graph, endpoint = Graph().parse(data=response.content, format="turtle"), URIRef(str(response.url))
    name = str(case.node).rpartition("#")[2]
    checks = {
        "returns-rdf": len(graph) > 0,
        "has-endpoint-triple": (None, SD.endpoint, endpoint) in graph,
        "conforms-to-schema": set(graph.predicates()) <= {SD[p] for p in DESCRIBED} | {RDF.type},
    }
    return _judge(case, checks[name], "the description lacks it")


def _run_protocol(case: Case, pool: DirectPool, client: httpx.Client) -> Outcome:
    if "update" in str(case.node).rpartition("#")[2]:
        return Outcome(case, "not applicable", "read-only by design: no update")
    action = case.manifest.value(case.node, MF.action)
    assert action is not None
    pool.store = _load_data(case, action)
    requests = case.manifest.value(action, HT.requests)
    for request in Collection(case.manifest, requests or action):
        response = _send(case.manifest, request, client)
        if reason := _check_response(case.manifest, request, response):
            return Outcome(case, "failed", reason)
    return Outcome(case, "passed")


def _send(manifest: Graph, request: Node, client: httpx.Client) -> httpx.Response:
    path = str(manifest.value(request, HT.absolutePath)).replace("/sparql/", "/sparql", 1)
    headers = {}
    if (listed := manifest.value(request, HT.headers)) is not None:
        for header in Collection(manifest, listed):
            headers[str(manifest.value(header, HT.fieldName))] = str(manifest.value(header, HT.fieldValue))
    body = manifest.value(request, HT.body)
    encoding = str(manifest.value(body, CNT.characterEncoding) or "UTF-8")
    chars = str(manifest.value(body, CNT.chars) or "")
    return client.request(
        str(manifest.value(request, HT.methodName)), path, headers=headers, content=chars.encode(encoding)
    )


def _check_response(manifest: Graph, request: Node, response: httpx.Response) -> str:
    wanted = manifest.value(request, HT.resp)
    classes = {str(status).rpartition("StatusCode")[2][0] for status in manifest.objects(wanted, MF.expectedStatus)}
    if str(response.status_code)[0] not in classes:
        return f"status {response.status_code}"
    form, truth = manifest.value(wanted, MF.expectedFormat), manifest.value(wanted, MF.expectedBoolean)
    if form is not None and not response.headers["content-type"].startswith(KINDS[str(form)]):
        return f"content type {response.headers['content-type']}"
    if truth is not None and response.json()["boolean"] is not bool(truth):
        return "the other truth value"
    return ""


def _judge(case: Case, good: bool, reason: str) -> Outcome:
    name = re.split(r"[#/]", str(case.node))[-1]
    return Outcome(case, "passed") if good else Outcome(case, "failed", KNOWN.get(name, reason))


def _accept(expected: Path) -> str:
    known = {".csv": "text/csv", ".tsv": "text/tab-separated-values", ".srj": "application/sparql-results+json"}
    return known.get(expected.suffix, "application/sparql-results+xml, text/turtle;q=0.9")


def _csv_rows(text: str) -> Counter[tuple[tuple[str, str], ...]]:
    """Return CSV rows by column, whose order ``SELECT *`` leaves open; numbers are equal by value."""
    rows = csv.DictReader(io.StringIO(text))
    return Counter(tuple(sorted((name, _csv_value(cell)) for name, cell in row.items())) for row in rows)


def _csv_value(cell: str) -> str:
    if cell.startswith("_:"):
        return "_:"
    return str(float(cell)) if re.fullmatch(r"[+-]?\d*\.?\d+([eE][+-]?\d+)?", cell) else cell


def _read_answer(response: httpx.Response) -> Graph:
    media = response.headers["content-type"].partition(";")[0]
    if media == "text/turtle":
        return _normalise(Graph().parse(data=response.content, format="turtle"))
    return _read_rows(response.content, QueryResultsFormat.from_media_type(media))


def _read_expected(path: Path) -> Graph:
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


def print_table(outcomes: list[Outcome]) -> None:
    """Print the number of each result by group, and the reason of everything that did not pass."""
    print("| group | passed | not applicable | failed |\n|---|---:|---:|---:|")
    for group in [*dict.fromkeys(o.case.group for o in outcomes), "all"]:
        counts = Counter(o.result for o in outcomes if group in (o.case.group, "all"))
        print(f"| {group} | {counts['passed']} | {counts['not applicable']} | {counts['failed']} |")
    print()
    for outcome in outcomes:
        if outcome.result != "passed":
            print(f"- {outcome.result}: {outcome.case.group}, {outcome.case.name}: {outcome.reason}")


def main() -> None:
    """Run all tests and print the table."""
    logging.getLogger("rdflib").setLevel(logging.CRITICAL)
    if not FOLDER.exists():
        raise SystemExit(f"The W3C tests are not at {FOLDER}; name their folder in PLEDGEGRAPH_W3C.")
    with serve_pool() as (pool, client):
        print_table([run_case(case, pool, client) for case in read_cases()])


if __name__ == "__main__":
    main()
