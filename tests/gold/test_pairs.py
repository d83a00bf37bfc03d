"""Pairs of real names that are one thing, are not, or cannot be told: each alone, at its places and in its years."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import cast

import pytest

from graph.lexicon import Lexicon, default_lexicon
from graph.model import Document, EntityType, Pledge
from graph.resolve.link import resolve_names
from tests.resolve.made import BASE, Said, make_document

PAIRS = list(csv.DictReader((Path(__file__).parent / "pairs.csv").open(encoding="utf-8", newline="")))
PRECISION, RECALL, ASKED = 0.99, 0.95, 0.8


def make_documents(pair: Mapping[str, str]) -> list[tuple[Document, list[Pledge]]]:
    said: dict[tuple[str, int], list[Said]] = {}
    for side in ("left", "right"):
        name, kind = pair[side], pair[f"{side}_type"]
        one: Said = (name, []) if kind == "office" else ("办公室", [(name, cast(EntityType, kind))])
        said.setdefault((pair[f"{side}_place"], int(pair[f"{side}_year"])), []).append(one)
    return [make_document(f"{place}{year}", what, place, year=year) for (place, year), what in said.items()]


def judge(pair: Mapping[str, str], lexicon: Lexicon) -> str:
    resolution = resolve_names(make_documents(pair), lexicon, BASE)
    found = {link.entity for link in resolution.links if link.name in (pair["left"], pair["right"])}
    return "join" if len(found) == 1 else "decline" if resolution.declined else "apart"


@pytest.fixture(scope="module")
def judged() -> Counter[tuple[str, str]]:
    lexicon = default_lexicon()
    return Counter((pair["verdict"], judge(pair, lexicon)) for pair in PAIRS)


def test_the_list_is_long_and_says_why() -> None:
    assert len(PAIRS) >= 150
    assert all(pair["reason"] for pair in PAIRS)
    assert {pair["verdict"] for pair in PAIRS} == {"join", "apart", "decline"}


def test_hardly_a_join_is_wrong(judged: Counter[tuple[str, str]]) -> None:
    joined = sum(number for (_, verdict), number in judged.items() if verdict == "join")
    assert judged["join", "join"] / joined >= PRECISION


def test_most_that_are_one_are_joined(judged: Counter[tuple[str, str]]) -> None:
    wanted = sum(number for (truth, _), number in judged.items() if truth == "join")
    assert judged["join", "join"] / wanted >= RECALL


def test_what_cannot_be_told_is_asked(judged: Counter[tuple[str, str]]) -> None:
    wanted = sum(number for (truth, _), number in judged.items() if truth == "decline")
    assert judged["decline", "decline"] / wanted >= ASKED


@pytest.mark.parametrize(
    "pair",
    [p for p in PAIRS if p["left_place"] != p["right_place"] and p["verdict"] == "apart"],
    ids=lambda pair: f"{pair['left']}-{pair['right']}",
)
def test_nothing_is_joined_across_places(pair: Mapping[str, str]) -> None:
    assert judge(pair, default_lexicon()) != "join"
