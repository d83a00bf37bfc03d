"""Names by rule: items of clauses that have the shape of a name, with the type that their head gives.

The first recogniser of two (``tagger`` is the other); both have the signature of :func:`find_mentions`.
The rules are in ``ontology/lexicon/mentions.toml``; this module only knows how to ask them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.extract.clauses import Item, find_items
from graph.lexicon import Lexicon, Rule
from graph.model import Document, EntityType, Mention, Sentence, Span
from graph.spans import cite, is_unbroken

_MARKS = re.compile(r"[\s“”‘’「」『』《》〈〉\"']")
_LATIN = re.compile(r"[A-Za-z0-9#]")
_PROPER = frozenset({"ns", "nr", "nrt", "nrfg", "nt", "nz", "eng", "j"})


def find_mentions(
    document: Document, sentences: tuple[Sentence, ...], lexicon: Lexicon
) -> tuple[tuple[Mention, ...], ...]:
    """Return the names of each sentence, in reading order.

    Args:
        document: where the sentences stand; evidence points into its text.
        sentences: with their tokens.
        lexicon: its rules ``mentions`` and ``clauses``.
    """
    return tuple(tuple(_find(document, sentence, lexicon)) for sentence in sentences)


def _find(document: Document, sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    seen: set[Span] = set()
    for item in find_items(sentence, lexicon):
        for span, type_, rule, score in _judge(sentence, item, lexicon):
            evidence = cite(document.name, document.text, sentence.pieces, span)
            name = _MARKS.sub("", sentence.text[span.start : span.end])
            if span not in seen and len(name) >= 2 and is_unbroken(document.text, evidence.pieces):
                seen.add(span)
                yield Mention(name, type_, evidence, rule, score)


def _judge(sentence: Sentence, item: Item, lexicon: Lexicon) -> Iterator[tuple[Span, EntityType, str, float]]:
    text = sentence.text[item.span.start : item.span.end]
    for rule in lexicon.rules["mentions"]:
        found = rule.pattern.search(text)
        if not found:
            continue
        type_ = _type_of(rule, found, item, lexicon)
        if type_ and _is_specific(sentence, item, rule, found, lexicon):
            start, end = found.span("it")
            yield (
                Span(item.span.start + start, item.span.start + end),
                type_,
                rule.name,
                float(rule.attributes["score"]),
            )
            return


def _type_of(rule: Rule, found: re.Match[str], item: Item, lexicon: Lexicon) -> EntityType | None:
    wanted = rule.attributes["type"]
    if wanted == "class":
        wanted = next((w.attributes["type"] for w in lexicon.words["classes"] if w.text == item.shared), None)
    elif wanted == "head":
        wanted = next(w.attributes["type"] for w in lexicon.words["heads"] if w.text == found["head"])
    return wanted  # type: ignore[no-any-return]


def _is_specific(sentence: Sentence, item: Item, rule: Rule, found: re.Match[str], lexicon: Lexicon) -> bool:
    need = rule.attributes["need"]
    if need == "governed":
        return bool(item.verb)
    if need == "place":
        return any(token.tag == "ns" and token.span == item.span for token in sentence.tokens)
    head = len(found["head"]) if "head" in found.re.groupindex else 0
    start, end = item.span.start + found.start("it"), item.span.start + found.end("it") - head
    label = sentence.text[start:end]
    if need == "specific":
        return _has_proper(sentence, start, end)
    return need != "two" or (len(label) >= 2 and bool(_strip_generic(label, lexicon)))


def _has_proper(sentence: Sentence, start: int, end: int) -> bool:
    if _LATIN.search(sentence.text, start, end) or "“" in sentence.text[start:end]:
        return True
    return any(token.tag in _PROPER and token.span.start < end and token.span.end > start for token in sentence.tokens)


def _strip_generic(label: str, lexicon: Lexicon) -> str:
    words = lexicon.texts("generic")
    while cut := next((word for word in words if label.startswith(word)), ""):
        label = label[len(cut) :]
    return label
