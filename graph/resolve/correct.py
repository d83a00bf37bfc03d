"""What people decided on facts: a thing that an organisation did not pledge, and one that was overlooked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import cast, get_args

from graph.model import Argument, Decision, Document, EntityType, Evidence, Mention, Pledge, Relation, Span, Speaker
from graph.resolve.names import normalise_name
from graph.spans import cite, join_pieces


def correct_pledges(document: Document, pledges: Sequence[Pledge], decisions: Sequence[Decision]) -> tuple[Pledge, ...]:
    """Return the pledges of a document without those that people deleted, with those they added.

    A deletion takes one thing from the pledges of one organisation in one sentence; a pledge whose last thing
    goes stays if it has targets. An addition quotes a stretch of the document that holds the name.
    """
    mine = [d for d in decisions if d.document == document.name and d.verdict in ("delete", "add")]
    kept = [pledge for p in pledges if (pledge := _delete_arguments(p, mine)) is not None] if mine else list(pledges)
    typed = [d for d in decisions if d.verdict == "type"]
    kept = [_set_types(pledge, typed) for pledge in kept] if typed else kept
    added = [pledge for d in mine if d.verdict == "add" and (pledge := _add_pledge(document, d)) is not None]
    return (*kept, *added)


def fits_document(document: Document, pledges: Sequence[Pledge], decision: Decision) -> bool:
    """Tell whether there is something in the document to delete or to add as decided."""
    if decision.verdict == "add":
        return _add_pledge(document, decision) is not None
    return any(_delete_arguments(pledge, [decision]) is not pledge for pledge in pledges)


def _delete_arguments(pledge: Pledge, decisions: Iterable[Decision]) -> Pledge | None:
    gone = {normalise_name(d.name) for d in decisions if d.verdict == "delete" and _concerns(pledge, d)}
    kept = tuple(a for a in pledge.arguments if normalise_name(a.mention.name) not in gone)
    if len(kept) == len(pledge.arguments):
        return pledge
    relations = tuple(r for r in pledge.relations if not gone & {normalise_name(m.name) for m in _ends(r)})
    return replace(pledge, arguments=kept, relations=relations) if kept or pledge.targets else None


def _concerns(pledge: Pledge, decision: Decision) -> bool:
    said = normalise_name(decision.quote) in normalise_name(pledge.evidence.quote)
    return said and decision.organisation in ("", *(speaker.name for speaker in pledge.speakers))


def _ends(relation: Relation) -> Iterator[Mention]:
    if relation.subject:
        yield relation.subject
    yield relation.object


def _set_types(pledge: Pledge, decisions: Sequence[Decision]) -> Pledge:
    types = {normalise_name(d.name): cast(EntityType, d.other) for d in decisions if d.other in get_args(EntityType)}
    arguments = tuple(
        replace(a, mention=replace(a.mention, type=types.get(normalise_name(a.mention.name), a.mention.type)))
        for a in pledge.arguments
    )
    return replace(pledge, arguments=arguments)


def _add_pledge(document: Document, decision: Decision) -> Pledge | None:
    whole = _find_quote(document, decision.quote)
    inside = decision.quote.find(decision.name)
    if not whole or inside < 0 or not decision.organisation:
        return None
    evidence = Evidence(document.name, whole, join_pieces(document.text, whole))
    span = Span(inside, inside + len(decision.name))
    kind = cast(EntityType, decision.other if decision.other in get_args(EntityType) else "project")
    mention = Mention(decision.name, kind, cite(document.name, document.text, whole, span), "decision")
    speaker = Speaker(decision.organisation, "pledger", None, "decision")
    year = document.metadata.year
    return Pledge((speaker,), "promised", (Argument(mention, ""),), (), (), evidence, year, "decision")


def _find_quote(document: Document, quote: str) -> tuple[Span, ...]:
    """Return where a quote stands: a stretch of the text, or a sentence that columns or pages break."""
    at = document.text.find(quote) if quote else -1
    if at >= 0:
        return (Span(at, at + len(quote)),)
    sentences = (sentence for section in document.sections for sentence in section.sentences)
    return next((s.pieces for s in sentences if quote in (join_pieces(document.text, s.pieces), s.text)), ())
