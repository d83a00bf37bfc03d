"""Papers that an office issues: its announcement or letter, minutes, an agreement.

The issuer speaks, or the parties do; in minutes nobody does. Where a clause asks an office (由……负责, 请……), or says
of one that it does or must do something, that one answers until the paragraph ends or the next is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from graph.lexicon import Lexicon
from graph.model import Role, Section, Sentence, Span, Speaker
from graph.read.claims import open_list
from graph.read.lines import Paragraph
from graph.read.naming import is_deictic, is_speaker, list_words
from graph.read.page import Page
from graph.read.sentences import cut_sentence, split_sentences
from graph.read.units import split_units
from graph.spans import cite

_HEAD = 4
_FORMS: tuple[tuple[str, Role], ...] = (("helpers", "support"), ("agreed", "responsible"))
_BOTH = 2


@dataclass(frozen=True, slots=True)
class Paper:
    """Who speaks in general, the parties by their letters, and whether only who must do something is told."""

    issuer: str = ""
    parties: Mapping[str, str] | None = None
    strict: bool = True


def find_paper(page: Page, lexicon: Lexicon) -> Paper | None:
    """Return what kind of paper a page is, by its title, or nothing."""
    rule = {one.name: one.pattern for one in lexicon.rules["orders"]}
    lines = [paragraph.text for paragraph in page.paragraphs[:_HEAD]]
    heads = [*lines[:2], *("\n".join(pair) for pair in pairwise(lines[:3]))]
    if any(rule["directive"].search(line) for line in lines):
        return Paper(strict=False)
    parties = {m["letter"]: m["it"] for p in page.paragraphs if (m := rule["party"].search(p.text))}
    if len(parties) >= _BOTH:
        return Paper(parties=parties)
    issued = next(
        (match for name in ("issued-by", "masthead", "plan") for head in heads if (match := rule[name].search(head))),
        None,
    )
    if issued:
        return Paper(issued["it"])
    letter = page.metadata.issuer if any(rule["letter"].search(line) for line in lines[:2]) else ""
    if not letter:
        return None
    own = rule["self"].search(page.text)
    return Paper(own["it"] if own and own["it"][:2] in letter else letter)


def read_orders(page: Page, paper: Paper, lexicon: Lexicon) -> Iterator[Section]:
    """Yield the sections of a paper, one a stretch of the same speakers."""
    parties = paper.parties or {}
    names = tuple(parties.values()) or ((paper.issuer,) if paper.issuer else ())
    general = tuple(Speaker(name, "pledger", None, "orders/issuer") for name in names)
    known: set[str] = set()
    article = general
    for paragraph in page.paragraphs:
        article = find_article(paragraph, parties, lexicon) or (article if is_item(paragraph, lexicon) else general)
        current, group = article, list[Sentence]()
        for piece in (
            piece for sentence in split_sentences(paragraph, lexicon) for piece in cut_pieces(sentence, lexicon)
        ):
            told = tuple(find_parties(page, piece, parties, lexicon)) or tuple(
                find_told(page, piece, paper, known, lexicon)
            )
            if told and told != current and group:
                yield _make_section(current, group)
                group = []
            current = told or current
            known |= {speaker.name for speaker in told}
            group.append(piece)
        yield _make_section(current, group)


def find_article(paragraph: Paragraph, parties: Mapping[str, str], lexicon: Lexicon) -> tuple[Speaker, ...]:
    """Return the party whose duties the heading of an article says to follow, if it does."""
    heading = lexicon.rule("orders", "party-article").pattern.search(paragraph.text)
    name = parties.get(heading["it"], "") if heading else ""
    return (Speaker(name, "pledger", None, "orders/party-article"),) if name else ()


def is_item(paragraph: Paragraph, lexicon: Lexicon) -> bool:
    """Tell whether a paragraph is numbered below an article's rank."""
    return lexicon.rule("orders", "item").pattern.match(paragraph.text) is not None


def cut_pieces(sentence: Sentence, lexicon: Lexicon) -> Iterator[Sentence]:
    """Yield the orders that a sentence puts side by side."""
    cuts = [match.start() for match in lexicon.rule("orders", "cut").pattern.finditer(sentence.text)]
    for start, end in pairwise((0, *cuts, len(sentence.text))):
        yield cut_sentence(sentence, start, end) if cuts else sentence


def find_parties(page: Page, piece: Sentence, parties: Mapping[str, str], lexicon: Lexicon) -> Iterator[Speaker]:
    """Yield the parties to an agreement whose letters stand at the head of a clause; both for 双方."""
    match = lexicon.rule("orders", "party-acts").pattern.search(piece.text) if parties else None
    if match:
        named = [letter for letter in parties if letter in match["it"]]
        for letter in named or parties:
            evidence = cite(page.name, page.text, piece.pieces, Span(*match.span("it")))
            yield Speaker(parties[letter], "pledger", evidence, "orders/party")


def find_told(page: Page, piece: Sentence, paper: Paper, known: set[str], lexicon: Lexicon) -> Iterator[Speaker]:
    """Yield the offices that a piece asks or names as leading and helping, else those that its subject is."""
    spans: list[tuple[Span, Role, str]] = []
    for form in ("told",) if paper.strict else ("told", "asked"):
        for match in lexicon.rule("orders", form).pattern.finditer(piece.text):
            span = open_list(piece, match.end(), lexicon.texts("orders_heads"), lexicon)
            if span and (not paper.strict or lexicon.rule("orders", "duty").pattern.match(piece.text[span.end :])):
                spans.append((span, "responsible", form))
    for form, role in _FORMS:
        for match in lexicon.rule("orders", form).pattern.finditer(piece.text):
            spans.append((Span(*match.span("it")), role, form))
    subject = find_subject(piece, paper, known, lexicon)
    if subject and not any(form in ("told", "asked", "agreed") for _, _, form in spans):
        spans.insert(0, (subject, "responsible", "subject"))
    seen: set[str] = set()
    for span, role, form in spans:
        for name, at in list_names(piece, span, lexicon):
            if name not in seen:
                seen.add(name)
                yield Speaker(name, role, cite(page.name, page.text, piece.pieces, at), f"orders/{form}")


def find_subject(piece: Sentence, paper: Paper, known: set[str], lexicon: Lexicon) -> Span | None:
    """Return the offices that open a piece, if they must do it, or any verb follows where nobody else speaks."""
    before = lexicon.rule("orders", "number").pattern.match(piece.text)
    span = open_list(piece, before.end() if before else 0, lexicon.texts("orders_heads"), lexicon)
    if span is None:
        return None
    must = lexicon.rule("orders", "must").pattern.match(piece.text[span.end :])
    return span if must or not paper.strict or piece.text[span.start : span.end] in known else None


def list_names(piece: Sentence, span: Span, lexicon: Lexicon) -> Iterator[tuple[str, Span]]:
    """Yield the names in a list of offices, each with its place; who stands for one that was named is left out."""
    joint, each = (lexicon.rule("orders", form).pattern for form in ("joint", "each"))
    units = joint.sub(lambda match: "、" * len(match.group()), piece.text[span.start : span.end])
    for start, end in split_units(units, (), lexicon):
        name, at = units[start:end], Span(span.start + start, span.start + end)
        words = list_words(piece, at)
        verb = bool(words) and words[0].tag == "v" and len(words) > 1
        if each.match(name) or (is_speaker(name, lexicon) and not is_deictic(name, lexicon) and not verb):
            yield name, at


def _make_section(speakers: Sequence[Speaker], sentences: Sequence[Sentence]) -> Section:
    rule = speakers[0].rule if speakers else "nobody"
    return Section(tuple(speakers), tuple(sentences), "", "year", rule)
