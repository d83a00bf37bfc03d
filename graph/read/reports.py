"""Work reports: one government speaks; its sections are about the past, a plan period, or the year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.lexicon import Lexicon
from graph.model import Period, Section, Span, Speaker
from graph.read.lines import Paragraph
from graph.read.page import Page, make_section, name_speaker
from graph.read.tasks import split_tasks

_MASTHEAD = 30


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with the paragraphs under it; notes explain words and pledge nothing."""

    heading: str
    period: Period
    paragraphs: tuple[Paragraph, ...]
    notes: bool = False


def read_report(page: Page, lexicon: Lexicon) -> Iterator[Section]:
    """Yield the opening as nobody's, then one section a heading, each with its period.

    Tasks of a list within the report (民生实事 with 牵头单位) are their units' own.
    """
    speaker = find_reporter(page, lexicon)
    reporter = (speaker,) if speaker else ()
    opening, rest = split_opening(page, lexicon)
    yield make_section([], opening, lexicon)
    for part in split_parts(rest, lexicon):
        for task in split_tasks(page, part.paragraphs, lexicon):
            speakers = task.speakers or (() if part.notes else reporter)
            yield make_section(speakers, task.paragraphs, lexicon, part.heading, part.period, task.due)


def find_reporter(page: Page, lexicon: Lexicon) -> Speaker | None:
    """Return the government that reports: by the title, by the fullest name in the masthead, else by what is known.

    An opening that only says 省人民政府 is completed by the region in whose congress it was given.
    """
    head = page.paragraphs[:_MASTHEAD]
    titles = ("title", "title-year", "title-plan", "title-region", "title-party", "title-issued")
    titled = [speaker for rule in titles for speaker in find_names(page, head, rule, lexicon)]
    if titled:
        return titled[0]
    named = [s for rule in ("opening", "office", "office-line") for s in find_names(page, head, rule, lexicon)]
    if named:
        return max(named, key=lambda speaker: len(speaker.name))
    session = lexicon.rule("reports", "session").pattern
    short = lexicon.rule("reports", "short").pattern
    region = next(filter(None, (session.search(one.text) for one in head)), None)
    words = next(filter(None, (short.search(one.text) for one in head)), None)
    if region and words:
        return Speaker(region["it"] + words["it"], "pledger", None, "reports/session")
    return Speaker(page.metadata.issuer, "pledger", None, "reports/metadata") if page.metadata.issuer else None


def find_names(page: Page, head: Sequence[Paragraph], name: str, lexicon: Lexicon) -> Iterator[Speaker]:
    """Yield the governments that a rule finds in the masthead."""
    rule = lexicon.rule("reports", name)
    for paragraph in head:
        match = rule.pattern.search(paragraph.raw)
        if match:
            start = paragraph.span.start
            span = Span(start + match.start("it"), start + match.end("it"))
            kind = rule.attributes.get("kind", "")
            yield name_speaker(page, "".join(match["it"].split()) + kind, "pledger", span, f"reports/{name}")


def split_opening(page: Page, lexicon: Lexicon) -> tuple[tuple[Paragraph, ...], tuple[Paragraph, ...]]:
    """Return the masthead with the formal opening, and the report proper."""
    address = lexicon.rule("reports", "address").pattern
    title = lexicon.rule("reports", "title-line").pattern
    cut = 0
    for index, paragraph in enumerate(page.paragraphs[:_MASTHEAD]):
        if address.search(paragraph.text):
            cut = index + 1
        elif find_heading(paragraph, lexicon):
            break
        elif cut == index and title.search(paragraph.text):
            cut = index + 1
    return page.paragraphs[:cut], page.paragraphs[cut:]


def split_parts(paragraphs: Sequence[Paragraph], lexicon: Lexicon) -> Iterator[Part]:
    """Yield the report cut at its headings; a part without heading keeps the period of the one before it."""
    notes_begin = lexicon.rule("reports", "notes").pattern
    notes_end = lexicon.rule("reports", "notes-end").pattern
    part = Part("", "year", ())
    group: list[Paragraph] = []
    for paragraph in paragraphs:
        title = find_heading(paragraph, lexicon)
        notes = bool(notes_begin.search(paragraph.text))
        pledges = part.notes and bool(notes_end.search(paragraph.text))
        if title is not None or pledges or (notes and not part.notes):
            yield Part(part.heading, part.period, tuple(group), part.notes)
            group = []
            noted = (part.notes or notes) and not pledges
            period = "year" if pledges else tell_period(paragraph, part.period, lexicon)
            part = Part(title or paragraph.text, period, (), noted)
        group.append(paragraph)
    yield Part(part.heading, part.period, tuple(group), part.notes)


def find_heading(paragraph: Paragraph, lexicon: Lexicon) -> str | None:
    """Return the heading that a paragraph is or begins with, without its number."""
    for rule in ("heading", "bare-heading"):
        match = lexicon.rule("reports", rule).pattern.match(paragraph.text)
        if match:
            return match["it"]
    return None


def tell_period(paragraph: Paragraph, period: Period, lexicon: Lexicon) -> Period:
    """Return the period that a heading of the first rank opens; lower ranks stay in the one they stand in."""
    ranks = ("first-rank", "bare-heading")
    if not any(lexicon.rule("reports", rank).pattern.match(paragraph.text) for rank in ranks):
        return period
    for rule in lexicon.rules["reports"]:
        if "period" in rule.attributes and rule.pattern.search(paragraph.text[:60]):
            found: Period = rule.attributes["period"]
            return found
    return "year" if period == "past" else period
