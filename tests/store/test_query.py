"""Questions: by name and in SPARQL, with the ledger as a view sees it."""

from __future__ import annotations

import pytest

from graph.errors import QueryError
from graph.store.dataset import open_dataset, replace_graphs
from graph.store.describe import describe_document
from graph.store.query import ask, find_base, named_queries, read_ledger, uses_service
from graph.vocab import BASE, mint_entity, mint_graph
from tests.store.sample import (
    FIRST_TEXT,
    PLACE,
    RUN,
    SECOND_TEXT,
    make_dataset,
    make_first,
    make_full_dataset,
    make_resolution,
)

TEXTS = {"甲.txt": FIRST_TEXT, "乙.txt": SECOND_TEXT}


@pytest.mark.parametrize("query", named_queries(), ids=lambda query: query.name)
def test_every_named_question_says_what_it_asks_and_parses(query: object) -> None:
    assert query in named_queries()
    named = next(q for q in named_queries() if q == query)
    assert named.question_zh and not named.question_zh.isascii()
    assert named.question_en and named.question_en[0].isupper()
    ask(open_dataset(None), named.name)


def test_shared_projects_come_with_office_and_sentence_most_shared_first() -> None:
    answer = ask(make_dataset(), "shared-projects")
    rows = [dict(zip(answer.variables, row, strict=True)) for row in answer.rows]
    assert [int(row["offices"]) for row in rows] == sorted((int(row["offices"]) for row in rows), reverse=True)
    valley = [(row["office"], row["year"], row["document"]) for row in rows if row["thing"] == "星桥智谷项目"]
    assert valley == [
        ("云溪县发展和改革局", "2024", "甲.txt"),
        ("云溪县发展和改革局", "2025", "乙.txt"),
        ("云溪县财政局", "2024", "甲.txt"),
        ("云溪县财政局", "2025", "乙.txt"),
    ]


def test_the_three_kinds_of_query_are_tables() -> None:
    dataset = make_dataset()
    assert ask(dataset, "SELECT ?x ?y WHERE { VALUES (?x ?y) { (1 UNDEF) } }").rows == (("1", ""),)
    assert ask(dataset, "ASK { ?p a pg:Pledge }").rows == (("true",),)
    answer = ask(dataset, "CONSTRUCT { ?o pg:pledged ?t } WHERE { ?p pg:pledgedBy ?o ; pg:concerns ?t }")
    assert answer.variables == ("subject", "predicate", "object")
    assert len(answer.rows) == 6


def test_single_documents_can_be_asked() -> None:
    answer = ask(make_dataset(), "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?p a pg:Pledge } }")
    assert len(answer.rows) == 2


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT ?s WHERE {", "line 1, column 18, where the query ends"),
        ("SELECT ?s\nWHERE { ?s ?p | }", "line 2, column 17, before '}'"),
        ("no-such-name", "no question named 'no-such-name'; there are: companies, "),
        ("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", "SERVICE is not supported"),
        ("INSERT DATA { <a:b> <a:b> <a:b> }", "does not parse"),
    ],
)
def test_a_bad_query_is_explained_in_one_sentence(query: str, words: str) -> None:
    with pytest.raises(QueryError) as caught:
        ask(make_dataset(), query)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("select * { service silent ?x { ?s ?p ?o } }", True),
        ("SELECT * {{}SERVICE<http://a/>{}}", True),
        ("SELECT * { ?service <http://a/SERVICE> ' SERVICE ' } # SERVICE", False),
        ('SELECT * { ?s ex:SERVICE """ "SERVICE\\" """ }', False),
        ("SELECT * { ?s ?p '\\'' . SERVICE <http://a/> {} FILTER(?s = '') }", True),
        ("SELECT * { ?s ?p 1 FILTER(1<2) SERVICE <http://a/> {} FILTER(3>2) }", True),
    ],
)
def test_the_keyword_service_is_told_from_its_look_alikes(query: str, found: bool) -> None:
    assert uses_service(query) is found


def test_the_ledger_is_read_back_whole() -> None:
    ledger = read_ledger(make_dataset())
    assert len(ledger.links) == 8
    for row in ledger.links:
        text = TEXTS[row.document]
        assert text[row.start : row.end].strip("“”") == row.mention
        assert text[row.quote_start :].startswith(row.quote[:5])
        assert text[: row.quote_start].endswith(row.before)
    row = next(row for row in ledger.links if row.mention == "星桥智谷")
    assert (row.organisation, row.organisation_label, row.role) == ("云溪县财政局", "云溪县财政局", "pledger")
    assert (row.entity, row.type, row.action) == ("星桥智谷项目", "project", "保障")
    assert (row.status, row.year, row.issued) == ("promised", 2024, "2024-02-19")
    assert (row.rule, row.score, row.title) == ("head", 0.9, "甲.txt的题目")


def test_an_office_keeps_the_name_of_each_document() -> None:
    ledger = read_ledger(make_dataset())
    office = mint_entity(BASE, "office", PLACE, "发展和改革局")
    assert {row.organisation for row in ledger.links if row.organisation_id == office} == {
        "云溪县发改局",
        "云溪县发展和改革局",
    }
    assert {alias.name for alias in ledger.aliases if alias.entity_id == office} == {
        "云溪县发改局",
        "云溪县发展和改革局",
    }


def test_the_targets_are_read_back_whole() -> None:
    invest, pay = read_ledger(make_dataset()).targets
    assert (invest.metric, invest.value, invest.unit, invest.bound, invest.change) == (
        "投资",
        20.0,
        "亿元",
        "at_least",
        "level",
    )
    assert (pay.deadline, pay.quote, pay.organisation, pay.year) == ("2024-12", "资金拨付3.5亿元", "云溪县财政局", 2024)
    assert FIRST_TEXT[pay.start : pay.end].startswith("资金") and FIRST_TEXT[: pay.end].endswith("拨付3.5亿元")


def test_the_documents_are_read_back_whole() -> None:
    second, first = read_ledger(make_dataset()).documents
    assert (first.document, first.genre, first.issuer, first.place, first.issued, first.year) == (
        "甲.txt",
        "newspaper",
        "云溪县融媒体中心",
        "云溪县",
        "2024-02-19",
        2024,
    )
    assert second.issued == "2025"


def test_the_base_is_found_in_the_store() -> None:
    assert find_base(make_dataset()) == BASE
    assert find_base(open_dataset(None)) == BASE
    other = open_dataset(None)
    document, pledges = make_first()
    there = "https://data.example.cn/承诺/"
    replace_graphs(other, describe_document(document, pledges, make_resolution(), there, RUN))
    assert find_base(other) == there


def test_the_ledger_holds_the_rows_of_its_questions() -> None:
    dataset = make_full_dataset()
    ledger = read_ledger(dataset)
    for name, rows in (("ledger", ledger.links), ("targets", ledger.targets)):
        answer = ask(dataset, name)
        found = {tuple(_as_text(getattr(row, column)) for column in answer.variables) for row in rows}
        assert found == {tuple(cell for cell in row) for row in answer.rows}
        assert len(rows) == len(answer.rows) > 0


def _as_text(value: object) -> str:
    if value is None:
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)


def test_a_query_may_name_its_dataset() -> None:
    dataset = make_dataset()
    count = "SELECT (COUNT(DISTINCT ?p) AS ?n) FROM <{0}> WHERE {{ ?p a pg:Pledge }} # FROM"
    assert ask(dataset, count.format(mint_graph(BASE, "甲.txt"))).rows == (("2",),)
    assert ask(dataset, "SELECT (COUNT(?p) AS ?n) WHERE { ?p a pg:Pledge } # FROM").rows == (("3",),)
