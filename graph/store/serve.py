"""SPARQL over HTTP (https://www.w3.org/TR/sparql11-protocol/), and a page for every thing, on one store.

Read-only by design: no update, no SERVICE. Queries run in processes of their own with limits (``workers``).
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import uvicorn
from anyio import to_thread
from pyoxigraph import RdfFormat, Store
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request as HttpRequest
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from graph.errors import OutputError
from graph.lexicon import ONTOLOGY
from graph.store.dataset import open_dataset
from graph.store.formats import GRAPH_FORMATS, negotiate
from graph.store.pages import render_query_page, render_thing_page
from graph.store.protocol import BadRequestError, describe_service, read_request
from graph.store.query import find_base, named_queries
from graph.store.results import Reply, Request, answer_request
from graph.store.workers import Limits, Pool
from graph.vocab import BASE, escape_segment, unescape_segment

_OUTGOING = """SELECT ?p ?o ?label WHERE {{ <{iri}> ?p ?o OPTIONAL {{ ?o skos:prefLabel ?label }} }}
ORDER BY ?p ?o LIMIT 500"""
_INCOMING = """SELECT ?s ?p ?label WHERE {{ ?s ?p <{iri}> OPTIONAL {{ ?s skos:prefLabel|pg:quote ?label }} }}
ORDER BY ?p ?s LIMIT 500"""
_HOSTS = ["localhost", "127.0.0.1", "testserver"]
Handler = Callable[[HttpRequest], Awaitable[Response]]


class Answering(Protocol):
    """What answers queries: a pool of processes, or in a test the process itself."""

    def answer(self, request: Request) -> Reply:
        """Answer one query."""


@dataclass(frozen=True, slots=True)
class Site:
    """What is served: who answers, the IRI of things, the explorer's page, and the row limit."""

    pool: Answering
    base: str = BASE
    explorer: Path | None = None
    rows: int = 100_000


def make_app(site: Site, hosts: list[str] | None = None) -> Starlette:
    """Return the application.

    Args:
        site: what is served.
        hosts: names by which the server may be called; by default those of this machine, so that a page of
            another site cannot ask through a visitor's browser.
    """
    handlers: dict[str, Callable[[Site, HttpRequest], Awaitable[Response]]] = {
        "/": _show_explorer,
        "/sparql": _answer_protocol,
        "/query": _show_query_page,
        "/questions": _list_questions,
        "/id/{rest:path}": _show_thing,
        "/graph/{rest:path}": _show_thing,
        "/ns": _show_ontology,
    }
    methods = {"/sparql": ["GET", "POST"]}
    routes = [
        Route(path, _bind(site, handler), methods=methods.get(path, ["GET"])) for path, handler in handlers.items()
    ]
    allowed = _HOSTS if hosts is None else hosts
    return Starlette(routes=routes, middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=allowed)])


def serve_dataset(
    path: Path, host: str = "127.0.0.1", port: int = 8000, limits: Limits | None = None, explorer: Path | None = None
) -> None:
    """Serve a store until interrupted; queries under way are answered first.

    Raises:
        InputError: there is no store.
        OutputError: the port is taken, or may not be used.
    """
    chosen = limits or Limits()
    hosts = _HOSTS if host in {"127.0.0.1", "localhost"} else ["*"]
    with open_dataset(path, read_only=True) as dataset:
        base = find_base(dataset)
    with Pool(path, chosen) as pool:
        app = make_app(Site(pool, base, explorer, chosen.rows), hosts)
        grace = int(chosen.seconds) + 1
        try:
            uvicorn.run(app, host=host, port=port, log_level="warning", timeout_graceful_shutdown=grace)
        except SystemExit as error:
            raise OutputError(f"{host}:{port} cannot be served on; choose another port.") from error


def _bind(site: Site, handler: Callable[[Site, HttpRequest], Awaitable[Response]]) -> Handler:
    async def handle(request: HttpRequest) -> Response:
        try:
            return await handler(site, request)
        except BadRequestError as error:
            return _respond(error.reply)

    return handle


async def _answer_protocol(site: Site, http: HttpRequest) -> Response:
    request = await read_request(http, site.rows)
    if request is None:
        return _respond(describe_service(http))
    return _respond(await to_thread.run_sync(site.pool.answer, request))


async def _show_explorer(site: Site, _http: HttpRequest) -> Response:
    if site.explorer and site.explorer.exists():
        return FileResponse(site.explorer, media_type="text/html")
    return RedirectResponse("/query")


async def _show_query_page(site: Site, _http: HttpRequest) -> Response:
    return HTMLResponse(render_query_page(named_queries(), site.base))


async def _list_questions(_site: Site, _http: HttpRequest) -> Response:
    questions = [
        {"name": q.name, "zh": q.question_zh, "en": q.question_en, "sparql": q.sparql, "parameters": q.parameters}
        for q in named_queries()
    ]
    return Response(json.dumps(questions, ensure_ascii=False), media_type="application/json")


async def _show_thing(site: Site, http: HttpRequest) -> Response:
    """Return a page about a thing, or its triples, by the Accept header."""
    iri = _read_iri(site, http)
    media = negotiate(http.headers.get("accept", ""), ["text/html", *GRAPH_FORMATS])
    if media != "text/html":
        sparql = f"CONSTRUCT {{ <{iri}> ?p ?o }} WHERE {{ <{iri}> ?p ?o }}"
        return _respond(await to_thread.run_sync(site.pool.answer, Request(sparql, accept=media or "", rows=site.rows)))
    tables = []
    for sparql in (_OUTGOING.format(iri=iri), _INCOMING.format(iri=iri)):
        reply = await to_thread.run_sync(
            site.pool.answer, Request(sparql, accept="application/sparql-results+json", rows=site.rows)
        )
        if reply.status != 200:
            return _respond(reply)
        tables.append(json.loads(reply.body)["results"]["bindings"])
    status = 200 if tables[0] or tables[1] else 404
    return HTMLResponse(render_thing_page(iri, site.base, tables[0], tables[1]), status_code=status)


async def _show_ontology(_site: Site, http: HttpRequest) -> Response:
    ontology = Store()
    ontology.load(path=ONTOLOGY / "pledges.ttl", format=RdfFormat.TURTLE)
    media = negotiate(http.headers.get("accept", ""), GRAPH_FORMATS) or "text/turtle"
    return _respond(answer_request(ontology, Request("CONSTRUCT WHERE { ?s ?p ?o }", accept=media)))


def _read_iri(site: Site, http: HttpRequest) -> str:
    """Return the IRI that a path stands for, however a client has percent-encoded it."""
    raw = (http.scope.get("raw_path") or http.url.path.encode()).decode("ascii", "replace").partition("?")[0]
    try:
        return site.base + "/".join(escape_segment(unescape_segment(part)) for part in raw.lstrip("/").split("/"))
    except UnicodeDecodeError as error:
        raise BadRequestError(400, "The path is not UTF-8.") from error


def _respond(reply: Reply) -> Response:
    headers = {"Vary": "Accept", "X-Content-Type-Options": "nosniff"}
    return Response(reply.body, reply.status, headers, f"{reply.media_type}; charset=utf-8")
