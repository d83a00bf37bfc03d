"""A document's quads: its own graph, exact evidence, no blank nodes, the same on every run."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pyoxigraph import BlankNode, NamedNode

from graph.model import Evidence, Reform, Resolution, Span
from graph.store.dataset import open_dataset, replace_graphs
from graph.store.describe import describe_declined, describe_document, slice_resolution
from graph.store.pledges import last_day
from graph.store.query import ask
from graph.store.validate import validate_graphs
from graph.vocab import BASE, mint_graph, mint_things_graph
from tests.store.sample import FIRST_TEXT, RUN, SECOND_TEXT, make_dataset, make_first, make_quads, make_resolution

TEXTS = {"甲.txt": FIRST_TEXT, "乙.txt": SECOND_TEXT}


def test_a_document_is_described_in_its_own_graph() -> None:
    document, pledges = make_first()
    quads = list(describe_document(document, pledges, make_resolution(), BASE, RUN))
    own, things = NamedNode(mint_graph(BASE, "甲.txt")), NamedNode(mint_things_graph(BASE))
    assert {quad.graph_name for quad in quads} == {own, things}
    assert len({quad.triple for quad in quads}) == len(quads)
    assert {q.predicate.value.rpartition("#")[2] for q in quads if q.graph_name == things} >= {"prefLabel", "altLabel"}


def test_no_triple_stands_in_two_graphs_though_two_documents_are_twins() -> None:
    document, pledges = make_first()
    links = make_resolution().links
    twin = replace(document, name="孪.txt")
    both = replace(
        make_resolution(), links=(*links, *(replace(k, document="孪.txt") for k in links if k.document == "甲.txt"))
    )
    quads = {*describe_document(document, pledges, both, BASE, RUN), *describe_document(twin, pledges, both, BASE, RUN)}
    assert len({quad.triple for quad in quads}) == len(quads)


def test_there_are_no_blank_nodes() -> None:
    assert not any(isinstance(node, BlankNode) for quad in make_quads() for node in quad)


def test_the_same_document_gives_the_same_quads() -> None:
    assert make_quads() == make_quads()


def test_every_passage_is_the_text_at_its_offsets_with_its_surroundings() -> None:
    rows = ask(
        make_dataset(),
        """SELECT ?document ?start ?end ?exact ?prefix ?suffix WHERE {
        ?passage a oa:SpecificResource ; oa:hasSource/schema:encodesCreativeWork/dcterms:identifier ?document ;
          oa:hasSelector ?quote , ?position .
        ?quote a oa:TextQuoteSelector ; oa:exact ?exact .
        OPTIONAL { ?quote oa:prefix ?prefix ; oa:suffix ?suffix }
        ?position a oa:TextPositionSelector ; oa:start ?start ; oa:end ?end }""",
    ).rows
    assert len(rows) == 15
    for document, first, last, exact, prefix, suffix in rows:
        text, start, end = TEXTS[document], int(first), int(last)
        assert text[start:end] == exact
        assert text[:start].endswith(prefix)
        assert text[end:].startswith(suffix)
        assert not prefix or len(prefix) == min(60, start)
    assert [bool(row[4] or row[5]) for row in rows].count(True) == 3  # the sentences themselves


def test_pieces_apart_are_passages_in_order_and_pieces_on_two_lines_are_one() -> None:
    rows = ask(
        make_dataset(),
        """SELECT ?quote ?order ?exact WHERE { ?owner pg:quote ?quote ; pg:evidence ?passage .
        ?passage pg:order ?order ; oa:hasSelector/oa:exact ?exact } ORDER BY ?quote ?order""",
    ).rows
    assert ("资金拨付3.5亿元", "2", "拨付3.5亿元") in rows
    assert ("今年，我们将全力推进星桥智谷项目建设，完成投资20亿元以上。", "1", FIRST_TEXT[7:38]) in rows


def test_roles_are_qualified_and_have_short_cuts() -> None:
    dataset = make_dataset()
    qualified = ask(
        dataset,
        """SELECT ?name ?role WHERE { ?pledge pg:mention/pg:nameInText "海若重工" ; prov:qualifiedAttribution ?part .
        ?part dcat:hadRole ?role ; pg:nameInText ?name } ORDER BY ?name""",
    )
    assert [(name, role.rpartition("#")[2]) for name, role in qualified.rows] == [
        ("云溪县发展和改革局", "lead"),
        ("县财政局", "support"),
    ]
    short = ask(dataset, "SELECT ?label WHERE { ?pledge pg:ledBy/skos:prefLabel ?label }")
    assert short.rows == (("云溪县发展和改革局",),)


def test_a_relation_of_the_speaker_is_stated_of_the_office() -> None:
    dataset = make_dataset()
    assert ask(
        dataset, "SELECT ?s WHERE { ?o pg:partner/skos:prefLabel '海若重工'@zh ; skos:prefLabel ?s } ORDER BY ?s"
    ).rows == (
        ("云溪县发展和改革局",),
        ("云溪县财政局",),
    )
    assert ask(dataset, "ASK { ?p pg:states [ rdf:predicate pg:locatedIn ] }").rows == (("true",),)


def test_a_bound_decides_which_value_is_given() -> None:
    rows = ask(
        make_dataset(), "SELECT ?least ?equal WHERE { { ?t schema:minValue ?least } UNION { ?t schema:value ?equal } }"
    )
    assert set(rows.rows) == {("20", ""), ("", "3.5")}


def test_a_name_without_a_link_is_refused() -> None:
    document, pledges = make_first()
    with pytest.raises(LookupError, match="云溪县发改局"):
        list(describe_document(document, pledges, Resolution((), ()), BASE, RUN))


def test_a_slice_describes_the_document_as_the_whole_does() -> None:
    document, pledges = make_first()
    whole = make_resolution()
    part = slice_resolution(whole)["甲.txt"]
    assert len(part.links) == 4
    expected = list(describe_document(document, pledges, whole, BASE, RUN))
    assert list(describe_document(document, pledges, part, BASE, RUN)) == expected


@pytest.mark.parametrize(
    ("deadline", "day"),
    [
        ("2024", "2024-12-31"),
        ("2024-02", "2024-02-29"),
        ("2024H1", "2024-06-30"),
        ("2025Q3", "2025-09-30"),
        ("2025-05-01", "2025-05-01"),
        ("2025-13", ""),
        ("soon", ""),
        ("", ""),
    ],
)
def test_the_last_day_of_a_deadline(deadline: str, day: str) -> None:
    assert last_day(deadline) == day


def test_a_coarse_deadline_is_a_period_with_an_end() -> None:
    rows = ask(
        make_dataset(),
        """SELECT ?words ?due ?end WHERE { ?t pg:metric '资金' ; pg:deadlineWords ?words ; pg:dueDate ?due ;
        pg:duePeriod [ a time:ProperInterval ; time:hasEnd/time:inXSDDate ?end ] }""",
    ).rows
    assert rows == (("12月底前", "2024-12-31", "2024-12-31"),)


def test_a_reform_is_a_change_event_and_the_two_offices_are_different() -> None:
    document, pledges = make_first()
    whole = make_resolution()
    planning, finance, *rest = whole.entities
    old = "https://example.org/old"
    reform = Reform(finance.iri, planning.iri, Evidence("甲.txt", (Span(0, 9),), FIRST_TEXT[:9]))
    whole = replace(
        whole,
        entities=(planning, replace(finance, same_as=(old,)), *rest),
        reforms=(reform,),
        apart=((finance.iri, planning.iri),),
    )
    dataset = open_dataset(None)
    replace_graphs(dataset, describe_document(document, pledges, slice_resolution(whole)["甲.txt"], BASE, RUN))
    replace_graphs(dataset, describe_declined(whole, BASE))
    assert ask(dataset, "reforms").rows == (
        (finance.label, planning.label, FIRST_TEXT[:9], "甲.txt", finance.iri, planning.iri),
    )
    assert ask(dataset, "SELECT ?o WHERE { ?o org:resultedFrom ?event }").rows == ((planning.iri,),)
    assert ask(dataset, "SELECT ?a ?b WHERE { ?a owl:differentFrom ?b }").rows == ((finance.iri, planning.iri),)
    assert ask(dataset, "SELECT ?a ?b WHERE { ?a owl:sameAs ?b }").rows == ((finance.iri, old),)
    assert tuple(validate_graphs(dataset)) == ()
