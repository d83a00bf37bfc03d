"""Answer sheets as labelled sentences: which names stand where, and which text a reader has judged."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from benchmarks.tagger.corpus import name_source
from benchmarks.tagger.sentences import read_sentences
from graph.extract.tagger.arrays import Flags
from graph.model import Sentence, Span
from graph.score import normalise

SEEDS = "seeds"
NOWHERE = Span(0, 0)
_Key = TypeVar("_Key")
_CONTINUED, _ELLIPSIS = "[续]", "…"


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a sheet; where it is mentioned, ``span`` is in offsets of the sentence with that number."""

    text: str
    types: frozenset[str]
    optional: bool
    sentence: int = -1
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text with its sheet: names by their text, mentions in order, and the characters inside statements."""

    stem: str
    source: str
    sentences: tuple[Sentence, ...]
    names: dict[str, Name]
    mentions: tuple[Name, ...]
    covered: tuple[Flags, ...]

    @property
    def is_news(self) -> bool:
        """Whether the document is a source of its own."""
        return self.stem == self.source


@dataclass(frozen=True, slots=True)
class Plain:
    """The text of sentences in its form for comparison, and the (sentence, offset) of each character."""

    text: str
    origin: list[tuple[int, int]]


def read_sheets(folder: Path) -> list[Labelled]:
    """Return the documents of a folder with their sheets, by name."""
    return [read_sheet(path) for path in sorted(folder.glob("*.txt"))]


def read_sheet(path: Path) -> Labelled:
    """Return a text with the sheet that stands beside it."""
    raw = path.read_text(encoding="utf-8")
    sentences = tuple(read_sentences(raw))
    plain = _flatten(sentences)
    covered = tuple(np.zeros(len(one.text), bool) for one in sentences)
    names: dict[str, Name] = {}
    mentions: dict[tuple[int, Span], Name] = {}
    answers = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    for statement in answers["statements"]:
        regions = _find_regions(plain.text, statement["span"])
        for start, end in regions:
            for number, at in plain.origin[start:end]:
                covered[number][at] = True
        for name in map(_read_name, statement.get("entities", [])):
            _keep_firm(names, name.text, name)
            for number, span in _find_mentions(plain, name.text, regions):
                _keep_firm(mentions, (number, span), replace(name, sentence=number, span=span))
    ordered = tuple(sorted(mentions.values(), key=lambda name: (name.sentence, name.span.start, -name.span.end)))
    source = answers.get("source") or _find_source(path, raw)
    return Labelled(path.stem, source, sentences, names, ordered, covered)


def _find_source(path: Path, text: str) -> str:
    """Return the place or paper of a document, which folds keep together."""
    if path.parent.name == SEEDS:
        return SEEDS
    if "news" in path.name or path.stem.endswith("2011"):
        return path.stem
    return name_source(text.strip().splitlines()[0])


def _read_name(entity: dict[str, Any]) -> Name:
    types = frozenset({entity["type"], entity.get("also", entity["type"])})
    return Name(normalise(entity["name"]), types, bool(entity.get("optional")))


def _keep_firm(kept: dict[_Key, Name], key: _Key, name: Name) -> None:
    """Keep the first name of a key, unless a firm one follows an optional one."""
    if key not in kept or (kept[key].optional and not name.optional):
        kept[key] = name


def _flatten(sentences: Sequence[Sentence]) -> Plain:
    chars: list[str] = []
    origin: list[tuple[int, int]] = []
    for number, sentence in enumerate(sentences):
        for at, char in enumerate(sentence.text):
            for plain in normalise(char):
                chars.append(plain)
                origin.append((number, at))
    return Plain("".join(chars), origin)


def _find_regions(text: str, words: str) -> list[tuple[int, int]]:
    """Return where the pieces of a statement stand, given by their first and last characters; else the whole text."""
    regions = []
    for piece in words.split(_CONTINUED):
        first, last = (normalise(piece.split(_ELLIPSIS)[side]) for side in (0, -1))
        start = text.find(first)
        end = text.find(last, start) if start >= 0 else -1
        if end < 0:
            return [(0, len(text))]
        regions.append((start, end + len(last)))
    return regions


def _find_mentions(plain: Plain, name: str, regions: list[tuple[int, int]]) -> list[tuple[int, Span]]:
    """Return the mentions of a name in its statement; in the whole document if it has none there."""
    return list(_search(plain, name, regions)) or list(_search(plain, name, [(0, len(plain.text))]))


def _search(plain: Plain, name: str, regions: list[tuple[int, int]]) -> Iterator[tuple[int, Span]]:
    for start, end in regions:
        at = plain.text.find(name, start, end)
        while at >= 0:
            (number, first), (last_number, last) = plain.origin[at], plain.origin[at + len(name) - 1]
            if number == last_number:
                yield number, Span(first, last + 1)
            at = plain.text.find(name, at + 1, end)
