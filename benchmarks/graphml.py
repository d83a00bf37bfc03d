"""Our GraphML against networkx's on the bare graph: ``python -m benchmarks.graphml [THINGS LINKS]``."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import networkx as nx

from benchmarks.sample import make_sample
from graph.view.graphml import write_graphml
from graph.view.network import build_network


def main() -> None:
    """Write 100,000 things and 300,000 links both ways and print seconds, size and their ratio."""
    things, links = (int(word) for word in sys.argv[1:3]) if len(sys.argv) > 2 else (100_000, 300_000)
    ledger = make_sample(things, links, 300)
    bare: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    bare.add_edges_from((row.organisation_id, row.entity_id) for row in ledger.links)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.graphml"
        began = time.perf_counter()
        nx.write_graphml(bare, path)
        theirs = time.perf_counter() - began
        print(f"networkx.write_graphml, bare graph: {theirs:.1f} s, {path.stat().st_size / 1e6:.0f} MB")
        began = time.perf_counter()
        nx.write_graphml(build_network(ledger), path)
        same = time.perf_counter() - began
        print(f"networkx.write_graphml, everything: {same:.1f} s, {path.stat().st_size / 1e6:.0f} MB")
        began = time.perf_counter()
        write_graphml(ledger, path)
        ours = time.perf_counter() - began
        print(f"write_graphml, everything: {ours:.1f} s, {path.stat().st_size / 1e6:.0f} MB")
        print(f"ratio to the bare graph {ours / theirs:.2f}, to the same content {ours / same:.2f}")


if __name__ == "__main__":
    main()
