"""Names by rule: items of clauses that have the shape of a name, with the type that their head gives.

The rules are in ``ontology/lexicon/mentions.toml``; this module only knows how to ask them. What they find is
weighed against the taggers in ``graph.extract.combine``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from graph.extract.clauses import Item
from graph.lexicon import Lexicon, Rule
from graph.model import EntityType, Sentence, Span

_LATIN = re.compile(r"[A-Za-z0-9#]")
_PROPER = frozenset({"ns", "nr", "nrt", "nrfg", "nt", "nz", "eng", "j"})


@dataclass(frozen=True, slots=True)
class Found:
    """A name that a rule sees: ``span`` in reading offsets, and how sure the rule is."""

    span: Span
    type: EntityType
    rule: str
    score: float


@dataclass(frozen=True, slots=True)
class NearMiss:
    """An item that has the shape a rule asks for, while ``unmet`` names what else it asks for and did not find."""

    span: Span
    rule: str
    unmet: str


def find_names(sentence: Sentence, items: Sequence[Item], lexicon: Lexicon) -> tuple[Found, ...]:
    """Return the names that rules see in a sentence, one a span, in reading order; they may overlap.

    Args:
        sentence: with its tokens.
        items: of its clauses, from :func:`graph.extract.clauses.find_items`.
        lexicon: its rules ``mentions``.
    """
    judged = {item: found for item in items if (found := _judge(sentence, item, lexicon))}
    judged |= {i: found for i in items if i not in judged and (found := _judge_sibling(sentence, i, judged, lexicon))}
    names = [*(_clip(f, items) for f in _search(sentence, lexicon)), *judged.values()]
    names += [inner for f in names for inner in find_inner(sentence, f.span, lexicon)]
    best: dict[Span, Found] = {}
    for one in sorted(names, key=lambda f: (f.span, -f.score)):
        best.setdefault(one.span, one)
    return tuple(best.values())


def find_near_misses(sentence: Sentence, items: Sequence[Item], lexicon: Lexicon) -> Iterator[NearMiss]:
    """Yield for each item that no rule takes the rules whose pattern it matches, and the condition that it fails.

    Args:
        sentence: with its tokens.
        items: of its clauses.
        lexicon: its rules ``mentions``.
    """
    for item in items:
        if _judge(sentence, item, lexicon):
            continue
        text = _read(sentence)[item.span.start : item.span.end]
        for rule in _choose_rules(text, lexicon):
            match = rule.pattern.search(text)
            if match and ("head" in match.re.groupindex or match["it"] != text):
                start, end = match.span("it")
                span = Span(item.span.start + start, item.span.start + end)
                unmet = rule.attributes["need"] if _type_of(rule, match, item, lexicon) else "type"
                yield NearMiss(span, rule.name, unmet)


@cache
def _sort_rules(lexicon: Lexicon) -> Mapping[str, tuple[Rule, ...]]:
    """Return the rules by what they look at: an ``item``, the whole ``sentence``, the ``start`` of a name.

    Those that look at an item and ask for no certain end of it are ``open``.
    """
    rules = lexicon.rules["mentions"]
    kinds = {
        where: tuple(rule for rule in rules if rule.attributes.get("where", "item") == where)
        for where in ("item", "sentence", "start")
    }
    return kinds | {"open": tuple(rule for rule in kinds["item"] if "ends" not in rule.attributes)}


def _choose_rules(text: str, lexicon: Lexicon) -> tuple[Rule, ...]:
    """Return the rules that an item may match, for most take long to find that it has no head."""
    return _sort_rules(lexicon)["item" if text.endswith(lexicon.texts("heads")) else "open"]


def _read(sentence: Sentence) -> str:
    """Return what rules match: the reading folded to simplified characters where it differs, of equal length."""
    return sentence.folded or sentence.text


def _search(sentence: Sentence, lexicon: Lexicon) -> Iterator[Found]:
    whole = Item(Span(0, len(_read(sentence))), "", "")
    for rule in _sort_rules(lexicon)["sentence"]:
        for match in rule.pattern.finditer(_read(sentence)):
            if found := _accept(sentence, whole, rule, match, lexicon):
                yield found


def _clip(found: Found, items: Sequence[Item]) -> Found:
    """Let a name found in the whole sentence begin where its item does: the verb in front is no part of it."""
    starts = [i.span.start for i in items if found.span.start < i.span.start < found.span.end - 2 <= i.span.end]
    return replace(found, span=Span(max(starts), found.span.end)) if starts else found


def _judge(sentence: Sentence, item: Item, lexicon: Lexicon) -> Found | None:
    text = _read(sentence)[item.span.start : item.span.end]
    for rule in _choose_rules(text, lexicon):
        match = rule.pattern.search(text) if _may_take(rule, item) else None
        if match and (found := _accept(sentence, item, rule, match, lexicon)):
            return found
    return None


def _may_take(rule: Rule, item: Item) -> bool:
    """Tell whether what stands around an item allows a rule to take it: most of them have no class and no mover."""
    if rule.attributes["type"] == "class":
        return bool(item.shared)
    return rule.attributes["need"] != "moves" or bool(item.following)


def _accept(sentence: Sentence, item: Item, rule: Rule, match: re.Match[str], lexicon: Lexicon) -> Found | None:
    type_ = _type_of(rule, match, item, lexicon)
    if not type_ or not _is_specific(sentence, item, rule, match, lexicon):
        return None
    start, end = match.span("it")
    span = Span(item.span.start + start, item.span.start + end)
    return Found(span, type_, rule.name, float(rule.attributes["score"]))


def _judge_sibling(sentence: Sentence, item: Item, judged: Mapping[Item, Found], lexicon: Lexicon) -> Found | None:
    """Return an item as a name because its neighbours in the enumeration are: they vouch that it is one."""
    siblings = [found for other, found in judged.items() if other.group == item.group]
    text = _read(sentence)[item.span.start : item.span.end]
    if not siblings or len(text) < 3 or len(text) > 16 or not _strip_generic(text, lexicon):
        return None
    for rule in _choose_rules(text, lexicon):
        match = rule.pattern.search(text) if rule.attributes["need"] == "specific" else None
        if match and "head" in match.re.groupindex and _strip_generic(match["it"].removesuffix(match["head"]), lexicon):
            return Found(item.span, rule.attributes["type"], "sibling", 0.55)
    if _has_proper(sentence, item.span.start, item.span.end):
        return Found(item.span, siblings[-1].type, "sibling", 0.5)
    return None


def find_inner(sentence: Sentence, span: Span, lexicon: Lexicon) -> Iterator[Found]:
    """Yield the institution, site or project with which a longer name begins: a thing of its own.

    Rule 4 of the guideline and its settled cases. Neither tagger gives a name inside another, so what they find
    is asked as well.

    Args:
        sentence: with its tokens.
        span: of the longer name, in reading offsets.
        lexicon: its rules ``mentions`` that look at the ``start`` of a name.
    """
    for rule in _sort_rules(lexicon)["start"]:
        match = rule.pattern.match(_read(sentence), span.start, span.end)
        if match and match.end("it") < span.end - 1 and _has_proper(sentence, *match.span("it")):
            yield Found(Span(*match.span("it")), rule.attributes["type"], rule.name, float(rule.attributes["score"]))


def _type_of(rule: Rule, match: re.Match[str], item: Item, lexicon: Lexicon) -> EntityType | None:
    wanted: EntityType | Literal["class", "head"] = rule.attributes["type"]
    if wanted == "class":
        return _read_types(lexicon, "classes").get(item.shared)
    if wanted == "head":
        types, head = _read_types(lexicon, "heads"), match["head"]
        return types.get(head) or next((types[word] for word in lexicon.texts("heads") if head.endswith(word)), None)
    return wanted


@cache
def _read_types(lexicon: Lexicon, name: str) -> dict[str, EntityType]:
    types: dict[str, EntityType] = {}
    for word in lexicon.words[name]:
        types.setdefault(word.text, word.attributes["type"])  # type: ignore[arg-type]
    return types


def _is_specific(sentence: Sentence, item: Item, rule: Rule, found: re.Match[str], lexicon: Lexicon) -> bool:
    need = rule.attributes["need"]
    if need == "governed":
        return bool(item.verb)
    if need == "moves":
        return item.following in lexicon.texts("movers") and _has_proper(sentence, item.span.start, item.span.end)
    if need == "place":
        return any(token.tag == "ns" and token.span == item.span for token in sentence.tokens)
    head = len(found["head"]) if "head" in found.re.groupindex else 0
    start, end = item.span.start + found.start("it"), item.span.start + found.end("it") - head
    label = _read(sentence)[start:end]
    if need == "won" and not item.verb.endswith(lexicon.texts("winning")):
        return False
    if need in ("specific", "won"):
        return _has_proper(sentence, start, end)
    return need != "two" or (len(label) >= 2 and bool(_strip_generic(label, lexicon)))


def _has_proper(sentence: Sentence, start: int, end: int) -> bool:
    if _LATIN.search(_read(sentence), start, end) or "“" in _read(sentence)[start:end]:
        return True
    return any(token.tag in _PROPER and token.span.start < end and token.span.end > start for token in sentence.tokens)


def _strip_generic(label: str, lexicon: Lexicon) -> str:
    words = lexicon.texts("generic")
    while label.startswith(words):
        label = label[len(next(word for word in words if label.startswith(word))) :]
    return label
