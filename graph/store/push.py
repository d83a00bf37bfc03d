"""The store's named graphs go to a store elsewhere, document by document, and only those that changed.

A file remembers what has arrived, so that a push which was interrupted, or refused halfway, goes on where it stopped.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode

from graph.store.dataset import Dataset, list_graphs, write_file
from graph.store.remote import Remote, add_to_graph, drop_graph, put_graph

CHUNK = 20_000  # triples of a graph that are sent at once
_ON_ITS_WAY = "on its way"  # what is remembered of a graph that may have arrived in part


@dataclass(frozen=True, slots=True)
class Pushed:
    """How many graphs were sent, had arrived already, and were removed."""

    sent: int
    unchanged: int
    removed: int


def push_graphs(
    dataset: Dataset, remote: Remote, memory: Path, report: Callable[[str], None] = lambda _: None
) -> Pushed:
    """Make the store elsewhere hold what this one holds, as far as it was pushed before or is new.

    Args:
        dataset: the open store.
        remote: the store elsewhere.
        memory: the file that remembers what has arrived where.
        report: called with the IRI of each graph when it has arrived.

    Raises:
        OutputError: the store elsewhere refuses or does not answer; what has arrived is remembered.
    """
    arrived = _Memory(memory, remote.url)
    graphs = list_graphs(dataset)
    gone = sorted(arrived.digests.keys() - set(graphs))
    for graph in gone:
        drop_graph(remote, graph)
        arrived.forget(graph)
    sent = 0
    for graph in graphs:
        if _push_graph(dataset, remote, arrived, graph):
            report(graph)
            sent += 1
    return Pushed(sent, len(graphs) - sent, len(gone))


class _Memory:
    """The digest of each graph that has arrived at ``url``, kept in a file that may remember other stores too."""

    def __init__(self, path: Path, url: str) -> None:
        self._path, self._url = path, url
        self.digests: dict[str, str] = dict(self._read().get(url, {}))

    def remember(self, graph: str, digest: str) -> None:
        self.digests[graph] = digest
        self._write()

    def forget(self, graph: str) -> None:
        self.digests.pop(graph, None)
        self._write()

    def _read(self) -> dict[str, dict[str, str]]:
        try:
            found: dict[str, dict[str, str]] = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found

    def _write(self) -> None:
        everything = {**self._read(), self._url: self.digests}
        text = json.dumps(everything, ensure_ascii=False, indent=1, sort_keys=True)
        write_file(self._path, [text.encode()])


def _push_graph(dataset: Dataset, remote: Remote, arrived: _Memory, graph: str) -> bool:
    """Send a graph unless it has arrived; a large one in parts, the first of which replaces what was there."""
    lines = _read_graph(dataset, graph)
    digest = hashlib.sha256("".join(lines).encode()).hexdigest()
    if arrived.digests.get(graph) == digest:
        return False
    arrived.remember(graph, _ON_ITS_WAY)
    put_graph(remote, graph, "".join(lines[:CHUNK]))
    for start in range(CHUNK, len(lines), CHUNK):
        add_to_graph(remote, graph, "".join(lines[start : start + CHUNK]))
    arrived.remember(graph, digest)
    return True


def _read_graph(dataset: Dataset, graph: str) -> list[str]:
    quads = dataset.store.quads_for_pattern(None, None, None, NamedNode(graph))
    return sorted(f"{quad.subject} {quad.predicate} {quad.object} .\n" for quad in quads)
