"""Text files for other programs: what XML and DOT can hold, written line by line as UTF-8."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from graph.errors import OutputError

_UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPECIAL = re.compile("[^\u0020!#-%'-;=?-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
_AT_ONCE = 64  # lines are encoded together
_MARKUP = str.maketrans(_NAMED)


def is_plain(text: str) -> bool:
    """Return whether XML can hold text as it is."""
    return _SPECIAL.search(text) is None


def fit_xml(text: str) -> str:
    """Return text as it may stand in an XML element or attribute; what XML cannot hold is left out."""
    return _UNFIT.sub("", text).translate(_MARKUP) if _SPECIAL.search(text) else text


def fit_dot(text: str) -> str:
    """Return text as a quoted string of the DOT language; a line break stays one."""
    plain = _UNFIT.sub("", text).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{plain}"'


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write text to a file, whatever the locale, with the line ends as they are.

    Raises:
        OutputError: the file cannot be written.
    """
    with explain_output(path), path.open("w", encoding="utf-8", newline="") as file, _leave_cycles():
        rest = iter(lines)
        while some := list(islice(rest, _AT_ONCE)):
            file.write("".join(some))


@contextmanager
def _leave_cycles() -> Iterator[None]:
    """Search for no dead cycles meanwhile: writers make none, and every search walks the whole ledger."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


@contextmanager
def explain_output(path: Path) -> Iterator[None]:
    """Turn what the system refuses into one sentence with the next step.

    Raises:
        OutputError: ``path`` cannot be written.
    """
    try:
        yield
    except IsADirectoryError as error:
        raise OutputError(f"Cannot write {path}: it is a folder; name a file in it.") from error
    except (FileExistsError, NotADirectoryError) as error:
        raise OutputError(f"Cannot write {path}: a file stands where a folder is needed; name another.") from error
    except FileNotFoundError as error:
        raise OutputError(f"Cannot write {path}: its folder is not there; make it, or name another.") from error
    except PermissionError as error:
        reason = "it is write-protected, or open in another program"
        raise OutputError(f"Cannot write {path}: {reason}; close it, or name another place.") from error
    except OSError as error:
        raise OutputError(f"Cannot write {path}: {error.strerror or error}; name another place.") from error
