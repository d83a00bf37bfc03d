"""Our GraphML against networkx's on the bare graph: ``python -m benchmarks.graphml [THINGS LINKS]``."""

from __future__ import annotations

import gc
import resource
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from statistics import median

import networkx as nx

from benchmarks.sample import make_sample
from graph.view.graphml import write_graphml
from graph.view.network import build_network, list_rows

ROUNDS = 3


def main() -> None:
    """Write 100,000 things and 300,000 links both ways and print seconds, size, memory and their ratio.

    Both are timed in turn, and the ratio is the median of the turns: what else the machine does lengthens both.
    """
    things, links = (int(word) for word in sys.argv[1:3]) if len(sys.argv) > 2 else (100_000, 300_000)
    ledger = make_sample(things, links, 300)
    bare: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    bare.add_edges_from((row.organisation_id, row.entity_id) for row in ledger.links)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.graphml"
        before = _peak()
        write_graphml(ledger, path)
        print(f"memory beyond the ledger's own: {_peak() - before:.0f} MB")
        ratios = []
        for _ in range(ROUNDS):
            theirs = _clock("networkx.write_graphml, bare graph", path, lambda: nx.write_graphml(bare, path))
            ours = _clock("write_graphml, everything", path, lambda: write_graphml(ledger, path))
            ratios.append(ours / theirs)
        _clock("of it nodes, positions and order", path, lambda: deque(list_rows(ledger)[0], maxlen=0))
        same = _clock("networkx.write_graphml, everything", path, lambda: nx.write_graphml(build_network(ledger), path))
        print(f"ratio to the bare graph {median(ratios):.2f}, to the same content {ours / same:.2f}")


def _clock(what: str, path: Path, run: Callable[[], object]) -> float:
    """Return seconds of processor time, which others on the machine do not lengthen much."""
    gc.collect()
    began = time.process_time()
    run()
    taken = time.process_time() - began
    print(f"{what}: {taken:.1f} s, {path.stat().st_size / 1e6:.0f} MB")
    return taken


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
