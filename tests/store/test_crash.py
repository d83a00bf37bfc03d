"""Kill -9 at random moments: the store opens, every document is wholly in or wholly out, the next build finishes."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

from graph.store.dataset import THINGS, Dataset, open_dataset
from graph.vocab import BASE, mint_graph, term
from tests.store.writer import DOCUMENTS, build, make_document

KILLS = 20
STEP = 1000  # statements, of fifty documents
PAUSE = 0.05  # seconds; as long as a step takes
ROOT = Path(__file__).parents[2]


def run_and_kill(store: Path, version: int, batch: int, chance: random.Random) -> bool:
    """Kill a build soon after it took some document, whichever that is, and tell whether it was still at work."""
    command = [sys.executable, "-m", "tests.store.writer", str(store), str(version), str(batch)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT)
    assert process.stdout
    last = str(chance.randrange(DOCUMENTS)).encode()
    assert any(line.rstrip() == last for line in process.stdout)
    time.sleep(chance.uniform(0, PAUSE))
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


def test_a_first_build_that_is_killed_leaves_whole_documents_and_the_next_finishes(tmp_path: Path) -> None:
    interrupted, parts, chance = 0, 0, random.Random(6)
    for attempt in range(KILLS):
        store = tmp_path / str(attempt // 4)  # three of four attempts go on where the one before was killed
        interrupted += run_and_kill(store, 0, STEP, chance)
        with open_dataset(store) as dataset:
            found = count_versions(dataset)
            assert set(found) <= {0}
            assert not list(store.glob("bulk-*"))
            assert_things_are_whole(dataset)
            parts += 0 < found.get(0, 0) < DOCUMENTS
        if attempt % 4 == 3:
            assert build(store, 0, 50_000) == DOCUMENTS - found.get(0, 0)
            with open_dataset(store, read_only=True) as dataset:
                assert count_versions(dataset) == {0: DOCUMENTS}
    assert interrupted >= KILLS // 2
    assert parts >= KILLS // 4


def test_a_second_build_that_is_killed_leaves_every_document_old_or_new(tmp_path: Path) -> None:
    store, chance, interrupted, mixed = tmp_path / "store", random.Random(7), 0, 0
    build(store, 0, 50_000)
    for version in range(1, 4):
        interrupted += run_and_kill(store, version, STEP, chance)
        with open_dataset(store) as dataset:
            found = count_versions(dataset)
            assert sum(found.values()) == DOCUMENTS
            assert_things_are_whole(dataset)
            mixed += len(found) > 1
    assert interrupted >= 1
    assert mixed >= 1
    assert build(store, 6, 50_000) == DOCUMENTS


def run_crowded(folder: Path, how: str, *around: str) -> str:
    """Run out of room in a process of its own, and return what the build said."""
    command = [*around, sys.executable, "-m", "tests.store.crowded", str(folder), how]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_full_disk_leaves_the_earlier_graphs_and_the_next_build_finishes(tmp_path: Path) -> None:
    own_mounts = ["unshare", "--mount", *([] if os.getuid() == 0 else ["--map-root-user"])]
    small_disk = [*own_mounts, "sh", "-c", f"mount -t tmpfs -o size=64m none '{tmp_path}' && \"$@\"", "sh"]
    if not shutil.which("unshare") or subprocess.call([*small_disk, "true"], stderr=subprocess.DEVNULL):
        pytest.skip("no right to mount a small disk here")
    said = run_crowded(tmp_path, "disk", *small_disk)
    assert re.search(r"store cannot be written \(.*No space left on device.*\); make room on the disk, then try", said)
    assert len(said.splitlines()) == 1


def test_files_that_may_not_grow_leave_the_earlier_graphs_too(tmp_path: Path) -> None:
    said = run_crowded(tmp_path, "limit")
    assert re.search(r"store cannot be written \(.*File too large.*\); make room on the disk, then try again", said)
