"""The rules of figures, made ready once: by name, by what they are for, and their word lists as sets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from graph.lexicon import Lexicon, Rule


@dataclass(frozen=True, slots=True)
class Grammar:
    """``quantities.toml`` by rule name and by part, and the lists that belong to it."""

    rules: Mapping[str, Rule]
    parts: Mapping[str, tuple[Rule, ...]]
    verbs: frozenset[str]
    strong: frozenset[str]
    nouns: tuple[str, ...]
    numerals: Mapping[str, int]
    bounds: Mapping[str, str]


@cache
def read_grammar(lexicon: Lexicon) -> Grammar:
    """Return the grammar of figures of a lexicon; a lexicon is read once."""
    rules = lexicon.rules["quantities"]
    names = sorted({str(rule.attributes["part"]) for rule in rules})
    return Grammar(
        rules={rule.name: rule for rule in rules},
        parts={name: tuple(rule for rule in rules if rule.attributes["part"] == name) for name in names},
        verbs=frozenset(lexicon.texts("quantity_verbs")),
        strong=frozenset(lexicon.texts("quantity_verbs", use="strong")),
        nouns=lexicon.texts("quantity_nouns"),
        numerals={word.text: int(word.attributes["value"]) for word in lexicon.words["numerals"]},
        bounds={word.text: word.attributes["bound"] for word in lexicon.words["bounds"]},
    )
