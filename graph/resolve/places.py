"""Where a name belongs: ``市第一医院`` in a document of a district is the hospital of that district's city."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.lexicon import Lexicon
from graph.model import Document
from graph.resolve.names import normalise_name

_LEVELS = ("province", "city", "county", "town")
_LONGEST_LEVEL = 3
_LONGEST_PATH = 16


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """A place with what contains it: ``path`` from the widest to the place itself.

    ``prefixes`` maps every way to say one of these places at the head of a name to the full path of it;
    ``relative`` maps a word such as ``市`` to the full name of the place that it means here. A document that
    says no place has an empty path and is a ``world`` of its own.
    """

    path: tuple[str, ...]
    prefixes: Mapping[str, str]
    relative: Mapping[str, str]
    world: str = ""

    @property
    def name(self) -> str:
        """The full path in one string; a placeless document's is its own name."""
        return "".join(self.path) or self.world

    @property
    def root(self) -> str:
        """The widest place: names of different roots never meet but by rules that look across."""
        return self.path[0] if self.path else self.world


def read_jurisdiction(document: Document, speakers: Iterable[str], lexicon: Lexicon) -> Jurisdiction:
    """Return the place whose names a document uses.

    The document's metadata say it, else its speakers do, if they are all of one place, else its title.

    Args:
        document: its metadata are read.
        speakers: the names of those who speak in it.
        lexicon: with the rules ``names`` and the list ``places``.
    """
    metadata = document.metadata
    for text in (metadata.place, metadata.issuer):
        if (found := parse_place(_write_out(text, lexicon), lexicon)).path:
            return found
    found = _find_common([_find_place(normalise_name(name), lexicon) for name in sorted(set(speakers))])
    if not found.path and (titled := lexicon.rule("names", "titled").pattern.search(normalise_name(metadata.title))):
        found = parse_place(_write_out(titled["it"], lexicon), lexicon)
    return found if found.path else Jurisdiction((), {}, {}, world=f"?{document.name}")


def parse_place(text: str, lexicon: Lexicon) -> Jurisdiction:
    """Take ``青山省云江市东河新区`` apart; a text that is no such path gives an empty jurisdiction."""
    levels = lexicon.rule("names", "levels").pattern.match(text)
    short = lexicon.rule("names", "short").pattern
    path: list[str] = []
    prefixes: dict[str, str] = {}
    relative: dict[str, str] = {}
    for name in (levels[level] for level in _LEVELS if levels[level]) if levels else ():
        path.append(name)
        here = "".join(path)
        prefixes[here] = prefixes[name] = here
        relative |= {name[-length:]: name for length in range(1, min(len(name), _LONGEST_LEVEL + 1))}
        if found := short.match(name):
            prefixes[found["it"]] = here
    return Jurisdiction(tuple(path), prefixes, relative)


def make_absolute(name: str, place: Jurisdiction, lexicon: Lexicon) -> str:
    """Return a normalised name with ``市``, ``区`` or ``省`` at its head made the place that it means here."""
    found = lexicon.rule("names", "relative").pattern.match(name)
    if found and (full := place.relative.get(found["it"])):
        return full + name[found.end() :]
    return name


def _find_place(speaker: str, lexicon: Lexicon) -> Jurisdiction:
    """Return the place at the head of an office's name, or which the name is."""
    name = lexicon.rule("names", "government").pattern.sub("", speaker)
    whole = parse_place(_write_out(name, lexicon), lexicon)
    if whole.path or name != speaker:
        return whole
    ends = range(min(len(name) - 2, _LONGEST_PATH), 2, -1)
    found = (parse_place(name[:end], lexicon) for end in ends)
    return next((place for place in found if place.path), Jurisdiction((), {}, {}))


def _find_common(places: Iterable[Jurisdiction]) -> Jurisdiction:
    """Return the widest of places that lie within one another; nothing, if they do not."""
    found = sorted((place for place in places if place.path), key=lambda place: len(place.path))
    if found and all(place.path[: len(found[0].path)] == found[0].path for place in found):
        return found[0]
    return Jurisdiction((), {}, {})


def _write_out(name: str, lexicon: Lexicon) -> str:
    """Return the full name of a place that is given by its short one, else the name itself."""
    full = next((word.attributes["full"] for word in lexicon.words["places"] if word.text == name), "")
    return full or name
