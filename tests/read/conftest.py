"""Small documents of a made-up place, in every format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pytest

from graph.lexicon import default_lexicon
from graph.model import Document, Section, Unread
from graph.read.documents import read_documents


class Read(Protocol):
    """Write a file and read the one document in it."""

    def __call__(self, content: str | bytes, name: str = "page.txt") -> Document: ...


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Return a function that writes a file and reads the one document in it."""

    def read_one(content: str | bytes, name: str = "page.txt") -> Document:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        (found,) = read_documents([path], default_lexicon())
        assert isinstance(found, Document), found
        return found

    return read_one


@pytest.fixture
def refuse(tmp_path: Path) -> Callable[[bytes, str], str]:
    """Return a function that writes a file and gives the reason why it cannot be read."""

    def refuse_one(content: bytes, name: str) -> str:
        path = tmp_path / name
        path.write_bytes(content)
        (found,) = read_documents([path], default_lexicon(), limit=4 * 2**20)
        assert isinstance(found, Unread), found
        return found.reason

    return refuse_one


def list_statements(document: Document) -> list[tuple[tuple[str, ...], str]]:
    """Return who says what, nobody's sections left out."""
    return [(tuple(p.name for p in s.speakers), join_section(s)) for s in document.sections if s.speakers]


def join_section(section: Section) -> str:
    """Return the text of a section."""
    return "".join(sentence.text for sentence in section.sentences)
