"""A pledge becomes statements: who, in which role, about what, how much, by when, and on what evidence."""

from __future__ import annotations

import calendar
import csv
import re
from collections.abc import Iterator, Sequence
from functools import cache

from pyoxigraph import Literal, NamedNode

from graph import vocab
from graph.lexicon import ONTOLOGY
from graph.model import Argument, Evidence, Link, Mention, Pledge, Relation, Speaker, Target
from graph.store.statements import (
    Scene,
    Statement,
    describe_evidence,
    flatten_spans,
    join_lines,
    make_decimal,
    make_year,
)
from graph.vocab import term

_SPEAKER_KINDS = ("office", "organisation", "place", "project", "platform", "programme", "honour")
_DEADLINE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?|H([12])|Q([1-4]))?")


def describe_pledge(scene: Scene, pledge: Pledge) -> Iterator[Statement]:
    """Yield what is known of one pledge.

    Raises:
        LookupError: a name of the pledge was not resolved.
    """
    pieces, name = pledge.evidence.pieces, scene.document.name
    identity = (name, *flatten_spans(pieces), pledge.evidence.quote, *(s.name for s in pledge.speakers), pledge.rule)
    iri = vocab.mint_hashed(scene.base, "pledge", identity)
    yield iri, "rdf:type", term("pg:Pledge")
    yield iri, "rdf:type", term("schema:Action")
    yield iri, "rdf:type", term("prov:Entity")
    yield iri, "schema:actionStatus", term(vocab.STATUS_TERMS[pledge.status])
    yield iri, "prov:hadPrimarySource", NamedNode(vocab.mint_document(scene.base, name))
    yield iri, "prov:wasQuotedFrom", scene.source
    yield iri, "pg:quote", Literal(pledge.evidence.quote)
    yield iri, "pg:rule", Literal(pledge.rule)
    if pledge.year is not None:
        yield iri, "pg:year", make_year(pledge.year)
    yield from _describe_sentence(scene, iri, pledge.evidence)
    offices = [NamedNode(scene.find_link(speaker.name, _SPEAKER_KINDS).entity) for speaker in pledge.speakers]
    for speaker in pledge.speakers:
        yield from _describe_speaker(scene, iri, speaker)
    for number, argument in enumerate(pledge.arguments, 1):
        yield from _describe_mention(scene, iri, number, argument)
    for number, target in enumerate(pledge.targets, 1):
        yield from _describe_target(scene, iri, number, target)
    for relation in pledge.relations:
        yield from _describe_relation(scene, iri, offices, relation)


def last_day(deadline: str) -> str:
    """Return the last day of a deadline (``2024``, ``2024-06``, ``2024H1``, ``2024Q3``, a day), or nothing."""
    if not (match := _DEADLINE.fullmatch(deadline)):
        return ""
    year, month, day, half, quarter = (int(part) if part else 0 for part in match.groups())
    month = month or half * 6 or quarter * 3 or 12
    if not (1 <= month <= 12 and year):
        return ""
    return f"{year:04d}-{month:02d}-{day or calendar.monthrange(year, month)[1]:02d}"


def _describe_sentence(scene: Scene, pledge: str, evidence: Evidence) -> Iterator[Statement]:
    last = len(join_lines(scene.document.text, evidence.pieces))
    yield from describe_evidence(scene, pledge, evidence, surroundings=True)
    yield pledge, "pg:firstPassage", NamedNode(vocab.mint_part(pledge, "passage", 1))
    yield pledge, "pg:lastPassage", NamedNode(vocab.mint_part(pledge, "passage", last))


def _describe_speaker(scene: Scene, pledge: str, speaker: Speaker) -> Iterator[Statement]:
    """Yield an attribution; the pledges of one statement share it."""
    link = scene.find_link(speaker.name, _SPEAKER_KINDS)
    pieces = speaker.evidence.pieces if speaker.evidence else ()
    identity = (scene.document.name, speaker.name, speaker.role, speaker.rule, link.entity, *flatten_spans(pieces))
    iri, office = vocab.mint_hashed(scene.base, "attribution", identity), NamedNode(link.entity)
    yield pledge, "pg:pledgedBy", office
    yield pledge, vocab.ROLE_PROPERTIES[speaker.role], office
    yield pledge, "prov:qualifiedAttribution", NamedNode(iri)
    yield iri, "rdf:type", term("prov:Attribution")
    yield iri, "prov:agent", office
    yield iri, "dcat:hadRole", term("pg:" + speaker.role)
    yield iri, "pg:nameInText", Literal(speaker.name)
    yield iri, "pg:rule", Literal(speaker.rule)
    yield from _describe_link(iri, link)
    if speaker.evidence:
        yield from describe_evidence(scene, iri, speaker.evidence)


def _describe_mention(scene: Scene, pledge: str, number: int, argument: Argument) -> Iterator[Statement]:
    iri, mention = vocab.mint_part(pledge, "mention", number), argument.mention
    link = _find_mention(scene, mention)
    yield pledge, "pg:concerns", NamedNode(link.entity)
    yield pledge, "pg:mention", NamedNode(iri)
    yield iri, "rdf:type", term("pg:Mention")
    yield iri, "pg:refersTo", NamedNode(link.entity)
    yield iri, "pg:nameInText", Literal(mention.name)
    yield iri, "pg:typeInText", term(vocab.KIND_CLASSES[mention.type][0])
    yield iri, "pg:rule", Literal(mention.rule)
    yield iri, "pg:score", make_decimal(mention.score)
    if argument.action:
        yield iri, "pg:action", Literal(argument.action)
    yield from _describe_link(iri, link)
    yield from describe_evidence(scene, iri, mention.evidence)


def _describe_link(owner: str, link: Link) -> Iterator[Statement]:
    yield owner, "pg:linkRule", Literal(link.rule)
    yield owner, "pg:linkScore", make_decimal(link.score)


def _describe_target(scene: Scene, pledge: str, number: int, target: Target) -> Iterator[Statement]:
    iri, quantity = vocab.mint_part(pledge, "target", number), target.quantity
    yield pledge, "pg:target", NamedNode(iri)
    yield iri, "rdf:type", term("pg:Target")
    yield iri, "rdf:type", term("schema:QuantitativeValue")
    yield iri, "pg:metric", Literal(target.metric)
    yield iri, vocab.BOUND_PROPERTIES[quantity.bound], make_decimal(quantity.value)
    yield iri, "schema:unitText", Literal(quantity.unit)
    if unit := _load_units().get(quantity.unit):
        yield iri, "qudt:hasUnit", NamedNode(unit)
    yield iri, "pg:bound", term("pg:" + quantity.bound)
    yield iri, "pg:change", term("pg:" + quantity.change)
    yield iri, "pg:words", Literal(quantity.words)
    yield iri, "pg:quote", Literal(target.evidence.quote)
    yield iri, "pg:rule", Literal(target.rule)
    yield from _describe_deadline(scene, iri, target)
    yield from describe_evidence(scene, iri, target.evidence)


def _describe_deadline(scene: Scene, iri: str, target: Target) -> Iterator[Statement]:
    if target.deadline_words:
        yield iri, "pg:deadlineWords", Literal(target.deadline_words)
    if not target.deadline:
        return
    yield iri, "pg:deadline", Literal(target.deadline)
    if not (day := last_day(target.deadline)):
        return
    end = Literal(day, datatype=term("xsd:date"))
    yield iri, "pg:dueDate", end
    if day == target.deadline:
        yield iri, "schema:endTime", end
        return
    period, instant = (vocab.mint_period(scene.base, kind, target.deadline) for kind in ("period", "end"))
    yield iri, "pg:duePeriod", NamedNode(period)
    yield period, "rdf:type", term("time:ProperInterval")
    yield period, "time:hasEnd", NamedNode(instant)
    yield instant, "rdf:type", term("time:Instant")
    yield instant, "time:inXSDDate", end


def _describe_relation(
    scene: Scene, pledge: str, offices: Sequence[NamedNode], relation: Relation
) -> Iterator[Statement]:
    subjects = [NamedNode(_find_mention(scene, relation.subject).entity)] if relation.subject else offices
    predicate = vocab.RELATION_PROPERTIES[relation.kind]
    value = NamedNode(_find_mention(scene, relation.object).entity)
    pieces = relation.evidence.pieces if relation.evidence else ()
    for subject in (subject for subject in subjects if subject != value):
        identity = (pledge, subject.value, predicate, value.value, relation.rule, *flatten_spans(pieces))
        iri = vocab.mint_hashed(scene.base, "relation", identity)
        yield subject.value, predicate, value
        yield pledge, "pg:states", NamedNode(iri)
        yield iri, "rdf:type", term("rdf:Statement")
        yield iri, "rdf:subject", subject
        yield iri, "rdf:predicate", term(predicate)
        yield iri, "rdf:object", value
        yield iri, "pg:rule", Literal(relation.rule)
        if relation.evidence:
            yield from describe_evidence(scene, iri, relation.evidence)


def _find_mention(scene: Scene, mention: Mention) -> Link:
    return scene.find_link(mention.name, (mention.type, *reversed(_SPEAKER_KINDS)))


@cache
def _load_units() -> dict[str, str]:
    with (ONTOLOGY / "units.csv").open(encoding="utf-8", newline="") as file:
        return {row["unit"]: vocab.term(row["qudt"]).value for row in csv.DictReader(file)}
