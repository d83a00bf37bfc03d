"""Names taken apart for comparison; what a text says is never rewritten.

A name is read as *place prefix, core, head, weak tail, marks*: in ``云江东河数字产业园二期项目`` the place is
``云江``, the core ``东河数字``, the head ``产业园``, the weak tail ``项目`` and the mark ``二期``. A weak tail
adds nothing to what the thing is; a head does, and marks (phases, numbers, letters, directions) keep apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from opencc import OpenCC

from graph.lexicon import Lexicon

_DROP = re.compile(r"[\s“”\"'‘’「」『』《》〈〉·•]")
_DASH = re.compile(r"[—–\-－~～]+")


@dataclass(frozen=True, slots=True)
class Parts:
    """A normalised name taken apart.

    ``place`` is the full place whose prefix the name carries, or empty; ``sort`` is what its weak tail makes of it.
    """

    place: str
    core: str
    head: str
    weak: str
    sort: str
    works: bool
    marks: tuple[str, ...]

    @property
    def stem(self) -> str:
        """The name without its place and its weak tail, the head in its common form."""
        return self.core + self.head


@dataclass(frozen=True, slots=True)
class Grammar:
    """What ``split_name`` needs of the lexicon, compiled once."""

    strength: Mapping[str, str]
    same: Mapping[str, str]
    longest: int
    modifiers: re.Pattern[str]
    marks: re.Pattern[str]
    beside: re.Pattern[str]
    works: re.Pattern[str]
    list_end: re.Pattern[str]
    inner: re.Pattern[str]
    not_a_head: re.Pattern[str]
    bracket: re.Pattern[str]


def read_grammar(lexicon: Lexicon) -> Grammar:
    """Compile the lists and rules of ``names*`` for splitting."""
    heads = {word.text: word.attributes for word in lexicon.words["names_heads"]}
    modifiers = "|".join(map(re.escape, lexicon.texts("names_modifiers")))
    rules = {rule.name: rule.pattern for rule in lexicon.rules["names"]}
    return Grammar(
        strength={text: a["strength"] for text, a in heads.items()},
        same={text: a["same"] or text for text, a in heads.items()},
        longest=max(map(len, heads)),
        modifiers=re.compile(modifiers),
        marks=rules["marks"],
        beside=rules["beside"],
        works=rules["works"],
        list_end=rules["list_end"],
        inner=rules["inner"],
        not_a_head=rules["not_a_head"],
        bracket=rules["bracket"],
    )


def normalise_name(name: str) -> str:
    """Return ``name`` as it is compared: NFKC, simplified, no white space, quotation marks or middle dots."""
    return _simplify(_DASH.sub("-", _DROP.sub("", unicodedata.normalize("NFKC", name))))


def split_name(name: str, places: Mapping[str, str], grammar: Grammar) -> Parts:
    """Take a normalised name apart.

    Args:
        name: a name from ``normalise_name``.
        places: prefixes that say a place (full or short), each with the full place it means.
        grammar: see ``read_grammar``.
    """
    rest = grammar.bracket.sub("", name) or name
    place, rest = _strip_place(rest, places)
    weak, sort, rest = _strip_weak(rest, grammar)
    core, head = _strip_head(rest, grammar)
    works = grammar.strength.get(sort) == "works"
    return Parts(place, core, head, weak, sort, works, tuple(sorted(grammar.marks.findall(name))))


def reduce_core(core: str, grammar: Grammar) -> tuple[str, tuple[str, ...]]:
    """Return the core without its general attributes, and these."""
    return grammar.modifiers.sub("", core), tuple(grammar.modifiers.findall(core))


def is_generic(parts: Parts, grammar: Grammar) -> bool:
    """Tell whether the name says only a kind: nothing is left once attributes and head are gone."""
    return len(reduce_core(parts.core, grammar)[0]) < 2


def _strip_place(name: str, places: Mapping[str, str]) -> tuple[str, str]:
    place, rest = "", name
    while True:
        for end in range(min(len(rest) - 2, 14), 1, -1):
            if rest[:end] in places:
                place, rest = max(place, places[rest[:end]], key=len), rest[end:]
                break
        else:
            return place, rest


def _strip_weak(name: str, grammar: Grammar) -> tuple[str, str, str]:
    weak = sort = ""
    while True:
        tail = _find_tail(name, grammar, "works") or _find_tail(name, grammar, "weak")
        if not tail or len(name) - len(tail) < 2:
            return weak, sort, name
        weak, sort, name = tail + weak, sort or grammar.same[tail], name[: -len(tail)]


def _strip_head(name: str, grammar: Grammar) -> tuple[str, str]:
    if grammar.not_a_head.search(name):
        return name, ""
    tail = _find_tail(name, grammar, "strong") or (_find_tail(name, grammar, "place") if len(name) > 2 else "")
    return (name[: -len(tail)], grammar.same[tail]) if tail and len(name) > len(tail) else (name, "")


def _find_tail(name: str, grammar: Grammar, strength: str) -> str:
    for start in range(max(len(name) - grammar.longest, 0), len(name)):
        if grammar.strength.get(name[start:]) == strength:
            return name[start:]
    return ""


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def _simplify(name: str) -> str:
    converted: str = _converter().convert(name)
    return converted
