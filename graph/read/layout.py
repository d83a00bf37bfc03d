"""Text becomes sections in reading order, each with the organisations that speak in it.

Which rules read a page is its kind: known from the sidecar, else told by its own words (see
``ontology/lexicon/layout.toml``): two clauses of responsible units make a task list, a title a work report,
two headings that are names of offices a compilation; what is left is news.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from graph.lexicon import Lexicon
from graph.model import Genre, Metadata, Section
from graph.read.grid import count_rows
from graph.read.lines import read_paragraphs
from graph.read.news import is_stop, is_talk, read_news
from graph.read.newspaper import read_compilation
from graph.read.orders import find_paper, read_orders
from graph.read.page import Page
from graph.read.reports import read_report
from graph.read.speakers import NARRATED, find_offices
from graph.read.tasks import read_tasks
from graph.read.units import has_units

_READERS: dict[Genre, Callable[[Page, Lexicon], Iterator[Section]]] = {
    "newspaper": read_compilation,
    "report": read_report,
    "tasks": read_tasks,
    "news": read_news,
    "other": read_news,
}
_MASTHEAD = 12
_TASK_SHARE = 0.3


def lay_out(name: str, text: str, metadata: Metadata, lexicon: Lexicon) -> tuple[Genre, tuple[Section, ...]]:
    """Return the kind of a document and its sections.

    Args:
        name: the document's name, for the evidence.
        text: the document as decoded; all offsets in the sections point into it.
        metadata: what is known so far; a kind other than ``other`` is believed.
    """
    paragraphs = read_paragraphs(text, lexicon)
    page = Page(name, text, metadata, paragraphs)
    genre = metadata.genre if metadata.genre != "other" else tell_genre(page, lexicon)
    paper = find_paper(page, lexicon) if genre in ("news", "other") else None
    if paper:
        return genre, tuple(section for section in read_orders(page, paper, lexicon) if section.sentences)
    return genre, tuple(section for section in _READERS[genre](page, lexicon) if section.sentences)


def tell_genre(page: Page, lexicon: Lexicon) -> Genre:
    """Return the kind of a page, by the marks each kind leaves in the text."""
    paragraphs, title = page.paragraphs, page.metadata.title
    report = lexicon.rule("layout", "report").pattern
    rows = count_rows(page, lexicon)
    tasks = rows + sum(has_units(p.text, lexicon) for p in paragraphs)
    if (rows or tasks >= 2) and tasks > _TASK_SHARE * len(paragraphs):
        return "tasks"
    if any(report.search(text) for text in (title, *(p.text for p in paragraphs[:_MASTHEAD]))):
        return "report"
    if tasks >= 2:
        return "tasks"
    if find_paper(page, lexicon) or is_talk(paragraphs, lexicon):
        return "news"
    offices = zip(paragraphs, find_offices(paragraphs, lexicon), strict=True)
    named = [(paragraph, office[0]) for paragraph, office in offices if office and office[2] != NARRATED]
    region = lexicon.rule("speakers", "region").pattern
    tour = all(region.search(name) and is_stop(paragraph, paragraphs, lexicon) for paragraph, name in named)
    signed = sum(lexicon.rule("newspaper", "signed-behind").pattern.search(p.text) is not None for p in paragraphs)
    return "newspaper" if (len(named) > 1 and not tour) or signed > 1 else "news"
