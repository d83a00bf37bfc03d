"""An invented ledger of any size, the same each time: what the benchmarks and screenshots are made with."""

from __future__ import annotations

import random

from graph.model import DocumentRow, Ledger, LinkRow
from graph.view.words import load_style

_SIGNS = "东南西北河湖山园区路桥港城新产业科技数字文旅智慧能源物流健康"
_ACTIONS = ("推进", "建设", "打造", "争创")
_ROLES = ("pledger", "lead", "support", "responsible")
BASE = "https://example.org/id/"


def make_sample(things: int, links: int, offices: int, seed: int = 7) -> Ledger:
    """Return a ledger with ``things`` things, each pledged at least once, and ``links`` rows in all."""
    dice = random.Random(seed)
    labels = ["".join(dice.choice(_SIGNS) for _ in range(dice.randint(4, 14))) for _ in range(things)]
    types = [dice.choice(load_style()["types"]) for _ in range(things)]
    rows = []
    for i in range(links):
        thing = i if i < things else int(dice.random() ** 2 * things)
        rows.append(_make_row(i, dice.randrange(offices), (thing, labels[thing], types[thing]), dice))
    rows.sort(key=lambda row: (row.document, row.start))
    names = sorted({row.document for row in rows})
    documents = tuple(DocumentRow(name, name, "report", "某市", "", "", None) for name in names)
    return Ledger(documents, tuple(rows), ())


def _make_row(i: int, office: int, thing: tuple[int, str, str], dice: random.Random) -> LinkRow:
    number, label, kind = thing
    year, action = dice.choice((2022, 2023, 2024)), dice.choice(_ACTIONS)
    quote = f"{year}年，我单位将全力{action}{label}，确保第{i % 97}项任务年内完成并见到实效。"
    start = 100 * i + quote.index(label)
    return LinkRow(
        document=f"d{i % 200:03}.txt",
        organisation=f"第{office}管理局",
        organisation_id=f"{BASE}office/{office:04}",
        role=dice.choice(_ROLES),
        entity_id=f"{BASE}thing/{number:06}",
        entity=label,
        mention=label,
        type=kind,
        start=start,
        end=start + len(label),
        organisation_label=f"某市第{office}管理局",
        action=action,
        status="promised",
        year=year,
        rule="sample",
        score=round(0.5 + i * 7919 % 487 / 1000, 3),
        quote=quote,
        quote_start=100 * i,
        title=f"d{i % 200:03}",
    )
