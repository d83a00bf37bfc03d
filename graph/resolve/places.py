"""Where a name belongs: ``市中医院`` in a document of a district is the hospital of that district's city."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.lexicon import Lexicon
from graph.model import Metadata

_LEVELS = ("province", "city", "county", "town")


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """A place with what contains it: ``path`` from the widest to the place itself.

    ``prefixes`` maps every way to say one of these places at the head of a name to the full path of it;
    ``relative`` maps a word such as ``市`` to the full name of the place that it means here.
    """

    path: tuple[str, ...]
    prefixes: Mapping[str, str]
    relative: Mapping[str, str]

    @property
    def name(self) -> str:
        """The full path in one string."""
        return "".join(self.path)


def read_jurisdiction(metadata: Metadata, document: str, lexicon: Lexicon) -> Jurisdiction:
    """Return the place whose names a document uses.

    A document that says no place is a world of its own: its names never meet those of another.

    Args:
        metadata: of the document; ``place``, else ``issuer``.
        document: the document's name.
        lexicon: with the rules ``names``.
    """
    for text in (metadata.place, metadata.issuer):
        found = parse_place(text, lexicon)
        if found.path:
            return found
    return Jurisdiction((f"?{document}",), {}, {})


def parse_place(text: str, lexicon: Lexicon) -> Jurisdiction:
    """Take ``青山省云江市东河新区`` apart; a text that is no such path gives an empty jurisdiction."""
    levels = lexicon.rule("names", "levels").pattern.match(text)
    if not levels:
        return Jurisdiction((), {}, {})
    short = lexicon.rule("names", "short").pattern
    path: list[str] = []
    prefixes: dict[str, str] = {}
    relative: dict[str, str] = {}
    for level in _LEVELS:
        name = levels[level]
        if not name:
            continue
        path.append(name)
        here = "".join(path)
        prefixes[here] = prefixes[name] = here
        if found := short.match(name):
            prefixes[found["it"]] = here
            relative[name[len(found["it"]) :]] = name
        relative[name[-1]] = name
    return Jurisdiction(tuple(path), prefixes, relative)


def make_absolute(name: str, place: Jurisdiction, lexicon: Lexicon) -> str:
    """Return a normalised name with ``市``, ``区`` or ``省`` at its head made the place that it means here."""
    found = lexicon.rule("names", "relative").pattern.match(name)
    if found and (full := place.relative.get(found["it"])):
        return full + name[found.end() :]
    return name
