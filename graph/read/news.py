"""News about projects: the speaker is the office, government or company that says it, or is said to do it.

Each piece of news has one who speaks in general (``graph.read.casting``). A sentence in which another one
takes the word is that one's, until the paragraph ends or the first speaks again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from graph.lexicon import Lexicon
from graph.model import Evidence, Section, Sentence, Span, Speaker
from graph.read.casting import Cast, Line, Voice, cast_item, find_partners, find_voices
from graph.read.claims import find_claims
from graph.read.lines import Paragraph
from graph.read.page import Page
from graph.read.sentences import cut_sentence, split_sentences
from graph.spans import cite


def read_news(page: Page, lexicon: Lexicon) -> Iterator[Section]:
    """Yield the sections of each piece of news in the page."""
    for paragraphs in split_items(page, lexicon):
        lines = tuple(read_lines(paragraphs, lexicon))
        if lines:
            yield from read_item(page, lines, lexicon)


def split_items(page: Page, lexicon: Lexicon) -> Iterator[list[Paragraph]]:
    """Yield the paragraphs of each piece of news, lines about the page itself left out."""
    imprint = lexicon.rule("news", "imprint").pattern
    headline = lexicon.rule("news", "headline").pattern
    group: list[Paragraph] = []
    for paragraph in page.paragraphs:
        if imprint.search(paragraph.raw):
            continue
        if headline.match(paragraph.raw) and group:
            yield group
            group = []
        group.append(paragraph)
    if group:
        yield group


def read_lines(paragraphs: Sequence[Paragraph], lexicon: Lexicon) -> Iterator[Line]:
    """Yield the sentences with what each of them claims."""
    for number, paragraph in enumerate(paragraphs):
        for sentence in split_sentences(paragraph, lexicon):
            yield Line(sentence, find_claims(sentence, lexicon), number)


def read_item(page: Page, lines: Sequence[Line], lexicon: Lexicon) -> Iterator[Section]:
    """Yield one piece of news as sections, one a stretch of the same speakers, and those of the builders it names."""
    title = lines[0].sentence.text[:60]
    cast = cast_item(title, lines, lexicon)
    spoken = list(zip(lines, hear_lines(lines, cast, lexicon), strict=True))
    for voices, group in groupby(spoken, key=lambda pair: pair[1]):
        sentences = tuple(line.sentence for line, _ in group)
        yield _make_section(page, voices, sentences, lines, title)
    for line in lines:
        for voice, sentence in find_agents(line, lexicon):
            yield _make_section(page, (voice,), (sentence,), lines, title)


def hear_lines(lines: Sequence[Line], cast: Cast, lexicon: Lexicon) -> Iterator[tuple[Voice, ...]]:
    """Yield who has the word in each line; a paragraph begins with the main speaker."""
    goes_on = lexicon.rule("news", "goes-on").pattern
    text = "\n".join(line.sentence.text for line in lines)
    main = (Voice(cast.main, cast.rule),) if cast.main else ()
    current: tuple[Voice, ...] = main
    beside: tuple[Voice, ...] = ()
    paragraph = -1
    for line in lines:
        current = current if line.paragraph == paragraph else main
        paragraph = line.paragraph
        current = find_voices(line, cast, current, text, lexicon)
        if not goes_on.match(line.sentence.text):
            beside = tuple(find_partners(line, cast, text, lexicon))
        names = {voice.name for voice in current}
        yield (*current, *(voice for voice in beside if voice.name not in names))


def find_agents(line: Line, lexicon: Lexicon) -> Iterator[tuple[Voice, Sentence]]:
    """Yield each builder or investor with the stretch of the sentence that says what it builds."""
    agents = [claim for claim in line.claims if claim.kind == "agent"]
    starts = sorted({claim.span.start for claim in agents})
    text = line.sentence.text
    for claim in agents:
        after = [start for start in starts if start > claim.span.end + 1]
        stop = lexicon.rule("news", "stop").pattern.search(text, claim.span.end)
        end = min([*after[:1], stop.start() if stop else len(text)])
        yield Voice(claim.name, claim.rule), cut_sentence(line.sentence, claim.span.start, end)


def _make_section(
    page: Page, voices: Sequence[Voice], sentences: tuple[Sentence, ...], lines: Sequence[Line], title: str
) -> Section:
    speakers = tuple(Speaker(v.name, "pledger", find_evidence(page, v.name, lines), v.rule) for v in voices)
    return Section(speakers, sentences, title, "year", speakers[0].rule if speakers else "nobody")


def find_evidence(page: Page, name: str, lines: Sequence[Line]) -> Evidence | None:
    """Return where a piece of news first names a speaker."""
    for line in lines:
        start = line.sentence.text.find(name)
        if start >= 0:
            return cite(page.name, page.text, line.sentence.pieces, Span(start, start + len(name)))
    return None
