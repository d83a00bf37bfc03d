"""What a figure counts: the shortest noun phrase beside it that says it, in the text's words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from graph.extract.figures import Figure
from graph.lexicon import Lexicon, Rule
from graph.model import Sentence, Span

Metric = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence with its figures, and the rules to read them by; all spans are reading offsets."""

    sentence: Sentence
    figures: tuple[Figure, ...]
    rules: Mapping[str, Rule]
    lexicon: Lexicon


def find_clause(reading: Reading, index: int) -> Span:
    """Return the clause of a figure: from the comma or stop before it to the one after it."""
    text, figure = reading.sentence.text, reading.figures[index]
    start = 0
    end = len(text)
    for border in reading.rules["clause_border"].pattern.finditer(text):
        if border.end() <= figure.span.start:
            start = border.end()
        elif border.start() >= figure.span.end:
            end = border.start()
            break
    while start < figure.span.start and text[start].isspace():
        start += 1
    return Span(start, end)


def find_metrics(reading: Reading, index: int) -> tuple[Metric, ...]:
    """Return what a figure counts, each with the name of the rule that found it; several share a figure
    that is said of each of them."""
    clause = find_clause(reading, index)
    figure = reading.figures[index]
    chain = _chain(reading, index)
    if len(chain) > 1 or figure.kind == "ratio":
        shared = _shared(reading, index, chain, clause)
        if shared:
            return shared
    left = _left(reading, index, clause)
    right = _right(reading, index)
    if right and (not left or _prefers_right(reading, index)):
        return ((right, "right"),)
    if left:
        return ((left, "left"),)
    if right:
        return ((right, "right"),)
    if index and reading.figures[index - 1].span.end:
        return find_metrics(reading, index - 1)[-1:]
    return ()


def _chain(reading: Reading, index: int) -> tuple[int, ...]:
    """Return the run of figures around ``index`` that only enumeration commas part."""
    text, figures = reading.sentence.text, reading.figures
    first = last = index
    joined = reading.rules["joiner"].pattern.fullmatch
    while first and joined(text, figures[first - 1].span.end, figures[first].span.start):
        first -= 1
    while last + 1 < len(figures) and joined(text, figures[last].span.end, figures[last + 1].span.start):
        last += 1
    return tuple(range(first, last + 1))


def _shared(reading: Reading, index: int, chain: tuple[int, ...], clause: Span) -> tuple[Metric, ...]:
    text = reading.sentence.text
    first = reading.figures[chain[0]]
    lead = text[clause.start : first.span.start]
    left = _left(reading, chain[0], clause)
    items = [item for item in reading.rules["coordination"].pattern.split(left) if item]
    if len(items) < 2:
        return ()
    if len(chain) > 1:
        if len(items) != len(chain):
            return ()
        return ((_complete(items, chain.index(index)), "distributed"),)
    if reading.rules["distributed"].pattern.search(lead) or first.kind == "ratio":
        return tuple((_complete(items, number), "distributed") for number in range(len(items)))
    return ()


def _complete(items: list[str], number: int) -> str:
    """Give an item of an enumeration the head that only its last item has."""
    item, last = items[number], items[-1]
    if number == len(items) - 1:
        return item
    for size in range(min(len(item), len(last)), 1, -1):
        place = last.rfind(item[-size:])
        if place >= 0:
            return item + last[place + size :]
    return item + last[-2:] if len(last) > 2 else item


def _left(reading: Reading, index: int, clause: Span) -> str:
    text = reading.sentence.text
    start = clause.start
    if index:
        start = max(start, reading.figures[index - 1].span.end)
    stretch = text[start : reading.figures[index].span.start]
    stretch = reading.rules["predicate"].pattern.sub("", stretch)
    stretch = reading.rules["deadline_lead"].pattern.sub("", stretch.strip())
    stretch = _strip_lead(reading, start + text[start:].find(stretch), stretch)
    stretch = reading.rules["list_head"].pattern.sub("", stretch)
    return stretch.strip("“”‘’、 　")


def _strip_lead(reading: Reading, start: int, stretch: str) -> str:
    lead = reading.rules["lead_in"].pattern.match(stretch)
    if not lead:
        return stretch
    ends = {token.span.end for token in reading.sentence.tokens} or set(range(len(reading.sentence.text)))
    cut = max((end for end in range(lead.end() + 1) if start + end in ends or end == 0), default=0)
    return stretch[cut:]


def _right(reading: Reading, index: int) -> str:
    text, figure = reading.sentence.text, reading.figures[index]
    end = reading.figures[index + 1].span.start if index + 1 < len(reading.figures) else len(text)
    stretch = text[figure.span.end : end]
    border = reading.rules["right_border"].pattern.search(_mask(stretch))
    stretch = stretch[: border.start()] if border else stretch
    return reading.rules["rim"].pattern.sub("", stretch)


def _mask(text: str) -> str:
    return re.sub(r"[（(][^）)]*[）)]", lambda match: "〇" * len(match.group()), text)


def _prefers_right(reading: Reading, index: int) -> bool:
    figure = reading.figures[index]
    after = next((t for t in reading.sentence.tokens if t.span.start >= figure.span.end), None)
    if figure.kind == "count":
        return not (after and after.tag == "v")
    return bool(reading.rules["attribute"].pattern.match(reading.sentence.text, figure.span.end))
