"""The SPARQL 1.1 Protocol: what a client asks (https://www.w3.org/TR/sparql11-protocol/), and what the service is."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl

from pyoxigraph import Store
from starlette.requests import Request as HttpRequest

from graph.store.formats import GRAPH_FORMATS, negotiate
from graph.store.results import Reply, Request, answer_request, make_error

FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
LONGEST = 1_000_000  # bytes of a request's body
_SHORT = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "turtle": "text/turtle",
    "ntriples": "application/n-triples",
    "jsonld": "application/ld+json",
}
_FORMATS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "JSON-LD",
    "RDF_XML",
)
Parameters = Mapping[str, list[str]]


class BadRequestError(Exception):
    """A request that the protocol does not allow; ``reply`` says why."""

    def __init__(self, status: int, sentence: str) -> None:
        self.reply = make_error(status, sentence)


async def read_request(http: HttpRequest, rows: int) -> Request | None:
    """Return the query of a request, or nothing where the service is to be described.

    Raises:
        BadRequestError: the request is not one of the three kinds of the protocol.
    """
    parameters, sparql = await _read_query(http)
    if sparql is None:
        return None
    default, named = parameters["default-graph-uri"], parameters["named-graph-uri"]
    return Request(
        sparql,
        tuple(default) if default or named else None,
        tuple(named) if default or named else None,
        _SHORT.get("".join(parameters["format"]), http.headers.get("accept", "")),
        rows,
        str(http.url.replace(query="")),
    )


async def _read_query(http: HttpRequest) -> tuple[Parameters, str | None]:
    """Return the parameters and the query of a request, or no query where the service is to be described."""
    parameters = _parse_form(http.url.query)
    if http.method == "GET":
        if not http.url.query:
            return parameters, None
        return parameters, _one_query(parameters)
    media = http.headers.get("content-type", "").partition(";")[0].strip().lower()
    body = _decode(await _read_body(http), http.headers.get("content-type", ""))
    if media == FORM:
        form = _parse_form(body)
        everything = {name: parameters.get(name, []) + values for name, values in form.items()}
        return everything, _one_query(everything)
    if media == DIRECT:
        if parameters["query"]:
            raise BadRequestError(400, "Give the query in the body only.")
        return parameters, body
    if media == "application/sparql-update":
        raise BadRequestError(403, "This store is read-only; it answers queries.")
    raise BadRequestError(415, f"Send a query as {FORM} or {DIRECT}.")


async def _read_body(http: HttpRequest) -> bytes:
    body = b""
    async for chunk in http.stream():
        body += chunk
        if len(body) > LONGEST:
            raise BadRequestError(413, f"The request is longer than {LONGEST} bytes; ask a shorter query.")
    return body


def _one_query(parameters: Parameters) -> str:
    if parameters["update"]:
        raise BadRequestError(403, "This store is read-only; it answers queries.")
    if len(parameters["query"]) != 1:
        raise BadRequestError(400, "Give exactly one 'query'.")
    return parameters["query"][0]


def _decode(body: bytes, content_type: str) -> str:
    if "charset=" in content_type.lower() and "utf-8" not in content_type.lower():
        raise BadRequestError(400, "Send the query in UTF-8.")
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise BadRequestError(400, "The query is not UTF-8; send it in UTF-8.") from error


def _parse_form(text: str) -> Parameters:
    names = ("query", "update", "default-graph-uri", "named-graph-uri", "format")
    found: dict[str, list[str]] = {name: [] for name in names}
    try:
        for name, value in parse_qsl(text, keep_blank_values=True, errors="strict"):
            found.setdefault(name, []).append(value)
    except UnicodeDecodeError as error:
        raise BadRequestError(400, "The query is not UTF-8; send it in UTF-8.") from error
    return found


def describe_service(http: HttpRequest) -> Reply:
    """Return the service description (https://www.w3.org/TR/sparql11-service-description/) in Turtle."""
    media = negotiate(http.headers.get("accept", ""), GRAPH_FORMATS)
    endpoint = str(http.url.replace(query=""))
    formats = " , ".join(f"<http://www.w3.org/ns/formats/{name}>" for name in _FORMATS)
    turtle = f"""PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>
    CONSTRUCT {{
      <{endpoint}> a sd:Service ; sd:endpoint <{endpoint}> ; sd:supportedLanguage sd:SPARQL11Query ;
      sd:resultFormat {formats} ; sd:feature sd:UnionDefaultGraph ; sd:defaultDataset <{endpoint}#dataset> .
      <{endpoint}#dataset> a sd:Dataset ; sd:defaultGraph <{endpoint}#union> .
      <{endpoint}#union> a sd:Graph
    }} WHERE {{}}"""
    return answer_request(Store(), Request(turtle, accept=media or "text/turtle"))
