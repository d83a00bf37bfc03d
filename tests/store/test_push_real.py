"""Pushing to real stores (Oxigraph, Virtuoso) that are killed midway: the rest arrives, and answers are equal."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from graph.errors import OutputError
from graph.store.dataset import Dataset, remove_graphs
from graph.store.push import Pushed, push_graphs
from graph.store.query import ask, named_queries
from graph.store.remote import Remote, ask_endpoint
from graph.vocab import BASE, mint_graph
from tests.store.sample import make_full_dataset

BESIDE = Path(sys.executable).parent / "oxigraph"
OXIGRAPH = os.environ.get("PLEDGEGRAPH_OXIGRAPH") or shutil.which("oxigraph") or (BESIDE.exists() and str(BESIDE))
VIRTUOSO = shutil.which("virtuoso-t")
VIRTUOSO_SETTINGS = """
[Database]
DatabaseFile = here.db
ErrorLogFile = here.log
TransactionFile = here.trx
xa_persistent_file = here.pxa
[TempDatabase]
DatabaseFile = temporary.db
TransactionFile = temporary.trx
[Parameters]
ServerPort = {port}
NumberOfBuffers = 10000
[HTTPServer]
ServerPort = {http}
[SPARQL]
ResultSetMaxRows = 100000
"""
ASKED = ("ASK { ?p a pg:Pledge }", "ASK { ?p a pg:None }", "SELECT (COUNT(*) AS ?n) { ?p a pg:Pledge }")
CONSTRUCTED = "CONSTRUCT { ?o pg:pledged ?t } WHERE { ?p pg:pledgedBy ?o ; pg:concerns ?t }"


@dataclass(frozen=True)
class Server:
    """A real store: the command that starts it, where graphs go, and where questions are asked."""

    command: list[str]
    home: Path
    store: str
    update: str
    query: str

    def start(self) -> subprocess.Popen[bytes]:
        log = (self.home / "out.log").open("ab")
        process = subprocess.Popen(self.command, cwd=self.home, stdout=log, stderr=log)
        for _ in range(600):
            try:
                if httpx.get(self.query, params={"query": "ASK {}"}).status_code == 200:
                    return process
            except httpx.TransportError:
                time.sleep(0.1)
        process.kill()
        raise AssertionError((self.home / "out.log").read_text(errors="replace"))


def prepare_oxigraph(home: Path) -> Server:
    if not OXIGRAPH:
        pytest.skip("no oxigraph server here; name its program in PLEDGEGRAPH_OXIGRAPH")
    address = f"127.0.0.1:{find_port()}"
    url = f"http://{address}"
    command = [str(OXIGRAPH), "serve", "--location", str(home / "data"), "--bind", address]
    return Server(command, home, f"{url}/store", f"{url}/update", f"{url}/query")


def prepare_virtuoso(home: Path) -> Server:
    if not VIRTUOSO:
        pytest.skip("no virtuoso-t here; Debian's package is virtuoso-opensource-7-bin")
    http = find_port()
    url = f"http://127.0.0.1:{http}"
    (home / "here.ini").write_text(VIRTUOSO_SETTINGS.format(port=find_port(), http=http))
    command = [VIRTUOSO, "+configfile", "here.ini", "+foreground"]
    return Server(command, home, f"{url}/sparql-graph-crud-auth", f"{url}/sparql-auth", f"{url}/sparql")


def find_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(params=[prepare_oxigraph, prepare_virtuoso], ids=["oxigraph", "virtuoso"])
def server(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Server:
    monkeypatch.setenv("PLEDGEGRAPH_USER", "dba")  # Virtuoso's first user; Oxigraph asks for none
    monkeypatch.setenv("PLEDGEGRAPH_PASSWORD", "dba")
    (tmp_path / "there").mkdir()
    prepare: Callable[[Path], Server] = request.param
    return prepare(tmp_path / "there")


def test_a_real_server_that_is_killed_midway_gets_the_rest(server: Server, tmp_path: Path) -> None:
    remote = Remote(server.store, tries=2, wait=lambda _: time.sleep(0.1))
    dataset, memory, arrived = make_full_dataset(), tmp_path / "push.json", list[str]()
    process = server.start()

    def kill_after_two(graph: str) -> None:
        arrived.append(graph)
        if len(arrived) == 2:
            process.kill()
            process.wait()

    try:
        with pytest.raises(OutputError, match="run the same command again"):
            push_graphs(dataset, remote, memory, kill_after_two)
        process = server.start()
        assert push_graphs(dataset, remote, memory) == Pushed(3, 2, 0)
        assert_equal_answers(server, dataset)
        remove_graphs(dataset, [mint_graph(BASE, "甲.txt")])
        assert push_graphs(dataset, remote, memory).removed == 1
        by_update = Remote(server.update, update=True, tries=2)
        assert push_graphs(dataset, by_update, memory) == Pushed(4, 0, 0)
        assert_equal_answers(server, dataset)
    finally:
        process.kill()
        process.wait()


def assert_equal_answers(server: Server, dataset: Dataset) -> None:
    everything = f"SELECT (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s ?p ?o }} FILTER (STRSTARTS(STR(?g), '{BASE}')) }}"
    for query in [*(query.name for query in named_queries()), *ASKED, CONSTRUCTED, everything]:
        assert ask_endpoint(server.query, query) == ask(dataset, query), query
