"""What a tagger says of documents as the product reads them, in offsets of the document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from graph.extract.pledges import list_sentences
from graph.extract.tagged import TaggedSpan
from graph.lexicon import default_lexicon
from graph.model import Document, Sentence
from graph.read.documents import read_documents
from graph.spans import locate

Answers = dict[str, list[tuple[int, int, str, float]]]
"""Document → start, end, type and probability of each name."""


class Tags(Protocol):
    """A tagger of the product."""

    def tag(self, sentences: Sequence[Sentence], least: float | None = None) -> list[list[TaggedSpan]]:
        """Return the names of each sentence."""


def answer_documents(tagger: Tags, texts: Sequence[Path], least: float) -> Answers:
    """Return the names, from the probability ``least`` on, in each document."""
    documents = [one for one in read_documents(texts, default_lexicon()) if isinstance(one, Document)]
    return {one.name: sorted(_answer(tagger, list_sentences(one), least)) for one in documents}


def _answer(tagger: Tags, sentences: Sequence[Sentence], least: float) -> Iterator[tuple[int, int, str, float]]:
    for sentence, names in zip(sentences, tagger.tag(sentences, least), strict=True):
        for name in names:
            pieces = locate(sentence.pieces, name.span)
            yield pieces[0].start, pieces[-1].end, name.type, round(name.score, 4)
