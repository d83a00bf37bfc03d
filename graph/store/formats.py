"""The formats of answers, and which of them a client likes best.

Tables and truth values: JSON, XML, CSV and TSV (https://www.w3.org/TR/sparql11-overview/#sparql11-results);
graphs: Turtle, N-Triples, JSON-LD and RDF/XML.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from graph.vocab import PREFIXES

Term = NamedNode | BlankNode | Literal | Triple
Row = Sequence[Term | None]
_STRING = "http://www.w3.org/2001/XMLSchema#string"
_XML_HEAD = '<?xml version="1.0"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">'


def negotiate(accept: str, offers: Iterable[str]) -> str | None:
    """Return the media type of ``offers`` that an Accept header likes best, the first among equals, or ``None``.

    Follows RFC 9110, section 12.5.1: the most specific range decides on an offer's weight.
    """
    ranges = [_read_range(part) for part in accept.split(",") if part.strip()] or [("*/*", 1.0)]
    weighed = [(_weigh(offer, ranges), offer) for offer in offers]
    best = max((weight for weight, _ in weighed), default=0.0)
    return next((offer for weight, offer in weighed if weight == best), None) if best > 0 else None


def write_graph(triples: Iterable[Triple], form: RdfFormat) -> bytes:
    """Return triples in one of ``GRAPH_FORMATS``, each once."""
    return serialize(dict.fromkeys(triples), format=form, prefixes=PREFIXES) or b""


def _write_json(names: Sequence[str], rows: Iterable[Row]) -> str:
    bindings = [{n: _json_term(v) for n, v in zip(names, row, strict=True) if v is not None} for row in rows]
    table = {"head": {"vars": list(names)}, "results": {"bindings": bindings}}
    return json.dumps(table, ensure_ascii=False, separators=(",", ":"))


def _json_term(term: Term) -> dict[str, object]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _json_term(part) for name, part in parts.items()}}
    if term.language:
        return {"type": "literal", "value": term.value, "xml:lang": term.language}
    if term.datatype.value == _STRING:
        return {"type": "literal", "value": term.value}
    return {"type": "literal", "value": term.value, "datatype": term.datatype.value}


def _write_xml(names: Sequence[str], rows: Iterable[Row]) -> str:
    head = "".join(f"<variable name={quoteattr(name)}/>" for name in names)
    out = [_XML_HEAD, f"<head>{head}</head><results>"]
    for row in rows:
        cells = (f"<binding name={quoteattr(n)}>{_xml_term(v)}</binding>" for n, v in zip(names, row, strict=True) if v)
        out.append(f"<result>{''.join(cells)}</result>")
    return "\n".join([*out, "</results></sparql>\n"])


def _xml_term(term: Term) -> str:
    if isinstance(term, NamedNode):
        return f"<uri>{_xml_text(term.value)}</uri>"
    if isinstance(term, BlankNode):
        return f"<bnode>{_xml_text(term.value)}</bnode>"
    if isinstance(term, Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return f"<triple>{''.join(f'<{n}>{_xml_term(p)}</{n}>' for n, p in parts.items())}</triple>"
    mark = f" xml:lang={quoteattr(term.language)}" if term.language else ""
    if not mark and term.datatype.value != _STRING:
        mark = f" datatype={quoteattr(term.datatype.value)}"
    return f"<literal{mark}>{_xml_text(term.value)}</literal>"


def _xml_text(text: str) -> str:
    """Escape ``text``; characters that XML 1.0 cannot hold become U+FFFD, and CR a reference that survives parsing."""
    kept = "".join(c if c >= " " or c in "\t\n\r" else "\ufffd" for c in text if c not in "\ufffe\uffff")
    return escape(kept, {"\r": "&#13;"})


def _write_csv(names: Sequence[str], rows: Iterable[Row]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([_csv_term(value) for value in row] for row in rows)
    return out.getvalue()


def _csv_term(term: Term | None) -> str:
    if term is None:
        return ""
    return str(term) if isinstance(term, Triple | BlankNode) else term.value


def _write_tsv(names: Sequence[str], rows: Iterable[Row]) -> str:
    lines = ["\t".join(f"?{name}" for name in names)]
    lines += ["\t".join("" if value is None else str(value) for value in row) for row in rows]
    return "\n".join(lines) + "\n"


def _truth_json(value: bool) -> str:
    return json.dumps({"head": {}, "boolean": value})


def _truth_xml(value: bool) -> str:
    return f"{_XML_HEAD}\n<head/><boolean>{str(value).lower()}</boolean></sparql>\n"


def _read_range(part: str) -> tuple[str, float]:
    media, *parameters = (piece.strip() for piece in part.split(";"))
    weight = next((p[2:] for p in parameters if p.lower().startswith("q=")), "1")
    try:
        return media.lower(), float(weight)
    except ValueError:
        return media.lower(), 0.0


def _weigh(offer: str, ranges: Sequence[tuple[str, float]]) -> float:
    kind = offer.partition("/")[0]
    for wanted in (offer, f"{kind}/*", "*/*"):
        if weights := [weight for media, weight in ranges if media == wanted]:
            return max(weights)
    return 0.0


TABLE_FORMATS: dict[str, Callable[[Sequence[str], Iterable[Row]], str]] = {
    "application/sparql-results+json": _write_json,
    "application/sparql-results+xml": _write_xml,
    "text/csv": _write_csv,
    "text/tab-separated-values": _write_tsv,
    "application/json": _write_json,
    "application/xml": _write_xml,
    "text/xml": _write_xml,
}
TRUTH_FORMATS: dict[str, Callable[[bool], str]] = {
    "application/sparql-results+json": _truth_json,
    "application/sparql-results+xml": _truth_xml,
    "application/json": _truth_json,
    "application/xml": _truth_xml,
    "text/xml": _truth_xml,
}
GRAPH_FORMATS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
}
