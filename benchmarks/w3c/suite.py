"""The tests as their manifests list them.

They are not part of this project: their folder (``sparql11`` of github.com/w3c/rdf-tests) is named by the variable
PLEDGEGRAPH_W3C, or stands beside the checkout in ``../shared/w3c/sparql/sparql11``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlparse

from pyoxigraph import NamedNode, RdfFormat, Store
from rdflib import RDF, Graph, URIRef
from rdflib.collection import Collection
from rdflib.namespace import Namespace
from rdflib.term import Node

FOLDER = Path(os.environ.get("PLEDGEGRAPH_W3C", "../shared/w3c/sparql/sparql11")).resolve()
MANIFESTS = (
    "manifest-sparql11-query.ttl",
    "manifest-sparql11-results.ttl",
    "protocol/manifest.ttl",
    "service-description/manifest.ttl",
)
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
LABEL = URIRef("http://www.w3.org/2000/01/rdf-schema#label")
DEFAULT = NamedNode("urn:default")  # where a test's default graph stands: the product's own is the union of all graphs


@dataclass(frozen=True, slots=True)
class Case:
    """One test of a manifest."""

    group: str
    name: str
    kind: str
    node: Node
    manifest: Graph


def read_cases(folder: Path = FOLDER) -> Iterator[Case]:
    """Yield the tests of all manifests in use."""
    for name in MANIFESTS:
        yield from _read_manifest(folder / name)


def find_path(node: Node) -> Path:
    """Return the file that an IRI of a manifest names."""
    return Path(unquote(urlparse(str(node)).path))


def load_data(case: Case, action: Node) -> Store:
    """Return a store with the data of a test."""
    store = Store()
    for data in case.manifest.objects(action, QT.data):
        _load(store, find_path(data), DEFAULT)
    for data in case.manifest.objects(action, QT.graphData):
        _load(store, find_path(data), NamedNode(str(data)))
    for data in case.manifest.objects(case.node, UT.graphData):
        path, name = case.manifest.value(data, UT.graph), case.manifest.value(data, LABEL)
        _load(store, find_path(path or data), NamedNode(str(name)))
    return store


def _read_manifest(path: Path) -> Iterator[Case]:
    manifest = Graph().parse(path, publicID=path.as_uri())
    for include in manifest.objects(None, MF.include):
        for part in Collection(manifest, include):
            yield from _read_manifest(find_path(part))
    for entries in manifest.objects(None, MF.entries):
        for node in Collection(manifest, entries):
            kind = str(manifest.value(node, RDF.type)).rpartition("#")[2]
            yield Case(path.parent.name, str(manifest.value(node, MF.name)), kind, node, manifest)


def _load(store: Store, path: Path, graph: NamedNode) -> None:
    form = RdfFormat.from_extension(path.suffix[1:])
    store.load(path=path, format=form, base_iri=path.as_uri(), to_graph=graph)
