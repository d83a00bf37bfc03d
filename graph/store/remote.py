"""A SPARQL store elsewhere: send named graphs to it, ask it the same questions.

Graphs go by the Graph Store Protocol (https://www.w3.org/TR/sparql11-http-rdf-update/) or by SPARQL Update. Questions
are asked of the union of all graphs, in which no triple stands twice. Most stores take it for their default graph;
Oxigraph's does when a request says so, and others have a name for it, which can be given.
"""

from __future__ import annotations

import os
import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from pyoxigraph import QueryBoolean, QueryResultsFormat, RdfFormat, parse, parse_query_results

from graph.errors import OutputError, QueryError, say_reason
from graph.store.query import Answer, explain_syntax, fill_query, find_query, makes_graph, names_dataset, refuse_service
from graph.vocab import PREFIXES

_DECLARED = re.compile(r"PREFIX\s+(\w*):", re.IGNORECASE)
_ROWS = "application/sparql-results+json"
_TRIPLES = "application/n-triples"
_ASKED = "__ASK_RETVAL"  # what Virtuoso calls the answer to ASK


@dataclass(frozen=True, slots=True)
class Remote:
    """A store elsewhere.

    ``url`` is its Graph Store endpoint, or with ``update`` its Update endpoint. A name and password, or a token, are
    read from the environment: PLEDGEGRAPH_USER and PLEDGEGRAPH_PASSWORD (Basic or Digest), or PLEDGEGRAPH_TOKEN.
    """

    url: str
    update: bool = False
    tries: int = 5
    seconds: float = 60.0
    wait: Callable[[float], None] = time.sleep


def put_graph(remote: Remote, graph: str, triples: str) -> None:
    """Replace a graph by N-Triples.

    Raises:
        OutputError: the store refuses, or does not answer after all tries.
    """
    if remote.update:
        _update(remote, f"DROP SILENT GRAPH <{graph}>")
        add_to_graph(remote, graph, triples)
        return
    _send(remote, "PUT", _graph_url(remote, graph), triples, _TRIPLES)


def add_to_graph(remote: Remote, graph: str, triples: str, size: int = 500) -> None:
    """Add N-Triples to a graph, by Update in steps of ``size`` triples, for some stores limit a request.

    Raises:
        OutputError: the store refuses, or does not answer after all tries.
    """
    if not remote.update:
        _send(remote, "POST", _graph_url(remote, graph), triples, _TRIPLES)
        return
    lines = triples.splitlines()
    for start in range(0, len(lines), size):
        _update(remote, f"INSERT DATA {{ GRAPH <{graph}> {{ {' '.join(lines[start : start + size])} }} }}")


def drop_graph(remote: Remote, graph: str) -> None:
    """Remove a graph; one that is not there is no error.

    Raises:
        OutputError: the store refuses, or does not answer after all tries.
    """
    if remote.update:
        _update(remote, f"DROP SILENT GRAPH <{graph}>")
        return
    _send(remote, "DELETE", _graph_url(remote, graph), "", _TRIPLES, missing_ok=True)


def ask_endpoint(url: str, text: str, values: Mapping[str, str] | None = None, default_graph: str = "") -> Answer:
    """Answer SPARQL, or a named question, from the query endpoint of a store that was pushed to.

    Args:
        url: the query endpoint.
        text: SPARQL, or the name of a question.
        values: the question's parameters.
        default_graph: the name of the union of all graphs there, where it is not what a query sees by itself, e.g.
            ``urn:x-arq:UnionGraph`` (Jena) or ``tag:stardog:api:context:all`` (Stardog).

    Raises:
        QueryError: the store refuses the query, or does not answer.
    """
    sparql = declare_prefixes(fill_query(find_query(text), values or {}))
    refuse_service(sparql)
    form = {"query": sparql}
    if default_graph:
        form["default-graph-uri"] = default_graph
    elif not names_dataset(sparql):
        form["union-default-graph"] = "true"  # Oxigraph's; others pass over it
    accept = _TRIPLES if makes_graph(sparql) else _ROWS  # offered both, Virtuoso gives triples as rows
    headers = {"Accept": accept, "Content-Type": "application/x-www-form-urlencoded"}
    request = urllib.request.Request(url, urlencode(form).encode(), headers, method="POST")  # noqa: S310
    try:
        with _opener(url).open(request, timeout=60) as response:
            return _read_answer(response.read(), response.headers.get_content_type())
    except urllib.error.HTTPError as error:
        reason = error.read().decode(errors="replace").strip().partition("\n")[0][:200]
        raise QueryError(
            explain_syntax(reason, sparql) if error.code == 400 else f"{url} refuses: {reason}."
        ) from error
    except (OSError, ValueError) as error:
        reason = say_reason(error) if isinstance(error, OSError) else str(error)
        raise QueryError(f"{url} does not answer ({reason}); check the address, then ask again.") from error


def declare_prefixes(sparql: str) -> str:
    """Return a query with a declaration of each known prefix that it uses and does not declare."""
    declared = set(_DECLARED.findall(sparql))
    used = {name for name in PREFIXES if re.search(rf"(?<![\w:?$-]){name}:", sparql)} - declared
    return "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in sorted(used)) + sparql


def _read_answer(body: bytes, media: str) -> Answer:
    if media != _ROWS:
        triples = {(q.subject, q.predicate, q.object) for q in parse(body, format=RdfFormat.N_TRIPLES)}
        rows = sorted(tuple(str(getattr(node, "value", node)) for node in triple) for triple in triples)
        return Answer(("subject", "predicate", "object"), tuple(rows))
    result = parse_query_results(body, format=QueryResultsFormat.JSON)
    if isinstance(result, QueryBoolean):
        return Answer(("answer",), (("true" if result else "false",),))
    names = tuple(variable.value for variable in result.variables)
    rows = [tuple("" if row[n] is None else str(getattr(row[n], "value", row[n])) for n in names) for row in result]
    if names == (_ASKED,):
        return Answer(("answer",), (("true" if rows and rows[0][0] in {"1", "true"} else "false",),))
    return Answer(names, tuple(rows))


def _graph_url(remote: Remote, graph: str) -> str:
    return f"{remote.url}{'&' if '?' in remote.url else '?'}graph={quote(graph, safe='')}"


def _update(remote: Remote, text: str) -> None:
    _send(remote, "POST", remote.url, text, "application/sparql-update")


def _send(remote: Remote, method: str, url: str, body: str, media: str, missing_ok: bool = False) -> None:
    """Send one request; what may pass (no answer, 429, 5xx) is tried again, each time after a longer wait."""
    headers = {"Content-Type": f"{media}; charset=utf-8" if media != _TRIPLES else media}
    request = urllib.request.Request(url, body.encode() or None, headers, method=method)  # noqa: S310
    reason, fault = "", "does not answer"
    for attempt in range(remote.tries):
        if attempt:
            remote.wait(0.5 * 2**attempt)
        try:
            with _opener(remote.url).open(request, timeout=remote.seconds) as response:
                response.read()
            return
        except urllib.error.HTTPError as error:
            fault = "fails"
            reason = f"status {error.code}: {error.read().decode(errors='replace').strip().partition(chr(10))[0][:200]}"
            if error.code == 404 and missing_ok:
                return
            if error.code < 500 and error.code != 429:
                raise OutputError(f"{remote.url} refuses ({reason}); check the address and the rights.") from error
        except OSError as error:
            reason, fault = say_reason(error), "does not answer"
    raise OutputError(f"{remote.url} {fault} ({reason}); run the same command again to go on where it stopped.")


def _opener(url: str) -> urllib.request.OpenerDirector:
    """Return what opens a URL with the name and password, or the token, of the environment."""
    if token := os.environ.get("PLEDGEGRAPH_TOKEN"):
        opener = urllib.request.build_opener()
        opener.addheaders = [("Authorization", f"Bearer {token}")]
        return opener
    if not (user := os.environ.get("PLEDGEGRAPH_USER")):
        return urllib.request.build_opener()
    passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
    passwords.add_password(None, url, user, os.environ.get("PLEDGEGRAPH_PASSWORD", ""))
    basic, digest = (h(passwords) for h in (urllib.request.HTTPBasicAuthHandler, urllib.request.HTTPDigestAuthHandler))
    return urllib.request.build_opener(basic, digest)
