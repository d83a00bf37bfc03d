"""SPARQL over HTTP as clients see it: protocol, formats, limits, pages; and with real clients on a real port."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pandas
import pytest
from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, parse, parse_query_results
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import JSON, SPARQLWrapper
from starlette.testclient import TestClient

from graph.errors import InputError, OutputError
from graph.store.dataset import THINGS, open_dataset, remove_graphs, replace_graphs
from graph.store.query import ask, named_queries
from graph.store.serve import Site, make_app, serve_dataset
from graph.store.workers import Limits, Pool
from graph.vocab import BASE, PREFIXES, mint_entity, mint_graph
from tests.store.sample import PLACE, make_first, make_full_dataset, make_quads, make_second, make_third

LABELS = "SELECT ?label WHERE { ?x a pg:Project ; skos:prefLabel ?label }"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
FIRST, SECOND = mint_graph(BASE, "甲.txt"), mint_graph(BASE, "乙.txt")
TABLES = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
GRAPHS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("serve") / "store"
    with open_dataset(path) as dataset:
        replace_graphs(dataset, make_quads(make_first(), make_second(), make_third()))
    return path


@pytest.fixture(scope="module")
def client(store: Path) -> Iterator[TestClient]:
    with Pool(store, Limits(seconds=20, rows=60, processes=2)) as pool:
        yield TestClient(make_app(Site(pool, rows=60)))


def get(client: TestClient, query: str, accept: str = "", **more: str) -> httpx.Response:
    response: httpx.Response = client.get(
        "/sparql", params={"query": query, **more}, headers={"Accept": accept} if accept else {}
    )
    return response


def test_the_three_ways_to_ask_give_one_answer(client: TestClient) -> None:
    direct = {"Content-Type": "application/sparql-query"}
    answers = [
        get(client, LABELS),
        client.post("/sparql", data={"query": LABELS}),
        client.post("/sparql", content=LABELS.encode(), headers=direct),
    ]
    assert [answer.status_code for answer in answers] == [200] * 3
    assert len({answer.text for answer in answers}) == 1
    assert answers[0].json()["results"]["bindings"] == [
        {"label": {"type": "literal", "value": "星桥智谷项目", "xml:lang": "zh"}}
    ]


@pytest.mark.parametrize("media", TABLES)
def test_a_table_in_every_format(client: TestClient, media: str) -> None:
    query = "SELECT ?s ?v ?none WHERE { { ?s pg:metric ?v } UNION { ?s schema:minValue ?v } } ORDER BY ?v"
    response = get(client, query, media)
    assert response.headers["content-type"] == f"{media}; charset=utf-8"
    parsed = parse_query_results(response.content, format=TABLES[media])
    expected = make_full_dataset().store.query(query, prefixes=PREFIXES, use_default_graph_as_union=True)
    assert isinstance(parsed, QuerySolutions) and isinstance(expected, QuerySolutions)
    assert [list(row) for row in parsed] == [list(row) for row in expected]


def test_csv_is_what_excel_and_pandas_read(client: TestClient) -> None:
    response = get(client, 'SELECT ?a ?b WHERE { VALUES (?a ?b) { ("逗,号\\"引\\"" UNDEF) } }', "text/csv")
    assert response.text == 'a,b\r\n"逗,号""引""",\r\n'


@pytest.mark.parametrize("media", GRAPHS)
def test_a_graph_in_every_format(client: TestClient, media: str) -> None:
    query = "CONSTRUCT { ?o pg:concerns ?t } WHERE { ?p pg:pledgedBy ?o ; pg:concerns ?t }"
    response = get(client, query, media)
    assert response.headers["content-type"] == f"{media}; charset=utf-8"
    assert len(set(parse(response.content, format=GRAPHS[media]))) == 9


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("*/*", "application/sparql-results+json"),
        ("text/html, application/xhtml+xml, */*;q=0.8", "application/sparql-results+json"),
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        ("text/*", "text/csv"),
        ("application/json", "application/json"),
        ("*/*, application/sparql-results+json;q=0, application/sparql-results+xml;q=0.1", "text/csv"),
    ],
)
def test_the_accept_header_chooses(client: TestClient, accept: str, media: str) -> None:
    assert get(client, LABELS, accept).headers["content-type"].startswith(media)


def test_truth_values_and_what_cannot_be_given(client: TestClient) -> None:
    assert get(client, "ASK { ?p a pg:Pledge }").json() == {"head": {}, "boolean": True}
    assert "<boolean>false</boolean>" in get(client, "ASK { ?p a pg:None }", "application/sparql-results+xml").text
    assert get(client, LABELS, "image/png").status_code == 406
    assert get(client, LABELS, "text/turtle").status_code == 406


@pytest.mark.parametrize(
    ("method", "status", "options"),
    [
        ("GET", 400, {"params": {"query": "SELECT nonsense"}}),
        ("GET", 400, {"params": [("query", LABELS), ("query", LABELS)]}),
        ("GET", 400, {"params": {"other": "x"}}),
        ("GET", 400, {"params": b"query=SELECT%20%FF%FE"}),
        ("GET", 403, {"params": {"update": "CLEAR ALL"}}),
        ("POST", 400, {"data": {"nothing": "x"}}),
        ("POST", 415, {"content": LABELS.encode(), "headers": {"Content-Type": "text/plain"}}),
        ("POST", 415, {"content": LABELS.encode()}),
        ("POST", 400, {"content": b"SELECT \xff", "headers": {"Content-Type": "application/sparql-query"}}),
        ("POST", 413, {"content": b"#" * 1_000_001, "headers": {"Content-Type": "application/sparql-query"}}),
        ("POST", 403, {"content": b"CLEAR ALL", "headers": {"Content-Type": "application/sparql-update"}}),
        ("POST", 403, {"data": {"update": "CLEAR ALL"}}),
        ("POST", 400, {"data": {"query": "CLEAR ALL"}}),
        ("PUT", 405, {"content": b"x"}),
        ("DELETE", 405, {}),
        ("GET", 400, {"params": {"query": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"}}),
    ],
)
def test_what_the_protocol_does_not_allow(
    client: TestClient, method: str, status: int, options: dict[str, object]
) -> None:
    response = client.request(method, "/sparql", **options)  # type: ignore[arg-type]
    assert response.status_code == status
    assert len(response.text.strip().splitlines()) == 1


def test_the_dataset_can_be_named(client: TestClient) -> None:
    count = "SELECT (COUNT(*) AS ?n) WHERE { ?m pg:refersTo ?x . ?x a pg:Project }"

    def number(query: str, **graphs: list[str]) -> int:
        pairs = [("query", query), *((name.replace("_", "-"), g) for name, found in graphs.items() for g in found)]
        return int(client.get("/sparql", params=pairs).json()["results"]["bindings"][0]["n"]["value"])

    assert number(count) == 3
    assert number(count, default_graph_uri=[FIRST]) == 0
    assert number(count, default_graph_uri=[FIRST, THINGS]) == 2
    assert number(count, default_graph_uri=[FIRST, SECOND, THINGS]) == 3
    assert number(count, default_graph_uri=[mint_graph(BASE, "丙.txt"), THINGS]) == 0
    assert number(count, named_graph_uri=[FIRST, THINGS]) == 0
    assert number(count.replace("WHERE", f"FROM <{FIRST}> FROM <{THINGS}> WHERE")) == 2
    assert number(count.replace("WHERE", f"FROM NAMED <{FIRST}> WHERE")) == 0
    named = "SELECT (COUNT(DISTINCT ?g) AS ?n) WHERE { GRAPH ?g { ?p a pg:Pledge } }"
    assert number(named) == 3
    assert number(named, named_graph_uri=[FIRST, SECOND]) == 2
    assert number(named, default_graph_uri=[FIRST]) == 0


def test_more_rows_than_the_limit_are_refused_not_cut_off(client: TestClient) -> None:
    response = get(client, "SELECT * WHERE { ?s ?p ?o }")
    assert response.status_code == 500
    assert response.text == "The answer has more than 60 rows; add LIMIT, or ask for less.\n"
    assert len(get(client, "SELECT * WHERE { ?s ?p ?o } LIMIT 60").json()["results"]["bindings"]) == 60


def test_a_query_that_takes_too_long_is_ended_and_the_next_is_answered(store: Path) -> None:
    with Pool(store, Limits(seconds=1, processes=1)) as pool:
        slow = TestClient(make_app(Site(pool)))
        response = get(slow, ENDLESS)
        assert (response.status_code, response.text) == (
            503,
            "The query took longer than 1 s and was ended; ask for less.\n",
        )
        assert get(slow, LABELS).status_code == 200


def test_many_clients_lose_no_answer(client: TestClient) -> None:
    with ThreadPoolExecutor(32) as threads:
        answers = list(threads.map(lambda n: get(client, f"SELECT ({n} AS ?n) WHERE {{}}").json(), range(96)))
    assert [int(a["results"]["bindings"][0]["n"]["value"]) for a in answers] == list(range(96))


def test_a_build_is_seen_without_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "store"
    with open_dataset(path) as dataset:
        replace_graphs(dataset, make_quads(make_first()))
    count = "SELECT (COUNT(*) AS ?n) WHERE { ?p a pg:Pledge }"
    with Pool(path, Limits(processes=1)) as pool:
        running = TestClient(make_app(Site(pool)))
        seen = [get(running, count).json()["results"]["bindings"][0]["n"]["value"]]
        with open_dataset(path) as dataset:
            replace_graphs(dataset, make_quads(make_second()))
            seen.append(get(running, count).json()["results"]["bindings"][0]["n"]["value"])
            remove_graphs(dataset, [FIRST])
            seen.append(get(running, count).json()["results"]["bindings"][0]["n"]["value"])
    assert seen == ["2", "3", "1"]


def test_the_service_describes_itself(client: TestClient) -> None:
    for accept in ("", "application/rdf+xml", "text/html"):
        response = client.get("/sparql", headers={"Accept": accept} if accept else {})
        form = GRAPHS[response.headers["content-type"].partition(";")[0]]
        triples = {(q.subject.value, q.predicate.value) for q in parse(response.content, format=form)}
        sd = "http://www.w3.org/ns/sparql-service-description#"
        assert ("http://testserver/sparql", sd + "endpoint") in triples
        assert ("http://testserver/sparql", sd + "supportedLanguage") in triples


def test_a_thing_has_a_page_and_triples(client: TestClient) -> None:
    path = mint_entity(BASE, "project", PLACE, "星桥智谷项目").removeprefix(BASE)
    page = client.get(f"/{quote(path)}", headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert "<h1>星桥智谷项目</h1>" in page.text
    assert "今年，我们将全力推进星桥智谷项目建设" in page.text
    data = client.get(f"/{quote(path)}", headers={"Accept": "text/turtle"})
    assert {q.subject.value for q in parse(data.content, format=RdfFormat.TURTLE)} == {BASE + path}
    assert client.get("/id/project/none", headers={"Accept": "text/html"}).status_code == 404
    assert client.get("/id/%FF", headers={"Accept": "text/html"}).status_code == 400
    assert b"owl:Ontology" in client.get("/ns", headers={"Accept": "text/turtle"}).content


def test_pages_load_nothing_from_elsewhere(client: TestClient, tmp_path: Path, store: Path) -> None:
    page = client.get("/query").text
    assert all(query.question_zh in page for query in named_queries())
    assert 'src="' not in page and "<link" not in page and "@import" not in page
    assert client.get("/").url.path == "/query"
    assert [q["name"] for q in client.get("/questions").json()] == [q.name for q in named_queries()]
    (tmp_path / "explorer.html").write_text("图", encoding="utf-8")
    with Pool(store, Limits(processes=1)) as pool:
        assert TestClient(make_app(Site(pool, explorer=tmp_path / "explorer.html"))).get("/").text == "图"


def test_a_page_of_another_site_cannot_ask(client: TestClient) -> None:
    assert client.get("/query", headers={"Host": "evil.example"}).status_code == 400


def test_serving_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="pledgegraph build"):
        serve_dataset(tmp_path / "none")


@pytest.fixture
def endpoint(store: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    code = (
        "from pathlib import Path; from graph.store.serve import serve_dataset; "
        f"serve_dataset(Path({str(store)!r}), port={port})"
    )
    process = subprocess.Popen([sys.executable, "-c", code], cwd=Path(__file__).parents[2])
    url = f"http://127.0.0.1:{port}/sparql"
    for _ in range(200):
        try:
            httpx.get(url)
            break
        except httpx.TransportError:
            time.sleep(0.1)
    yield url, process
    process.kill()
    process.wait()


def test_real_clients_get_the_same_answers(endpoint: tuple[str, subprocess.Popen[bytes]], store: Path) -> None:
    url, process = endpoint
    with open_dataset(store, read_only=True) as dataset:
        expected = {query.name: ask(dataset, query.name) for query in named_queries()}
    wrapper = SPARQLWrapper(url)
    wrapper.setReturnFormat(JSON)
    remote = SPARQLStore(url)
    for query in named_queries():
        names, rows = expected[query.name].variables, expected[query.name].rows
        wrapper.setQuery(query.sparql)
        answer: Any = wrapper.queryAndConvert()
        found = answer["results"]["bindings"]
        assert tuple(tuple(row[n]["value"] if n in row else "" for n in names) for row in found) == rows
        assert len(list(remote.query(query.sparql))) == len(rows)
        table = pandas.read_csv(f"{url}?format=csv&query={quote(query.sparql)}", dtype=str, keep_default_na=False)
        assert [tuple(row) for row in table.itertuples(index=False)] == [tuple(row) for row in rows]
    curl = subprocess.run(["curl", "-s", url, "--data-urlencode", f"query={LABELS}"], capture_output=True, check=True)
    assert json.loads(curl.stdout)["results"]["bindings"][0]["label"]["value"] == "星桥智谷项目"
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=20) in (0, -signal.SIGTERM)


def test_a_taken_port_is_explained(endpoint: tuple[str, subprocess.Popen[bytes]], store: Path) -> None:
    port = int(endpoint[0].split(":")[2].split("/")[0])
    with ThreadPoolExecutor(1) as thread, pytest.raises(OutputError, match="choose another port"):
        thread.submit(serve_dataset, store, port=port).result()  # a browser test may hold this thread's event loop
