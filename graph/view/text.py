"""Text files for other programs: what XML and DOT can hold, written line by line as UTF-8."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from graph.errors import OutputError

_UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPECIAL = re.compile("[^\u0020!#-%'-;=?-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
_MARKUP = str.maketrans(_NAMED)


def fit_xml(text: str) -> str:
    """Return text as it may stand in an XML element or attribute; what XML cannot hold is left out."""
    return _UNFIT.sub("", text).translate(_MARKUP) if _SPECIAL.search(text) else text


def fit_dot(text: str) -> str:
    """Return text as a quoted string of the DOT language."""
    plain = _UNFIT.sub("", text).replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{plain}"'


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write text to a file, whatever the locale, with the line ends as they are.

    Raises:
        OutputError: the file cannot be written.
    """
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            file.writelines(lines)
    except OSError as error:
        raise OutputError(f"Cannot write {path}: {error}. Choose another output folder.") from error
