"""A Document becomes Pledges: one for each sentence in which somebody commits to something.

The recognisers find names and figures; this module says who is bound by them, what the sentence does with
them, and whether it promises, carries on, or only reports.
"""

from __future__ import annotations

from collections.abc import Iterator

from graph.extract.clauses import find_items
from graph.extract.mentions import find_mentions
from graph.extract.quantities import find_targets
from graph.lexicon import Lexicon, Rule
from graph.model import Argument, Document, Mention, Pledge, Section, Sentence, Span
from graph.spans import cite, cover


def extract_pledges(document: Document, lexicon: Lexicon) -> tuple[Pledge, ...]:
    """Return the pledges of a document in reading order.

    Sections without speakers, and sections on the past, promise nothing. A sentence without a name and
    without a figure is no pledge: there is nothing in it that one could ask after.

    Args:
        document: as read; every piece of evidence points into its text.
        lexicon: the rules of all recognisers.
    """
    return tuple(
        pledge
        for section in document.sections
        if section.speakers and section.period != "past"
        for pledge in _read_section(document, section, lexicon)
    )


def _read_section(document: Document, section: Section, lexicon: Lexicon) -> Iterator[Pledge]:
    for sentence, mentions in zip(section.sentences, find_mentions(document, section.sentences, lexicon), strict=True):
        targets = find_targets(sentence, document.metadata.year, document, lexicon)
        arguments = tuple(_find_arguments(document, section, sentence, mentions, lexicon))
        rule = _find_status(sentence, lexicon)
        if arguments or targets:
            yield Pledge(
                speakers=section.speakers,
                status=rule.attributes["status"] if rule else "promised",
                arguments=arguments,
                targets=targets,
                relations=(),
                evidence=cite(document.name, document.text, sentence.pieces, Span(0, len(sentence.text))),
                year=document.metadata.year,
                rule=rule.name if rule else section.rule,
            )


def _find_status(sentence: Sentence, lexicon: Lexicon) -> Rule | None:
    return next((rule for rule in lexicon.rules["pledges"] if rule.pattern.search(sentence.text)), None)


def _find_arguments(
    document: Document, section: Section, sentence: Sentence, mentions: tuple[Mention, ...], lexicon: Lexicon
) -> Iterator[Argument]:
    items = tuple(find_items(sentence, lexicon))
    own = [speaker.name for speaker in section.speakers] + [document.metadata.place]
    for mention in mentions:
        if mention.type in ("place", "organisation") and any(mention.name in name for name in own):
            continue
        place = cover(mention.evidence.pieces)
        verb = next((i.verb for i in items if _holds(sentence, i.span, place)), "")
        yield Argument(mention, verb)


def _holds(sentence: Sentence, item: Span, place: Span) -> bool:
    """Tell whether the document offsets ``place`` overlap the reading offsets ``item``."""
    passed = 0
    for piece in sentence.pieces:
        start, end = max(piece.start, place.start), min(piece.end, place.end)
        if start < end and item.start < passed + end - piece.start and item.end > passed + start - piece.start:
            return True
        passed += piece.end - piece.start
    return False
