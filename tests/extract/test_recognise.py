"""The recognisers behind one door: numpy's threads are held back while the taggers run."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from threadpoolctl import threadpool_info

from graph.extract import recognise
from graph.extract.tagged import TaggedSpan
from graph.lexicon import default_lexicon
from graph.model import Sentence, Span
from graph.read.tokens import tag_words


def test_the_taggers_run_with_one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    threads: list[int] = []

    class Counting:
        def tag(self, sentences: Sequence[Sentence], least: float) -> list[list[TaggedSpan]]:
            threads.extend(pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas")
            return [[] for _ in sentences]

    monkeypatch.setattr(recognise, "load_tagger", Counting)
    monkeypatch.setattr(recognise, "load_neural_tagger", Counting)
    sentence = Sentence("推进建设。", (Span(0, 5),), tag_words("推进建设。"))
    list(recognise.weigh_sentences([sentence], [()], sentence.text, default_lexicon()))
    assert threads and set(threads) == {1}
