"""Which figures are targets, on invented sentences."""

from __future__ import annotations

import pytest

from graph.extract.quantities import find_targets
from graph.lexicon import default_lexicon
from graph.model import Document, Metadata, Sentence, Span, Target

Figure = tuple[str, float, str]


def read(text: str, year: int | None = 2024) -> tuple[Target, ...]:
    document = Document("invented.txt", text, "", Metadata(), ())
    return find_targets(Sentence(text, (Span(0, len(text)),)), year, document, default_lexicon())


def figures(text: str) -> list[Figure]:
    return [(target.metric, target.quantity.value, target.quantity.unit) for target in read(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("新建标准厂房30万平方米。", [("标准厂房", 30, "万平方米")]),
        ("培育20个特色消费场景。", [("特色消费场景", 20, "个")]),
        ("全区青石产业增加值增长10%以上。", [("全区青石产业增加值", 10, "%")]),
        ("深化第3轮改革。", []),
    ],
)
def test_a_figure_counts_what_stands_beside_it(text: str, expected: list[Figure]) -> None:
    assert figures(text) == expected
