"""Two small made-up documents with what was extracted and resolved, for the tests of the store."""

from __future__ import annotations

import hashlib
from itertools import chain

from pyoxigraph import Quad

from graph.model import (
    Argument,
    Declined,
    Document,
    Entity,
    EntityType,
    Evidence,
    Link,
    Mention,
    Metadata,
    Pledge,
    Quantity,
    Relation,
    Resolution,
    Role,
    Section,
    Span,
    Speaker,
    Target,
)
from graph.spans import join_pieces
from graph.store.dataset import Dataset, open_dataset, replace_graphs
from graph.store.describe import Run, describe_declined, describe_document, slice_resolution
from graph.vocab import BASE, mint_entity

PLACE = "云溪县"
RUN = Run("0.1", "test", "2026-01-02T03:04:05Z")

FIRST_TEXT = (
    "云溪县发改局\n今年，我们将全力推进星桥智谷项目\n建设，完成投资20亿元以上。\n"
    "云溪县财政局\n牵头保障“星桥智谷”资金，力争12月底前拨付3.5亿元。\n"
)
THIRD_TEXT = "临江镇：争创省级美丽乡镇，实施春风行动，建成“镇企通”服务平台，6月底前办结50件。\n"
SECOND_TEXT = "云溪县发展和改革局：继续推进星桥智谷项目，配合单位县财政局；引进海若重工落户临江物流园。\n"


def cite_text(document: str, text: str, *parts: str) -> Evidence:
    """Return the evidence of stretches of a text, each found by its words."""
    pieces = tuple(Span(text.index(part), text.index(part) + len(part)) for part in parts)
    return Evidence(document, pieces, join_pieces(text, pieces))


def make_document(name: str, text: str, year: int | None = 2024, issued: str = "2024-02-19") -> Document:
    metadata = Metadata(f"{name}的题目", "newspaper", "云溪县融媒体中心", PLACE, issued, year, {"year": "sidecar"})
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(name, text, digest, metadata, (Section((), ()),))


def make_mention(document: str, text: str, words: str, kind: EntityType, name: str = "") -> Mention:
    return Mention(name or words, kind, cite_text(document, text, words), "head", 0.9)


def make_office(name: str, role: Role, document: str, text: str) -> Speaker:
    return Speaker(name, role, cite_text(document, text, name), "heading")


def make_first() -> tuple[Document, tuple[Pledge, ...]]:
    name, text = "甲.txt", FIRST_TEXT
    project = make_mention(name, text, "星桥智谷项目", "project")
    short = make_mention(name, text, "星桥智谷”", "project", "星桥智谷")
    invest = Target(
        "投资",
        Quantity(20.0, "亿元", "at_least", "level", "20亿元以上"),
        "2024",
        "今年",
        cite_text(name, text, "完成投资20亿元以上"),
        "amount",
    )
    pay = Target(
        "资金",
        Quantity(3.5, "亿元", "exact", "level", "3.5亿元"),
        "2024-12",
        "12月底前",
        cite_text(name, text, "资金", "拨付3.5亿元"),
        "amount",
    )
    first = Pledge(
        (make_office("云溪县发改局", "pledger", name, text),),
        "promised",
        (Argument(project, "推进"),),
        (invest,),
        (),
        cite_text(name, text, "今年，我们将全力推进星桥智谷项目", "建设，完成投资20亿元以上。"),
        2024,
        "promise",
    )
    second = Pledge(
        (make_office("云溪县财政局", "pledger", name, text),),
        "promised",
        (Argument(short, "保障"),),
        (pay,),
        (),
        cite_text(name, text, "牵头保障“星桥智谷”资金，力争12月底前拨付3.5亿元。"),
        2024,
        "promise",
    )
    return make_document(name, text), (first, second)


def make_second() -> tuple[Document, tuple[Pledge, ...]]:
    name, text = "乙.txt", SECOND_TEXT
    park = make_mention(name, text, "临江物流园", "place")
    company = make_mention(name, text, "海若重工", "organisation")
    pledge = Pledge(
        (make_office("云溪县发展和改革局", "lead", name, text), make_office("县财政局", "support", name, text)),
        "continued",
        (
            Argument(make_mention(name, text, "星桥智谷项目", "project"), "推进"),
            Argument(company, "引进"),
            Argument(park, ""),
        ),
        (),
        (Relation("located_in", company, park, "settle"), Relation("partner", None, company, "recruit")),
        cite_text(name, text, SECOND_TEXT.strip()),
        2025,
        "task",
    )
    return make_document(name, text, 2025, "2025"), (pledge,)


def make_third() -> tuple[Document, tuple[Pledge, ...]]:
    name, text = "丙.txt", THIRD_TEXT
    done = Target(
        "办结",
        Quantity(50.0, "件", "exact", "level", "50件"),
        "2024-06",
        "6月底前",
        cite_text(name, text, "6月底前办结50件"),
        "count",
    )
    pledge = Pledge(
        (make_office("临江镇", "responsible", name, text),),
        "promised",
        (
            Argument(make_mention(name, text, "省级美丽乡镇", "honour"), "争创"),
            Argument(make_mention(name, text, "春风行动", "programme"), "实施"),
            Argument(make_mention(name, text, "镇企通", "platform"), "建成"),
        ),
        (done,),
        (),
        cite_text(name, text, text.strip()),
        2024,
        "promise",
    )
    return make_document(name, text), (pledge,)


def make_resolution() -> Resolution:
    planning = mint_entity(BASE, "office", PLACE, "发展和改革局")
    finance = mint_entity(BASE, "office", PLACE, "财政局")
    valley = mint_entity(BASE, "project", PLACE, "星桥智谷项目")
    park = mint_entity(BASE, "place", PLACE, "临江物流园")
    company = mint_entity(BASE, "organisation", "", "海若重工")
    town = mint_entity(BASE, "office", PLACE, "临江镇")
    third: tuple[tuple[EntityType, str], ...] = (
        ("honour", "省级美丽乡镇"),
        ("programme", "春风行动"),
        ("platform", "镇企通"),
    )
    return Resolution(
        (
            Entity(planning, "office", "云溪县发展和改革局", ("云溪县发展和改革局", "云溪县发改局"), PLACE),
            Entity(finance, "office", "云溪县财政局", ("云溪县财政局", "县财政局"), PLACE),
            Entity(valley, "project", "星桥智谷项目", ("星桥智谷项目", "星桥智谷"), PLACE),
            Entity(park, "place", "临江物流园", ("临江物流园",), PLACE),
            Entity(company, "organisation", "海若重工", ("海若重工",)),
            Entity(town, "office", "临江镇", ("临江镇",), PLACE),
            *(Entity(mint_entity(BASE, kind, PLACE, name), kind, name, (name,), PLACE) for kind, name in third),
        ),
        (
            Link("甲.txt", "云溪县发改局", "office", planning, "abbreviation", 0.95),
            Link("甲.txt", "云溪县财政局", "office", finance, "same"),
            Link("甲.txt", "星桥智谷项目", "project", valley, "same"),
            Link("甲.txt", "星桥智谷", "project", valley, "head", 0.8),
            Link("乙.txt", "云溪县发展和改革局", "office", planning, "same"),
            Link("乙.txt", "县财政局", "office", finance, "jurisdiction"),
            Link("乙.txt", "星桥智谷项目", "project", valley, "same"),
            Link("乙.txt", "临江物流园", "place", park, "new"),
            Link("乙.txt", "海若重工", "organisation", company, "new"),
            Link("丙.txt", "临江镇", "office", town, "new"),
            *(Link("丙.txt", name, kind, mint_entity(BASE, kind, PLACE, name), "new") for kind, name in third),
        ),
        (Declined("星桥智谷", "星桥广场", "contained", 0.55),),
    )


def make_quads(*documents: tuple[Document, tuple[Pledge, ...]]) -> list[Quad]:
    """Return the quads of the documents (by default both), and of what was declined."""
    resolution = make_resolution()
    slices = slice_resolution(resolution)
    described = (
        describe_document(document, pledges, slices[document.name], BASE, RUN)
        for document, pledges in documents or (make_first(), make_second())
    )
    return [*chain.from_iterable(described), *describe_declined(resolution, BASE)]


def make_dataset() -> Dataset:
    """Return an open dataset in memory with both documents."""
    dataset = open_dataset(None)
    replace_graphs(dataset, make_quads())
    return dataset


def make_full_dataset() -> Dataset:
    """Return an open dataset in memory with all three documents."""
    dataset = open_dataset(None)
    replace_graphs(dataset, make_quads(make_first(), make_second(), make_third()))
    return dataset
