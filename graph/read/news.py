"""News about projects: the speaker is the office, government or company that says it, or is said to do it."""

from __future__ import annotations

from collections.abc import Iterator

from graph.lexicon import Lexicon
from graph.model import Section
from graph.read.page import Page, make_section


def read_news(page: Page, lexicon: Lexicon) -> Iterator[Section]:
    """Yield the news as sections by speaker."""
    yield make_section([], page.paragraphs, lexicon)
