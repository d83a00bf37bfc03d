"""The graph of things: what several documents say alike, kept in one place.

A triple stands in one graph only: in its document's where its subject belongs to that document, else in the graph of
things (labels and classes of things, areas, publishers, stretches of time, relations). So the plain union of all
graphs is their merge, in which nothing counts twice. The price is upkeep, which is here: what no document calls for
any more goes in the same step as the document's own triples.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store, Triple

from graph.vocab import RELATION_PROPERTIES, term

_SINGLE = frozenset(map(term, ("rdf:type", "skos:prefLabel", "dcterms:spatial")))  # stated whole for a thing
_RELATIONS = frozenset(map(term, RELATION_PROPERTIES.values()))
_Term = NamedNode | BlankNode | Literal | Triple | None


class Outlook:
    """A store as it will be when some quads are gone and others have come; nothing is written."""

    __slots__ = ("_gone", "_new", "_store")

    def __init__(self, store: Store, gone: Iterable[Quad], new: Iterable[Quad]) -> None:
        self._store = store
        self._gone = set(gone)
        self._new: dict[_Term, list[Quad]] = defaultdict(list)
        for quad in new:
            for node in (quad.subject, quad.object):
                self._new[node].append(quad)

    def about(self, node: NamedNode | BlankNode, predicate: NamedNode | None = None) -> Iterator[Quad]:
        """Yield the quads whose subject is ``node``."""
        yield from self._keep(self._store.quads_for_pattern(node, predicate, None, None))
        yield from (q for q in self._new[node] if q.subject == node and predicate in (None, q.predicate))

    def pointing_to(self, node: NamedNode, predicate: NamedNode | None = None) -> Iterator[Quad]:
        """Yield the quads whose object is ``node``."""
        yield from self._keep(self._store.quads_for_pattern(None, predicate, node, None))
        yield from (q for q in self._new[node] if q.object == node and predicate in (None, q.predicate))

    def drop(self, quads: Iterable[Quad]) -> None:
        """Look on without these quads too."""
        self._gone.update(quads)

    def _keep(self, quads: Iterator[Quad]) -> Iterator[Quad]:
        return (quad for quad in quads if quad not in self._gone)


def find_replaced(
    store: Store, graph: NamedNode, given: Iterable[Quad], told: Container[Quad] = frozenset()
) -> Iterator[Quad]:
    """Yield what the graph of things says and ``given`` says otherwise: a class, label or area, another name.

    What was ``told`` along with it, and is not repeated in ``given``, stands.
    """
    wanted = set(given)
    labels = {(quad.subject, quad.object) for quad in wanted if quad.predicate == term("skos:prefLabel")}
    for subject in {quad.subject for quad in wanted}:
        for quad in store.quads_for_pattern(subject, None, None, graph):
            outdated = quad.predicate in _SINGLE and quad not in wanted and quad not in told
            promoted = quad.predicate == term("skos:altLabel") and (subject, quad.object) in labels
            if outdated or promoted:
                yield quad


def find_unused(outlook: Outlook, graph: NamedNode, touched: Iterable[NamedNode]) -> set[Quad]:
    """Return the quads of the graph of things that nothing calls for, as far as they are about ``touched`` things.

    A thing goes when nothing points to it, another name when no document uses it, a relation when none states it.
    """
    doomed: set[Quad] = set()
    waiting = list(touched)
    while waiting:
        node = waiting.pop()
        about = [quad for quad in outlook.about(node) if quad.graph_name == graph]
        if not about:
            continue
        used = any(quad.predicate not in _RELATIONS for quad in outlook.pointing_to(node))
        going = set(_find_outdated(outlook, node, about) if used else about)
        outlook.drop(going)
        doomed |= going
        waiting += [quad.object for quad in going if isinstance(quad.object, NamedNode)]
    return doomed


def _find_outdated(outlook: Outlook, node: NamedNode, about: Iterable[Quad]) -> Iterator[Quad]:
    names: set[str] | None = None
    for quad in about:
        if quad.predicate in _RELATIONS and not _is_stated(outlook, quad):
            yield quad
        elif quad.predicate == term("skos:altLabel") and isinstance(quad.object, Literal):
            names = _list_names(outlook, node) if names is None else names
            if quad.object.value not in names:
                yield quad


def _list_names(outlook: Outlook, node: NamedNode) -> set[str]:
    """Return the names under which documents mention a thing."""
    parts = {quad.subject for p in ("pg:refersTo", "prov:agent") for quad in outlook.pointing_to(node, term(p))}
    quads = (quad for part in parts for quad in _about_part(outlook, part))
    return {quad.object.value for quad in quads if isinstance(quad.object, Literal)}


def _about_part(outlook: Outlook, part: NamedNode | BlankNode | Triple) -> Iterator[Quad]:
    if isinstance(part, NamedNode):
        yield from outlook.about(part, term("pg:nameInText"))


def _is_stated(outlook: Outlook, relation: Quad) -> bool:
    wanted = (relation.predicate, relation.object)
    if not isinstance(relation.subject, NamedNode):
        return False
    for quad in outlook.pointing_to(relation.subject, term("rdf:subject")):
        said = (
            {q.predicate: q.object for q in outlook.about(quad.subject)} if isinstance(quad.subject, NamedNode) else {}
        )
        if (said.get(term("rdf:predicate")), said.get(term("rdf:object"))) == wanted:
            return True
    return False
