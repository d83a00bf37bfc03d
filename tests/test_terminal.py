"""What the terminal shows is lines that nobody printed yet: their words, and what they leave out."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from rich.table import Table

from graph.answers import format_csv, format_json, tabulate_shared
from graph.model import Consulted, Decision, Ledger, Resolution, Unread
from graph.pipeline import Built
from graph.store.query import Answer
from graph.terminal import tell_answer, tell_built, tell_doubts, tell_shared
from graph.view.shared import list_shared
from tests.view.invented import make_ledger


@pytest.fixture
def made() -> Built:
    return Built(make_ledger(), (), Resolution((), ()), (), Path("output"))


def test_a_thing_is_told_with_names_offices_and_marked_sentences(made: Built) -> None:
    (lake, *_) = list_shared(made.ledger)
    heading, first, sentence, *_ = tell_shared(lake, [("清河区民政局", "partner", lake.label)])
    assert heading.plain == "柳塘湖生态修复项目  3 个部门  又名 湖区修复"
    assert first.plain == "  清河区民政局  2023 年  2023.txt:105"
    assert [sentence.plain[span.start : span.end] for span in sentence.spans] == [lake.label]


def test_a_build_tells_what_it_left_out(made: Built) -> None:
    unfit = (Decision("same", "甲", "乙", who="王"),)
    consulted = (Consulted("a.txt", "chat:stone", 3, 1), Consulted("b.txt", "chat:stone", 0, 0, "no answer"))
    told = replace(made, unread=(Unread("a.jpg", "a picture"),), unfit=unfit, consulted=consulted, recalled=1, files=3)
    said = [line.plain for line in tell_built(told)]
    assert said[1] == "1 个文件没有变化，沿用上次的读取结果；新读取 2 个。"
    assert said[-1] == "chat:stone 给出 3 处名称，舍弃不合原文的回答 1 条。"
    fault, decision, unread = (line.plain for line in tell_doubts(told))
    assert fault.startswith("1 篇") and "same 甲 乙 王" in decision and unread.endswith("a.jpg: a picture")


def test_an_empty_graph_is_told_too(made: Built) -> None:
    said = [line.plain for line in tell_built(replace(made, ledger=Ledger((), (), ())))]
    assert said == ["读取 0 篇文件：0 个部门，0 个事项，0 条关系，0 项指标。", "0 项由几个部门共同涉及："]


def test_a_table_is_drawn_where_it_fits_and_else_told_row_by_row() -> None:
    answer = Answer(("name", "other"), (("[bold]a", ""), ("b", "c")))
    drawn, count = tell_answer(answer, 80)
    assert isinstance(drawn, Table) and str(count) == "共 2 行"
    assert [str(line) for line in tell_answer(answer, 15)] == [
        "name: [bold]a",
        "",
        "name: b",
        "other: c",
        "",
        "共 2 行",
    ]


def test_csv_and_json_hold_the_same_rows(made: Built) -> None:
    answer = tabulate_shared(list_shared(made.ledger))
    rows = json.loads(format_json(answer))
    assert rows == list(csv.DictReader(io.StringIO(format_csv(answer))))
    assert [row["quote"] for row in rows if row["organisation"] == "柳塘镇"] == ["我局将打造银杏公园，年内完成。"]
