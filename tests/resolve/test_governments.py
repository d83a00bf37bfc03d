from __future__ import annotations

import pytest

from graph.lexicon import default_lexicon
from graph.model import Document, Evidence, Metadata, Pledge, Span, Speaker
from graph.resolve.link import resolve_names


def report(name: str, speaker: str, year: int) -> tuple[Document, tuple[Pledge, ...]]:
    """Return a report of a year in which a government speaks."""
    title = f"{year}年{speaker}工作报告"
    evidence = Evidence(name, (Span(0, len(title)),), title)
    pledge = Pledge((Speaker(speaker, "pledger", evidence),), "promised", (), (), (), evidence, year, "")
    return Document(name, title, "", Metadata(title=title, year=year), ()), (pledge,)


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("广西政府", "广西壮族自治区政府"),
        ("宁夏政府", "宁夏回族自治区政府"),
        ("山东省政府", "山东省人民政府"),
        ("青山市政府", "青山市人民政府"),
    ],
)
def test_a_government_is_one_under_its_short_and_full_name(short: str, full: str) -> None:
    found = resolve_names([report("a", short, 2025), report("b", full, 2026)], default_lexicon(), "https://x.example/")
    assert len({link.entity for link in found.links}) == 1


def test_a_label_keeps_the_characters_of_the_document() -> None:
    found = resolve_names([report("a", "青棟鎮政府", 2025)], default_lexicon(), "https://x.example/")
    assert found.entities[0].label == "青棟鎮政府"


def test_governments_of_two_places_are_two() -> None:
    found = resolve_names(
        [report("a", "广西政府", 2025), report("b", "广东省政府", 2026)], default_lexicon(), "https://x.example/"
    )
    assert len({link.entity for link in found.links}) == 2
