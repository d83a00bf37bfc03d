"""What the layout rules share: a page, and how its paragraphs become sections."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.lexicon import Lexicon
from graph.model import Metadata, Period, Role, Section, Span, Speaker
from graph.read.lines import Paragraph
from graph.read.sentences import split_sentences
from graph.spans import cite


@dataclass(frozen=True, slots=True)
class Page:
    """A document on its way: its name, its text, what is known of it, its paragraphs in file order."""

    name: str
    text: str
    metadata: Metadata
    paragraphs: tuple[Paragraph, ...]


def name_speaker(page: Page, name: str, role: Role, span: Span | None, rule: str) -> Speaker:
    """Return the speaker called ``name``; ``span`` (document offsets) is where the page says so."""
    evidence = cite(page.name, page.text, (span,), Span(0, span.end - span.start)) if span else None
    return Speaker(name, role, evidence, rule)


def make_section(
    speakers: Sequence[Speaker],
    paragraphs: Iterable[Paragraph],
    lexicon: Lexicon,
    heading: str = "",
    period: Period = "year",
    due: str = "",
) -> Section:
    """Return the section in which ``speakers`` say ``paragraphs``; its rule is its first speaker's."""
    sentences = tuple(sentence for one in paragraphs for sentence in split_sentences(one, lexicon))
    rule = speakers[0].rule if speakers else "nobody"
    return Section(tuple(speakers), sentences, heading, period, rule, due)
