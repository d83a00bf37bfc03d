"""What is known of a document as a whole, each fact with where it came from.

The order, first wins: the sidecar ``metadata.toml``; the format's own fields (a csv column, an html title);
the file's name where it has the form of a title; the text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.lexicon import Lexicon
from graph.model import Metadata

_FIELDS = ("title", "genre", "issuer", "place", "issued", "year")


def describe(name: str, text: str, hints: Mapping[str, Mapping[str, Any]], lexicon: Lexicon) -> Metadata:
    """Return the metadata of a document.

    Args:
        name: the file's name.
        text: the document as decoded.
        hints: source (``sidecar``, ``format``) → field → value, in order of trust.
    """
    sources = {**hints, "file name": read_name(name, lexicon), "text": read_head(text, lexicon)}
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for field in _FIELDS:
        for origin, facts in sources.items():
            if facts.get(field):
                values[field], origins[field] = facts[field], origin
                break
    return Metadata(**values, sources=origins)


def read_name(name: str, lexicon: Lexicon) -> dict[str, Any]:
    """Return what a file's name says."""
    stem = name.rsplit(".", 1)[0]
    title = lexicon.rule("metadata", "title-name").pattern.search(stem)
    year = lexicon.rule("metadata", "year").pattern.search(stem) if title else None
    return {"title": title and title["it"], "year": year and int(year["it"])}


def read_head(text: str, lexicon: Lexicon) -> dict[str, Any]:
    """Return what the first lines of a text say: title, date of issue, and the year the pledges are for."""
    head = text[:1500]
    lines = [line.strip().lstrip("#").strip() for line in head.splitlines() if line.strip()]
    title = next((line for line in lines if len(line) >= 4), "")
    issued = lexicon.rule("metadata", "issued").pattern.search(head)
    year = lexicon.rule("metadata", "year").pattern.search(title)
    told = lexicon.rule("metadata", "this-year").pattern.search(text)
    date = "-".join(part.zfill(2) for part in issued.group("y", "m", "d") if part) if issued else ""
    found = year or told
    return {"title": title, "issued": date, "year": int(found["it"]) if found else int(date[:4]) if date else None}
