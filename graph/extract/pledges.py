"""A Document becomes Pledges: one for each sentence in which somebody commits to something.

The recognisers find names and figures; this module says who is bound by them, what the sentence does with
them, and whether it promises, carries on, or only reports.
"""

from __future__ import annotations

from collections.abc import Iterator

from graph.extract.clauses import Item, find_items
from graph.extract.quantities import drop_repeated, find_targets
from graph.extract.recognise import recognise
from graph.extract.relations import find_relations
from graph.extract.tagged import Heard
from graph.lexicon import Lexicon, Rule
from graph.model import Argument, Document, Mention, Pledge, Section, Sentence, Span
from graph.spans import cite, cover

Items = tuple[Item, ...]


def list_sentences(document: Document) -> tuple[Sentence, ...]:
    """Return the sentences in which names are looked for: those of sections with speakers that are not on the past."""
    return tuple(sentence for section in _list_sections(document) for sentence in section.sentences)


def extract_pledges(document: Document, lexicon: Lexicon, heard: Heard | None = None) -> tuple[Pledge, ...]:
    """Return the pledges of a document in reading order.

    Sections without speakers, and sections on the past, promise nothing. A sentence without a name and
    without a figure is no pledge: there is nothing in it that one could ask after.

    Args:
        document: as read; every piece of evidence points into its text.
        lexicon: the rules of all recognisers.
        heard: what a recogniser outside says of :func:`list_sentences`.
    """
    sections, sentences = _list_sections(document), list_sentences(document)
    items = [tuple(find_items(sentence, lexicon)) for sentence in sentences]
    names = zip(items, recognise(document, sentences, items, lexicon, heard), strict=True)
    return tuple(pledge for section in sections for pledge in _read_section(document, section, names, lexicon))


def _list_sections(document: Document) -> list[Section]:
    return [section for section in document.sections if section.speakers and section.period != "past"]


def _read_section(
    document: Document, section: Section, names: Iterator[tuple[Items, tuple[Mention, ...]]], lexicon: Lexicon
) -> Iterator[Pledge]:
    year = None if section.period == "plan" else document.metadata.year
    targets = [find_targets(sentence, year, document, lexicon, section.due) for sentence in section.sentences]
    kept = set(drop_repeated(target for found in targets for target in found))
    for sentence, found, (items, mentions) in zip(section.sentences, targets, names, strict=False):
        figures = tuple(target for target in found if target in kept)
        arguments = tuple(_find_arguments(document, section, items, sentence, mentions))
        rule = _find_status(sentence, lexicon)
        if arguments or figures:
            yield Pledge(
                speakers=section.speakers,
                status=rule.attributes["status"] if rule else "promised",
                arguments=arguments,
                targets=figures,
                relations=find_relations(document, sentence, [a.mention for a in arguments], lexicon),
                evidence=cite(document.name, document.text, sentence.pieces, Span(0, len(sentence.text))),
                year=document.metadata.year,
                rule=rule.name if rule else section.rule,
            )


def _find_status(sentence: Sentence, lexicon: Lexicon) -> Rule | None:
    return next(
        (rule for rule in lexicon.rules["pledges"] if rule.pattern.search(sentence.folded or sentence.text)), None
    )


def _find_arguments(
    document: Document, section: Section, items: Items, sentence: Sentence, mentions: tuple[Mention, ...]
) -> Iterator[Argument]:
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
