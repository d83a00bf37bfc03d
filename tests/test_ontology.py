"""The ontology: every own term in use is defined in both languages, and every borrowed term exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pyoxigraph import NamedNode
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib import namespace as known
from rdflib.namespace import DefinedNamespace

from graph.lexicon import ONTOLOGY
from graph.vocab import BASE, NS, PREFIXES
from tests.store.sample import make_quads

CLOSED: dict[str, type[DefinedNamespace]] = {
    "dcat": known.DCAT,
    "dcterms": known.DCTERMS,
    "foaf": known.FOAF,
    "geo": known.GEO,
    "org": known.ORG,
    "owl": OWL,
    "prov": known.PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": known.SDO,
    "skos": SKOS,
    "time": known.TIME,
}
# https://www.w3.org/TR/annotation-vocab/ and http://qudt.org/schema/qudt/, which rdflib does not bring.
OTHERS = {
    "oa": {
        "SpecificResource",
        "TextQuoteSelector",
        "TextPositionSelector",
        "hasSource",
        "hasSelector",
        "exact",
        "prefix",
        "suffix",
        "start",
        "end",
    },
    "qudt": {"hasUnit"},
}
ONTOLOGY_GRAPH = Graph().parse(ONTOLOGY / "pledges.ttl")
OWN = {s for s in ONTOLOGY_GRAPH.subjects() if isinstance(s, URIRef) and s.startswith(NS)}


def terms_in_use() -> set[str]:
    """Return every term of a vocabulary that data, ontology, shapes and queries use."""
    texts = [path.read_text(encoding="utf-8") for path in (ONTOLOGY / "queries").glob("*.rq")]
    texts += [(ONTOLOGY / name).read_text(encoding="utf-8") for name in ("pledges.ttl", "shapes.ttl")]
    texts.append((Path(__file__).parent.parent / "graph" / "vocab.py").read_text(encoding="utf-8"))
    names = set(re.findall(r"(?<![\w:/])([a-z]+):(\w+)", "\n".join(texts)))
    found = {PREFIXES[prefix] + local for prefix, local in names if prefix in PREFIXES}
    nodes = {n.value for quad in make_quads() for n in (quad.predicate, quad.object) if hasattr(n, "value")}
    return found | {n for n in nodes if n.startswith(tuple(PREFIXES.values())) and not n.startswith(BASE + "id/")}


def split(iri: str) -> tuple[str, str]:
    prefix = next(name for name, base in PREFIXES.items() if iri.startswith(base))
    return prefix, iri.removeprefix(PREFIXES[prefix])


def borrowed_terms() -> set[str]:
    """Return the terms of other vocabularies in the data; units are looked up, and types stand with everything."""
    nodes = {node for quad in make_quads() for node in (quad.predicate, quad.object) if isinstance(node, NamedNode)}
    elsewhere = (BASE, PREFIXES["unit"], PREFIXES["xsd"], str(RDF.type))
    return {
        n.value for n in nodes if n.value.startswith(tuple(PREFIXES.values())) and not n.value.startswith(elsewhere)
    }


@pytest.mark.parametrize("iri", sorted(terms_in_use()))
def test_every_term_in_use_is_defined(iri: str) -> None:
    prefix, local = split(iri)
    if prefix == "pg":
        assert URIRef(iri) in OWN
    elif prefix in CLOSED:
        assert local in CLOSED[prefix].__annotations__ or URIRef(iri) in CLOSED[prefix]
    elif prefix in OTHERS:
        assert local in OTHERS[prefix]
    else:
        assert prefix in {"xsd", "unit"}


@pytest.mark.parametrize("term", sorted(OWN))
def test_every_own_term_has_a_label_and_a_definition_in_both_languages(term: URIRef) -> None:
    is_concept = (term, RDF.type, SKOS.Concept) in ONTOLOGY_GRAPH
    is_scheme = (term, RDF.type, SKOS.ConceptScheme) in ONTOLOGY_GRAPH
    label = SKOS.prefLabel if is_concept or is_scheme else RDFS.label
    for predicate in (label,) if is_scheme else (label, SKOS.definition):
        languages = {o.language for o in ONTOLOGY_GRAPH.objects(term, predicate) if isinstance(o, Literal)}
        assert languages == {"zh", "en"}


@pytest.mark.parametrize("term", sorted(OWN))
def test_every_own_term_hangs_under_a_standard_one(term: URIRef) -> None:
    parents: set[object] = {term}
    for _ in range(4):
        for predicate in (RDFS.subClassOf, RDFS.subPropertyOf, SKOS.inScheme, RDF.type):
            parents |= {o for p in list(parents) for o in ONTOLOGY_GRAPH.objects(p, predicate)}  # type: ignore[arg-type]
    above = {p for p in parents if isinstance(p, URIRef) and not p.startswith(NS)}
    assert above - {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, RDF.Property}


@pytest.mark.parametrize("iri", sorted(borrowed_terms()))
def test_the_readme_tells_of_every_borrowed_term_in_the_data(iri: str) -> None:
    table = (ONTOLOGY / "README.md").read_text(encoding="utf-8").partition("## Borrowed terms")[2]
    prefix, local = split(iri)
    assert f"`{prefix}:{local}`" in table or f"`{local}`" in table
