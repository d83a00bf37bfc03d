"""Work reports: one government speaks; its sections are about the past, a plan period, or the year."""

from __future__ import annotations

from collections.abc import Iterator

from graph.lexicon import Lexicon
from graph.model import Period, Section, Span, Speaker
from graph.read.lines import Paragraph
from graph.read.page import Page, make_section, name_speaker

_MASTHEAD = 30


def read_report(page: Page, lexicon: Lexicon) -> Iterator[Section]:
    """Yield the opening as nobody's, then one section a heading, each with its period."""
    speaker = find_reporter(page, lexicon)
    speakers = [speaker] if speaker else []
    opening, rest = split_opening(page, lexicon)
    yield make_section([], opening, lexicon)
    period: Period = "year"
    heading, group = "", list[Paragraph]()
    notes = False
    for paragraph in rest:
        title = find_heading(paragraph, lexicon)
        if title is not None:
            if group:
                yield make_section([] if notes else speakers, group, lexicon, heading, period)
            heading, group = title, []
            period = tell_period(paragraph, page, period, lexicon)
        notes = notes or bool(lexicon.rule("reports", "notes").pattern.search(paragraph.text))
        group.append(paragraph)
    if group:
        yield make_section([] if notes else speakers, group, lexicon, heading, period)


def find_reporter(page: Page, lexicon: Lexicon) -> Speaker | None:
    """Return the government that reports: by the title, by the words of the opening, else by what is known."""
    for name in ("title", "opening", "office"):
        rule = lexicon.rule("reports", name).pattern
        for paragraph in page.paragraphs[:_MASTHEAD]:
            match = rule.search(paragraph.raw)
            if match:
                start = paragraph.span.start
                span = Span(start + match.start("it"), start + match.end("it"))
                return name_speaker(page, "".join(match["it"].split()), "pledger", span, f"reports/{name}")
    if page.metadata.issuer:
        return name_speaker(page, page.metadata.issuer, "pledger", None, "reports/metadata")
    return None


def split_opening(page: Page, lexicon: Lexicon) -> tuple[tuple[Paragraph, ...], tuple[Paragraph, ...]]:
    """Return the masthead with the formal opening, and the report proper."""
    address = lexicon.rule("reports", "address").pattern
    title = lexicon.rule("reports", "title-line").pattern
    cut = 0
    for index, paragraph in enumerate(page.paragraphs[:_MASTHEAD]):
        if address.search(paragraph.text) or (cut == index and title.search(paragraph.text)):
            cut = index + 1
    return page.paragraphs[:cut], page.paragraphs[cut:]


def find_heading(paragraph: Paragraph, lexicon: Lexicon) -> str | None:
    """Return the heading that a paragraph is or begins with, without its number."""
    match = lexicon.rule("reports", "heading").pattern.match(paragraph.text)
    return match["it"] if match else None


def tell_period(paragraph: Paragraph, page: Page, period: Period, lexicon: Lexicon) -> Period:
    """Return the period that a heading of the first rank opens; lower ranks stay in the one they stand in."""
    if not lexicon.rule("reports", "first-rank").pattern.match(paragraph.text):
        return period
    for rule in lexicon.rules["reports"]:
        if "period" in rule.attributes and rule.pattern.search(paragraph.text[:60]):
            found: Period = rule.attributes["period"]
            return found
    return "year" if page.metadata.year is None or period == "past" else period
