"""Every name of the documents as one node a place: what the rules of joining look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from graph.lexicon import Lexicon
from graph.model import Document, Mention, Pledge
from graph.resolve.aliases import expand_office, read_abbreviations
from graph.resolve.names import Grammar, Parts, normalise_name, read_grammar, split_name
from graph.resolve.places import Jurisdiction, make_absolute, read_jurisdiction

Read = tuple[Document, Sequence[Pledge]]


@dataclass(slots=True)
class Node:
    """A name of one place, over all its documents; filled while the names are gathered.

    ``name`` is normalised and absolute, ``home`` the place of the documents, ``key`` what an office's
    abbreviations written out leave of it.
    """

    name: str
    home: Jurisdiction
    agent: bool
    parts: Parts
    key: str
    office: bool = False
    kinds: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    documents: set[str] = field(default_factory=set)

    @property
    def place(self) -> str:
        """The full path of the place that the name belongs to."""
        return self.parts.place or self.home.name


@dataclass(frozen=True, slots=True)
class Gathered:
    """The nodes, and for every (document, name, is it a speaker) the node it is."""

    nodes: tuple[Node, ...]
    where: dict[tuple[str, str, str], int]
    grammar: Grammar


def gather_names(documents: Sequence[Read], lexicon: Lexicon) -> Gathered:
    """Return the nodes of all names in the order of year, date and name of their documents."""
    grammar, abbreviations = read_grammar(lexicon), read_abbreviations(lexicon)
    nodes: dict[tuple[str, bool, str], Node] = {}
    index: dict[tuple[str, bool, str], int] = {}
    where: dict[tuple[str, str, str], int] = {}
    for document, pledges in sorted(documents, key=_order):
        home = read_jurisdiction(document.metadata, document.name, lexicon)
        for name, kind, times in _count_names(document, pledges):
            agent = kind in ("office", "organisation")
            normal = make_absolute(normalise_name(name), home, lexicon)
            key = (home.name, agent, normal)
            if key not in nodes:
                parts = split_name(normal, home.prefixes, grammar)
                stem = expand_office(parts.core, abbreviations) + parts.head if agent else parts.stem
                nodes[key] = Node(normal, home, agent, parts, stem)
                index[key] = len(index)
            node = nodes[key]
            node.office = node.office or kind == "office"
            node.kinds[kind] += times
            node.names[name] += times
            node.documents.add(document.name)
            where[document.name, name, kind] = index[key]
    return Gathered(tuple(nodes.values()), where, grammar)


def _order(read: Read) -> tuple[int, str, str]:
    metadata = read[0].metadata
    return (metadata.year or 9999, metadata.issued, read[0].name)


def _count_names(document: Document, pledges: Iterable[Pledge]) -> Iterator[tuple[str, str, int]]:
    said: Counter[tuple[str, str]] = Counter()
    for section in document.sections:
        said.update((speaker.name, "office") for speaker in section.speakers)
    for pledge in pledges:
        said.update((speaker.name, "office") for speaker in pledge.speakers)
        said.update((mention.name, mention.type) for mention in _mentions(pledge))
    yield from ((name, kind, times) for (name, kind), times in said.items())


def _mentions(pledge: Pledge) -> Iterator[Mention]:
    for argument in pledge.arguments:
        yield argument.mention
    for relation in pledge.relations:
        if relation.subject:
            yield relation.subject
        yield relation.object
