"""The subject of a clause in running text: who holds an office, or the office or company that does something.

A clause is read as *opening, subject, filler, verb*: 今后五年, 云溪市水务局局长王某某, 在会上, 表示.
The patterns of each part are rules of ``ontology/lexicon/claims.toml``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from graph.lexicon import Lexicon
from graph.model import Sentence, Span, Token
from graph.read.naming import (
    LONGEST,
    Name,
    find_name,
    has_head,
    is_region,
    is_speaker,
    is_whole,
    list_words,
    skip_modifier,
    trim_name,
)

_PERSON = 4
_NO_PERSON = "xpcdruf"
_VERBAL = "vdpcubat"
_NOUNS = ("vn", "ul")
_ROW = "、"


@dataclass(frozen=True, slots=True)
class Holder:
    """An office-holder: the office or what stands for it (局, 市 or several heads), and the person, if named."""

    office: Name
    person: str
    end: int


def split_clauses(sentence: Sentence, lexicon: Lexicon) -> Iterator[Span]:
    """Yield the clauses of a sentence without what stands before their subjects."""
    for match in lexicon.rule("claims", "clause").pattern.finditer(sentence.text):
        start = match.start() + skip_opening(match.group(), lexicon)
        if start < match.end():
            yield Span(start, match.end())


def skip_opening(text: str, lexicon: Lexicon) -> int:
    """Return how much of a clause stands before its subject: by-lines, datelines, times, connecting words."""
    before = lexicon.rule("claims", "opening").pattern.match(text)
    return before.end() if before else 0


def find_speaker(sentence: Sentence, span: Span, lexicon: Lexicon) -> Holder | None:
    """Return the first office-holder in a clause: of titles in a row the last, which the person follows."""
    first = None
    for holder in find_holders(sentence, span, lexicon):
        if first and _ROW not in sentence.text[first.end - 1 : first.end + 1]:
            break
        first = holder
        if holder.person:
            break
    return first


def find_holders(sentence: Sentence, span: Span, lexicon: Lexicon) -> Iterator[Holder]:
    """Yield the office-holders in a clause, in the order of their place."""
    text, start = sentence.text, span.start
    for match in lexicon.rule("claims", "title").pattern.finditer(text, span.start, span.end):
        begin = max(start, text.rfind(_ROW, start, match.start()) + 1)
        office = find_office(sentence, Span(begin, match.start()), match.group(), lexicon)
        row = match.group().endswith(_ROW)
        person = "" if row else read_person(sentence, Span(match.end(), span.end), lexicon)
        start = match.end() + len(person)
        if office:
            yield Holder(office, person, start)


def find_office(sentence: Sentence, span: Span, titles: str, lexicon: Lexicon) -> Name | None:
    """Return the office of a title with the words before it, the heads it stands for if there are none, or nothing."""
    last = lexicon.rule("claims", "chief").pattern.search(titles)
    if last is None:
        return None
    word = next(word for word in lexicon.words["titles"] if word.text == last["it"])
    kind, heads = word.attributes["kind"], word.attributes["heads"]
    if span.start >= span.end:
        return Name(heads, span) if heads else None
    name = find_name(sentence, span, lexicon)
    second = _ROW in titles and kind in ("chief", "party")
    if second and name and is_region(name.text, lexicon) and name.text[-1] != heads[0]:
        return Name(heads, span)
    if name and not name.region:
        return _add_party(sentence, name, titles, lexicon)
    return complete_office(sentence, span, (kind, heads, titles), lexicon)


def _add_party(sentence: Sentence, name: Name, titles: str, lexicon: Lexicon) -> Name:
    """Return a zone's party committee for its secretary."""
    party = lexicon.rule("claims", "working-committee").pattern.match(titles)
    end = name.span.end + (party.end() if party and is_region(name.text, lexicon) else 0)
    return Name(sentence.text[name.span.start : end], Span(name.span.start, end))


def complete_office(sentence: Sentence, span: Span, title: tuple[str, str, str], lexicon: Lexicon) -> Name | None:
    """Return the office that words and a title make together: 云溪 + 市长, 市公路 + 局长, 松云重工 + 董事长.

    Args:
        sentence: where they stand.
        span: the words before the title.
        title: its kind, its heads, and the titles as they stand.
        lexicon: the rules of names.
    """
    kind, heads, titles = title
    start = span.start + skip_modifier(sentence.text[span.start : span.end], lexicon)
    words = trim_name(sentence, Span(start, span.end), lexicon)
    site = lexicon.rule("claims", "site").pattern.search(words.text)
    if site and kind in ("company", "any"):
        full = site["it"]
    elif kind in ("chief", "party"):
        full = words.text if words.text.endswith(heads) else words.text + heads
    elif kind == "company" or (kind == "office" and words.text.endswith(titles[0])):
        full = words.text
    else:
        full = words.text + titles[0] if kind == "office" and has_head(words.text + titles[0], lexicon) else ""
    start = words.span.start
    place = Span(start, start + len(full))
    good = is_speaker(full, lexicon) and sentence.text.startswith(full, start) and len(full) <= LONGEST
    return Name(full, place) if good and is_whole(list_words(sentence, place)) else None


def read_person(sentence: Sentence, span: Span, lexicon: Lexicon) -> str:
    """Return the name of the person with which a stretch begins: its words up to four characters."""
    text = ""
    says = lexicon.rule("claims", "says").pattern
    for word in list_words(sentence, span):
        if word.span.start != span.start + len(text) or len(text + word.text) > _PERSON:
            break
        if len(text) > 1 and word.tag != "nr":
            break
        surname = not text and lexicon.rule("claims", "surname").pattern.match(word.text)
        if (word.tag[0] in _NO_PERSON and not surname) or says.match(sentence.text, word.span.start):
            break
        text += word.text
    return text if len(text) > 1 else ""


def is_verbal(word: Token) -> bool:
    """Tell whether a word can follow the subject of a clause: a verb, or what stands before one."""
    return word.tag[0] in _VERBAL and word.tag not in _NOUNS


def find_opener(sentence: Sentence, span: Span, lexicon: Lexicon) -> Name | None:
    """Return the office or company that opens a clause, whatever it does: a verb, or a word before one, follows."""
    text = sentence.text[span.start : span.end]
    opened = lexicon.rule("claims", "opened").pattern.match(text)
    ends = [span.start + opened.end("it")] if opened else []
    modified = bool(skip_modifier(text, lexicon))
    words = list_words(sentence, span)
    for word, after in zip_longest(words, words[1:]):
        verb = modified if after is None else is_verbal(after)
        if verb and has_head(text[: word.span.end - span.start], lexicon):
            ends.append(word.span.end)
    for end in ends:
        name = find_name(sentence, Span(span.start, end), lexicon)
        if name and not name.region and not name.led and not is_region(name.text, lexicon):
            tells = lexicon.rule("claims", "describes").pattern.match(sentence.text, end)
            return None if tells else name
    return None
