"""What can go wrong outside the documents; faults *in* documents are values (``Unread``, ``Violation``).

PledgegraphError            one sentence for a person, with the next step; the command exits with 2
├── InputError              a path that is missing, empty, or holds nothing readable
├── OutputError             a folder that cannot be written, or is being written by another build
├── QueryError              a query that does not parse, has no such name, or exceeds its limits
├── RecogniserError         a recogniser outside that refuses, does not answer, or answers with something else
└── LexiconError            a bad row of the lexicon, by file and line
"""

from __future__ import annotations


def say_reason(error: OSError) -> str:
    """Return what the system says is in the way, without its number and its wrapping."""
    inner = getattr(error, "reason", None)
    return say_reason(inner) if isinstance(inner, OSError) else error.strerror or str(error)


class PledgegraphError(Exception):
    """One sentence for a person, with the next step."""


class InputError(PledgegraphError):
    """The input is missing, empty, or holds nothing readable."""


class OutputError(PledgegraphError):
    """The output cannot be written."""


class QueryError(PledgegraphError):
    """The query does not parse, has no such name, or exceeds its limits."""


class RecogniserError(PledgegraphError):
    """A recogniser outside gives no names; the document is read without it."""


class LexiconError(PledgegraphError):
    """A row of the lexicon is wrong."""
