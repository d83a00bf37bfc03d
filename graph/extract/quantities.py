"""Which figures a sentence commits to, what they count, and by when.

A figure is a target unless a rule of part ``veto`` in ``quantities.toml`` says why not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from rapidfuzz.distance import Postfix, Prefix

from graph.extract.deadlines import read_deadline
from graph.extract.figures import Figure, Reading, find_chain, find_figures, read_sentence
from graph.extract.grammar import Grammar, read_grammar
from graph.extract.metrics import find_metrics, is_attribute
from graph.lexicon import Lexicon, Rule
from graph.model import Bound, Change, Document, Quantity, Sentence, Target
from graph.spans import cite

_NUMERAL_TAGS = ("m", "q", "t", "x")
_BARE = 2  # a metric of so few characters says no more than its figure
_SIGHT = 30  # characters on either side of a figure in which a word can bear on it
_EDGE = "◇"  # stands around the figure in what rules with ``at = "around"`` look at


def find_targets(
    sentence: Sentence, year: int | None, document: Document, lexicon: Lexicon, due: str = ""
) -> tuple[Target, ...]:
    """Return the figures that ``sentence`` commits to for the future, in the order of the text.

    Args:
        sentence: a sentence of a statement, with its tokens.
        year: the year that the statement's promises are for, if it is known.
        document: the document that holds the sentence; its text gives the evidence.
        lexicon: the rules of ``quantities.toml`` and their word lists.
        due: the words by which all of the statement is to be done, if a list says so beside it.
    """
    grammar = read_grammar(lexicon)
    figures = tuple(f for f in find_figures(sentence.text, grammar) if not is_noise(sentence, f, grammar))
    if not figures:
        return ()
    reading = read_sentence(sentence, figures, grammar)
    targets: list[Target] = []
    for index, metrics in enumerate(find_metrics(reading)):
        if find_veto(reading, index, year):
            continue
        evidence = cite(document.name, document.text, sentence.pieces, reading.clauses[index])
        deadline, words = read_deadline(sentence.text, figures[index].span, year, grammar, due)
        for metric in metrics:
            for quantity in read_quantities(reading, index):
                targets.append(Target(metric.text, quantity, deadline, words, evidence, metric.rule))
    return tuple(targets)


def drop_repeated(targets: Iterable[Target]) -> tuple[Target, ...]:
    """Return the targets of one statement without those that only say a figure again.

    Of targets with equal value and unit of which one metric contains the other, the first stays.
    """
    kept: list[Target] = []
    for target in targets:
        number = target.quantity.value, target.quantity.unit
        same = (k.metric for k in kept if (k.quantity.value, k.quantity.unit) == number)
        if not any(_is_same(metric, target.metric) for metric in same):
            kept.append(target)
    return tuple(kept)


def is_noise(sentence: Sentence, figure: Figure, grammar: Grammar) -> bool:
    """Tell whether a number is part of a name, a date or an idiom, and counts nothing."""
    if _is_in_word(sentence, figure):
        return True
    return bool(_find_rule(grammar.parts["noise"], figure, _look_around(sentence, figure)))


def find_veto(reading: Reading, index: int, year: int | None) -> str:
    """Return the name of the rule that says why a figure is no target, or nothing."""
    figure, clause = reading.figures[index], reading.clauses[index]
    places = _look_around(reading.sentence, figure)
    places["clause"] = reading.sentence.text[clause.start : clause.end]
    places["lead"] = reading.sentence.text[clause.start : figure.span.start]
    places["so_far"] = reading.sentence.text[: figure.span.start]
    stated = reading.grammar.rules["year"].pattern.finditer(reading.sentence.text, 0, figure.span.start)
    years = [int(match.group("year")) for match in stated]
    if year and years and years[-1] < year:
        return "past_year"
    if is_attribute(reading, index):
        return "attribute"
    return _find_rule(reading.grammar.parts["veto"], figure, places)


def read_quantities(reading: Reading, index: int) -> tuple[Quantity, ...]:
    """Return the quantity of a figure, or the two quantities of a range."""
    figure = reading.figures[index]
    words = reading.sentence.text[figure.span.start : figure.span.end]
    bounds, change = read_bounds(reading, index), read_change(reading, index)
    return tuple(Quantity(v, figure.unit, bound, change, words) for v, bound in zip(figure.values, bounds, strict=True))


def read_bounds(reading: Reading, index: int) -> tuple[Bound, ...]:
    """Return the bound of each value: from the word behind the unit, else from the words before the number.

    Figures that are dealt out share the word before the first and the word behind the last.
    """
    figure, chain = reading.figures[index], find_chain(reading, index)
    if figure.bounds != ("exact",):
        return figure.bounds
    if figure.kind == "time" and reading.search("within", reading.sentence.text[figure.span.end :]):
        return ("at_most",)
    before = reading.sentence.text[reading.clauses[index].start : reading.figures[chain[0]].span.start]
    for rule in reading.grammar.parts["bound"]:
        if rule.pattern.search(before):
            return (cast(Bound, rule.attributes["bound"]),)
    last = reading.figures[chain[-1]].bounds
    shared = reading.search("each", before)
    return last if shared and len(last) == 1 else figure.bounds


def read_change(reading: Reading, index: int) -> Change:
    """Return whether a figure is a growth, a reduction, or a level to be reached."""
    first = reading.figures[find_chain(reading, index)[0]]
    before = reading.sentence.text[reading.clauses[index].start : first.span.start]
    for rule in reading.grammar.parts["change"]:
        if first.kind in rule.attributes.get("kinds", (first.kind,)) and rule.pattern.search(before):
            return cast(Change, rule.attributes["change"])
    return "level"


def _look_around(sentence: Sentence, figure: Figure) -> dict[str, str]:
    start, end, text = figure.span.start, figure.span.end, sentence.text
    before, written, after = text[max(start - _SIGHT, 0) : start], text[start:end], text[end : end + _SIGHT]
    around = f"{before}{_EDGE}{written}{_EDGE}{after}"
    return {"before": before, "written": written, "after": after, "around": around, "sentence": text}


def _find_rule(rules: Sequence[Rule], figure: Figure, places: Mapping[str, str]) -> str:
    for rule in rules:
        wanted = figure.kind in rule.attributes.get("kinds", (figure.kind,))
        if wanted and rule.pattern.search(places[rule.attributes["at"]]):
            return rule.name
    return ""


def _is_in_word(sentence: Sentence, figure: Figure) -> bool:
    """Tell whether a spelt figure is, or touches, a word that is no numeral: an idiom, a mountain, a brand."""
    if not figure.spelt or figure.kind == "ratio":
        return False
    start, end = figure.span.start, figure.span.end
    for token in sentence.tokens:
        if token.span.start < start < token.span.end or token.span.start < end < token.span.end:
            return True
        if token.span == figure.span and token.tag[0] not in _NUMERAL_TAGS:
            return True
    return False


def _is_same(first: str, second: str) -> bool:
    """Tell whether one metric is the other with words put into it, or is so short that it says nothing."""
    short, long = sorted((first, second), key=len)
    ends = Prefix.similarity(short, long) + Postfix.similarity(short, long)
    return short in long or ends >= len(short) or len(short) <= _BARE
