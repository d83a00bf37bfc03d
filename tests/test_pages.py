"""The annotated pages are in order: marks in pairs, types known, figures quoted from the text."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

import pytest

from benchmarks.pages.markup import read_page
from benchmarks.pages.sheets import HELD_OUT, PASSAGES, WRITTEN
from graph.model import EntityType, Role, Span

PAGES = sorted([*WRITTEN.rglob("*.txt"), *HELD_OUT.rglob("*.txt")])


def test_marks_are_read_with_their_places() -> None:
    page = read_page(
        "{@-}标题\n{@云溪区水务局|lead;松桥镇|support}整治[[[[东湾河|place]]二期|project/place]]，用好“[[云小服|platform?]]”。"
        "\n=== targets\n云溪区水务局\t河道\t3\t公里\texact\tlevel\t2031\t整治"
    )
    assert page.text == "标题\n整治东湾河二期，用好“云小服”。"
    assert [(page.text[m.span.start : m.span.end], m.types, m.optional) for m in page.marks] == [
        ("东湾河", ("place",), False),
        ("东湾河二期", ("project", "place"), False),
        ("云小服", ("platform",), True),
    ]
    (said,) = page.statements
    assert said.span == Span(3, len(page.text))
    assert said.offices == (("云溪区水务局", "lead"), ("松桥镇", "support"))
    assert page.targets[0]["value"] == "3"


@pytest.mark.parametrize("broken", ["整治[[东湾河", "整治东湾河|place]]"])
def test_marks_not_in_pairs_are_refused(broken: str) -> None:
    with pytest.raises(ValueError, match="mark"):
        read_page(broken)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_page_is_in_order(path: Path) -> None:
    page = read_page(path.read_text(encoding="utf-8"))
    assert "[[" not in page.text
    assert {kind for mark in page.marks for kind in mark.types} <= set(get_args(EntityType))
    assert {role for said in page.statements for _, role in said.offices} <= set(get_args(Role))
    plain = re.sub(r"\s", "", page.text)
    assert [row["quote"] for row in page.targets if re.sub(r"\s", "", row["quote"]) not in plain] == []


def test_passages_keep_places_and_no_text() -> None:
    for passage in json.loads(PASSAGES.read_text(encoding="utf-8")):
        length = sum(end - start for _, start, end in passage["lines"]) + len(passage["lines"]) - 1
        assert set(passage) == {"name", "source", "lines", "marks", "statements"}
        assert all(0 <= start < end <= length for start, end, _, _ in passage["marks"])
