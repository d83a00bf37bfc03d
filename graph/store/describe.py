"""What a document says becomes quads: in its own named graph, and in the graph of things what it shares with others."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from pyoxigraph import Literal, NamedNode, Quad

from graph import vocab
from graph.model import Document, Entity, Link, Pledge, Reform, Resolution
from graph.store.pledges import describe_pledge
from graph.store.statements import (
    Node,
    Scene,
    Statement,
    describe_evidence,
    flatten_spans,
    make_date,
    make_decimal,
    make_year,
)
from graph.vocab import term


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the program; ``time`` is ISO 8601 with zone, or empty where equal bytes matter more."""

    version: str = ""
    lexicon: str = ""
    time: str = ""


def describe_documents(
    documents: Sequence[tuple[Document, Sequence[Pledge]]],
    resolution: Resolution,
    base: str,
    run: Run,
    progress: Callable[[str, int, int], None] = lambda _stage, _done, _all: None,
) -> Iterator[Quad]:
    """Yield the quads of documents, graph by graph, and of what was declined.

    Args:
        documents: each with its pledges.
        resolution: what the names of all of them mean.
        base: the IRI under which things are named.
        run: which run of the program says so.
        progress: called with the stage, how many documents are described, and how many there are.

    Raises:
        LookupError: a speaker or a mention has no link in ``resolution``.
    """
    parts, nothing = slice_resolution(resolution), Resolution((), ())
    for done, (document, pledges) in enumerate(documents, 1):
        yield from describe_document(document, pledges, parts.get(document.name, nothing), base, run)
        progress("store", done, len(documents))
    yield from describe_declined(resolution, base)


def slice_resolution(resolution: Resolution) -> dict[str, Resolution]:
    """Return what each document needs of a resolution of many, by the document's name."""
    entities = {entity.iri: entity for entity in resolution.entities}
    links: dict[str, list[Link]] = defaultdict(list)
    for link in resolution.links:
        links[link.document].append(link)
    reforms: dict[str, list[Reform]] = defaultdict(list)
    for reform in resolution.reforms:
        reforms[reform.evidence.document].append(reform)
    return {
        name: Resolution(_find_entities(found, entities), tuple(found), reforms=tuple(reforms[name]))
        for name, found in links.items()
    }


def describe_document(
    document: Document, pledges: Sequence[Pledge], resolution: Resolution, base: str, run: Run
) -> Iterator[Quad]:
    """Yield the quads of one document without repetition: those of its own graph, then those of the graph of things.

    Args:
        document: the document as read; its text is quoted around every passage.
        pledges: what was extracted from it.
        resolution: what its names mean; a resolution of many documents is allowed (see ``slice_resolution``).
        base: the IRI under which things are named.
        run: which run of the program says so.

    Raises:
        LookupError: a speaker or a mention has no link in ``resolution``.
    """
    links: dict[tuple[str, str], Link] = {(k.name, k.kind): k for k in resolution.links if k.document == document.name}
    scene = Scene(document, base, NamedNode(vocab.mint_text(base, document.name, document.digest)), links)
    told, related = _list_names(pledges)
    used = [link for link in links.values() if link.name in told | related]
    entities = _find_entities(used, {entity.iri: entity for entity in resolution.entities})
    names: dict[str, set[str]] = defaultdict(set)
    for link in used:
        if link.name in told:
            names[link.entity].add(link.name)
    statements = chain(
        _describe_metadata(scene),
        _describe_text(scene),
        _describe_run(scene, run),
        chain.from_iterable(_describe_entity(scene, entity, names[entity.iri]) for entity in entities),
        chain.from_iterable(describe_pledge(scene, pledge) for pledge in pledges),
        chain.from_iterable(_describe_reform(scene, reform) for reform in resolution.reforms),
    )
    own, things = NamedNode(vocab.mint_graph(base, document.name)), NamedNode(vocab.mint_things_graph(base))
    shared = []
    for subject, predicate, value in dict.fromkeys(statements):
        if vocab.is_of_document(base, subject):
            yield Quad(NamedNode(subject), term(predicate), value, own)
        else:
            shared.append(Quad(NamedNode(subject), term(predicate), value, things))
    yield from shared


def describe_declined(resolution: Resolution, base: str) -> Iterator[Quad]:
    """Yield the pairs of things that may be one, and those known to be two, in one graph for all documents."""
    graph = NamedNode(vocab.mint_declined_graph(base))
    for pair in resolution.declined:
        iri = vocab.mint_hashed(base, "declined", (pair.left, pair.right, pair.rule))
        for predicate, value in (
            ("rdf:type", term("pg:DeclinedMatch")),
            ("pg:left", _make_node(pair.left)),
            ("pg:right", _make_node(pair.right)),
            ("pg:rule", Literal(pair.rule)),
            ("pg:score", make_decimal(pair.score)),
        ):
            yield Quad(NamedNode(iri), term(predicate), value, graph)
    for left, right in resolution.apart:
        yield Quad(NamedNode(left), term("owl:differentFrom"), NamedNode(right), graph)


def _describe_reform(scene: Scene, reform: Reform) -> Iterator[Statement]:
    """Yield the event in which one office ended and another began, as the Organization Ontology models it."""
    if reform.evidence.document != scene.document.name:
        return
    before, after = NamedNode(reform.before), NamedNode(reform.after)
    place = (scene.document.name, *flatten_spans(reform.evidence.pieces))
    iri = vocab.mint_hashed(scene.base, "change", (reform.before, reform.after, *place))
    yield iri, "rdf:type", term("org:ChangeEvent")
    yield iri, "rdf:type", term("prov:Activity")
    yield iri, "org:originalOrganization", before
    yield iri, "org:resultingOrganization", after
    yield reform.before, "org:changedBy", NamedNode(iri)
    yield reform.after, "org:resultedFrom", NamedNode(iri)
    yield iri, "prov:hadPrimarySource", NamedNode(vocab.mint_document(scene.base, scene.document.name))
    yield iri, "pg:quote", Literal(reform.evidence.quote)
    yield from describe_evidence(scene, iri, reform.evidence)


def _describe_metadata(scene: Scene) -> Iterator[Statement]:
    document, metadata = scene.document, scene.document.metadata
    iri = vocab.mint_document(scene.base, document.name)
    yield iri, "rdf:type", term("pg:Document")
    yield iri, "rdf:type", term(vocab.GENRE_CLASSES[metadata.genre])
    yield iri, "dcterms:identifier", Literal(document.name)
    yield iri, "dcterms:title", Literal(metadata.title or document.name, language="zh")
    yield iri, "schema:genre", Literal(metadata.genre)
    if metadata.issuer:
        agent = vocab.mint_agent(scene.base, metadata.issuer)
        yield iri, "dcterms:publisher", NamedNode(agent)
        yield agent, "rdf:type", term("foaf:Agent")
        yield agent, "skos:prefLabel", Literal(metadata.issuer, language="zh")
    if metadata.place:
        yield from _describe_area(scene, iri, metadata.place)
    if metadata.issued:
        yield iri, "dcterms:issued", make_date(metadata.issued)
    if metadata.year is not None:
        yield iri, "pg:year", make_year(metadata.year)
    for name, source in sorted(metadata.sources.items()):
        yield iri, "pg:metadataSource", Literal(f"{name}: {source}")


def _describe_text(scene: Scene) -> Iterator[Statement]:
    text, document = scene.source.value, scene.document
    yield text, "rdf:type", term("schema:MediaObject")
    yield text, "rdf:type", term("prov:Entity")
    yield text, "schema:encodesCreativeWork", NamedNode(vocab.mint_document(scene.base, document.name))
    yield text, "schema:sha256", Literal(document.digest)
    yield text, "schema:encodingFormat", Literal(document.media_type)


def _describe_run(scene: Scene, run: Run) -> Iterator[Statement]:
    iri = vocab.mint_hashed(scene.base, "run", (run.version, run.lexicon, run.time, scene.source.value))
    graph = vocab.mint_graph(scene.base, scene.document.name)
    yield graph, "prov:wasGeneratedBy", NamedNode(iri)
    yield graph, "prov:wasDerivedFrom", scene.source
    yield iri, "rdf:type", term("prov:Activity")
    yield iri, "prov:used", scene.source
    if run.version:
        yield iri, "schema:softwareVersion", Literal(run.version)
    if run.lexicon:
        yield iri, "pg:lexicon", Literal(run.lexicon)
    if run.time:
        yield iri, "prov:endedAtTime", Literal(run.time, datatype=term("xsd:dateTime"))


def _list_names(pledges: Iterable[Pledge]) -> tuple[set[str], set[str]]:
    """Return the names of speakers and mentions, and those that only relations have."""
    told, related = set[str](), set[str]()
    for pledge in pledges:
        told.update(speaker.name for speaker in pledge.speakers)
        told.update(argument.mention.name for argument in pledge.arguments)
        related.update(end.name for relation in pledge.relations for end in (relation.subject, relation.object) if end)
    return told, related


def _describe_entity(scene: Scene, entity: Entity, names: set[str]) -> Iterator[Statement]:
    for name in vocab.KIND_CLASSES[entity.kind]:
        yield entity.iri, "rdf:type", term(name)
    yield entity.iri, "skos:prefLabel", Literal(entity.label, language="zh")
    for name in sorted(names - {entity.label}):
        yield entity.iri, "skos:altLabel", Literal(name, language="zh")
    for same in entity.same_as:
        yield entity.iri, "owl:sameAs", NamedNode(same)
    if entity.jurisdiction:
        yield from _describe_area(scene, entity.iri, entity.jurisdiction)
    elif entity.kind == "office":
        yield entity.iri, "rdf:type", term("pg:UnplacedOffice")


def _describe_area(scene: Scene, subject: str, name: str) -> Iterator[Statement]:
    area = vocab.mint_jurisdiction(scene.base, name)
    yield subject, "dcterms:spatial", NamedNode(area)
    yield area, "rdf:type", term("schema:AdministrativeArea")
    yield area, "rdf:type", term("dcterms:Location")
    yield area, "skos:prefLabel", Literal(name, language="zh")


def _find_entities(links: Iterable[Link], entities: Mapping[str, Entity]) -> tuple[Entity, ...]:
    return tuple(entities[iri] for iri in dict.fromkeys(link.entity for link in links))


def _make_node(value: str) -> Node:
    return NamedNode(value) if re.match(r"https?://", value) else Literal(value)
