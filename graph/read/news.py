"""News about projects: the speaker is the office, government or company that says it, or is said to do it.

Each piece of news has one who speaks in general (``graph.read.casting``). A sentence in which another one
takes the word is that one's, until the paragraph ends or the first speaks again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, groupby, pairwise, repeat

from graph.lexicon import Lexicon
from graph.model import Evidence, Section, Sentence, Span, Speaker
from graph.read.casting import Voice, cast_item
from graph.read.claims import Claim, Line, find_claims, find_people, find_turns
from graph.read.clauses import find_speaker, split_clauses
from graph.read.lines import Paragraph
from graph.read.page import Page
from graph.read.sentences import cut_sentence, split_sentences
from graph.read.voices import hear_lines
from graph.spans import cite

_HEAD = 5
_HEADLINE = 44


def read_news(page: Page, lexicon: Lexicon) -> Iterator[Section]:
    """Yield the sections of each piece of news in the page."""
    for paragraphs in split_items(page, lexicon):
        lines = tuple(read_lines(paragraphs, lexicon))
        if lines:
            yield from read_item(page, lines, lexicon)


def split_items(page: Page, lexicon: Lexicon) -> Iterator[list[Paragraph]]:
    """Yield the paragraphs of each piece of news, lines about the page itself left out."""
    imprint = lexicon.rule("news", "imprint").pattern
    kept = [paragraph for paragraph in page.paragraphs if not imprint.search(paragraph.raw)]
    heads = find_headlines(kept, lexicon)
    group: list[Paragraph] = []
    for number, paragraph in enumerate(kept):
        if number in heads and group:
            yield group
            group = []
        group.append(paragraph)
    if group:
        yield group


def find_headlines(paragraphs: Sequence[Paragraph], lexicon: Lexicon) -> set[int]:
    """Return which paragraphs begin a piece of news: marked headings, and lines above a dateline if there are two.

    So do the headings of a tour (松桥：山城换新颜), if there are two whose region the text names in full.
    """
    headline, dateline = (lexicon.rule("news", rule).pattern for rule in ("headline", "dateline"))
    closed = lexicon.rule("lines", "closed").pattern
    marked = {number for number, paragraph in enumerate(paragraphs) if headline.match(paragraph.raw)}
    above = {
        number
        for number, (paragraph, after) in enumerate(pairwise(paragraphs))
        if dateline.match(after.text) and not closed.search(paragraph.text) and len(paragraph.text) <= _HEADLINE
    }
    stops = {number for number, paragraph in enumerate(paragraphs) if is_stop(paragraph, paragraphs, lexicon)}
    return marked | (above if len(above) > 1 else set()) | (stops if len(stops) > 1 else set())


def is_stop(paragraph: Paragraph, paragraphs: Sequence[Paragraph], lexicon: Lexicon) -> bool:
    """Tell whether a paragraph is the heading of a stop on a tour through several regions."""
    heading = lexicon.rule("news", "stop-heading").pattern.match(paragraph.text)
    if not heading:
        return False
    levels = lexicon.texts("claims_heads", kind="region")
    full = [heading["it"] + level for level in levels]
    return heading["it"].endswith(levels) or any(name in other.text for name in full for other in paragraphs)


def read_lines(paragraphs: Sequence[Paragraph], lexicon: Lexicon) -> Iterator[Line]:
    """Yield the sentences with what each of them claims."""
    split = [tuple(split_sentences(paragraph, lexicon)) for paragraph in paragraphs]
    people = find_people([sentence for sentences in split for sentence in sentences], lexicon)
    asks = lexicon.rule("news", "asks").pattern
    asked = [number for number, paragraph in enumerate(paragraphs) if asks.match(paragraph.text)]
    talk = len(asked) > 1
    guest = find_guest(list(chain.from_iterable(split[: asked[0]])), lexicon) if talk else ""
    for number, (paragraph, sentences) in enumerate(zip(paragraphs, split, strict=True)):
        reply = read_reply(paragraph, people, guest, lexicon) if talk else None
        for first, sentence in zip(chain((True,), repeat(False)), sentences, strict=False):
            claims = find_claims(sentence, people, lexicon) if reply is None else reply * first
            yield from cut_turns(Line(sentence, claims, number), people, lexicon)


def is_talk(paragraphs: Sequence[Paragraph], lexicon: Lexicon) -> bool:
    """Tell whether somebody asks, and those answer whom lines of their own have introduced."""
    asks, answers = (lexicon.rule("news", rule).pattern for rule in ("asks", "answers"))
    texts = [paragraph.text for paragraph in paragraphs]
    names = {match["it"] for text in texts if not asks.match(text) and (match := answers.match(text))}
    known = {name for name in names if any(text.endswith(name) for text in texts)}
    return len(known) > 1 and sum(bool(asks.match(text)) for text in texts) > 1


def find_guest(opening: Sequence[Sentence], lexicon: Lexicon) -> str:
    """Return the office of the one who is interviewed: of the first office-holder above the first question."""
    holders = (find_speaker(one, clause, lexicon) for one in opening for clause in split_clauses(one, lexicon))
    return next((holder.office.text for holder in holders if holder and len(holder.office.text) > 1), "")


def read_reply(
    paragraph: Paragraph, people: Mapping[str, str], guest: str, lexicon: Lexicon
) -> tuple[Claim, ...] | None:
    """Return the one claim of a paragraph of an interview: who asks pledges nothing, who answers has all of it.

    Who answers is known by name, else the ``guest`` (an office) of the whole interview.
    """
    asks = lexicon.rule("news", "asks").pattern.match(paragraph.text)
    answers = lexicon.rule("news", "answers").pattern.match(paragraph.text)
    if asks:
        return (Claim("", "guest", Span(0, asks.end()), "news/asks"),)
    office = people.get(answers["it"], guest) if answers else ""
    committee = lexicon.rule("claims", "committee").pattern.match(office)
    office = committee["it"] if committee and committee["it"] in paragraph.text else office
    return (Claim(office, "said", Span(0, 1), "news/answers"),) if office else () if answers else None


def cut_turns(line: Line, people: Mapping[str, str], lexicon: Lexicon) -> Iterator[Line]:
    """Yield a line cut where another office or company is told, or says itself, what it will do."""
    turns = find_turns(line.claims, line.sentence.text, lexicon)
    if not turns:
        yield line
        return
    for start, end in pairwise((0, *turns, len(line.sentence.text))):
        part = cut_sentence(line.sentence, start, end)
        yield Line(part, find_claims(part, people, lexicon), line.paragraph)


def read_item(page: Page, lines: Sequence[Line], lexicon: Lexicon) -> Iterator[Section]:
    """Yield one piece of news as sections, one a stretch of the same speakers, and those of the builders it names."""
    title = lines[0].sentence.text[:60]
    cast = cast_item(read_head(lines, lexicon), lines, lexicon)
    spoken = list(zip(lines, hear_lines(lines, cast, lexicon), strict=True))
    for _, group in groupby(spoken, key=lambda pair: [voice.name for voice in pair[1]]):
        stretch = list(group)
        yield _make_section(page, stretch[0][1], tuple(line.sentence for line, _ in stretch), lines, title)
    for line in lines:
        for voice, sentence in find_agents(line, lexicon):
            yield _make_section(page, (voice,), (sentence,), lines, title)


def read_head(lines: Sequence[Line], lexicon: Lexicon) -> str:
    """Return the headlines: the lines above the first sentence that is closed."""
    closed = lexicon.rule("lines", "closed").pattern
    first = next((n for n, line in enumerate(lines) if closed.search(line.sentence.text)), _HEAD)
    return "\n".join(line.sentence.text[:60] for line in lines[: max(1, min(first, _HEAD))])


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
