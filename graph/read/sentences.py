"""A paragraph becomes sentences whose pieces still point into the unchanged text."""

from __future__ import annotations

from collections.abc import Iterator

from graph.lexicon import Lexicon
from graph.model import Sentence, Span
from graph.read.lines import Paragraph
from graph.read.tokens import tag_words
from graph.spans import locate


def split_sentences(paragraph: Paragraph, lexicon: Lexicon) -> Iterator[Sentence]:
    """Yield the sentences of a paragraph, each with its tokens.

    A sentence ends after its final mark and the quotation marks and brackets that close behind it, or with
    the paragraph. A mark inside brackets or quotation marks that go on does not end it.
    """
    start = 0
    for match in lexicon.rule("sentences", "end").pattern.finditer(paragraph.text):
        yield from _cut_sentence(paragraph, start, match.end())
        start = match.end()
    yield from _cut_sentence(paragraph, start, len(paragraph.text))


def cut_sentence(sentence: Sentence, start: int, end: int) -> Sentence:
    """Return a stretch of a sentence, by its reading offsets, as a sentence of its own."""
    text = sentence.text[start:end]
    return Sentence(text, locate(sentence.pieces, Span(start, end)), tag_words(text))


def _cut_sentence(paragraph: Paragraph, start: int, end: int) -> Iterator[Sentence]:
    text = paragraph.text[start:end]
    if text:
        pieces = paragraph.pieces
        if len(pieces) == 1:
            cut: tuple[Span, ...] = (Span(pieces[0].start + start, pieces[0].start + end),)
        else:
            cut = locate(pieces, Span(start, end))
        yield Sentence(text, cut, tag_words(text))
