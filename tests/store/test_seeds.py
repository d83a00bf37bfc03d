"""Every named question on the two seed pages as built: rows that stand on the pages.

Extraction may find more than these rows, and may not lose them.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from graph.pipeline import Built
from graph.store.dataset import Dataset, open_dataset
from graph.store.query import ask, named_queries

PAGE_2024, PAGE_2023 = "000_3fb252244fbf31a5.txt", "003_65510d1fc276f250.txt"
ECONOMY, FINANCE, BUILDING = "太白湖新区经济发展局", "太白湖新区金融办", "太白湖新区建设局"
CULTURE, INVESTMENT, TOWN = "太白湖新区文化和旅游局", "太白湖新区投资促进中心", "石桥镇"
PERMITS, SAFETY = "太白湖新区行政审批服务局", "太白湖新区应急管理局"
REVIVAL, DIGITAL, CENTRE = "济宁复兴之路文化科技项目", "济东数字经济产业园", "济宁金融中心项目"
DISTRICT = "山东省济宁市太白湖新区"

# name → the columns looked at, and rows that must be among the answer's
EXPECTED: dict[str, tuple[str, set[tuple[str, ...]]]] = {
    "companies": ("company office year", {("山东理工职业学院", ECONOMY, "2023"), ("中国矿业大学", ECONOMY, "2023")}),
    "declined": ("left right", set()),
    "documents": (
        "document genre place year",
        {(p, "newspaper", DISTRICT, y) for p, y in ((PAGE_2024, "2024"), (PAGE_2023, "2023"))},
    ),
    "due": ("due office value unit", {("2023-12-31", BUILDING, "3", "处"), ("2024-12-31", FINANCE, "20", "%")}),
    "evidence": ("thing office document start", {("济宁市智慧停车试点区", BUILDING, PAGE_2023, "1001")}),
    "follow-up": (
        "thing earlier later state office",
        {(REVIVAL, "2023", "2024", "new", TOWN), (REVIVAL, "2023", "2024", "silent", CULTURE)},
    ),
    "honours": ("honour action office", {("鲁南金融集聚高地", "打造", FINANCE)}),
    "ledger": (
        "document organisation organisation_label mention",
        {(PAGE_2024, "太白湖新区经发局", ECONOMY, "助企攀登实施方案")},
    ),
    "names": ("name", {("复兴之路",), (REVIVAL,), (DIGITAL,), (ECONOMY,)}),
    "network": ("office thing", {(BUILDING, REVIVAL), (TOWN, REVIVAL), (FINANCE, CENTRE)}),
    "office-pairs": ("one other thing", {(INVESTMENT, TOWN, DIGITAL), (TOWN, ECONOMY, REVIVAL)}),
    "offices": (
        "office jurisdiction",
        {(o, DISTRICT) for o in (ECONOMY, FINANCE, BUILDING, CULTURE, INVESTMENT, TOWN, PERMITS, SAFETY)},
    ),
    "places": ("place how thing office", {("华侨城运河1283", "itself", "华侨城运河1283", CULTURE)}),
    "platforms": (
        "platform office year",
        {("应急指挥中心平台", SAFETY, "2023"), ("种子高企培育库", ECONOMY, "2024")},
    ),
    "pledges": (
        "office role year quote",
        {(BUILDING, "pledger", "2023", "抓好济宁复兴之路文化科技项目周边路网，龙贵购物广场等系列高品质开发项目建设。")},
    ),
    "programmes": ("programme office", {("一线工作法", FINANCE), ("科技政策进百企活动", ECONOMY)}),
    "reforms": ("before after", set()),
    "relations": ("subject relation object", {("山东理工职业学院", "partner", "中国矿业大学")}),
    "roles": ("lead support", set()),
    "shared-projects": (
        "thing office year",
        {(REVIVAL, BUILDING, "2023"), (REVIVAL, CULTURE, "2023"), (REVIVAL, ECONOMY, "2023"), (REVIVAL, TOWN, "2024")}
        | {(DIGITAL, ECONOMY, "2023"), (DIGITAL, INVESTMENT, "2023"), (DIGITAL, TOWN, "2024")},
    ),
    "single-office": ("office thing", {(SAFETY, "应急指挥中心平台")}),
    "targets": (
        "organisation value unit bound change deadline",
        {
            (FINANCE, "20", "%", "at_least", "increase", "2024"),
            (FINANCE, "5", "亿元", "at_least", "level", "2024"),
            (BUILDING, "4000", "个", "at_least", "level", "2023"),
        },
    ),
    "targets-by-office": ("office year", {(BUILDING, "2023"), (FINANCE, "2024"), (ECONOMY, "2023")}),
}


@pytest.fixture(scope="module")
def dataset(built: Built) -> Iterator[Dataset]:
    with open_dataset(built.out / "store", read_only=True) as opened:
        yield opened


def test_every_question_has_its_rows() -> None:
    assert set(EXPECTED) == {query.name for query in named_queries()}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_named_question_finds_what_stands_on_the_pages(dataset: Dataset, name: str) -> None:
    columns, rows = EXPECTED[name]
    answer = ask(dataset, name)
    places = [answer.variables.index(column) for column in columns.split()]
    assert rows <= {tuple(row[place] for place in places) for row in answer.rows}


def test_the_pages_have_no_leads_and_nothing_declined(dataset: Dataset) -> None:
    assert ask(dataset, "roles").rows == ()
    assert ask(dataset, "declined").rows == ()


def test_a_pledge_leads_to_its_document_run_rule_and_decision(dataset: Dataset) -> None:
    rows = ask(
        dataset,
        """SELECT DISTINCT ?pledge ?document ?sha ?rule ?found ?joined WHERE {
        GRAPH ?g { ?pledge a pg:Pledge ; pg:rule ?rule ; prov:wasQuotedFrom ?text ; pg:mention ?mention .
          ?text schema:sha256 ?sha ; schema:encodesCreativeWork/dcterms:identifier ?document .
          ?mention pg:rule ?found ; pg:linkRule ?joined .
          ?g prov:wasGeneratedBy ?run . ?run a prov:Activity ; prov:used ?text } }""",
    ).rows
    pledges = ask(dataset, "SELECT DISTINCT ?p WHERE { ?p pg:mention ?m }").rows
    assert {row[0] for row in rows} == {row[0] for row in pledges}
    assert all(all(row) for row in rows)
