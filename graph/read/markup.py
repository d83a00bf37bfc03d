"""Saved web pages, by trafilatura: the main text without menus, its title and its date."""

from __future__ import annotations

import re
from collections.abc import Iterator

import trafilatura

from graph.read.encoding import decode_text
from graph.read.source import Source, UnreadableError

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def read_html(data: bytes) -> Iterator[Source]:
    """Yield the main text of a page, its title as the first line.

    Raises:
        UnreadableError: a page without text, such as one that only scripts would fill.
    """
    page = _DECLARATION.sub("", decode_text(data))
    found = trafilatura.bare_extraction(page, favor_recall=True, include_comments=False, with_metadata=True)
    body = (found.text or "").strip() if isinstance(found, trafilatura.settings.Document) else ""
    if not body or not isinstance(found, trafilatura.settings.Document):
        raise UnreadableError("is a page without text of its own; save it from the browser after it has loaded")
    title = " ".join((found.title or "").split())
    text = body if not title or body.startswith(title) else f"{title}\n{body}"
    yield Source(text + "\n", {"title": title, "issued": found.date or ""}, media_type="text/html")
