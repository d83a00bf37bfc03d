"""Shapes: what is whole passes, and each fault that a shape names is found, with its sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rdflib import Graph

from graph.model import Violation
from graph.store.dataset import Dataset, list_graphs, open_dataset, replace_graphs
from graph.store.describe import describe_document
from graph.store.query import ask
from graph.store.screen import is_sound
from graph.store.validate import validate_graph, validate_graphs
from graph.vocab import BASE, PREFIXES, mint_graph
from tests.store.sample import RUN, make_dataset, make_first, make_quads, make_resolution

FAULTS = [
    (
        "DELETE { GRAPH ?g { ?p pg:evidence ?e } } WHERE { GRAPH ?g { ?p a pg:Pledge ; pg:evidence ?e } }",
        "pledge-has-evidence",
    ),
    ("DELETE WHERE { GRAPH ?g { ?t schema:unitText ?u } }", "target-has-unit"),
    (
        "DELETE { GRAPH ?g { ?t schema:unitText ?u } } INSERT { GRAPH ?g { ?t schema:unitText '' } }"
        " WHERE { GRAPH ?g { ?t schema:unitText ?u } }",
        "target-has-unit",
    ),
    ("DELETE WHERE { GRAPH ?g { ?t schema:minValue ?v } }", "TargetShape"),
    (
        "DELETE { GRAPH ?g { ?a dcat:hadRole ?r } } INSERT { GRAPH ?g { ?a dcat:hadRole pg:boss } }"
        " WHERE { GRAPH ?g { ?a dcat:hadRole ?r } }",
        "role-is-known",
    ),
    (
        "DELETE { GRAPH ?g { ?o dcterms:spatial ?s } }"
        " WHERE { GRAPH ?g { ?o a org:FormalOrganization ; dcterms:spatial ?s } }",
        "office-has-jurisdiction",
    ),
    (
        "DELETE { GRAPH ?g { ?o skos:altLabel ?n } } INSERT { GRAPH ?g { ?o skos:altLabel '云溪县发改局' } }"
        " WHERE { GRAPH ?g { ?o skos:altLabel ?n } }",
        "other-label-has-language",
    ),
    (
        "DELETE { GRAPH ?g { ?o skos:prefLabel ?n } } INSERT { GRAPH ?g { ?o skos:prefLabel 'x' } }"
        " WHERE { GRAPH ?g { ?o skos:prefLabel ?n } }",
        "label-has-language",
    ),
    (
        "DELETE { GRAPH ?g { ?m pg:evidence ?e } } WHERE { GRAPH ?g { ?m a pg:Mention ; pg:evidence ?e } }",
        "mention-has-evidence",
    ),
    ("DELETE WHERE { GRAPH ?g { ?e oa:hasSelector ?s . ?s oa:prefix ?x } }", "passage-has-selectors"),
    ("INSERT { GRAPH ?g { ?s oa:start 9999 } } WHERE { GRAPH ?g { ?s oa:start 7 } }", "position-has-start"),
]


def break_dataset(update: str) -> Dataset:
    dataset = make_dataset()
    dataset.store.update(update, prefixes=PREFIXES)
    return dataset


def test_what_is_described_keeps_the_shapes() -> None:
    assert list(validate_graphs(make_dataset())) == []


@pytest.mark.parametrize(("update", "shape"), FAULTS, ids=[f"{shape}-{n}" for n, (_, shape) in enumerate(FAULTS)])
def test_each_fault_is_found(update: str, shape: str) -> None:
    assert shape in {violation.shape for violation in validate_graphs(break_dataset(update))}


def test_a_violation_has_the_sentence_and_both_languages() -> None:
    violations = list(validate_graphs(break_dataset(FAULTS[1][0])))
    assert len(violations) == 2
    found = next(v for v in violations if v.quote == "完成投资20亿元以上")
    assert found.message == "指标没有单位 (A target has no unit)"
    assert found.focus.startswith(BASE + "id/pledge/")


def test_a_fault_deep_in_the_evidence_has_the_sentence() -> None:
    violations = list(validate_graphs(break_dataset(FAULTS[-1][0])))
    assert any(v.shape == "position-has-start" for v in violations)
    assert all(v.quote for v in break_and_list(FAULTS[-2][0]))


def break_and_list(update: str) -> list[Violation]:
    return [
        v
        for v in validate_graphs(break_dataset(update))
        if v.shape == "passage-has-selectors" and "/mention/" in v.focus
    ]


def test_only_the_graphs_asked_for_are_checked() -> None:
    dataset = break_dataset(FAULTS[3][0])
    assert list(validate_graphs(dataset, [mint_graph(BASE, "乙.txt")])) == []
    assert len(list(validate_graphs(dataset, [mint_graph(BASE, "甲.txt")]))) == 1
    replace_graphs(dataset, make_quads())
    assert list(validate_graphs(dataset)) == []


PREDICATES = sorted({quad.predicate.value for quad in make_quads()})


@pytest.mark.parametrize("predicate", PREDICATES, ids=[iri.rpartition("/")[2] for iri in PREDICATES])
def test_the_screen_and_pyshacl_agree_on_what_lacks_a_predicate(predicate: str) -> None:
    dataset = break_dataset(f"DELETE WHERE {{ GRAPH ?g {{ ?s <{predicate}> ?o }} }}")
    everything = Graph()
    everything.parse(data="".join(f"{q.subject} {q.predicate} {q.object} .\n" for q in dataset.store), format="nt")
    sound = all(is_sound(dataset, graph) for graph in list_graphs(dataset))
    assert sound is (validate_graph(everything) == ())


def test_an_office_of_unknown_jurisdiction_is_said_to_be_one() -> None:
    document, pledges = make_first()
    whole = make_resolution()
    unplaced = replace(whole, entities=tuple(replace(entity, jurisdiction="") for entity in whole.entities))
    dataset = open_dataset(None)
    replace_graphs(dataset, describe_document(document, pledges, unplaced, BASE, RUN))
    assert list(validate_graphs(dataset)) == []
    offices = ask(dataset, "SELECT ?o WHERE { ?o a pg:UnplacedOffice , org:FormalOrganization }")
    assert len(offices.rows) == 2
    replace_graphs(dataset, describe_document(document, pledges, whole, BASE, RUN))
    assert ask(dataset, "ASK { ?o a pg:UnplacedOffice }").rows == (("false",),)


def test_progress_is_told() -> None:
    told: list[tuple[str, int, int]] = []
    list(validate_graphs(make_dataset(), progress=lambda *step: told.append(step)))
    assert told == [("check", done, 4) for done in range(1, 5)]
