"""How well figures are found where the speaker is known: in the statements of answer sheets, as the sheets cut them.

    python -m benchmarks.targets FOLDER... [--errors] [--only odd|even]

Each FOLDER holds texts with answer sheets beside them. Organisations are ignored: a figure of the sheet is found if a
figure of the same document has its value and unit and a metric that overlaps by half; each is matched once. A sheet
that repeats a figure under several organisations, with one quote, asks for it once. ``--errors`` lists the figures
that were missed (-), made up (+), or have another bound, change or deadline (~). ``--only`` takes every second sheet.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from graph.extract.quantities import drop_repeated, find_targets
from graph.lexicon import Lexicon, default_lexicon
from graph.model import Document, Metadata, Sentence, Span, Target
from graph.read.tokens import tag_words
from graph.score import Counts, normalise, overlap, read_sheets
from graph.spans import join_pieces

_CONTINUED, _ELLIPSIS, _FIRST = "[续]", "…", 8
_LINE = re.compile(r"[^\s┃│|](?:[^\n\r\t┃│|]*[^\s┃│|])?")
_END = re.compile(r"[。！？；!?;\n\t┃│|]+[”’）)]*")  # a cell of a table is a sentence, as it is when tables are read
_WRAPPED = 0.45  # a page of which so few lines end like sentences is broken into lines by its width
_HALF = 0.5  # the least common substring of two metrics, as a share of the shorter one
_KEPT = ("bound", "change", "deadline")

Row = Mapping[str, Any]


@dataclass
class Tally:
    """What was found in a folder; ``right`` counts the matched figures whose bound, change or deadline is right."""

    asked: int = 0
    given: int = 0
    hit: int = 0
    right: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        counts = Counts(self.hit, self.given, self.asked)
        shares = " ".join(f"{name} {self.right[name] / (self.hit or 1):.3f}" for name in _KEPT)
        return f"P {counts.precision:.3f} R {counts.recall:.3f} F1 {counts.f1:.3f} of {self.asked} {shares}"


def score_folder(folder: Path, lexicon: Lexicon, only: str = "") -> Tally:
    """Return how well the figures of a folder's sheets are found; ``only`` is ``odd``, ``even`` or empty for all.

    Raises:
        InputError: the folder has no sheet, or one is no JSON.
    """
    tally = Tally()
    for number, sheet in enumerate(read_sheets(folder), 1):
        if only in ("", "even" if number % 2 == 0 else "odd"):
            text = (folder / sheet["doc"]).open(encoding="utf-8", newline="").read()
            _compare(sheet["doc"], list(_list_gold(sheet)), list(find_stated(text, sheet, lexicon)), tally, lexicon)
    return tally


def find_stated(text: str, sheet: Row, lexicon: Lexicon) -> Iterator[Target]:
    """Yield the figures that are found in the statements of a sheet; a place that two statements share is read once."""
    document = Document(sheet["doc"], text, "", Metadata(), ())
    sentences, read = list(_read_sentences(text)), set[int]()
    for _, statements in groupby(sheet["statements"], lambda one: sorted(org["name"] for org in one["orgs"])):
        stretches = [stretch for one in statements for stretch in find_stretches(one["span"], text)]
        found: list[Target] = []
        for sentence in (cut for one in sentences for cut in _cut(text, one, stretches)):
            if sentence.pieces[0].start not in read:
                read |= {place for piece in sentence.pieces for place in range(piece.start, piece.end)}
                found += find_targets(sentence, sheet.get("year"), document, lexicon)
        yield from drop_repeated(found)


def find_stretches(span: str, text: str) -> list[Span]:
    """Return where a statement stands, in offsets of the text; the whole text if a part of it is not found."""
    folded = [(part, at) for at, char in enumerate(text) for part in normalise(char)]
    flat, stretches = "".join(part for part, _ in folded), []
    for part in span.split(_CONTINUED):
        pieces = [normalise(piece) for piece in part.split(_ELLIPSIS)]
        start = flat.find(pieces[0])
        start = flat.find(pieces[0][:_FIRST]) if start < 0 and len(pieces[0]) > _FIRST else start
        end = flat.find(pieces[-1], start)
        if min(start, end) < 0 or not pieces[-1]:
            return [Span(0, len(text))]
        stretches.append(Span(folded[start][1], folded[end + len(pieces[-1]) - 1][1] + 1))
    return stretches


def _read_sentences(text: str) -> Iterator[Span]:
    """Yield the sentences of a text; on a page broken by width they go on over line ends, but not over blank ones."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    wrapped = len(lines) > 15 and sum(line[-1] in "。！？；：:)）" for line in lines) < _WRAPPED * len(lines)
    start = 0
    for end in _END.finditer(text):
        indented = re.match(r"\s*[\u3000\n]|[ ]{2}", text[end.end() : end.end() + 4])
        if not wrapped or not end.group().startswith("\n") or indented:
            yield Span(start, end.end())
            start = end.end()
    yield Span(start, len(text))


def _cut(text: str, sentence: Span, stretches: Sequence[Span]) -> Iterator[Sentence]:
    for stretch in stretches:
        start, end = max(sentence.start, stretch.start), min(sentence.end, stretch.end)
        pieces = tuple(Span(*line.span()) for line in _LINE.finditer(text, start, max(start, end)))
        if pieces:
            reading = join_pieces(text, pieces)
            yield Sentence(reading, pieces, tag_words(reading))


def _list_gold(sheet: Row) -> Iterator[Row]:
    seen = set()
    for target in (target for statement in sheet["statements"] for target in statement.get("targets", ())):
        key = target["metric"], str(target["value"]), target["unit"], target.get("quote")
        if key not in seen:
            seen.add(key)
            yield target


def _compare(name: str, gold: Sequence[Row], given: Sequence[Target], tally: Tally, lexicon: Lexicon) -> None:
    match = _match(gold, given, lexicon)
    optional = {j for i, j in match.items() if gold[i].get("optional")}
    tally.asked += sum(not row.get("optional") for row in gold)
    tally.given += len(given) - len(optional)
    tally.hit += len(match) - len(optional)
    for i, j in match.items():
        if j not in optional:
            _judge(name, gold[i], given[j], tally)
    for i, row in enumerate(gold):
        if i not in match and not row.get("optional"):
            tally.errors.append(f"- {name} {row['metric']} {row['value']} {row['unit']} | {row.get('quote')}")
    for j, one in enumerate(given):
        if j not in match.values():
            tally.errors.append(f"+ {name} {_say(one)} | {one.evidence.quote}")


def _match(gold: Sequence[Row], given: Sequence[Target], lexicon: Lexicon) -> dict[int, int]:
    """Return gold → given, one to one, best overlap first."""
    pairs = []
    for i, row in enumerate(gold):
        for j, one in enumerate(given):
            if _plain(row["value"], row["unit"], lexicon) == _plain(one.quantity.value, one.quantity.unit, lexicon):
                asked, found = normalise(row["metric"]), normalise(one.metric)
                longer, shorter = max(len(asked), len(found)), min(len(asked), len(found)) or 1
                pairs.append((-overlap(asked, found) * longer / shorter, i, j))
    match: dict[int, int] = {}
    for share, i, j in sorted(pairs):
        if share <= -_HALF and i not in match and j not in match.values():
            match[i] = j
    return match


def _plain(value: object, unit: str, lexicon: Lexicon) -> tuple[float, str]:
    """Return a quantity with the factor of its unit taken into the value."""
    number, plain = float(str(value).replace(",", "").rstrip("%％")), normalise(unit or "")
    for word in sorted(lexicon.words["numeral_factors"], key=lambda one: -len(one.text)):
        if plain.startswith(word.text):
            return round(number * float(word.attributes["factor"]), 6), plain[len(word.text) :]
    return round(number, 6), plain


def _judge(name: str, row: Row, one: Target, tally: Tally) -> None:
    said = {"bound": one.quantity.bound, "change": one.quantity.change, "deadline": one.deadline}
    for what, answer in said.items():
        right = {str(row.get(key) or "") for key in (what, f"{what}_also") if key in row}
        tally.right[what] += answer in right
        if answer not in right:
            tally.errors.append(f"~ {name} {what} {answer} for {'/'.join(right)}: {_say(one)} | {one.evidence.quote}")


def _say(one: Target) -> str:
    return f"{one.metric} {one.quantity.value:g} {one.quantity.unit}"


def main() -> None:
    """Print a row for each folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--errors", action="store_true", help="list what was missed, made up or said otherwise")
    parser.add_argument("--only", choices=("odd", "even"), default="", help="every second sheet")
    options = parser.parse_args()
    for folder in options.folders:
        tally = score_folder(folder, default_lexicon(), options.only)
        print(f"{folder.name:10} {tally}")
        if options.errors:
            print(*sorted(tally.errors), sep="\n")


if __name__ == "__main__":
    main()
