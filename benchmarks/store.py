"""How fast the store is, beside raw pyoxigraph and rdflib's memory: ``python -m benchmarks.store --pledges 10000``.

Documents are made up by a fixed rule. "Raw" is the engine itself: ``bulk_load`` of the same N-Quads, and the same
queries over the union of its graphs. Times are wall-clock seconds, the best of some; ratios matter, not seconds.
rdflib needs about a gigabyte of memory for a million triples; ``--without-rdflib`` is for more than it can hold.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import multiprocessing
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
from pyoxigraph import Quad, RdfFormat, Store, parse, serialize
from rdflib import Graph

from graph.model import (
    Argument,
    Document,
    Entity,
    Evidence,
    Link,
    Mention,
    Metadata,
    Pledge,
    Quantity,
    Resolution,
    Span,
    Speaker,
    Target,
)
from graph.store.dataset import list_graphs, open_dataset, replace_graphs
from graph.store.describe import Run, describe_document
from graph.store.query import ask, named_queries, read_ledger
from graph.store.validate import validate_graphs
from graph.vocab import BASE, PREFIXES, mint_entity

PATIENCE = 20.0  # seconds that the others have for one question
OFFICES, PROJECTS, PER_DOCUMENT = 200, 3000, 20
_TABLE: Graph = Graph()


def make_document(number: int) -> tuple[Document, tuple[Pledge, ...], Resolution]:
    """Return a made-up document of twenty pledges, each with an office, two things, and every second time a target."""
    name, text, pledges = f"{number:05d}.txt", "", []
    links: dict[tuple[str, str], Link] = {}
    entities: dict[str, Entity] = {}
    for place in range(PER_DOCUMENT):
        serial = number * PER_DOCUMENT + place
        office, things = f"第{serial * 7 % OFFICES}局", [f"第{serial * k % PROJECTS}号工程" for k in (3, 11)]
        lead = f"{office}将全力推进{things[0]}和{things[1]}建设，"
        sentence = f"{lead}完成投资{serial % 90 + 1}亿元。"
        start = len(text)
        text += sentence + "\n"

        def cite(words: str, start: int = start, sentence: str = sentence) -> Evidence:
            here = start + sentence.index(words)
            return Evidence(name, (Span(here, here + len(words)),), words)

        for label, kind in ((office, "office"), *((thing, "project") for thing in things)):
            iri = mint_entity(BASE, kind, "某市", label)
            links[label, kind] = Link(name, label, kind, iri, "same")  # type: ignore[arg-type]
            entities[iri] = Entity(iri, kind, label, (label,), "某市")  # type: ignore[arg-type]
        quantity = Quantity(float(serial % 90 + 1), "亿元", "at_least", "level", f"{serial % 90 + 1}亿元")
        targets = (Target("投资", quantity, str(2020 + serial % 6), "", cite(quantity.words), "amount"),)
        arguments = tuple(Argument(Mention(thing, "project", cite(thing), "head"), "推进") for thing in things)
        speaker = Speaker(office, "pledger", cite(office), "heading")
        chosen = targets if place % 2 else ()
        pledges.append(Pledge((speaker,), "promised", arguments, chosen, (), cite(sentence), 2020 + serial % 6, "rule"))
    metadata = Metadata(f"文件{number}", "report", "某市", "某市", "", 2020 + number % 6)
    document = Document(name, text, hashlib.sha256(text.encode()).hexdigest(), metadata, ())
    return document, tuple(pledges), Resolution(tuple(entities.values()), tuple(links.values()))


def describe_documents(pledges: int) -> Iterator[Quad]:
    """Yield the quads of as many made-up pledges."""
    for number in range(pledges // PER_DOCUMENT):
        yield from describe_document(*make_document(number), BASE, Run("benchmark"))


def measure(work: Callable[[], object], times: int = 1) -> float:
    """Return the least time that ``work`` takes."""
    best = float("inf")
    for _ in range(times):
        started = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - started)
    return best


def compare_loading(folder: Path, pledges: int, with_rdflib: bool) -> None:
    """Describe, write, and load; print the times."""
    nquads = folder / "graph.nq"

    def describe() -> None:
        with nquads.open("wb") as file:
            serialize(describe_documents(pledges), file, format=RdfFormat.N_QUADS)

    described = measure(describe)
    raw = measure(lambda: Store(str(folder / "raw")).bulk_load(path=nquads, format=RdfFormat.N_QUADS))

    def load() -> None:
        with open_dataset(folder / "store") as dataset:
            replace_graphs(dataset, parse(path=nquads, format=RdfFormat.N_QUADS))

    ours = measure(load)
    with open_dataset(folder / "store", read_only=True) as dataset:
        print(f"{pledges} pledges, {len(dataset.store)} quads, described and written in {described:.1f} s\n")
    print("| loading | s | × raw |\n|---|---:|---:|")
    rows = [("raw bulk_load", raw), ("ours", ours)]
    rows += [("rdflib memory", measure(lambda: _fill_table(nquads)))] if with_rdflib else []
    for name, spent in rows:
        print(f"| {name} | {spent:.2f} | {spent / raw:.2f} |")
    print(flush=True)


def compare_queries(folder: Path, patience: float) -> None:
    """Ask every named question of our store, of the raw engine, and of rdflib if it was filled; print the times."""
    print("| question | rows | ours ms | raw ms | ours ÷ raw | rdflib ms | rdflib ÷ ours |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    with open_dataset(folder / "store", read_only=True) as dataset:
        for query in named_queries():
            rows = len(ask(dataset, query.name).rows)
            raw = _time_apart(lambda q=query: _time_raw(folder / "raw", q.sparql), patience)  # type: ignore[misc]
            ours = measure(lambda q=query: ask(dataset, q.name), 3) * 1000  # type: ignore[misc]
            cells = [query.name, str(rows), f"{ours:.1f}"]
            cells += [f"> {patience * 1000:.0f}", ""] if raw is None else [f"{raw:.1f}", f"{ours / raw:.2f}"]
            if len(_TABLE):
                table = _time_apart(lambda q=query: _time_rdflib(q.sparql), patience)  # type: ignore[misc]
                cells += [f"> {patience * 1000:.0f}", ""] if table is None else [f"{table:.0f}", f"{table / ours:.0f}"]
            print(f"| {' | '.join(cells)} |", flush=True)
        print(f"\nread_ledger: {measure(lambda: read_ledger(dataset)):.2f} s")
        graphs = list_graphs(dataset)
        checked = measure(lambda: list(validate_graphs(dataset, graphs)))
        print(f"SHACL: {checked:.2f} s, {1000 * checked / len(graphs):.1f} ms a graph\n", flush=True)


def compare_http(folder: Path) -> None:
    """Ask over HTTP what has fewer than 1,000 rows, then with 32 clients at once; print the times."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    code = (
        "from pathlib import Path; from graph.store.serve import serve_dataset; "
        f"serve_dataset(Path({str(folder / 'store')!r}), port={port})"
    )
    process = subprocess.Popen([sys.executable, "-c", code])
    url = f"http://127.0.0.1:{port}/sparql"
    try:
        _wait_for(url)
        with httpx.Client(timeout=60) as client, open_dataset(folder / "store", read_only=True) as dataset:
            print("| question | rows | in process ms | HTTP ms | ratio |\n|---|---:|---:|---:|---:|")
            for query in named_queries():
                if 0 < (rows := len(ask(dataset, query.name).rows)) < 1000:
                    here = measure(lambda q=query: ask(dataset, q.name), 5) * 1000  # type: ignore[misc]
                    there = measure(lambda q=query: client.post(url, data={"query": q.sparql}), 5) * 1000  # type: ignore[misc]
                    print(f"| {query.name} | {rows} | {here:.1f} | {there:.1f} | {there / here:.2f} |")
        started = time.perf_counter()
        with ThreadPoolExecutor(32) as clients, httpx.Client(timeout=120) as client:
            answers = list(clients.map(lambda n: _ask_number(client, url, n), range(320)))
        assert answers == list(range(320))
        print(f"\n32 clients, 320 questions: all answered, {320 / (time.perf_counter() - started):.0f} a second")
    finally:
        process.terminate()
        process.wait()


def main() -> None:
    """Run all comparisons and print them as tables."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pledges", type=int, default=10_000)
    options.add_argument("--patience", type=float, default=PATIENCE, help="seconds for the others, a question")
    options.add_argument("--without-rdflib", action="store_true")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        compare_loading(Path(folder), chosen.pledges, not chosen.without_rdflib)
        compare_queries(Path(folder), chosen.patience)
        compare_http(Path(folder))


def _fill_table(nquads: Path) -> None:
    """Load the merge into rdflib; through text, which is its usual way."""
    triples = {quad.triple for quad in parse(path=nquads, format=RdfFormat.N_QUADS)}
    _TABLE.parse(data=serialize(triples, format=RdfFormat.N_TRIPLES) or b"", format="nt")


def _time_raw(path: Path, sparql: str) -> float:
    store = Store.read_only(str(path))
    return 1000 * measure(
        lambda: sum(1 for _ in store.query(sparql, prefixes=PREFIXES, use_default_graph_as_union=True)),  # type: ignore[union-attr, misc]
        3,
    )


def _time_rdflib(sparql: str) -> float:
    return 1000 * measure(lambda: list(_TABLE.query(sparql)))


def _time_apart(work: Callable[[], float], patience: float) -> float | None:
    """Return what ``work`` returns, in a process of its own that is ended when patience is."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    process = context.Process(target=lambda: theirs.send(work()))
    process.start()
    found = ours.recv() if ours.poll(patience) else None
    process.kill()
    process.join()
    return found


def _wait_for(url: str) -> None:
    for _ in range(100):
        try:
            httpx.get(url)
            return
        except httpx.TransportError:
            time.sleep(0.1)


def _ask_number(client: httpx.Client, url: str, number: int) -> int:
    response = client.get(url, params={"query": f"SELECT ({number} AS ?n) WHERE {{}}"})
    return int(json.loads(response.text)["results"]["bindings"][0]["n"]["value"])


if __name__ == "__main__":
    main()
