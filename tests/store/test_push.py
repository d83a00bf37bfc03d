"""Pushing to a store elsewhere: what arrives, what happens when it fails, and equal answers there."""

from __future__ import annotations

import base64
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store

from graph.errors import OutputError, QueryError
from graph.store.dataset import Dataset, remove_graphs, replace_graphs
from graph.store.push import Pushed, push_graphs
from graph.store.query import ask, named_queries
from graph.store.remote import Remote, ask_endpoint, declare_prefixes
from graph.store.results import Request, answer_request
from graph.vocab import BASE, mint_graph
from tests.store.sample import make_dataset, make_first, make_full_dataset, make_quads

FIRST = mint_graph(BASE, "甲.txt")


class FakeStore(ThreadingHTTPServer):
    """A store with the Graph Store Protocol, Update and Query, whose next requests can be made to fail."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.store = Store()
        self.failures: list[int] = []
        self.password = ""
        self.requests = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: FakeStore

    def do_POST(self) -> None:
        self.server.requests += 1
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        password = "Basic " + base64.b64encode(f"user:{self.server.password}".encode()).decode()
        if self.server.password and self.headers.get("Authorization") != password:
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="store"')
            self.end_headers()
            return
        status, media, answer = (self.server.failures.pop(0), "", b"") if self.server.failures else self.answer(body)
        self.send_response(status)
        self.send_header("Content-Type", media or "text/plain")
        self.end_headers()
        self.wfile.write(answer)

    do_PUT = do_DELETE = do_POST  # noqa: N815

    def answer(self, body: bytes) -> tuple[int, str, bytes]:
        url, store = urlparse(self.path), self.server.store
        if url.path == "/query":
            form = parse_qs(body.decode())
            reply = answer_request(store, Request(form["query"][0], accept=self.headers["Accept"]))
            return reply.status, reply.media_type, reply.body
        if url.path == "/update":
            store.update(body.decode())
            return 204, "", b""
        graph = NamedNode(parse_qs(url.query)["graph"][0])
        if self.command == "DELETE" and not store.contains_named_graph(graph):
            return 404, "", b""
        if self.command != "POST":
            store.remove_graph(graph)
        store.load(input=body, format=RdfFormat.N_TRIPLES, to_graph=graph)
        return 204, "", b""

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[FakeStore]:
    with FakeStore() as fake:
        thread = threading.Thread(target=fake.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield fake
        fake.shutdown()
        thread.join()


def make_remote(server: FakeStore, update: bool = False, tries: int = 3) -> Remote:
    return Remote(f"{server.url}/{'update' if update else 'store'}", update, tries, wait=lambda _: None)


def assert_equal_there(dataset: Dataset, there: Store) -> None:
    assert set(there) == set(dataset.store)


@pytest.mark.parametrize("update", [False, True], ids=["graph store", "update"])
def test_what_arrives_is_what_is_here_through_all_changes(server: FakeStore, tmp_path: Path, update: bool) -> None:
    remote, memory, dataset = make_remote(server, update), tmp_path / "push.json", make_full_dataset()
    assert push_graphs(dataset, remote, memory) == Pushed(5, 0, 0)
    assert_equal_there(dataset, server.store)
    assert push_graphs(dataset, remote, memory) == Pushed(0, 5, 0)
    document, pledges = make_first()
    replace_graphs(dataset, make_quads((document, pledges[:1])))
    assert push_graphs(dataset, remote, memory) == Pushed(2, 3, 0)
    assert_equal_there(dataset, server.store)
    remove_graphs(dataset, [FIRST])
    assert push_graphs(dataset, remote, memory) == Pushed(1, 3, 1)
    assert_equal_there(dataset, server.store)


@pytest.mark.parametrize("update", [False, True], ids=["graph store", "update"])
def test_every_named_question_gets_an_equal_answer_there(server: FakeStore, tmp_path: Path, update: bool) -> None:
    dataset = make_full_dataset()
    push_graphs(dataset, make_remote(server, update), tmp_path / "push.json")
    for query in named_queries():
        assert ask_endpoint(f"{server.url}/query", query.name) == ask(dataset, query.name)
    assert ask_endpoint(f"{server.url}/query", "ASK { ?p a pg:Pledge }").rows == (("true",),)
    construct = "CONSTRUCT { ?p pg:quote ?q } WHERE { ?p a pg:Pledge ; pg:quote ?q }"
    assert ask_endpoint(f"{server.url}/query", construct) == ask(dataset, construct)


def test_a_large_graph_goes_in_parts(server: FakeStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.store.push.CHUNK", 50)
    dataset = make_dataset()
    push_graphs(dataset, make_remote(server), tmp_path / "push.json")
    assert server.requests > 4
    assert_equal_there(dataset, server.store)


def test_a_store_that_stumbles_is_tried_again(server: FakeStore, tmp_path: Path) -> None:
    server.failures = [503, 500, 204]
    push_graphs(make_dataset(), make_remote(server), tmp_path / "push.json")
    assert server.requests == 2 + 4


@pytest.mark.parametrize("step", range(8))
def test_a_push_that_stops_anywhere_goes_on_there(server: FakeStore, tmp_path: Path, step: int) -> None:
    dataset, memory = make_dataset(), tmp_path / "push.json"
    push_graphs(dataset, make_remote(server), memory)
    replace_graphs(dataset, make_quads((make_first()[0], ())))
    remove_graphs(dataset, [mint_graph(BASE, "乙.txt")])
    server.requests, original = 0, Handler.answer

    def answer(self: Handler, body: bytes) -> tuple[int, str, bytes]:
        return (400, "", b"full") if self.server.requests == step + 1 else original(self, body)

    Handler.answer = answer  # type: ignore[method-assign]
    try:
        push_graphs(dataset, make_remote(server, tries=1), memory)
    except OutputError as error:
        assert "full" in str(error)
    finally:
        Handler.answer = original  # type: ignore[method-assign]
    push_graphs(dataset, make_remote(server), memory)
    assert_equal_there(dataset, server.store)


def test_a_store_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    waits: list[float] = []
    remote = Remote("http://127.0.0.1:9/store", tries=3, wait=waits.append)
    with pytest.raises(OutputError, match="run the same command again"):
        push_graphs(make_dataset(), remote, tmp_path / "push.json")
    assert waits == [1.0, 2.0]
    with pytest.raises(QueryError, match="does not answer"):
        ask_endpoint("http://127.0.0.1:9/query", "network")


def test_the_environment_names_user_and_password(
    server: FakeStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.password = "secret"
    with pytest.raises(OutputError, match="401"):
        push_graphs(make_dataset(), make_remote(server), tmp_path / "push.json")
    monkeypatch.setenv("PLEDGEGRAPH_USER", "user")
    monkeypatch.setenv("PLEDGEGRAPH_PASSWORD", "secret")
    assert push_graphs(make_dataset(), make_remote(server), tmp_path / "push.json").sent == 4


def test_a_bad_query_there_is_explained_as_here(server: FakeStore) -> None:
    with pytest.raises(QueryError, match="does not parse"):
        ask_endpoint(f"{server.url}/query", "SELECT {")


def test_only_prefixes_that_are_missing_are_declared() -> None:
    query = "prefix pg: <x:y> SELECT ?skos { ?s pg:a skos:Concept ; a <urn:prov:x> }"
    assert declare_prefixes(query) == "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n" + query
