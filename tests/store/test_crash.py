"""Kill -9 at random moments: the store opens, every document is wholly in or wholly out, the next build finishes."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

from graph.errors import OutputError
from graph.store.dataset import THINGS, Dataset, list_graphs, open_dataset, replace_graphs
from graph.vocab import BASE, mint_graph, term
from tests.store.sample import make_quads
from tests.store.writer import DOCUMENTS, build, make_document

KILLS = 20


def run_and_kill(store: Path, version: int, batch: int, seconds: float) -> bool:
    """Start a build, kill it after a while, and tell whether it was still at work."""
    command = [sys.executable, "-m", "tests.store.writer", str(store), str(version), str(batch)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2])
    assert process.stdout and process.stdout.readline() == b"started\n"
    time.sleep(seconds)
    alive = process.poll() is None
    process.kill()
    process.wait()
    return alive


def own_quads(number: int, version: int) -> set[Quad]:
    return {quad for quad in make_document(number, version) if quad.graph_name != NamedNode(THINGS)}


def count_versions(dataset: Dataset) -> dict[int, int]:
    """Return how many documents are wholly there in which version; any other state fails."""
    versions: dict[int, int] = {}
    for number in range(DOCUMENTS):
        graph = NamedNode(mint_graph(BASE, f"{number:04d}.txt"))
        found = set(dataset.store.quads_for_pattern(None, None, None, graph))
        if found:
            version = next(v for v in range(KILLS + 1) if found == own_quads(number, v))
            versions[version] = versions.get(version, 0) + 1
    return versions


def assert_things_are_whole(dataset: Dataset) -> None:
    """Every thing that a document names has its label, and there is no label that no document needs."""
    named = {quad.object for quad in dataset.store.quads_for_pattern(None, term("pg:concerns"), None, None)}
    things = list(dataset.store.quads_for_pattern(None, None, None, NamedNode(THINGS)))
    assert {quad.subject for quad in things} == named
    assert len(things) == len(named)


def test_a_first_build_that_is_killed_leaves_whole_documents(tmp_path: Path) -> None:
    interrupted, chance = 0, random.Random(6)
    for attempt in range(KILLS):
        store = tmp_path / str(attempt % 4)  # some attempts go on where an earlier one was killed
        interrupted += run_and_kill(store, 0, 1000, chance.uniform(0, 0.6))
        with open_dataset(store) as dataset:
            assert set(count_versions(dataset)) <= {0}
            assert not list(store.glob("bulk-*"))
            assert_things_are_whole(dataset)
    assert interrupted >= 3
    build(store, 0, 50_000)
    with open_dataset(store, read_only=True) as dataset:
        assert count_versions(dataset) == {0: DOCUMENTS}


def test_a_second_build_that_is_killed_leaves_every_document_old_or_new(tmp_path: Path) -> None:
    store, chance, interrupted = tmp_path / "store", random.Random(7), 0
    build(store, 0, 50_000)
    for version in range(1, 4):
        interrupted += run_and_kill(store, version, 1000, chance.uniform(0, 1.0))
        with open_dataset(store) as dataset:
            assert sum(count_versions(dataset).values()) == DOCUMENTS
            assert_things_are_whole(dataset)
    assert interrupted >= 1
    assert build(store, 6, 50_000) == DOCUMENTS


def test_a_full_disk_leaves_the_earlier_graphs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_dataset(tmp_path / "store") as dataset:
        replace_graphs(dataset, make_quads())
        before = list_graphs(dataset)

        def refuse(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("graph.store.dataset._load_graphs", refuse)
        with pytest.raises(OutputError, match="make room on the disk"):
            replace_graphs(dataset, make_document(1, 0))
        assert list_graphs(dataset) == before
