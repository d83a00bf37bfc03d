"""Each test, asked over HTTP."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import httpx
import uvicorn
from pyoxigraph import NamedNode, Store
from rdflib import RDF, Graph, URIRef
from rdflib.collection import Collection
from rdflib.compare import isomorphic
from rdflib.namespace import Namespace
from rdflib.term import Node

from benchmarks.w3c.answers import choose_format, read_answer, read_csv_rows, read_expected
from benchmarks.w3c.suite import DEFAULT, MF, QT, Case, find_path, load_data
from graph.store.query import names_dataset
from graph.store.results import Reply, Request, answer_request
from graph.store.serve import Site, make_app

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
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
DESCRIBED = ("endpoint", "supportedLanguage", "resultFormat", "feature", "defaultDataset", "defaultGraph")
KINDS = {
    "boolean": ("application/sparql-results",),
    "tabular": ("application/sparql-results", "text/csv", "text/tab-separated-values"),
    "RDF": ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"),
}


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
        """Answer as the real pool does, without limits of time, on the test's own default graph."""
        if request.default_graphs is None and not names_dataset(request.sparql):
            named = (g.value for g in self.store.named_graphs() if isinstance(g, NamedNode) and g != DEFAULT)
            request = replace(request, default_graphs=(DEFAULT.value,), named_graphs=tuple(named))
        return answer_request(self.store, request)


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


def _run_syntax(case: Case, pool: DirectPool, client: httpx.Client) -> Outcome:
    pool.store = Store()
    query = find_path(case.manifest.value(case.node, MF.action) or case.node).read_text(encoding="utf-8")
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
    pool.store = load_data(case, action)
    query = find_path(case.manifest.value(action, QT.query) or action)
    sparql = f"BASE <{query.as_uri()}>\n{query.read_text(encoding='utf-8')}"
    accept = choose_format(find_path(expected))
    headers = {"Content-Type": "application/sparql-query", "Accept": accept}
    response = client.post("/sparql", content=sparql.encode(), headers=headers)
    if response.status_code != 200:
        return Outcome(case, "failed", response.text.strip()[:100])
    if accept == "text/csv":
        return _judge(
            case, read_csv_rows(response.text) == read_csv_rows(find_path(expected).read_text()), "other rows"
        )
    return _judge(case, isomorphic(read_answer(response), read_expected(find_path(expected))), "other rows")


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
    pool.store = load_data(case, action)
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
