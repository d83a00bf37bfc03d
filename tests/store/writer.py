"""A build of many small documents, run as a process of its own so that a test can kill it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from graph.store import dataset as store
from graph.store import intake
from graph.vocab import BASE, mint_graph, term

DOCUMENTS = 1000


def make_document(number: int, version: int) -> Iterator[Quad]:
    """Yield twenty statements of a document's own, and the labels of the things it names."""
    graph = NamedNode(mint_graph(BASE, f"{number:04d}.txt"))
    numbers = sorted({(number + version) * place % 97 for place in range(10)})
    for place in range(10):
        pledge = NamedNode(f"{BASE}id/pledge/{number}-{place}")
        yield Quad(pledge, term("pg:quote"), Literal(f"第{version}版：推进第{number * place}号工程"), graph)
        yield Quad(pledge, term("pg:concerns"), NamedNode(f"{BASE}id/project/{(number + version) * place % 97}"), graph)
    for thing in numbers:
        project = NamedNode(f"{BASE}id/project/{thing}")
        yield Quad(project, term("skos:prefLabel"), Literal(f"工程{thing}", language="zh"), NamedNode(store.THINGS))


def build(path: Path, version: int, batch: int, tell: Callable[[int], None] = lambda _number: None) -> int:
    """Write every document, in steps of ``batch`` statements, and return how many changed.

    Args:
        path: the folder of the store.
        version: what the documents say.
        batch: how many statements are loaded together, and wait together to replace others.
        tell: called with the number of each document when the store takes it.
    """
    intake.BATCH = intake.PATIENCE = batch
    with store.open_dataset(path) as dataset:
        return store.replace_graphs(dataset, _list_quads(version, tell))


def _list_quads(version: int, tell: Callable[[int], None]) -> Iterator[Quad]:
    for number in range(DOCUMENTS):
        tell(number)
        yield from make_document(number, version)


if __name__ == "__main__":
    build(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), lambda number: print(number, flush=True))
