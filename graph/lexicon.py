"""``ontology/lexicon/`` becomes one frozen Lexicon; a bad row is reported by file and line.

Word lists are CSV files whose first column is ``word``; the other columns are attributes. Rules are TOML
files with ``[[rule]]`` tables: a ``name``, a ``pattern`` (a regular expression in which ``{list}`` or
``{list:attribute=value,…}`` stands for the words of a list, longest first), free attributes, and ``yes`` and
``no`` examples. In an example the stretch between ``⟦`` and ``⟧`` is what the pattern's group ``it`` (or, if
it has none, the whole pattern) must match; an example without brackets in ``yes`` must merely match.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from graph.errors import LexiconError

ONTOLOGY = Path(__file__).resolve().parent.parent / "ontology"
_CLASS = re.compile(r"\{([a-z_]+)((?:[:,][a-z_]+=[^},]+)*)\}")
_RESERVED = {"name", "pattern", "yes", "no"}


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a list with its attributes."""

    text: str
    attributes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Rule:
    """A named pattern with its examples; ``attributes`` says what it does."""

    name: str
    pattern: re.Pattern[str]
    attributes: Mapping[str, Any]
    yes: tuple[str, ...]
    no: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """General knowledge of the genre: word lists and rules, each by the stem of its file.

    A lexicon equals only itself, so that what is made of it can be kept by ``functools.cache``.
    """

    words: Mapping[str, tuple[Word, ...]]
    rules: Mapping[str, tuple[Rule, ...]]

    def texts(self, name: str, **wanted: str) -> tuple[str, ...]:
        """Return the words of a list whose attributes equal ``wanted``, longest first."""
        return _find_texts(self, name, tuple(sorted(wanted.items())))

    def rule(self, name: str, rule: str) -> Rule:
        """Return one rule of a file by its name."""
        return _find_rule(self, name, rule)


@cache
def _find_texts(lexicon: Lexicon, name: str, wanted: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    return _texts(lexicon.words, name, dict(wanted))


@cache
def _find_rule(lexicon: Lexicon, name: str, rule: str) -> Rule:
    return next(r for r in lexicon.rules[name] if r.name == rule)


def load_lexicon(folder: Path | None = None, extra: Path | None = None) -> Lexicon:
    """Read a lexicon folder, and the word lists of a user's own folder after it.

    Args:
        folder: the general lexicon; by default the one that came with the package.
        extra: a folder with more CSV lists; rows are added to the lists of the same name.

    Raises:
        LexiconError: a file that is not valid, with its name and line.
    """
    folder = folder or ONTOLOGY / "lexicon"
    words: dict[str, tuple[Word, ...]] = {p.stem: tuple(_read_words(p)) for p in sorted(folder.glob("*.csv"))}
    for path in sorted(extra.glob("*.csv")) if extra else ():
        words[path.stem] = words.get(path.stem, ()) + tuple(_read_words(path))
    rules = {p.stem: tuple(_read_rules(p, words)) for p in sorted(folder.glob("*.toml"))}
    return Lexicon(words, rules)


@cache
def default_lexicon() -> Lexicon:
    """Return the lexicon that came with the package, read once."""
    return load_lexicon()


def _read_words(path: Path) -> Iterator[Word]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if not reader.fieldnames or reader.fieldnames[0] != "word":
            raise LexiconError(f"{path.name}, line 1: the first column must be called 'word'.")
        for row in reader:
            if not row["word"] or None in row or None in row.values():
                raise LexiconError(f"{path.name}, line {reader.line_num}: expected {len(reader.fieldnames)} columns.")
            yield Word(row["word"], {k: v for k, v in row.items() if k != "word"})


def _read_rules(path: Path, words: Mapping[str, tuple[Word, ...]]) -> Iterator[Rule]:
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8")).get("rule", [])
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{path.name}: {error}.") from error
    for table in tables:
        name = table.get("name", "?")
        try:
            pattern = re.compile(_expand(table["pattern"], words), re.VERBOSE if table.get("verbose") else 0)
        except (KeyError, re.error) as error:
            raise LexiconError(f"{path.name}, rule {name}: {error}.") from error
        rest = {k: v for k, v in table.items() if k not in _RESERVED}
        yield Rule(name, pattern, rest, tuple(table.get("yes", ())), tuple(table.get("no", ())))


def _expand(pattern: str, words: Mapping[str, tuple[Word, ...]]) -> str:
    def alternatives(match: re.Match[str]) -> str:
        name, wanted = match.groups()
        pairs = (pair.split("=", 1) for pair in wanted[1:].split(",") if pair)
        found = _texts(words, name, dict(pairs))
        return "(?:" + "|".join(map(re.escape, found)) + ")"

    return _CLASS.sub(alternatives, pattern)


def _texts(words: Mapping[str, tuple[Word, ...]], name: str, wanted: Mapping[str, str]) -> tuple[str, ...]:
    found = {w.text for w in words[name] if all(w.attributes.get(k) == v for k, v in wanted.items())}
    return tuple(sorted(found, key=lambda text: (-len(text), text)))
