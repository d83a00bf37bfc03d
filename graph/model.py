"""Every noun of Pledgegraph: frozen values without behaviour, in five families.

Offsets are code points, half-open: ``text[span.start:span.end]``. Two coordinate systems exist and are
never mixed: *document* offsets point into ``Document.text`` (the text as decoded, never rewritten), and
*reading* offsets point into ``Sentence.text`` (columns mended, line breaks inside a sentence dropped).
``graph.spans`` leads from the second to the first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

EntityType = Literal["project", "place", "organisation", "platform", "programme", "honour"]
Role = Literal["pledger", "lead", "support", "responsible"]
Period = Literal["past", "plan", "year"]
Genre = Literal["newspaper", "report", "tasks", "news", "other"]
Status = Literal["promised", "continued", "reported"]
Bound = Literal["at_least", "at_most", "about", "exact"]
Change = Literal["increase", "decrease", "level"]
Verdict = Literal["same", "different", "rename", "type", "delete", "add"]
RelationKind = Literal["located_in", "part_of", "invested_by", "partner", "relies_on"]


# ── written ──────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a sentence with its part-of-speech tag; ``span`` is in reading offsets."""

    span: Span
    text: str
    tag: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence in reading order; ``text`` is its ``pieces`` of the document joined.

    ``folded`` is how rules read it where that differs: simplified characters and half-width digits, of equal
    length, so that its offsets are those of ``text``. Names and quotes are always taken from ``text``.
    """

    text: str
    pieces: tuple[Span, ...]
    tokens: tuple[Token, ...] = ()
    folded: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a document says something; ``quote`` is the document's text over ``pieces``, unchanged."""

    document: str
    pieces: tuple[Span, ...]
    quote: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """An organisation that commits itself, or is committed, in a section."""

    name: str
    role: Role
    evidence: Evidence | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A statement: a stretch of sentences of the same speakers; without speakers it is nobody's pledge.

    ``due`` are the words that say by when all of it is to be done, where a list of tasks says so beside them.
    """

    speakers: tuple[Speaker, ...]
    sentences: tuple[Sentence, ...]
    heading: str = ""
    period: Period = "year"
    rule: str = ""
    due: str = ""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a document as a whole; ``sources`` says for each field where its value came from."""

    title: str = ""
    genre: Genre = "other"
    issuer: str = ""
    place: str = ""
    issued: str = ""
    year: int | None = None
    sources: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Document:
    """A document as read; ``digest`` is the SHA-256 of its text, ``path`` the file it came from."""

    name: str
    text: str
    digest: str
    metadata: Metadata
    sections: tuple[Section, ...]
    path: str = ""
    media_type: str = "text/plain"


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that could not be read, with the reason in one sentence."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Consulted:
    """What asking a recogniser outside came to for one document.

    ``names`` were added or, where it stands alone, found; ``dropped`` answers were no quote of the text; with a
    ``fault`` the document was read by the built-in recognisers alone.
    """

    document: str
    recogniser: str
    names: int
    dropped: int
    fault: str = ""


# ── said ─────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as it stands in a text, line breaks and quotation marks removed; ``rule`` found it."""

    name: str
    type: EntityType
    evidence: Evidence
    rule: str
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit; ``words`` keeps how the text says it."""

    value: float
    unit: str
    bound: Bound
    change: Change
    words: str


@dataclass(frozen=True, slots=True)
class Target:
    """A figure that a statement commits to; ``deadline`` is as fine as the text says, or empty."""

    metric: str
    quantity: Quantity
    deadline: str
    deadline_words: str
    evidence: Evidence
    rule: str


@dataclass(frozen=True, slots=True)
class Relation:
    """What a sentence states between two mentions, or between the speaker (``None``) and a mention.

    ``evidence`` is the clauses that state it.
    """

    kind: RelationKind
    subject: Mention | None
    object: Mention
    rule: str
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Argument:
    """A mention and what the pledge does with it: the verb that governs it, in the text's words."""

    mention: Mention
    action: str


@dataclass(frozen=True, slots=True)
class Pledge:
    """One sentence in which speakers commit themselves; ``evidence`` is the whole sentence."""

    speakers: tuple[Speaker, ...]
    status: Status
    arguments: tuple[Argument, ...]
    targets: tuple[Target, ...]
    relations: tuple[Relation, ...]
    evidence: Evidence
    year: int | None
    rule: str


# ── meant ────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing under all its names; ``jurisdiction`` is part of an office's identity.

    ``same_as`` holds the IRIs that its other names make: whichever it had in an earlier build still means it.
    """

    iri: str
    kind: EntityType | Literal["office"]
    label: str
    names: tuple[str, ...]
    jurisdiction: str = ""
    same_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A name in a document is an entity, by which rule and how surely; offices have kind ``office``."""

    document: str
    name: str
    kind: EntityType | Literal["office"]
    entity: str
    rule: str
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Declined:
    """Two things (by IRI) that may be one and were kept apart, for a person to decide."""

    left: str
    right: str
    rule: str
    score: float


@dataclass(frozen=True, slots=True)
class Reform:
    """An office (by IRI) that a document says became another: an event, and never two names of one office."""

    before: str
    after: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Resolution:
    """What the names of a set of documents mean.

    ``apart`` holds pairs of things (by IRI, smaller first) that are known to be two, since a person or a document
    says so; ``declined`` those of which nobody knows.
    """

    entities: tuple[Entity, ...]
    links: tuple[Link, ...]
    declined: tuple[Declined, ...] = ()
    reforms: tuple[Reform, ...] = ()
    apart: tuple[tuple[str, str], ...] = ()


# ── judged ───────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Violation:
    """A shape that the graph does not keep, with the sentence it concerns."""

    shape: str
    focus: str
    message: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided, and who and when.

    ``same`` and ``different``: the things called ``name`` and ``other``, at ``place`` and ``other_place`` (empty:
    wherever the names are found). ``rename`` and ``type``: the thing called ``name`` has the preferred name,
    or is of the type, ``other``. ``delete``: ``organisation`` pledges nothing on ``name`` in the sentence ``quote``
    of ``document``; ``add``: it does, and the thing is of the type ``other``.
    """

    verdict: Verdict
    name: str
    other: str = ""
    place: str = ""
    other_place: str = ""
    document: str = ""
    organisation: str = ""
    quote: str = ""
    who: str = ""
    when: str = ""
    note: str = ""


# ── shown ────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One row of the ledger: an organisation, a thing, and the sentence; offsets into the document's text."""

    document: str
    organisation: str
    organisation_id: str
    role: str
    entity_id: str
    entity: str
    mention: str
    type: str
    start: int
    end: int
    organisation_label: str = ""
    action: str = ""
    status: str = ""
    year: int | None = None
    rule: str = ""
    score: float = 1.0
    quote: str = ""
    quote_start: int = 0
    before: str = ""
    after: str = ""
    title: str = ""
    issued: str = ""


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One row of the targets' ledger."""

    document: str
    organisation: str
    metric: str
    value: float
    unit: str
    bound: str
    change: str
    deadline: str
    quote: str
    start: int
    end: int
    organisation_id: str = ""
    organisation_label: str = ""
    year: int | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document of the ledger."""

    document: str
    title: str
    genre: str
    issuer: str
    place: str
    issued: str
    year: int | None


@dataclass(frozen=True, slots=True)
class Alias:
    """One of the names of an entity."""

    entity_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything that a view shows, sorted; read back from the store."""

    documents: tuple[DocumentRow, ...]
    links: tuple[LinkRow, ...]
    targets: tuple[TargetRow, ...]
    aliases: tuple[Alias, ...] = ()
