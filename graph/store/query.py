"""Triples answer: SPARQL, the named questions of ``ontology/queries``, and the ledger that views show.

Queries run on the union of all graphs, in which no triple stands twice; ``GRAPH ?g { … }`` asks single documents, and
FROM names a dataset of one's own. The prefixes of ``graph.vocab.PREFIXES`` need not be declared.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QuerySolutions, Triple

from graph.errors import QueryError
from graph.lexicon import ONTOLOGY
from graph.model import Alias, DocumentRow, Ledger
from graph.store.dataset import Dataset
from graph.store.ledger import read_rows
from graph.vocab import BASE, PREFIXES

_Row = TypeVar("_Row", DocumentRow, Alias)
_CONVERT: dict[str, Callable[[str], Any]] = {
    "int | None": lambda text: int(text) if text else None,
}

QUERIES = ONTOLOGY / "queries"
_TOKEN = re.compile(
    r"""(?P<skip>\#[^\n]*|<[^<>"{}|^`\\\x00-\x20]*>|\"{3}.*?(?<!\\)\"{3}|'{3}.*?(?<!\\)'{3}"""
    r"""|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[?$]\w+|[\w.-]*:[\w.:%-]*)|(?P<word>\w+)""",
    re.DOTALL,
)
_FORMS = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}
_PARAMETER = re.compile(r"VALUES \?(\w+) \{ UNDEF \}")
_PLACE = re.compile(r"error at (\d+):(\d+)(?:-\d+:\d+)?: (.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A question with a name: in Chinese, in English, and in SPARQL."""

    name: str
    question_zh: str
    question_en: str
    sparql: str
    parameters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """A table of plain text; what is not bound is empty."""

    variables: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@cache
def named_queries(folder: Path = QUERIES) -> tuple[NamedQuery, ...]:
    """Return the questions that have a name, sorted by it; their first comment lines are the question itself."""
    return tuple(_read_query(path) for path in sorted(folder.glob("*.rq")))


def find_query(text: str) -> str:
    """Return SPARQL for ``text``, which is SPARQL already or the name of a named question.

    Raises:
        QueryError: one word that is no such name.
    """
    if re.search(r"[\s{]", text.strip()):
        return text
    queries = {query.name: query.sparql for query in named_queries()}
    if text.strip() not in queries:
        raise QueryError(f"There is no question named '{text.strip()}'; there are: {', '.join(queries)}.")
    return queries[text.strip()]


def fill_query(sparql: str, values: Mapping[str, str]) -> str:
    """Return a query with values for its parameters, which it declares as ``VALUES ?name { UNDEF }``.

    Raises:
        QueryError: the query has no such parameter.
    """
    for name, value in values.items():
        if name not in (known := _PARAMETER.findall(sparql)):
            raise QueryError(f"The question has no parameter '{name}'; it has: {', '.join(known) or 'none'}.")
        filled = f"VALUES ?{name} {{ {Literal(value)} }}"
        sparql = _PARAMETER.sub(lambda found: filled if found[1] == name else found[0], sparql)  # noqa: B023
    return sparql


def ask(dataset: Dataset, text: str, values: Mapping[str, str] | None = None) -> Answer:
    """Answer SPARQL, or a named question, with ``values`` for its parameters.

    SELECT gives its rows; ASK one row, ``true`` or ``false``; CONSTRUCT and DESCRIBE a row a triple, sorted.

    Raises:
        QueryError: the query does not parse, there is no question of that name, or it asks another server.
    """
    sparql = fill_query(find_query(text), values or {})
    refuse_service(sparql)
    try:
        result = dataset.store.query(sparql, prefixes=PREFIXES, use_default_graph_as_union=not names_dataset(sparql))
        if isinstance(result, QueryBoolean):
            return Answer(("answer",), (("true" if result else "false",),))
        if isinstance(result, QuerySolutions):
            names = tuple(variable.value for variable in result.variables)
            return Answer(names, tuple(tuple(_plain(row[name]) for name in names) for row in result))
        triples = ((_plain(t.subject), _plain(t.predicate), _plain(t.object)) for t in result)
        return Answer(("subject", "predicate", "object"), tuple(sorted(set(triples))))
    except SyntaxError as error:
        raise QueryError(explain_syntax(str(error), sparql)) from error
    except (RuntimeError, OSError) as error:
        raise QueryError(f"The query could not be answered: {error}.") from error


def refuse_service(sparql: str) -> None:
    """Raise QueryError if a query asks another server."""
    if uses_service(sparql):
        raise QueryError("SERVICE is not supported, for no query leaves this machine; remove it and ask again.")


def uses_service(sparql: str) -> bool:
    """Tell whether a query has the keyword SERVICE, outside strings, IRIs, names and comments."""
    return _has_keyword(sparql, "SERVICE")


def names_dataset(sparql: str) -> bool:
    """Tell whether a query names its dataset by FROM; the engine would let the union of all graphs prevail."""
    return _has_keyword(sparql, "FROM")


def makes_graph(sparql: str) -> bool:
    """Tell whether a query is answered by triples (CONSTRUCT, DESCRIBE), not by rows or a truth value."""
    words = ((match["word"] or "").upper() for match in _TOKEN.finditer(sparql))
    return next((word for word in words if word in _FORMS), "") in {"CONSTRUCT", "DESCRIBE"}


def read_ledger(dataset: Dataset) -> Ledger:
    """Return everything that views show, sorted."""
    documents = tuple(_fill_row(DocumentRow, row) for row in _ask_rows(dataset, "documents"))
    aliases = tuple(_fill_row(Alias, row) for row in _ask_rows(dataset, "names"))
    links, targets = read_rows(dataset)
    return Ledger(documents, links, targets, aliases)


def find_base(dataset: Dataset) -> str:
    """Return the IRI under which the things of a store are named, which its documents tell."""
    answer = ask(dataset, "SELECT ?document WHERE { ?document a pg:Document } LIMIT 1")
    return answer.rows[0][0].partition("id/document/")[0] if answer.rows else BASE


def explain_syntax(error: str, sparql: str) -> str:
    """Return the engine's syntax error as one sentence with the place in the query."""
    if not (match := _PLACE.match(error)):
        return f"The query does not parse ({error}); see https://www.w3.org/TR/sparql11-query/."
    line, column, reason = int(match[1]), int(match[2]), match[3]
    lines = sparql.splitlines() or [""]
    rest = lines[line - 1][column - 1 :][:20].strip() if line <= len(lines) else ""
    where = f"before '{rest}'" if rest else "where the query ends"
    short = f" ({reason})" if len(reason) < 80 and "expected" not in reason else ""
    return f"The query does not parse at line {line}, column {column}, {where}{short}; correct it there and ask again."


def _has_keyword(sparql: str, keyword: str) -> bool:
    return any((match["word"] or "").upper() == keyword for match in _TOKEN.finditer(sparql))


def _ask_rows(dataset: Dataset, name: str) -> Iterator[dict[str, str]]:
    answer = ask(dataset, name)
    for row in answer.rows:
        yield dict(zip(answer.variables, row, strict=True))


def _fill_row(kind: type[_Row], row: dict[str, str]) -> _Row:
    """Make a row of the model from an answer; the model's types say which columns are numbers."""
    values: dict[str, Any] = {}
    for field in fields(kind):
        convert = _CONVERT.get(str(field.type))
        values[field.name] = convert(row[field.name]) if convert else row[field.name]
    return kind(**values)


def _plain(value: NamedNode | BlankNode | Literal | Triple | None) -> str:
    if value is None:
        return ""
    return str(value) if isinstance(value, Triple) else value.value


def _read_query(path: Path) -> NamedQuery:
    sparql = path.read_text(encoding="utf-8")
    comments = [line.lstrip("# ").strip() for line in sparql.splitlines() if line.startswith("#")]
    zh, en = [*comments, "", ""][:2]
    return NamedQuery(path.stem, zh, en, sparql, tuple(_PARAMETER.findall(sparql)))
