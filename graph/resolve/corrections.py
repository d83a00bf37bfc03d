"""The file of decisions: read on every build, added to by a person's filled-in table, never overridden."""

from __future__ import annotations

from pathlib import Path

from graph.errors import InputError, OutputError
from graph.lexicon import Lexicon
from graph.model import Decision
from graph.resolve.verdicts import add_decisions, read_verdicts, write_decisions


def load_decisions(path: Path, lexicon: Lexicon) -> tuple[Decision, ...]:
    """Return the decisions that are kept in a file; a file that is not there holds none.

    Raises:
        InputError: the file cannot be read, or a line is no decision.
    """
    return read_verdicts(_read(path), "", "", lexicon) if path.exists() else ()


def keep_decisions(table: Path, path: Path, who: str, when: str, lexicon: Lexicon) -> tuple[int, tuple[Decision, ...]]:
    """Add what a filled-in table decides to the file of decisions.

    Returns:
        How many were added, and those that contradict a kept one and were not.

    Raises:
        InputError: the table is missing, or a verdict is none of the words.
        OutputError: the file of decisions cannot be written; it is left as it was.
    """
    kept = load_decisions(path, lexicon)
    merged, refused = add_decisions(kept, read_verdicts(_read(table), who, when, lexicon))
    try:
        fresh = path.with_name(path.name + ".new")
        fresh.write_text(write_decisions(merged, lexicon), encoding="utf-8", newline="")
        fresh.replace(path)
    except OSError as error:
        raise OutputError(f"Cannot write {path} ({error.strerror}); choose another file with --decisions.") from error
    return len(merged) - len(kept), refused


def _read(path: Path) -> str:
    """Decode a table as Excel saves it: UTF-8 with or without its mark, or the GB18030 of a Chinese Windows."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}); name the filled-in table.") from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            return data.decode("gb18030")
        except UnicodeDecodeError as error:
            raise InputError(f"{path} is no text; name the table that was filled in.") from error
