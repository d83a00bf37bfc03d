"""Looking into the rooms without building: why a sentence gives its names, and how fast documents are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import process_time

from graph.errors import InputError
from graph.extract.pledges import extract_pledges
from graph.extract.trace import Traced, trace_sentence
from graph.lexicon import Lexicon
from graph.model import Document, Genre, Sentence, Span
from graph.read.documents import read_documents
from graph.read.tokens import cut_with_jieba, tag_words


@dataclass(frozen=True, slots=True)
class Speed:
    """Processor seconds; ``said`` are the characters in statements, which alone are searched for names."""

    characters: int
    said: int
    read: float
    extract: float
    jieba: float


def trace(text: str, genre: Genre, lexicon: Lexicon) -> tuple[Traced, ...]:
    """Return what the recognisers see in a sentence and why each candidate was kept or dropped.

    Args:
        text: the sentence, as one line.
        genre: of the document that it would stand in.
        lexicon: the rules.
    """
    sentence = Sentence(text, (Span(0, len(text)),), tag_words(text))
    return tuple(trace_sentence(sentence, genre, lexicon))


def measure_speed(inputs: Sequence[Path], lexicon: Lexicon) -> Speed:
    """Time reading and extraction against ``jieba.lcut`` on the same text, in processor seconds of one core."""
    started = process_time()
    documents = [found for found in read_documents(inputs, lexicon) if isinstance(found, Document)]
    read = process_time()
    if not documents:
        raise InputError("Nothing to measure: no document could be read.")
    said = sum(
        len(sentence.text)
        for document in documents
        for section in document.sections
        if section.speakers and section.period != "past"
        for sentence in section.sentences
    )
    extract_pledges(documents[0], lexicon)
    cut_with_jieba("")
    warm = process_time()
    for document in documents:
        extract_pledges(document, lexicon)
    extracted = process_time()
    for document in documents:
        cut_with_jieba(document.text)
    cut = process_time()
    characters = sum(len(document.text) for document in documents)
    return Speed(characters, said, read - started, extracted - warm, cut - extracted)
