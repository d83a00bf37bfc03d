"""Where a name begins and ends in running text: an office, a company, a region, or what stands for one.

A pattern or a verb says where a name ends; the tagger's words say where it can begin, the word lists
(``claims_heads``, ``claims_firms``) whether it is one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from graph.lexicon import Lexicon
from graph.model import Sentence, Span, Token

LONGEST = 34
"""The most characters that a name has."""

_OUTSIDE = "trdcpuyexow"
_BREAKS = "pdu"
_PLACES = ("ns", "nt", "nz")


@dataclass(frozen=True, slots=True)
class Name:
    """A name in reading offsets.

    ``region`` if only the tagger says that it is one; ``led`` if a verb or a preposition stands before it, whose
    object it may be.
    """

    text: str
    span: Span
    region: bool = False
    led: bool = False


def is_speaker(name: str, lexicon: Lexicon) -> bool:
    """Tell whether a name can be that of somebody who pledges."""
    nobody = (lexicon.rule("claims", "nobody").pattern, lexicon.rule("speakers", "not-a-name").pattern)
    return len(name) > 1 and not any(pattern.search(name) for pattern in nobody)


def is_region(name: str, lexicon: Lexicon) -> bool:
    """Tell whether a name ends like that of a region."""
    return name.endswith(lexicon.texts("claims_heads", kind="region"))


def is_office(name: str, lexicon: Lexicon) -> bool:
    """Tell whether a name is that of a public office."""
    return any(name.endswith(lexicon.texts("claims_heads", kind=kind)) for kind in ("bureau", "government", "party"))


def is_deictic(name: str, lexicon: Lexicon) -> bool:
    """Tell whether words stand for somebody who was named: 全市, 该公司, or the heads of a bare title."""
    rules = (lexicon.rule("claims", rule).pattern for rule in ("level", "stand-in"))
    return "|" in name or any(pattern.search(name) for pattern in rules)


def has_head(name: str, lexicon: Lexicon) -> bool:
    """Tell whether a name ends with a word for an office, a region, a company, or a company's trade."""
    if name.endswith(lexicon.texts("claims_heads")):
        return True
    trade = name.endswith(lexicon.texts("claims_firms"))
    return trade and lexicon.rule("claims", "firm").pattern.search(name) is not None


def find_name(sentence: Sentence, span: Span, lexicon: Lexicon, known: Collection[str] = ()) -> Name | None:
    """Return the name that a stretch of a clause ends with, or nothing: a number of somebody (九家企业) is nobody.

    Args:
        sentence: its words give the borders.
        span: the stretch, in reading offsets.
        lexicon: the rules of names.
        known: names that are believed though they have no head.
    """
    text = sentence.text
    if lexicon.rule("claims", "counted").pattern.search(text[span.start : span.end]):
        return None
    partner = lexicon.rule("claims", "partner").pattern.search(text[span.start : span.end])
    span = Span(span.start, span.start + partner.start() if partner else span.end)
    start = span.start + skip_modifier(text[span.start : span.end], lexicon)
    office = lexicon.rule("claims", "department").pattern.match(text, start, span.end)
    span = Span(start, office.end("it") if office else span.end)
    if is_deictic(text[span.start : span.end], lexicon):
        return Name(text[span.start : span.end], span)
    name = trim_name(sentence, span, lexicon)
    if is_deictic(name.text, lexicon):
        return name
    words = list_words(sentence, name.span)
    named = name.text in known or (has_head(name.text, lexicon) and sum(word.tag == "v" for word in words) < 2)
    region = not named and len(words) == 1 and words[0].tag == "ns"
    good = (named or region) and len(name.text) <= LONGEST and is_whole(words) and is_speaker(name.text, lexicon)
    return replace(name, region=region) if good else None


def find_names(sentence: Sentence, span: Span, lexicon: Lexicon, known: Collection[str] = ()) -> list[Name]:
    """Return the names of a list; its last part must be one."""
    text = sentence.text[span.start : span.end]
    parts = (part.span("it") for part in lexicon.rule("claims", "name").pattern.finditer(text))
    spans = [Span(span.start + start, span.start + end) for start, end in parts]
    spans = drop_modifying(text, span.start, spans, lexicon)
    found = [find_name(sentence, part, lexicon, known) for part in spans]
    return [name for name in found if name] if found and found[-1] else []


def drop_modifying(text: str, start: int, spans: list[Span], lexicon: Lexicon) -> list[Span]:
    """Return the parts of a list without those that only tell which the last one is: 甲县、乙县境内的某集团."""
    parts = [text[part.start - start : part.end - start] for part in spans]
    alone = len(parts) > 1 and skip_modifier(parts[-1], lexicon) and not skip_modifier(parts[0], lexicon)
    return spans[-1:] if alone else spans


def skip_modifier(text: str, lexicon: Lexicon) -> int:
    """Return how much of a text tells which one is meant: 承担……的 before a company's name."""
    before = lexicon.rule("claims", "modifier").pattern.match(text)
    return before.end() if before else 0


def trim_name(sentence: Sentence, span: Span, lexicon: Lexicon) -> Name:
    """Return a name without the words before it that can't begin one, and without the regions above its own."""
    words = list_words(sentence, span)
    start, led = span.start, False
    for word, after in pairwise(words):
        if word.span.start != start or not _is_outside(word, after, span.end, lexicon):
            break
        start, led = word.span.end, word.tag[0] in "vp"
    start = pass_regions(sentence.text, Span(start, span.end), words, lexicon)
    return Name(sentence.text[start : span.end], Span(start, span.end), led=led)


def _is_outside(word: Token, after: Token, end: int, lexicon: Lexicon) -> bool:
    """Tell whether a word stands before a name: no noun, or a verb before a region (配合 + 云溪铁路局)."""
    if word.tag == "v":
        level = after.text[0] in lexicon.texts("claims_heads", kind="region") and after.span.start + 1 < end
        return after.tag in _PLACES or level
    return word.tag[0] in _OUTSIDE or (word.tag[0] == "m" and after.tag[0] in "qm")


def pass_regions(text: str, span: Span, words: Sequence[Token], lexicon: Lexicon) -> int:
    """Return where the name of an office or a region begins behind the regions above it: 云溪省 + 东湾县水务局."""
    name = text[span.start : span.end]
    if not (is_office(name, lexicon) or is_region(name, lexicon)):
        return span.start
    before = lexicon.rule("claims", "above").pattern.match(name)
    start = span.start + (before.end() if before else 0)
    own = any(word.span.start == start and word.tag == "ns" for word in words)
    return start if own else span.start


def list_words(sentence: Sentence, span: Span) -> Sequence[Token]:
    """Return the words that begin in a stretch."""
    first = bisect_left(sentence.tokens, span.start, key=lambda token: token.span.start)
    last = bisect_left(sentence.tokens, span.end, key=lambda token: token.span.start)
    return sentence.tokens[first:last]


def is_whole(words: Sequence[Token]) -> bool:
    """Tell whether no word between the first and the last breaks a name: a preposition, an adverb, a particle."""
    return not any(word.tag[0] in _BREAKS for word in words[1:-1])


def is_bare(words: Sequence[Token]) -> bool:
    """Tell whether words can be a company's name without a head: nouns and names, and a verb at most."""
    return bool(words) and not any(word.tag[0] in "pdurtmxcf" for word in words)


def complete_head(sentence: Sentence, name: Name, lexicon: Lexicon) -> Name:
    """Return a name with the rest of its head, where a pattern took a shorter one: 管委 + 会."""
    heads = lexicon.texts("claims_heads")
    for more in (1, 2):
        longer = sentence.text[name.span.start : name.span.end + more]
        if any(longer.endswith(head) and len(head) > more for head in heads):
            return replace(name, text=longer, span=Span(name.span.start, name.span.end + more))
    return name
