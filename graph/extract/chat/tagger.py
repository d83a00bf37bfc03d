"""Sentences go to the model numbered and in batches; of its answers only verbatim quotes become names."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import cast, get_args

from graph.errors import RecogniserError
from graph.extract.chat.client import Endpoint, complete
from graph.extract.tagged import Heard, TaggedSpan
from graph.model import EntityType, Sentence, Span

SCORE = 0.5
"""What a name of an endpoint counts: a model gives no probability, and this one has not been measured."""

_AT_ONCE, _MOST_CHARACTERS = 20, 2_000
_TYPES = frozenset(get_args(EntityType))
_THOUGHT = "</think>"
_SHORTEST = 2
_PATIENCE = 3  # documents


class ChatTagger:
    """The recogniser behind an endpoint, with the signature of the built-in taggers.

    A server that failed on three documents in a row is not asked again: the last fault holds for all later ones.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self._failures = 0
        self._fault = ""

    @property
    def name(self) -> str:
        """What provenance calls it: the kind of recogniser, and the model."""
        return f"chat:{self.endpoint.model}"

    def tag(self, sentences: Sequence[Sentence], least: float | None = None) -> list[list[TaggedSpan]]:
        """Return the names of each sentence, in order of place and without overlaps.

        Args:
            sentences: all that is to be read, in order; tokens are not needed.
            least: the least score; above ``SCORE`` nothing is asked or found.

        Raises:
            RecogniserError: the endpoint refuses, does not answer, or answers with something else.
        """
        if least is not None and least > SCORE:
            return [[] for _ in sentences]
        return [list(names) for names in self._ask_all(sentences).names]

    def hear(self, sentences: Sequence[Sentence]) -> Heard:
        """Return the names of each sentence and how many answers were dropped; a fault is a value, not an error."""
        if self._failures < _PATIENCE:
            try:
                heard = self._ask_all(sentences)
            except RecogniserError as error:
                self._failures, self._fault = self._failures + 1, str(error)
            else:
                self._failures = 0
                return heard
        return Heard(self.name, fault=self._fault, alone=self.endpoint.alone)

    def _ask_all(self, sentences: Sequence[Sentence]) -> Heard:
        names: list[tuple[TaggedSpan, ...]] = []
        dropped = 0
        for texts in _batch(sentences):
            quotes: list[dict[str, EntityType]] = [{} for _ in texts]
            for answer in self._ask(texts):
                if quote := read_quote(answer, texts):
                    number, name, kind = quote
                    quotes[number].setdefault(name, kind)
                else:
                    dropped += 1
            names += map(place_quotes, texts, quotes)
        return Heard(self.name, tuple(names), dropped, alone=self.endpoint.alone)

    def _ask(self, texts: Sequence[str]) -> list[object]:
        question = "\n".join(f"{number}. {text}" for number, text in enumerate(texts, 1))
        answers = read_answers(complete(self.endpoint, load_prompt(), question))
        if answers is None:
            raise RecogniserError(
                f"{self.endpoint.model} answers without the JSON it was asked for; try another model."
            )
        return answers


def read_answers(content: str) -> list[object] | None:
    """Return the entries of the JSON object in an answer, whatever is written around it, or None without one."""
    content = content.rpartition(_THOUGHT)[2]
    start, end = content.find("{"), content.rfind("}")
    try:
        names = json.loads(content[start : end + 1])["names"]
    except (ValueError, LookupError, TypeError):
        return None
    return names if isinstance(names, list) else None


def read_quote(answer: object, texts: Sequence[str]) -> tuple[int, str, EntityType] | None:
    """Return the place in ``texts``, name and type of an answer, or None unless that text holds the name verbatim."""
    if not isinstance(answer, dict):
        return None
    number, name, kind = (answer.get(key) for key in ("sentence", "name", "type"))
    if not isinstance(number, int) or not isinstance(name, str) or kind not in _TYPES:
        return None
    name = name.strip()
    if not 1 <= number <= len(texts) or len(name) < _SHORTEST or name not in texts[number - 1]:
        return None
    return number - 1, name, cast(EntityType, kind)


def place_quotes(text: str, quotes: dict[str, EntityType]) -> tuple[TaggedSpan, ...]:
    """Return every occurrence of the quotes in ``text``, the longest first chosen, without overlaps."""
    found: list[TaggedSpan] = []
    for name in sorted(quotes, key=lambda name: (-len(name), name)):
        at = text.find(name)
        while at >= 0:
            span = Span(at, at + len(name))
            if all(span.end <= other.span.start or other.span.end <= span.start for other in found):
                found.append(TaggedSpan(span, quotes[name], SCORE))
            at = text.find(name, span.end)
    return tuple(sorted(found, key=lambda one: one.span))


@cache
def load_prompt() -> str:
    """Return what the model is told before the sentences."""
    prompt: str = tomllib.loads(Path(__file__).with_name("prompt.toml").read_text(encoding="utf-8"))["system"]
    return prompt.strip()


def _batch(sentences: Sequence[Sentence]) -> Iterator[list[str]]:
    """Yield the texts that go into one question, in order."""
    batch: list[str] = []
    size = 0
    for sentence in sentences:
        if batch and (len(batch) == _AT_ONCE or size + len(sentence.text) > _MOST_CHARACTERS):
            yield batch
            batch, size = [], 0
        batch.append(sentence.text)
        size += len(sentence.text)
    if batch:
        yield batch
