"""The shapes as SPARQL, to see in no time which graphs are sound; what is not, pyshacl is asked about.

Each node shape becomes one query for the nodes that do not keep it. Only the constraints that
``ontology/shapes.ttl`` uses are known; a new kind of constraint is refused here and not passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from itertools import combinations

from pyoxigraph import NamedNode
from rdflib import RDF, Graph, URIRef
from rdflib.collection import Collection
from rdflib.namespace import SH
from rdflib.term import Node

from graph.lexicon import ONTOLOGY
from graph.store.dataset import Dataset

_TARGETS = {
    SH.targetClass: "?focus a {0}",
    SH.targetObjectsOf: "[] {0} ?focus",
    SH.targetSubjectsOf: "?focus {0} []",
}
_SILENT = {RDF.type, SH.path, SH.message, SH.property, *_TARGETS}
_VALUE_TESTS: dict[URIRef, Callable[[str], str]] = {
    SH["class"]: lambda name: f"NOT EXISTS {{ ?v a {name} }}",
    SH.datatype: lambda name: f"!isLiteral(?v) || DATATYPE(?v) != {name}",
    SH.nodeKind: lambda name: {SH.IRI.n3(): "!isIRI(?v)"}[name],
    SH.minLength: lambda number: f"isBlank(?v) || STRLEN(STR(?v)) < {number}",
    SH.minInclusive: lambda number: f"!COALESCE(?v >= {number}, false)",
}


def is_sound(dataset: Dataset, graph: str) -> bool:
    """Tell whether every node of a named graph keeps the shapes; what it refers to may stand in any graph."""
    return not any(_asks(dataset, query.replace("?here", str(NamedNode(graph)))) for query in _compile_shapes())


@cache
def load_shapes() -> Graph:
    """Return the shapes."""
    return Graph().parse(ONTOLOGY / "shapes.ttl", format="turtle")


@cache
def _compile_shapes() -> tuple[str, ...]:
    shapes = load_shapes()
    return tuple(sorted(query for node in shapes.subjects(RDF.type, SH.NodeShape) for query in _compile(shapes, node)))


def _asks(dataset: Dataset, query: str) -> bool:
    return bool(dataset.store.query(query, use_default_graph_as_union=True))


def _compile(shapes: Graph, shape: Node) -> Iterator[str]:
    """Yield, for each target of a node shape, a query whether a node of the graph ``?here`` breaks it."""
    faults = [*_list_faults(shapes, shape)]
    for part in shapes.objects(shape, SH.property):
        faults += _list_faults(shapes, part)
    for target, pattern in _TARGETS.items():
        for name in shapes.objects(shape, target):
            found = pattern.format(_n3(name))
            yield f"ASK {{ GRAPH ?here {{ {found} }} FILTER ({' || '.join(sorted(faults))}) }}"


def _list_faults(shapes: Graph, shape: Node) -> Iterator[str]:
    """Yield expressions that are true where a node, ``?focus``, breaks one of the constraints of a shape."""
    path = shapes.value(shape, SH.path)
    for constraint, value in shapes.predicate_objects(shape):
        if constraint in _SILENT:
            continue
        if constraint == SH["or"]:
            options = (" || ".join(sorted(_list_faults(shapes, option))) for option in Collection(shapes, value))
            yield "(" + " && ".join(f"({option})" for option in options) + ")"
            continue
        yield _write_fault(shapes, _n3(path), constraint, value)


def _write_fault(shapes: Graph, path: str, constraint: Node, value: Node) -> str:
    if constraint == SH.minCount:
        return "NOT " + _write_several(path, int(str(value)))
    if constraint == SH.maxCount:
        return _write_several(path, int(str(value)) + 1)
    if constraint == SH.hasValue:
        return f"NOT EXISTS {{ ?focus {path} {_n3(value)} }}"
    if constraint == SH["in"]:
        return _write_exists(path, f"?v NOT IN ({', '.join(_n3(item) for item in Collection(shapes, value))})")
    if constraint == SH.uniqueLang:
        return f"EXISTS {{ ?focus {path} ?v, ?w FILTER (LANG(?v) != '' && LANG(?v) = LANG(?w) && !sameTerm(?v, ?w)) }}"
    if constraint == SH.lessThan:
        return f"EXISTS {{ ?focus {path} ?v ; {_n3(value)} ?w FILTER (!COALESCE(?v < ?w, false)) }}"
    if constraint not in _VALUE_TESTS:
        raise NotImplementedError(f"{constraint} in shapes.ttl has no translation in {__name__}.")
    return _write_exists(path, _VALUE_TESTS[constraint](_n3(value)))  # type: ignore[index]


def _write_exists(path: str, test: str) -> str:
    return f"EXISTS {{ ?focus {path} ?v FILTER ({test}) }}"


def _write_several(path: str, number: int) -> str:
    """Return an expression that is true where there are at least so many different values."""
    names = [f"?v{n}" for n in range(number)]
    unequal = " && ".join(f"!sameTerm({a}, {b})" for a, b in combinations(names, 2))
    return f"EXISTS {{ ?focus {path} {', '.join(names)} {f'FILTER ({unequal})' if unequal else ''} }}"


def _n3(node: Node | None) -> str:
    if node is None:
        raise NotImplementedError(f"A constraint in shapes.ttl has no path; there is no translation in {__name__}.")
    return node.n3()
