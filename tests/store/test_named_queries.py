"""Every named question, with the rows it must give on three small documents."""

from __future__ import annotations

import pytest

from graph.errors import QueryError
from graph.store.query import ask, fill_query, find_query, named_queries
from tests.store.sample import make_full_dataset

PLANNING, FINANCE, TOWN = "云溪县发展和改革局", "云溪县财政局", "临江镇"
VALLEY, PARK, COMPANY = "星桥智谷项目", "临江物流园", "海若重工"

# name → the columns looked at, and their rows in order
EXPECTED: dict[str, tuple[str, list[tuple[str, ...]]]] = {
    "companies": ("company action office", [(COMPANY, "引进", PLANNING), (COMPANY, "引进", FINANCE)]),
    "declined": ("left right score", [("星桥智谷", "星桥广场", "0.55")]),
    "documents": ("document pledges", [("丙.txt", "1"), ("乙.txt", "1"), ("甲.txt", "2")]),
    "due": (
        "due office metric value",
        [
            ("2024-06-30", TOWN, "办结", "50"),
            ("2024-12-31", PLANNING, "投资", "20"),
            ("2024-12-31", FINANCE, "资金", "3.5"),
        ],
    ),
    "evidence": (
        "thing office document start",
        [
            (PARK, PLANNING, "乙.txt", "38"),
            (PARK, FINANCE, "乙.txt", "38"),
            (VALLEY, PLANNING, "甲.txt", "17"),
            (VALLEY, FINANCE, "甲.txt", "51"),
            (VALLEY, PLANNING, "乙.txt", "14"),
            (VALLEY, FINANCE, "乙.txt", "14"),
            ("春风行动", TOWN, "丙.txt", "15"),
            (COMPANY, PLANNING, "乙.txt", "32"),
            (COMPANY, FINANCE, "乙.txt", "32"),
            ("省级美丽乡镇", TOWN, "丙.txt", "6"),
            ("镇企通", TOWN, "丙.txt", "23"),
        ],
    ),
    "follow-up": (
        "thing office earlier later state action_before action_after targets_before",
        [
            (PARK, PLANNING, "2024", "2025", "new", "", "", ""),
            (PARK, FINANCE, "2024", "2025", "new", "", "", ""),
            (VALLEY, PLANNING, "2024", "2025", "carried_on", "推进", "推进", "投资 20亿元以上"),
            (VALLEY, FINANCE, "2024", "2025", "carried_on", "保障", "推进", "资金 3.5亿元"),
            ("春风行动", TOWN, "2024", "2025", "silent", "实施", "", "办结 50件"),
            (COMPANY, PLANNING, "2024", "2025", "new", "", "引进", ""),
            (COMPANY, FINANCE, "2024", "2025", "new", "", "引进", ""),
            ("省级美丽乡镇", TOWN, "2024", "2025", "silent", "争创", "", "办结 50件"),
            ("镇企通", TOWN, "2024", "2025", "silent", "建成", "", "办结 50件"),
        ],
    ),
    "honours": ("honour action office", [("省级美丽乡镇", "争创", TOWN)]),
    "ledger": (
        "document organisation role mention type start end",
        [
            ("丙.txt", TOWN, "responsible", "省级美丽乡镇", "honour", "6", "12"),
            ("丙.txt", TOWN, "responsible", "春风行动", "programme", "15", "19"),
            ("丙.txt", TOWN, "responsible", "镇企通", "platform", "23", "26"),
            ("乙.txt", PLANNING, "lead", VALLEY, "project", "14", "20"),
            ("乙.txt", "县财政局", "support", VALLEY, "project", "14", "20"),
            ("乙.txt", PLANNING, "lead", COMPANY, "organisation", "32", "36"),
            ("乙.txt", "县财政局", "support", COMPANY, "organisation", "32", "36"),
            ("乙.txt", PLANNING, "lead", PARK, "place", "38", "43"),
            ("乙.txt", "县财政局", "support", PARK, "place", "38", "43"),
            ("甲.txt", "云溪县发改局", "pledger", VALLEY, "project", "17", "23"),
            ("甲.txt", FINANCE, "pledger", "星桥智谷", "project", "51", "56"),
        ],
    ),
    "names": (
        "name",
        [
            ("省级美丽乡镇",),
            (TOWN,),
            (PLANNING,),
            ("云溪县发改局",),
            (FINANCE,),
            ("县财政局",),
            (COMPANY,),
            (PARK,),
            ("镇企通",),
            ("春风行动",),
            ("星桥智谷",),
            (VALLEY,),
        ],
    ),
    "network": (
        "office thing sentences",
        [
            (PLANNING, VALLEY, "2"),
            (FINANCE, VALLEY, "2"),
            (TOWN, "春风行动", "1"),
            (TOWN, "省级美丽乡镇", "1"),
            (TOWN, "镇企通", "1"),
            (PLANNING, PARK, "1"),
            (PLANNING, COMPANY, "1"),
            (FINANCE, PARK, "1"),
            (FINANCE, COMPANY, "1"),
        ],
    ),
    "office-pairs": (
        "one other shared thing",
        [(PLANNING, FINANCE, "3", PARK), (PLANNING, FINANCE, "3", VALLEY), (PLANNING, FINANCE, "3", COMPANY)],
    ),
    "offices": (
        "office jurisdiction sentences things",
        [(TOWN, "云溪县", "1", "3"), (PLANNING, "云溪县", "2", "3"), (FINANCE, "云溪县", "2", "3")],
    ),
    "places": (
        "place how thing office",
        [
            (PARK, "itself", PARK, PLANNING),
            (PARK, "itself", PARK, FINANCE),
            (PARK, "located", COMPANY, PLANNING),
            (PARK, "located", COMPANY, FINANCE),
            (PARK, "together", VALLEY, PLANNING),
            (PARK, "together", VALLEY, FINANCE),
            (PARK, "together", COMPANY, PLANNING),
            (PARK, "together", COMPANY, FINANCE),
        ],
    ),
    "platforms": ("platform action office", [("镇企通", "建成", TOWN)]),
    "pledges": (
        "office role year status",
        [
            (TOWN, "responsible", "2024", "promised"),
            (PLANNING, "pledger", "2024", "promised"),
            (PLANNING, "lead", "2025", "continued"),
            (FINANCE, "pledger", "2024", "promised"),
            (FINANCE, "support", "2025", "continued"),
        ],
    ),
    "programmes": ("programme action office", [("春风行动", "实施", TOWN)]),
    "reforms": ("before after", []),
    "relations": (
        "subject relation object",
        [(PLANNING, "partner", COMPANY), (FINANCE, "partner", COMPANY), (COMPANY, "locatedIn", PARK)],
    ),
    "roles": ("lead support document", [(PLANNING, FINANCE, "乙.txt")]),
    "shared-projects": (
        "thing offices office year",
        [
            (PARK, "2", PLANNING, "2025"),
            (PARK, "2", FINANCE, "2025"),
            (VALLEY, "2", PLANNING, "2024"),
            (VALLEY, "2", PLANNING, "2025"),
            (VALLEY, "2", FINANCE, "2024"),
            (VALLEY, "2", FINANCE, "2025"),
            (COMPANY, "2", PLANNING, "2025"),
            (COMPANY, "2", FINANCE, "2025"),
        ],
    ),
    "single-office": (
        "office thing sentences",
        [(TOWN, "春风行动", "1"), (TOWN, "省级美丽乡镇", "1"), (TOWN, "镇企通", "1")],
    ),
    "targets": (
        "document organisation metric value unit bound deadline",
        [
            ("丙.txt", TOWN, "办结", "50", "件", "exact", "2024-06"),
            ("甲.txt", "云溪县发改局", "投资", "20", "亿元", "at_least", "2024"),
            ("甲.txt", FINANCE, "资金", "3.5", "亿元", "exact", "2024-12"),
        ],
    ),
    "targets-by-office": (
        "office year targets with_deadline",
        [(TOWN, "2024", "1", "1"), (PLANNING, "2024", "1", "1"), (FINANCE, "2024", "1", "1")],
    ),
}


def ask_columns(question: str, columns: str, **values: str) -> list[tuple[str, ...]]:
    answer = ask(make_full_dataset(), question, values)
    places = [answer.variables.index(column) for column in columns.split()]
    return [tuple(row[place] for place in places) for row in answer.rows]


@pytest.mark.parametrize("name", [query.name for query in named_queries()])
def test_a_named_question_gives_its_rows(name: str) -> None:
    columns, rows = EXPECTED[name]
    assert ask_columns(name, columns) == rows


def test_evidence_takes_a_name_or_a_part_of_it() -> None:
    assert ask_columns("evidence", "thing document", name="智谷") == [(VALLEY, "甲.txt")] * 2 + [(VALLEY, "乙.txt")] * 2
    assert ask_columns("evidence", "thing", name='没有这个"名称\\') == []


def test_due_takes_a_date() -> None:
    assert ask_columns("due", "metric", before="2024-07-01") == [("办结",)]


def test_an_unknown_parameter_is_refused() -> None:
    with pytest.raises(QueryError, match="it has: name"):
        fill_query(find_query("evidence"), {"nam": "x"})
    with pytest.raises(QueryError, match="it has: none"):
        ask(make_full_dataset(), "network", {"name": "x"})
