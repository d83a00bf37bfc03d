"""A query with an Accept header becomes a reply: status, media type, bytes.

More rows than the limit are refused, never cut off.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from pyoxigraph import NamedNode, Quad, QueryBoolean, QuerySolutions, QueryTriples, Store

from graph.errors import QueryError
from graph.store.formats import GRAPH_FORMATS, TABLE_FORMATS, TRUTH_FORMATS, negotiate, write_graph
from graph.store.query import explain_syntax, names_dataset, refuse_service
from graph.vocab import PREFIXES

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Request:
    """A query, the dataset it names (``None``: all graphs), what the client accepts, and the row limit."""

    sparql: str
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    accept: str = ""
    rows: int = 100_000
    base: str | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back to the client."""

    status: int
    media_type: str
    body: bytes


def answer_request(store: Store, request: Request) -> Reply:
    """Answer a query; whatever is wrong with it becomes a reply of one sentence in plain text."""
    try:
        refuse_service(request.sparql)
        return _encode(_run(store, request), request)
    except SyntaxError as error:
        return make_error(400, explain_syntax(str(error), request.sparql))
    except QueryError as error:
        return make_error(400, str(error))
    except _TooManyRowsError:
        return make_error(500, f"The answer has more than {request.rows} rows; add LIMIT, or ask for less.")
    except (RuntimeError, OSError, ValueError) as error:
        return make_error(500, f"The query could not be answered: {error}.")


def make_error(status: int, sentence: str) -> Reply:
    """Return a reply of one sentence."""
    return Reply(status, "text/plain", (sentence + "\n").encode())


class _TooManyRowsError(Exception):
    pass


def _run(store: Store, request: Request) -> QuerySolutions | QueryBoolean | QueryTriples:
    if request.default_graphs is None and request.named_graphs is None:
        union = not names_dataset(request.sparql)
        return store.query(request.sparql, base_iri=request.base, prefixes=PREFIXES, use_default_graph_as_union=union)
    default = [NamedNode(iri) for iri in request.default_graphs or ()]
    named = [NamedNode(iri) for iri in request.named_graphs or ()]
    if len(default) > 1:
        return _merge_graphs(store, default, named).query(request.sparql, base_iri=request.base, prefixes=PREFIXES)
    return store.query(
        request.sparql,
        base_iri=request.base,
        prefixes=PREFIXES,
        default_graph=[*default],
        named_graphs=[*named],
    )


def _merge_graphs(store: Store, default: Iterable[NamedNode], named: Iterable[NamedNode]) -> Store:
    """Copy some graphs; the engine itself counts a triple that stands in two default graphs twice."""
    merged = Store()
    for graph in default:
        quads = store.quads_for_pattern(None, None, None, graph)
        merged.extend(Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    for graph in named:
        merged.extend(store.quads_for_pattern(None, None, None, graph))
    return merged


def _encode(result: QuerySolutions | QueryBoolean | QueryTriples, request: Request) -> Reply:
    if isinstance(result, QueryTriples):
        media = negotiate(request.accept, GRAPH_FORMATS)
        return _reply(media, lambda chosen: write_graph(_limit(result, request.rows), GRAPH_FORMATS[chosen]))
    if isinstance(result, QueryBoolean):
        media = negotiate(request.accept, TRUTH_FORMATS)
        return _reply(media, lambda chosen: TRUTH_FORMATS[chosen](bool(result)).encode())
    media = negotiate(request.accept, TABLE_FORMATS)
    names = [variable.value for variable in result.variables]
    rows = ([row[name] for name in names] for row in _limit(result, request.rows))
    return _reply(media, lambda chosen: TABLE_FORMATS[chosen](names, rows).encode())


def _reply(media: str | None, write: Callable[[str], bytes]) -> Reply:
    if media is None:
        return make_error(406, "None of the formats in the Accept header can be given for this kind of query.")
    return Reply(200, media, write(media))


def _limit(rows: Iterable[_T], limit: int) -> Iterator[_T]:
    numbered = iter(rows)
    yield from islice(numbered, limit)
    if next(numbered, None) is not None:
        raise _TooManyRowsError
