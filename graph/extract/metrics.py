"""What a figure counts: the shortest noun phrase beside it that says it, in the text's words.

A clause is read from left to right. The phrase stands behind the unit or before the number; a figure with
neither takes the phrase of the figure before it; figures that are enumerated after an enumeration of
phrases are dealt out, one each or, where the words say so, to each of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.extract.figures import Reading, find_chain
from graph.extract.phrases import read_left, read_right, read_verb, stands_right, trim, trim_right


@dataclass(frozen=True, slots=True)
class Metric:
    """What is counted, and the name of the way in which it was found."""

    text: str
    rule: str


def find_metrics(reading: Reading) -> tuple[tuple[Metric, ...], ...]:
    """Return for each figure of a reading what it counts; several metrics share a figure said of each."""
    found: list[tuple[Metric, ...]] = []
    starts: list[int] = []
    cursor = 0
    for index, figure in enumerate(reading.figures):
        starts.append(max(cursor, reading.clauses[index].start))
        if is_attribute(reading, index):
            cursor = figure.span.end if figure.kind == "count" else cursor
            found.append(())
            continue
        cursor = figure.span.end
        metrics = _deal(reading, index, starts)
        if not metrics:
            metric, length = _read_metric(reading, index, starts[-1], found)
            cursor += length
            metrics = (metric,) if metric else ()
        found.append(metrics or next((earlier for earlier in reversed(found) if earlier), ()))
    return tuple(found)


def is_attribute(reading: Reading, index: int) -> bool:
    """Tell whether a figure only describes what the next figure, or the noun behind it, counts."""
    figure, end = reading.figures[index], reading.clauses[index].end
    last = index + 1 == len(reading.figures) or reading.figures[index + 1].span.start > end
    if not last and not reading.between(index, index + 1) and figure.kind == "money":
        return figure.bounds != ("exact",) and reading.figures[index + 1].kind == "count"
    tail = reading.sentence.text[figure.span.end : end if last else reading.figures[index + 1].span.start]
    if figure.kind == "count":
        counted = not last and tail and reading.figures[index + 1].kind == "count"
        if counted and not reading.search("parted", tail):
            return True
        predicate = None if last or reading.search("enumeration", tail) else reading.search("predicate", tail)
        return bool(predicate and tail[: predicate.start()].endswith(reading.grammar.nouns))
    if figure.kind not in ("money", "measure", "ratio") or not tail:
        return False
    if reading.search("threshold", reading.sentence.text[: figure.span.start]):
        return not reading.search("no_noun_first", tail)
    return not last and not reading.search("no_noun", tail)


def _read_metric(
    reading: Reading, index: int, start: int, found: Sequence[tuple[Metric, ...]]
) -> tuple[Metric | None, int]:
    """Return what one figure counts, and how many characters behind the figure say it."""
    figure = reading.figures[index]
    right = read_right(reading, index, reading.clauses[index].end)
    left = read_left(reading, start, figure.span.start)
    phrase = trim_right(reading, right)
    if phrase and stands_right(reading, index, left):
        return Metric(_invest(reading, index, start, phrase), "right"), len(right)
    if left:
        return Metric(_continue(reading, index, left, found), "left"), 0
    verb = read_verb(reading, start, figure.span.start)
    subject = verb or _borrow(reading, index)
    return (Metric(subject, "verb" if verb else "before") if subject else None), 0


def _borrow(reading: Reading, index: int) -> str:
    """Return the subject of a clause that says no more than its figure: what the clause before it speaks of."""
    start = reading.clauses[index].start
    before = reading.search("clause_before", reading.sentence.text[:start])
    if not before or any(before.start() < figure.span.end for figure in reading.figures[:index]):
        return ""
    return read_left(reading, before.start("it"), before.end("it"))


def _invest(reading: Reading, index: int, start: int, phrase: str) -> str:
    """Say of what money is invested in that it is the investment which is counted."""
    figure = reading.figures[index]
    invests = reading.search("invests", reading.sentence.text[start : figure.span.start])
    if figure.kind != "money" or not invests or not phrase:
        return phrase
    return reading.remove("lead_in", phrase) + invests["it"]


def _continue(reading: Reading, index: int, phrase: str, found: Sequence[tuple[Metric, ...]]) -> str:
    """Give a bare measure the thing that was measured just before it in the same enumeration."""
    if not index or not found[-1] or phrase not in reading.grammar.nouns:
        return phrase
    earlier = found[-1][0].text
    noun = _find_measure(reading, earlier)
    thing = earlier.removesuffix(noun)
    joined = reading.search("opens_item", reading.between(index - 1, index)[:1])
    return thing + phrase if joined and noun and len(thing) > 1 else phrase


def _deal(reading: Reading, index: int, starts: Sequence[int]) -> tuple[Metric, ...]:
    """Return what an enumeration deals out to a figure of a chain: one item each, or all to a single figure."""
    chain = find_chain(reading, index)
    first, start = reading.figures[chain[0]], starts[chain[0]]
    lead = reading.sentence.text[start : first.span.start]
    each = reading.search("each", lead)
    if len(chain) == 1 and each:
        if read_right(reading, index, reading.clauses[index].end):
            return ()
        if has := reading.search("each_has", lead):
            return (Metric(trim(reading, has["it"]), "each"),)
    if first.kind != "ratio" and not each:
        return ()
    phrase = read_left(reading, start, first.span.start)
    items = [item for item in reading.grammar.rules["enumeration"].pattern.split(phrase) if item]
    if len(chain) == 1:
        shared = each or all(_find_measure(reading, item) for item in items)
        chosen: Sequence[int] = range(len(items)) if len(items) > 1 and shared else ()
    else:
        items = items if len(items) == len(chain) else _spell(reading, phrase, len(chain))
        chosen = (index - chain[0],) if phrase else ()
    return tuple(Metric(_complete(reading, items, number), "dealt") for number in chosen)


def _spell(reading: Reading, phrase: str, count: int) -> list[str]:
    """Split a measure of things that are named by one character each; else repeat the phrase."""
    noun = _find_measure(reading, phrase)
    things = phrase.removesuffix(noun)
    return [thing + noun for thing in things] if noun and len(things) == count else [phrase] * count


def _complete(reading: Reading, items: Sequence[str], number: int) -> str:
    """Give an item of an enumeration the measure that only its last item names."""
    item, last = items[number], items[-1]
    if item == last or _find_measure(reading, item):
        return item
    common = next((size for size in range(len(item), 1, -1) if item[-size:] in last), 0)
    if common:
        return item + last[last.rfind(item[-common:]) + common :]
    return item + _find_measure(reading, last)


def _find_measure(reading: Reading, phrase: str) -> str:
    return next((noun for noun in reading.grammar.nouns if phrase.endswith(noun)), "")
