"""Which figures a sentence commits to, what they count, and by when.

A figure is a target unless a rule of part ``veto`` says why not. What is counted stands on the right of the
unit, or on the left of the number; several figures may share it.
"""

from __future__ import annotations

from typing import cast

from graph.extract.deadlines import read_deadline
from graph.extract.figures import find_figures
from graph.extract.metrics import Reading, find_clause, find_metrics
from graph.lexicon import Lexicon
from graph.model import Bound, Change, Document, Quantity, Sentence, Target
from graph.spans import cite


def find_targets(sentence: Sentence, year: int | None, document: Document, lexicon: Lexicon) -> tuple[Target, ...]:
    """Return the figures that ``sentence`` commits to for the future, in the order of the text.

    Args:
        sentence: a sentence of a statement, with its tokens.
        year: the year that the statement's promises are for, if it is known.
        document: the document that holds the sentence; its text gives the evidence.
        lexicon: the rules of ``quantities.toml`` and their word lists.
    """
    rules = {rule.name: rule for rule in lexicon.rules["quantities"]}
    figures = tuple(find_figures(sentence.text, rules, lexicon))
    reading = Reading(sentence, figures, rules, lexicon)
    targets: list[Target] = []
    for index, figure in enumerate(figures):
        if find_veto(reading, index):
            continue
        evidence = cite(document.name, document.text, sentence.pieces, find_clause(reading, index))
        deadline, words = read_deadline(sentence.text, figure.span, year, lexicon)
        change = read_change(reading, index)
        written = sentence.text[figure.span.start : figure.span.end]
        for metric, side in find_metrics(reading, index):
            for value, bound in zip(figure.values, read_bounds(reading, index), strict=True):
                quantity = Quantity(value, figure.unit, bound, change, written)
                targets.append(Target(metric, quantity, deadline, words, evidence, side))
    return tuple(targets)


def find_veto(reading: Reading, index: int) -> str:
    """Return the name of the rule that says why a figure is no target, or nothing."""
    text, figure, clause = reading.sentence.text, reading.figures[index], find_clause(reading, index)
    if figure.spelt and figure.kind == "time":
        return "spelt_time"
    places = {
        "before": text[: figure.span.start],
        "after": text[figure.span.end :],
        "clause": text[clause.start : clause.end],
        "written": text[figure.span.start : figure.span.end],
    }
    for rule in reading.rules.values():
        if rule.attributes["part"] != "veto" or figure.kind not in rule.attributes.get("kinds", figure.kind):
            continue
        if rule.pattern.search(places[rule.attributes["at"]]):
            return rule.name
    return ""


def read_bounds(reading: Reading, index: int) -> tuple[Bound, ...]:
    """Return the bound of each value: from the word behind the unit, else from the words before the number."""
    figure = reading.figures[index]
    if figure.bounds != ("exact",):
        return figure.bounds
    before = reading.sentence.text[: figure.span.start]
    for rule in reading.rules.values():
        if rule.attributes["part"] == "bound" and rule.pattern.search(before):
            return (cast(Bound, rule.attributes["bound"]),)
    return figure.bounds


def read_change(reading: Reading, index: int) -> Change:
    """Return whether a figure is a growth, a reduction, or a level to be reached."""
    before = reading.sentence.text[find_clause(reading, index).start : reading.figures[index].span.start]
    for rule in reading.rules.values():
        if rule.attributes["part"] == "change" and rule.pattern.search(before):
            return cast(Change, rule.attributes["change"])
    return "level"
