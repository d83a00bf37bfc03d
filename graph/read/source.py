"""What a format's reader gives: text and the format's own facts about it, or why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Source:
    """A document as decoded: its text, what the format says of it, and which part of its file it is."""

    text: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    part: str = ""
    media_type: str = "text/plain"


class UnreadableError(ValueError):
    """A file that cannot be read; the message completes a sentence that begins with the file's name.

    It never leaves the reading room: ``graph.read.documents`` turns it into an ``Unread``.
    """
