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
from graph.read.speakers import OPENINGS, Office, find_fuller_name, find_offices
from graph.read.tokens import tag_words
from graph.spans import join_pieces, locate

_TITLE_LENGTH = 28
_SIGNATURE = "newspaper/signature"
_SAID = 60


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
    below = sign_below(page.paragraphs, offices, lexicon)
    for number, (paragraph, office) in enumerate(zip(page.paragraphs, offices, strict=True)):
        note = lexicon.rule("newspaper", "note").pattern.search(paragraph.text)
        signer = find_signer(page, paragraph, lexicon)
        if office and number in below:
            signer = name_speaker(page, office[0], "pledger", office[1], _SIGNATURE)
        if signer:
            body = () if signer.rule == _SIGNATURE else (trim_markup(paragraph, page.text, lexicon),)
            yield Column(signer, signer.name, (*column.paragraphs, *body))
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


def sign_below(paragraphs: Sequence[Paragraph], offices: Sequence[Office | None], lexicon: Lexicon) -> frozenset[int]:
    """Return which lines name the office of what stands above them: those behind a dash, if text begins before the
    first and none comes after the last."""
    dash = lexicon.rule("newspaper", "dash").pattern
    named = [
        n for n, (one, office) in enumerate(zip(paragraphs, offices, strict=True)) if office and dash.match(one.raw)
    ]
    closed = lexicon.rule("lines", "closed").pattern
    said = [n for n, one in enumerate(paragraphs) if len(one.text) >= _SAID and closed.search(one.text)]
    behind = len(named) > 1 and said and said[0] < named[0] and said[-1] < named[-1]
    return frozenset(named if behind else ())


def find_signer(page: Page, paragraph: Paragraph, lexicon: Lexicon) -> Speaker | None:
    """Return who signs what stands above, in a line of its own or at the end of the last one."""
    line = lexicon.rule("newspaper", "signature").pattern.search(paragraph.raw)
    if line:
        start = paragraph.span.start
        span = Span(start + line.start("it"), start + line.end("it"))
        return name_speaker(page, "".join(line["it"].split()), "pledger", span, _SIGNATURE)
    end = lexicon.rule("speakers", "signed-behind").pattern.search(paragraph.text)
    if not end:
        return None
    pieces = locate(paragraph.pieces, Span(*end.span("it")))
    return name_speaker(page, end["it"], "pledger", Span(pieces[0].start, pieces[-1].end), "newspaper/signed-behind")


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
