"""How fast the store is, beside raw pyoxigraph and rdflib's memory, in one run: ``python -m benchmarks.store``.

Documents are made up by a fixed rule; ten thousand of their pledges are a million triples. "Raw" is the engine itself:
``bulk_load`` of the same N-Quads, and the same queries over the union of its graphs, whose rows are counted only.
What runs in this process is given in processor seconds, the least of some in alternation, since other programs
hardly change them; loading also, and HTTP only, in wall-clock seconds. Ratios matter, not seconds.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
from pyoxigraph import QueryResultsFormat as Results
from pyoxigraph import RdfFormat, Store, parse, parse_query_results, serialize
from rdflib import Graph

from benchmarks.made_up import OFFICES, describe_pledges
from graph.store.dataset import Dataset, list_graphs, open_dataset, replace_graphs
from graph.store.query import NamedQuery, ask, named_queries, read_ledger
from graph.store.validate import validate_graphs
from graph.vocab import BASE, PREFIXES, mint_entity

ENOUGH = 12  # rdflib is stopped when it has taken so many times as long as ours: its ratio is then "> 12"
OFTEN, LONG = 15, 1.0  # a question is asked so often, or as often as fits in so many seconds
CLIENTS, ASKED = 32, 320
TABLE: Graph = Graph()
Times = tuple[float, float]  # wall-clock and processor seconds


def measure(work: Callable[[], object]) -> Times:
    """Return the times that ``work`` takes."""
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - processor


def alternate(*works: Callable[[], object]) -> list[Times]:
    """Return the least times of each of some works, which take turns."""
    found = [[measure(work) for work in works]]
    while len(found) < OFTEN and sum(wall for times in found for wall, _ in times) < LONG:
        found.append([measure(work) for work in works])
    return [(min(w for w, _ in times), min(p for _, p in times)) for times in zip(*found, strict=True)]


def compare_loading(folder: Path, pledges: int, with_rdflib: bool) -> None:
    """Describe, write, and load; print the times."""
    folder.mkdir()
    nquads = folder / "graph.nq"

    def describe() -> None:
        with nquads.open("wb") as file:
            serialize(describe_pledges(pledges), file, format=RdfFormat.N_QUADS)

    def load() -> None:
        with open_dataset(folder / "store") as dataset:
            replace_graphs(dataset, parse(path=nquads, format=RdfFormat.N_QUADS))

    described = measure(describe)
    raw = measure(lambda: Store(str(folder / "raw")).bulk_load(path=nquads, format=RdfFormat.N_QUADS))
    rows = [("raw bulk_load", raw), ("ours", measure(load))]
    if with_rdflib:
        rows.append(("rdflib memory", measure(lambda: fill_table(nquads))))
    nquads.unlink()
    with open_dataset(folder / "store", read_only=True) as dataset:
        print(f"\n{pledges} pledges, {len(dataset.store)} triples, described in {described[1]:.0f} s\n")
    print("| loading | processor s | × raw | wall s | × raw |\n|---|---:|---:|---:|---:|")
    for name, (wall, processor) in rows:
        print(f"| {name} | {processor:.1f} | {processor / raw[1]:.2f} | {wall:.1f} | {wall / raw[0]:.2f} |", flush=True)


def compare_questions(folder: Path) -> None:
    """Ask every named question of our store, of the raw engine, and of rdflib if it was filled; print the times."""
    print("\n| question | rows | ours ms | raw ms | ours ÷ raw | rdflib ÷ ours |\n|---|---:|---:|---:|---:|---:|")
    raw = Store.read_only(str(folder / "raw"))
    with open_dataset(folder / "store", read_only=True) as dataset:
        for query in named_queries():
            print(f"| {' | '.join(compare_question(dataset, raw, query))} |", flush=True)


def compare_question(dataset: Dataset, raw: Store, query: NamedQuery) -> list[str]:
    """Return a row of the table: rows, our and the engine's milliseconds, and how often the slower fits the faster."""
    rows: list[int] = []
    (_, ours), (_, theirs) = alternate(
        lambda: rows.append(len(ask(dataset, query.name).rows)), lambda: count_rows(raw, query.sparql)
    )
    cells = [query.name, str(rows[0]), f"{1000 * ours:.1f}", f"{1000 * theirs:.1f}", f"{ours / theirs:.2f}"]
    return [*cells, compare_rdflib(query.sparql, ours) if len(TABLE) else ""]


def compare_rdflib(sparql: str, ours: float) -> str:
    """Return how many times as long rdflib takes; it runs apart, so that it can be stopped."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = multiprocessing.get_context("fork").Process(target=lambda: list(TABLE.query(sparql)))
    process.start()
    while process.is_alive() and read_processor_time(process.pid) < max(2.0, ENOUGH * ours):
        process.join(0.05)
    stopped = process.is_alive()
    process.kill()
    process.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return f"{'> ' if stopped else ''}{spent / ours:.0f}"


def read_processor_time(process: int | None) -> float:
    """Return the processor seconds of another process so far (Linux)."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def compare_others(folder: Path) -> None:
    """Print how long the ledger and the check of the shapes take."""
    with open_dataset(folder / "store", read_only=True) as dataset:
        graphs = list_graphs(dataset)
        checked = measure(lambda: list(validate_graphs(dataset, graphs)))[1]
        print(f"\nread_ledger: {measure(lambda: read_ledger(dataset))[1]:.1f} processor s; ", end="")
        print(f"shapes: {checked:.1f} s, {1000 * checked / len(graphs):.1f} ms a graph")


def compare_http(folder: Path) -> None:
    """Ask over HTTP what has fewer than 1,000 rows, then with many clients at once; print the times."""
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
        with httpx.Client(timeout=120) as client, open_dataset(folder / "store", read_only=True) as dataset:
            compare_answers(dataset, client, url)
            ask_at_once(dataset, client, url)
    finally:
        process.terminate()
        process.wait()


def compare_answers(dataset: Dataset, client: httpx.Client, url: str) -> None:
    """Print the wall-clock times of the questions with fewer than 1,000 rows, in process and over HTTP."""
    print("\n| question | rows | in process ms | HTTP ms | HTTP ÷ in process |\n|---|---:|---:|---:|---:|")
    for query in named_queries():
        if 0 < (rows := len(ask(dataset, query.name).rows)) < 1000:
            (here, _), (there, _) = alternate(
                lambda q=query: ask(dataset, q.name),  # type: ignore[misc]
                lambda q=query: client.post(url, data={"query": q.sparql}),  # type: ignore[misc]
            )
            print(
                f"| {query.name} | {rows} | {1000 * here:.1f} | {1000 * there:.1f} | {there / here:.2f} |", flush=True
            )


def ask_at_once(dataset: Dataset, client: httpx.Client, url: str) -> None:
    """Let many clients ask what single offices pledged, and compare every answer."""
    offices = [mint_entity(BASE, "office", "某市", f"第{number}局") for number in range(OFFICES)]
    questions = [f"SELECT ?q {{ ?p pg:pledgedBy <{office}> ; pg:quote ?q }} ORDER BY ?q" for office in offices]
    expected = [ask(dataset, question).rows for question in questions]

    def ask_one(number: int) -> bool:
        response = client.post(url, data={"query": questions[number % OFFICES]})
        found = parse_query_results(response.content, format=Results.JSON)
        return [(row["q"].value,) for row in found] == list(expected[number % OFFICES])  # type: ignore[union-attr]

    started = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as clients:
        right = sum(clients.map(ask_one, range(ASKED)))
    rows = sum(map(len, expected)) // OFFICES
    print(f"\n{CLIENTS} clients, {ASKED} questions of {rows} rows: {right} answers right, ", end="")
    print(f"{ASKED / (time.perf_counter() - started):.0f} a second")


def count_rows(store: Store, sparql: str) -> int:
    """Ask the engine as it is; read no value."""
    return sum(1 for _ in store.query(sparql, prefixes=PREFIXES, use_default_graph_as_union=True))  # type: ignore[union-attr, misc]


def fill_table(nquads: Path) -> None:
    """Load the merge into rdflib; through text, which is its usual way."""
    triples = (quad.triple for quad in parse(path=nquads, format=RdfFormat.N_QUADS))
    TABLE.parse(data=serialize(triples, format=RdfFormat.N_TRIPLES) or b"", format="nt")


def main() -> None:
    """Run all comparisons and print them as tables."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--compared", type=int, default=10_000, help="pledges of the store that rdflib is given too")
    options.add_argument("--pledges", type=int, default=100_000, help="pledges of the large store; 0 for none")
    options.add_argument("--loading", action="store_true", help="compare the loading of the large store, nothing else")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        if not chosen.loading:
            compare_all(Path(name) / "small", chosen.compared)
        if chosen.pledges:
            compare_loading(Path(name) / "large", chosen.pledges, with_rdflib=False)


def compare_all(folder: Path, pledges: int) -> None:
    """Compare loading, asking and serving a store that rdflib is given too."""
    compare_loading(folder, pledges, with_rdflib=True)
    compare_questions(folder)
    compare_others(folder)
    compare_http(folder)


def _wait_for(url: str) -> None:
    for _ in range(100):
        try:
            httpx.get(url)
            return
        except httpx.TransportError:
            time.sleep(0.1)


if __name__ == "__main__":
    main()
