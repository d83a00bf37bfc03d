"""A small invented ledger: four offices, two years, broken quotes, awkward names."""

from __future__ import annotations

from graph.model import Alias, DocumentRow, Ledger, LinkRow, TargetRow

BASE = "https://example.org/id/"
OFFICES = {"civil": "清河区民政局", "roads": "清河区交通运输局", "grow": "清河区发展改革局", "town": "柳塘镇"}
THINGS = {
    "lake": ("柳塘湖生态修复项目", "project"),
    "park": ("银杏公园", "place"),
    "firm": ("远山机械", "organisation"),
    "card": ("清河一卡通", "platform"),
    "plan": ("三年提质行动", "programme"),
    "star": ("国家卫生镇", "honour"),
    "rare": ("𠮷祥路</script><b>&“改造”", "project"),
}
LINKS = [
    ("civil", "lake", "pledger", 2023, "推进"),
    ("roads", "lake", "lead", 2023, "建设"),
    ("grow", "lake", "support", 2024, "推进"),
    ("grow", "lake", "support", 2023, "推进"),
    ("town", "park", "pledger", 2024, "打造"),
    ("grow", "park", "responsible", 2024, "打造"),
    ("town", "firm", "pledger", 2024, "招引"),
    ("civil", "card", "pledger", 2023, "推广"),
    ("grow", "plan", "lead", None, "落实"),
    ("town", "star", "pledger", 2024, "争创"),
    ("roads", "rare", "pledger", 2024, "实施"),
]


def make_row(office: str, thing: str, role: str, year: int | None, action: str, start: int = 100) -> LinkRow:
    label, kind = THINGS[thing]
    quote = f"我局将{action}{label}，{'年内完成' if year else '持续用力'}。"
    title = f"{year}年承诺" if year else "承诺"
    return LinkRow(
        document=f"{year or 'undated'}.txt",
        organisation=OFFICES[office][-4:],
        organisation_id=BASE + "office/" + office,
        role=role,
        entity_id=BASE + "thing/" + thing,
        entity=label,
        mention=label.replace("“", "").replace("”", ""),
        type=kind,
        start=start + 3 + len(action),
        end=start + 3 + len(action) + len(label),
        organisation_label=OFFICES[office],
        action=action,
        status="promised",
        year=year,
        rule="verb-object",
        score=0.5 if thing == "plan" else 1.0,
        quote=quote,
        quote_start=start,
        before="前一句。",
        after="后一句。",
        title=title,
        issued=f"{year}-02-01" if year else "",
    )


def make_ledger() -> Ledger:
    """Return the invented ledger: eleven rows, three documents, two targets."""
    rows = [make_row(*link, start=100 + 60 * i) for i, link in enumerate(LINKS)]
    rows.sort(key=lambda r: (r.document, r.start))
    documents = [
        DocumentRow("2023.txt", "2023年承诺", "newspaper", "清河区", "江南省清河区", "2023-02-01", 2023),
        DocumentRow("2024.txt", "2024年承诺", "newspaper", "清河区", "江南省清河区", "2024-02-01", 2024),
        DocumentRow("undated.txt", "承诺", "report", "清河区", "江南省清河区", "", None),
    ]
    town = (BASE + "office/town", OFFICES["town"])
    targets = [
        TargetRow(
            "2024.txt",
            "柳塘镇",
            "植树",
            3000.0,
            "棵",
            "at_least",
            "level",
            "2024",
            "植树3000棵以上。",
            9,
            11,
            *town,
            2024,
        ),
        TargetRow(
            "2024.txt", "柳塘镇", "游客", 2.5, "万人次", "about", "level", "", "游客2.5万人次。", 20, 22, *town, 2024
        ),
    ]
    aliases = [Alias(BASE + "thing/lake", "湖区修复"), Alias(BASE + "thing/lake", THINGS["lake"][0])]
    return Ledger(tuple(documents), tuple(rows), tuple(targets), tuple(aliases))
