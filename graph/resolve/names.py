"""Names taken apart for comparison; what a text says is never rewritten.

A name is read as *place prefix, core, head, tail, marks*: in ``云江东河数字产业园二期项目`` the place is ``云江``, the
core ``东河数字产业园二期``, the tail ``项目`` and the mark ``二期``. A tail adds little to what the thing is; a head
does, and marks (phases, numbers, letters, directions) keep apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from opencc import OpenCC

from graph.lexicon import Lexicon, Word

_DROP = re.compile(r"[\s“”\"'‘’「」『』《》〈〉·•]")
_DASH = re.compile(r"[—–\-－~～]+")
_HEADS = ("strong", "part", "office")
_LONGEST_PREFIX = 14


@dataclass(frozen=True, slots=True)
class Parts:
    """A normalised name taken apart.

    ``place`` is the full place whose prefix the name carries, or empty; ``head`` and ``tail`` are as written,
    ``kind`` and ``sort`` their common forms (``高速`` is a ``高速公路``, ``建设工程`` a ``项目``); ``size`` is a
    measure that stands before the name (``300亩``).
    """

    place: str
    core: str
    head: str
    kind: str
    tail: str
    sort: str
    marks: tuple[str, ...]
    size: str = ""

    @property
    def stem(self) -> str:
        """The name without place and tail, the head in its common form."""
        return self.core + self.kind

    @property
    def rest(self) -> str:
        """The name as written, without its place."""
        return self.core + self.head + self.tail


@dataclass(frozen=True, slots=True)
class Grammar:
    """What comparing names needs of the lexicon, compiled once."""

    strength: Mapping[str, str]
    common: Mapping[str, str]
    longest: int
    modifiers: re.Pattern[str]
    general: re.Pattern[str]
    places: frozenset[str]
    initials: Mapping[str, str]
    digits: Mapping[str, int]
    ten: str
    rules: Mapping[str, re.Pattern[str]]


def read_grammar(lexicon: Lexicon) -> Grammar:
    """Compile the lists and rules of ``names*``."""
    heads = {word.text: word.attributes for word in lexicon.words["names_heads"]}
    short = lexicon.rule("names", "short").pattern
    numerals = {word.text: int(word.attributes["value"]) for word in lexicon.words["numerals"]}
    return Grammar(
        strength={text: attributes["strength"] for text, attributes in heads.items()},
        common={text: attributes["same"] or text for text, attributes in heads.items()},
        longest=max(map(len, heads)),
        modifiers=_compile_words(lexicon.texts("names_modifiers", drop="yes")),
        general=_compile_words(lexicon.texts("names_modifiers")),
        places=frozenset(place for word in lexicon.words["places"] for place in _list_forms(word, short)),
        initials={word.text: word.attributes["short"] for word in lexicon.words["names_initials"]},
        digits={text: value for text, value in numerals.items() if value < 10},
        ten=next(text for text, value in numerals.items() if value == 10),
        rules={rule.name: rule.pattern for rule in lexicon.rules["names"]},
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
    asides = [] if grammar.rules["route"].search(name) else grammar.rules["aside"].findall(name)
    bare = _write_digits(grammar.rules["bracket"].sub("", name) or name, grammar)
    size = _find_size(bare, grammar)
    bare = bare[len(size) :]
    place, rest = _strip_place(bare, places)
    tail, sort, rest = _strip_tail(rest, grammar)
    head = _find_head(rest, grammar)
    core = rest[: len(rest) - len(head)]
    marks = tuple(sorted([*grammar.rules["marks"].findall(bare), *asides]))
    return Parts(place, core, head, grammar.common.get(head, ""), tail, sort, marks, size)


def reduce_core(core: str, grammar: Grammar) -> tuple[str, tuple[str, ...]]:
    """Return the core without the attributes that a short form may drop, and these."""
    return grammar.modifiers.sub("", core), tuple(grammar.modifiers.findall(core))


def count_specific(parts: Parts, grammar: Grammar) -> int:
    """Return how many characters of the core are no general word: none or one, and the name says only a kind."""
    return len(grammar.general.sub("", parts.core))


def _list_forms(place: Word, short: re.Pattern[str]) -> Iterator[str]:
    full = place.attributes["full"]
    yield from (place.text, full)
    if found := short.match(full):
        yield found["it"]


def _compile_words(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))))


def _write_digits(name: str, grammar: Grammar) -> str:
    """Return the name with numerals below a hundred that count something in digits: ``三十年`` is ``30年``."""

    def write(found: re.Match[str]) -> str:
        tens, ten, ones = found[0].rpartition(grammar.ten)
        return str((grammar.digits.get(tens, 1) * 10 if ten else 0) + grammar.digits.get(ones, 0))

    return grammar.rules["numeral"].sub(write, name)


def _find_size(name: str, grammar: Grammar) -> str:
    found = grammar.rules["size"].match(name)
    return found[0] if found and len(name) - found.end() > 2 else ""


def _strip_place(name: str, places: Mapping[str, str]) -> tuple[str, str]:
    place, rest = "", name
    while True:
        ends = range(min(len(rest) - 2, _LONGEST_PREFIX), 1, -1)
        end = next((end for end in ends if rest[:end] in places), 0)
        if not end:
            return place, rest
        place, rest = max(place, places[rest[:end]], key=len), rest[end:]


def _strip_tail(name: str, grammar: Grammar) -> tuple[str, str, str]:
    tail = sort = ""
    while True:
        found = _find_end(name, ("works", "weak"), grammar)
        if not found or len(name) - len(found) < 2:
            return tail, sort, name
        tail, sort, name = found + tail, sort or grammar.common[found], name[: -len(found)]


def _find_head(name: str, grammar: Grammar) -> str:
    if grammar.rules["not_a_head"].search(name):
        return ""
    head = _find_end(name, _HEADS, grammar) or (_find_end(name, ("place",), grammar) if len(name) > 2 else "")
    return head if len(head) < len(name) else ""


def _find_end(name: str, strengths: tuple[str, ...], grammar: Grammar) -> str:
    starts = range(max(len(name) - grammar.longest, 0), len(name))
    return next((name[at:] for at in starts if grammar.strength.get(name[at:]) in strengths), "")


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def _simplify(name: str) -> str:
    converted: str = _converter().convert(name)
    return converted
