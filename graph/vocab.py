"""The RDF terms in use, and the functions that mint identifiers.

Own terms always stand in ``NS``; things stand under a base that a user may change (``BASE`` by default).
Identifiers are pure functions of content and never blank nodes. They are IRIs, not URIs: letters and digits
of any script stay as they are (Chinese is never folded to ASCII), everything else is percent-encoded, so
that two different names never share an identifier (RFC 3987, section 2.2).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from urllib.parse import quote, unquote

from pyoxigraph import NamedNode

BASE = "https://w3id.org/pledgegraph/"
NS = BASE + "ns#"

PREFIXES = {
    "pg": NS,
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "qudt": "http://qudt.org/schema/qudt/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "unit": "http://qudt.org/vocab/unit/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

# The first class of a kind tells it apart from all others; the rest are for readers of other vocabularies.
KIND_CLASSES = {
    "office": ("org:FormalOrganization", "schema:GovernmentOrganization"),
    "organisation": ("schema:Organization", "org:Organization"),
    "place": ("schema:Place", "geo:Feature"),
    "project": ("pg:Project", "foaf:Project"),
    "platform": ("pg:Platform", "schema:Service"),
    "programme": ("pg:Programme", "prov:Plan"),
    "honour": ("pg:Honour", "skos:Concept"),
}
GENRE_CLASSES = {
    "newspaper": "schema:NewsArticle",
    "news": "schema:NewsArticle",
    "report": "schema:Report",
    "tasks": "schema:Report",
    "other": "schema:CreativeWork",
}
STATUS_TERMS = {
    "promised": "schema:PotentialActionStatus",
    "continued": "schema:ActiveActionStatus",
    "reported": "schema:CompletedActionStatus",
}
ROLE_PROPERTIES = {
    "pledger": "pg:statedBy",
    "lead": "pg:ledBy",
    "support": "pg:supportedBy",
    "responsible": "pg:assignedTo",
}
BOUND_PROPERTIES = {
    "exact": "schema:value",
    "about": "schema:value",
    "at_least": "schema:minValue",
    "at_most": "schema:maxValue",
}
RELATION_PROPERTIES = {
    "located_in": "pg:locatedIn",
    "part_of": "pg:partOf",
    "invested_by": "pg:investedBy",
    "partner": "pg:partner",
    "relies_on": "pg:reliesOn",
}
_OF_DOCUMENT = frozenset(("document", "text", "run", "pledge", "attribution", "relation"))


@cache
def term(name: str) -> NamedNode:
    """Return the term of a prefixed name, e.g. ``skos:prefLabel``; only prefixes of ``PREFIXES`` are known."""
    prefix, _, local = name.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


def escape_segment(text: str) -> str:
    """Return ``text`` as one segment of an IRI: letters and digits of any script, ``-``, ``_``, ``.`` and ``~`` stay.

    The result can be undone with ``unescape_segment``; so different texts give different segments.
    """
    kept = "".join(c if _is_plain(c) else quote(c, safe="", errors="surrogatepass") for c in text)
    return kept.replace(".", "%2E") if set(kept) == {"."} else kept


def unescape_segment(segment: str) -> str:
    """Return the text of a segment, whether percent-encoded in part (an IRI) or in full (a URI)."""
    return unquote(segment, errors="surrogatepass")


def mint_entity(base: str, kind: str, jurisdiction: str, name: str) -> str:
    """Return the IRI of a thing or an office; the jurisdiction, where there is one, is part of its identity."""
    return _mint(base, "id", kind, *([jurisdiction] if jurisdiction else []), name)


def mint_jurisdiction(base: str, name: str) -> str:
    """Return the IRI of the area for which an office or a document's issuer is competent."""
    return _mint(base, "id", "jurisdiction", name)


def mint_agent(base: str, name: str) -> str:
    """Return the IRI of a publisher of documents."""
    return _mint(base, "id", "publisher", name)


def mint_document(base: str, name: str) -> str:
    """Return the IRI of a document by its name; a new version of its text keeps it."""
    return _mint(base, "id", "document", name)


def mint_text(base: str, name: str, digest: str) -> str:
    """Return the IRI of one version of a document's text by its SHA-256 digest."""
    return _mint(base, "id", "text", name, digest)


def mint_graph(base: str, name: str) -> str:
    """Return the IRI of the named graph that holds all that a document contributes."""
    return _mint(base, "graph", name)


def mint_declined_graph(base: str) -> str:
    """Return the IRI of the named graph of the matches that were declined, which belong to no one document."""
    return base + "declined"


def mint_things_graph(base: str) -> str:
    """Return the IRI of the named graph of what documents share: things, areas, publishers, stretches of time."""
    return base + "things"


def is_of_document(base: str, iri: str) -> bool:
    """Tell whether a subject belongs to one document; all others are described in the graph of things."""
    kind, _, _ = iri.removeprefix(base + "id/").partition("/")
    return iri.startswith(base + "graph/") or (iri.startswith(base + "id/") and kind in _OF_DOCUMENT)


def mint_hashed(base: str, kind: str, parts: Iterable[object]) -> str:
    """Return the IRI of something that has no name (a pledge, an attribution, a run) by a hash of its content."""
    digest = hashlib.sha256("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()
    return _mint(base, "id", kind, digest[:24])


def mint_period(base: str, kind: str, period: str) -> str:
    """Return the IRI of a stretch of time (``kind`` is ``period``) or of its end (``end``), e.g. of ``2024H1``."""
    return _mint(base, "id", kind, period)


def mint_part(owner: str, kind: str, number: int) -> str:
    """Return the IRI of the ``number``-th part of ``owner`` (counted from 1)."""
    return f"{owner}/{kind}/{number}"


def _mint(base: str, *segments: str) -> str:
    return base + "/".join(map(escape_segment, segments))


def _is_plain(character: str) -> bool:
    if character.isascii():
        return character.isalnum() or character in "-_.~"
    return character.isalnum() and character >= "\u00a0"
