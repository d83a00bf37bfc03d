"""Newspaper compilations: many offices on one page, scanned column by column.

A heading that is the name of an office opens its column of the page. A sentence broken by a column's end
goes on in the next paragraph of the same office; where another office's heading comes first, its rest is an
*orphan* further down, which ``graph.read.orphans`` brings home.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from graph.lexicon import Lexicon
from graph.model import Section, Span, Speaker
from graph.read.lines import Paragraph, join_paragraphs
from graph.read.orphans import bring_home, cuts_word
from graph.read.page import Page, make_section, name_speaker
from graph.read.signatures import find_signatures
from graph.read.speakers import OPENINGS, find_fuller_name, find_offices
from graph.read.tokens import tag_words
from graph.spans import join_pieces

_TITLE_LENGTH = 28


@dataclass(frozen=True, slots=True)
class Column:
    """A heading and what stands under it until the next one; ``speaker`` is missing under editors' notes."""

    speaker: Speaker | None
    heading: str
    paragraphs: tuple[Paragraph, ...]


def read_compilation(page: Page, lexicon: Lexicon) -> Iterator[Section]:
    """Yield one section a heading, in the order of the page, broken sentences made whole."""
    columns = [mend_column(column, lexicon) for column in split_columns(page, lexicon)]
    bodies = [column.paragraphs for column in columns]
    spoken = [column.speaker is not None for column in columns]
    for column, paragraphs in zip(columns, bring_home(bodies, spoken, lexicon), strict=True):
        speakers = [column.speaker] if column.speaker else []
        if paragraphs or speakers:
            yield make_section(_name_fully(speakers, paragraphs, lexicon), paragraphs, lexicon, column.heading)


def split_columns(page: Page, lexicon: Lexicon) -> Iterator[Column]:
    """Yield the page cut at its headings; captions, by-lines and dates stand in columns of nobody."""
    column = Column(None, "", ())
    asides: list[Paragraph] = []
    offices = find_offices(page.paragraphs, lexicon)
    signed = find_signatures(page, offices, lexicon)
    for paragraph, office, signature in zip(page.paragraphs, offices, signed, strict=True):
        note = lexicon.rule("newspaper", "note").pattern.search(paragraph.text)
        if signature:
            last = () if signature.alone else (trim_markup(paragraph, page.text, lexicon),)
            yield Column(signature.speaker, signature.speaker.name, (*column.paragraphs, *last))
            column = Column(None, "", ())
        elif office or note:
            yield column
            if office:
                name, span, rule = office
                speaker = name_speaker(page, name, "pledger", span, f"newspaper/{rule}")
                line_end = paragraph.span.start + len(paragraph.raw)
                rest = cut_head(paragraph, span.end if rule in OPENINGS else line_end)
                column = Column(speaker, name, (rest,) if rest.text else ())
            else:
                column = Column(None, paragraph.text, ())
        elif lexicon.rule("newspaper", "aside").pattern.search(paragraph.text):
            asides.append(paragraph)
        else:
            column = replace(column, paragraphs=(*column.paragraphs, trim_markup(paragraph, page.text, lexicon)))
    yield column
    if asides:
        yield Column(None, "", tuple(asides))


def mend_column(column: Column, lexicon: Lexicon) -> Column:
    """Join each paragraph that is broken off to the one that continues it."""
    mended: list[Paragraph] = []
    for paragraph in column.paragraphs:
        if mended and goes_on(mended[-1], paragraph, lexicon):
            mended.append(join_paragraphs(mended.pop(), paragraph))
        else:
            mended.append(paragraph)
    return replace(column, paragraphs=tuple(mended))


def goes_on(paragraph: Paragraph, after: Paragraph, lexicon: Lexicon) -> bool:
    """Tell whether a paragraph goes on in the one after it; a short line does if a word is cut between them."""
    if after.raw.startswith("#") or paragraph.raw.startswith("#"):
        return False
    if is_broken(paragraph, lexicon):
        return True
    closed = lexicon.rule("lines", "closed").pattern.search(paragraph.text)
    alone = len(tag_words(paragraph.text[-8:])[-1].text) == 1
    return not closed and alone and cuts_word(paragraph.text, after.text)


def is_broken(paragraph: Paragraph, lexicon: Lexicon) -> bool:
    """Tell whether a paragraph stops in the middle of a sentence; a title is never broken."""
    closed = lexicon.rule("lines", "closed").pattern
    title = is_title(paragraph) and not lexicon.rule("sentences", "end").pattern.search(paragraph.text)
    return not title and not closed.search(paragraph.text)


def is_title(paragraph: Paragraph) -> bool:
    """Tell whether a paragraph is a marked heading, or a short line; one that ends a sentence is not asked."""
    return paragraph.raw.startswith("#") or len(paragraph.text) <= _TITLE_LENGTH


def cut_head(paragraph: Paragraph, end: int) -> Paragraph:
    """Return the paragraph from the document offset ``end`` on."""
    pieces = tuple(Span(max(p.start, end), p.end) for p in paragraph.pieces if p.end > end)
    dropped = sum(p.end - p.start for p in paragraph.pieces) - sum(p.end - p.start for p in pieces)
    return Paragraph(paragraph.text[dropped:], pieces, paragraph.raw, Span(end, paragraph.span.end))


def trim_markup(paragraph: Paragraph, text: str, lexicon: Lexicon) -> Paragraph:
    """Return the paragraph without the marks of a heading in front of it; ``raw`` keeps them."""
    marks = lexicon.rule("newspaper", "markup").pattern.match(paragraph.raw)
    if not marks or not marks.end():
        return paragraph
    cut = cut_head(paragraph, paragraph.span.start + marks.end())
    return replace(cut, text=join_pieces(text, cut.pieces))


def _name_fully(speakers: Sequence[Speaker], paragraphs: Sequence[Paragraph], lexicon: Lexicon) -> tuple[Speaker, ...]:
    return tuple(replace(s, name=find_fuller_name(s.name, [p.text for p in paragraphs], lexicon)) for s in speakers)
