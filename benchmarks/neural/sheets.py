"""Answer sheets as labels of characters."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.neural.corpora import read_sentences
from benchmarks.neural.losses import Labels
from graph.extract.neural.encoding import encode_sentences
from graph.extract.neural.tagger import TYPES
from graph.extract.neural.vocabulary import BREAK, Vocabulary
from graph.score import normalise

_CONTINUED, _ELLIPSIS, _FIRST = "[续]", "…", 8
Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document with its labels; ``names`` says of each normalised name whether it is optional."""

    path: Path
    source: str
    text: str
    offsets: np.ndarray
    labels: Labels
    names: dict[str, bool]

    def read_name(self, start: int, end: int) -> str:
        """Return the normalised text of a span of places."""
        return normalise(self.text[int(self.offsets[start]) : int(self.offsets[end - 1]) + 1])


def read_sheet(path: Path, vocabulary: Vocabulary) -> Sheet:
    """Return a text with the names of the answer sheet beside it."""
    text = path.open(encoding="utf-8", newline="").read()
    sentences = read_sentences(text)
    coded = encode_sentences(sentences, vocabulary)
    offsets = np.array([one.pieces[0].start for one in sentences])[coded.sentence] + coded.offset
    place_of = {int(offsets[at]): int(at) for at in np.flatnonzero(coded.char != BREAK)}
    flat, at = _flatten(text)
    places = [place_of.get(offset, -1) for offset in at]
    judged, found, names = np.zeros(len(offsets), bool), {}, {}
    answers = json.loads(path.with_suffix(".json").read_text("utf-8"))
    for statement in answers["statements"]:
        stretches = _find_stretches(statement["span"], flat) or [(0, len(flat))]
        for start, end in stretches:
            judged[[place for place in places[start:end] if place >= 0]] = True
        for entity in statement.get("entities", []):
            name, optional = normalise(entity["name"]), bool(entity.get("optional"))
            names[name] = names.get(name, True) and optional
            types = {entity["type"], entity.get("also", entity["type"])}
            for span in _find_name(name, flat, places, stretches) or _find_name(name, flat, places, [(0, len(flat))]):
                old = found.get(span, (set(), True))
                found[span] = (old[0] | types, old[1] and optional)
    source = answers.get("source") or name_source(path.name, text)
    return Sheet(path, source, text, offsets, _label(coded, judged, found), names)


def name_source(name: str, text: str) -> str:
    """Return what documents of one source share: the first two characters of a report's place, else the file."""
    title = text.strip().split("\n")[0]
    if "政府工作报告" in title and "news" not in name:
        return re.sub(r"^\d+年|政府工作报告.*", "", title)[:2]
    return title[:2] if "浙江" in title and "news" not in name else name


def _flatten(text: str) -> tuple[str, list[int]]:
    """Return the normalised text, and the offset of each of its characters."""
    parts = [(part, at) for at, char in enumerate(text) for part in normalise(char)]
    return "".join(part for part, _ in parts), [at for _, at in parts]


def _find_stretches(span: str, flat: str) -> list[Stretch]:
    """Return where a statement stands; none if a part of it is not found."""
    stretches = []
    for part in span.split(_CONTINUED):
        pieces = [normalise(piece) for piece in part.split(_ELLIPSIS)]
        first, last = pieces[0], pieces[-1]
        start = flat.find(first)
        if start < 0 and len(first) > _FIRST:
            start = flat.find(first[:_FIRST])
        end = flat.find(last, start)
        if min(start, end) < 0:
            return []
        stretches.append((start, end + len(last)))
    return stretches


def _find_name(name: str, flat: str, places: list[int], stretches: list[Stretch]) -> list[Stretch]:
    hits = [m.start() for a, b in stretches for m in re.compile(f"(?={re.escape(name)})").finditer(flat, a, b)]
    spans = [(places[hit], places[hit + len(name) - 1] + 1) for hit in hits if name]
    return [(start, end) for start, end in spans if 0 <= start < end]


def _label(coded: Any, judged: np.ndarray, found: dict[Stretch, tuple[set[str], bool]]) -> Labels:
    """Label the longest names; names inside them stay spans with a type only."""
    states, optional = np.zeros(len(coded.char), np.int64), np.zeros(len(coded.char), bool)
    for start, end in sorted(found, key=lambda span: span[0] - span[1]):
        if not states[start:end].any():
            states[start:end], states[start], states[end - 1] = 2, 1, 3
            states[start] = 4 if end - start == 1 else 1
            optional[start:end] = found[start, end][1]
    spans = np.array(sorted(found), np.int64).reshape(-1, 2)
    types = np.array([[kind in found[span][0] for kind in TYPES] for span in sorted(found)]).reshape(-1, len(TYPES))
    return Labels(coded, states, optional, judged, spans[:, 0], spans[:, 1], types)
