"""Words: no gap between them, and one interface for both segmenters."""

from __future__ import annotations

import pytest

from graph.read.tokens import load_jieba, load_tagger, tag_words

TEXT = "2031年，云溪区将推进“东湾”产业园（A2地块）建设，投资3.5亿元。"


def test_words_cover_the_text_without_gaps() -> None:
    tokens = tag_words(TEXT)
    assert "".join(token.text for token in tokens) == TEXT
    assert tokens[0].span.start == 0
    assert all(TEXT[t.span.start : t.span.end] == t.text and t.tag for t in tokens)


@pytest.mark.parametrize("load", [load_tagger, load_jieba])
def test_both_segmenters_give_words_with_tags(load: object) -> None:
    pairs = list(load()(TEXT))  # type: ignore[operator]
    assert "".join(word for word, _ in pairs) == TEXT
    assert ("投资" in dict(pairs)) and dict(pairs)["投资"].startswith("v")
