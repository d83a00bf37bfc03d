"""The graph as JSON-LD with readable keys: one thing a line, under a context that says what the keys mean."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

from pyoxigraph import RdfFormat, serialize

from graph.store.dataset import Dataset, write_file
from graph.vocab import PREFIXES

_TYPE = PREFIXES["rdf"] + "type"
_NAMES = {iri: name for name, iri in PREFIXES.items()}


def write_jsonld(dataset: Dataset, path: Path) -> None:
    """Write the merge of all graphs as JSON-LD 1.1, sorted by subject: equal content, equal bytes.

    Keys and types are names with a prefix of the context; identifiers stay whole.

    Raises:
        OutputError: the file cannot be written; an earlier one is left as it was.
    """
    write_file(path, (line.encode() for line in _lines(dataset)))


def _lines(dataset: Dataset) -> Iterator[str]:
    triples = sorted((quad.triple for quad in dataset.store), key=str)
    yield f'{{"@context":{_dump(dict(sorted(PREFIXES.items())))},\n"@graph":['
    comma = "\n"
    for _, group in groupby(triples, key=attrgetter("subject")):
        for node in json.loads(serialize(group, format=RdfFormat.JSON_LD) or b"[]"):
            yield comma + _dump(_compact_node(node))
            comma = ",\n"
    yield "\n]}\n"


def _compact_node(node: dict[str, Any]) -> dict[str, Any]:
    """Shorten what the expanded form repeats (https://www.w3.org/TR/json-ld11/#compacted-document-form)."""
    found: dict[str, Any] = {"@id": node.pop("@id")}
    kinds = [*node.pop("@type", ()), *(value["@id"] for value in node.pop(_TYPE, ()))]
    if kinds:
        found["@type"] = _unwrap([_shorten(kind) for kind in kinds])
    return found | {_shorten(key): _unwrap([_compact_value(one) for one in values]) for key, values in node.items()}


def _compact_value(value: dict[str, str]) -> Any:
    if set(value) == {"@value"}:
        return value["@value"]
    return {**value, "@type": _shorten(value["@type"])} if "@type" in value else value


def _unwrap(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def _shorten(iri: str) -> str:
    cut = max(iri.rfind("#"), iri.rfind("/")) + 1
    name = _NAMES.get(iri[:cut])
    return f"{name}:{iri[cut:]}" if name else iri


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
