"""rdflib, another implementation, reads the same statements from each of the three RDF exports."""

from __future__ import annotations

from pathlib import Path

from rdflib import Dataset as Quads
from rdflib import Graph

from graph.pipeline import Built
from graph.store.dataset import open_dataset
from graph.store.jsonld import write_jsonld


def test_every_export_says_the_same_to_rdflib(built: Built, tmp_path: Path) -> None:
    write_jsonld(open_dataset(built.out / "store", read_only=True), tmp_path / "graph.jsonld")
    quads = Quads().parse(built.out / "graph.nq", format="nquads")
    said = {(subject, predicate, value) for subject, predicate, value, _ in quads.quads()}
    assert len(said) > 5_000
    assert set(Graph().parse(built.out / "graph.ttl", format="turtle")) == said
    assert set(Graph().parse(tmp_path / "graph.jsonld", format="json-ld")) == said
