"""Every name of the documents as one node a place: what the rules of joining look at."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from graph.lexicon import Lexicon
from graph.model import Document, Mention, Pledge
from graph.resolve.aliases import expand_office, read_abbreviations
from graph.resolve.names import Grammar, Parts, normalise_name, read_grammar, split_name
from graph.resolve.places import Jurisdiction, make_absolute, read_jurisdiction

Read = tuple[Document, Sequence[Pledge]]
Said = tuple[str, str, str]


@dataclass(slots=True)
class Node:
    """A name at one place, over all its documents; filled while the names are gathered.

    ``name`` is normalised and absolute, ``home`` the place of the documents, ``key`` the name's stem, an
    office's abbreviations written out; ``abroad`` says that the name carries its own place wherever it is said.
    ``beside`` are the names that a text counts up beside it, which are other things.
    """

    name: str
    home: Jurisdiction
    agent: bool
    parts: Parts
    key: str
    abroad: bool
    office: bool = False
    kinds: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    documents: set[str] = field(default_factory=set)
    beside: set[str] = field(default_factory=set)

    @property
    def place(self) -> str:
        """The full path of the place that the name belongs to."""
        return self.parts.place or self.home.name

    @property
    def kind(self) -> str:
        """The type that the name is most often said to be."""
        return min(self.kinds, key=lambda kind: (-self.kinds[kind], kind))


@dataclass(frozen=True, slots=True)
class Gathered:
    """The nodes in the order in which they are first said, and for (document, name, kind) which node it is."""

    nodes: tuple[Node, ...]
    where: dict[Said, int]
    grammar: Grammar


def gather_names(documents: Sequence[Read], lexicon: Lexicon) -> Gathered:
    """Return the nodes of all names, documents in the order of year, date and name."""
    make_node, listed = _node_maker(lexicon), lexicon.rule("names", "listed").pattern
    index: dict[tuple[str, bool, str], int] = {}
    nodes: list[Node] = []
    where: dict[Said, int] = {}
    for document, pledges in sorted(documents, key=_order):
        said = _count_names(document, pledges)
        home = read_jurisdiction(document, (name for name, kind in said if kind == "office"), lexicon)
        for (name, kind), times in said.items():
            agent = kind in ("office", "organisation")
            normal = make_absolute(normalise_name(name), home, lexicon)
            at = index.setdefault((home.name, agent, normal), len(nodes))
            if at == len(nodes):
                nodes.append(make_node(normal, home, agent))
            node = nodes[at]
            node.office |= kind == "office"
            node.kinds[kind] += times
            node.names[name] += times
            node.documents.add(document.name)
            where[document.name, name, kind] = at
        for pair in _list_neighbours(document, pledges, listed):
            a, b = (nodes[where[document.name, mention.name, mention.type]] for mention in pair)
            a.beside.add(b.name)
            b.beside.add(a.name)
    return Gathered(tuple(nodes), where, read_grammar(lexicon))


def _node_maker(lexicon: Lexicon) -> Callable[[str, Jurisdiction, bool], Node]:
    grammar, abbreviations = read_grammar(lexicon), read_abbreviations(lexicon)
    abroad = re.compile("|".join(map(re.escape, lexicon.texts("places"))))
    street, government, central = (grammar.rules[name] for name in ("street", "government", "central"))

    def make_node(name: str, home: Jurisdiction, agent: bool) -> Node:
        bare = central.sub("", government.sub("", name)) if agent else name
        parts = split_name(bare if len(bare) > 2 else name, home.prefixes, grammar)
        key = expand_office(parts.core, abbreviations) + parts.kind if agent else parts.stem
        if bare != name and bare in home.prefixes:
            key = home.prefixes[bare]  # the government of the place, under its short name or its full one
        return Node(name, home, agent, parts, key, bool(abroad.match(name)) and not street.search(name))

    return make_node


def _order(read: Read) -> tuple[int, str, str]:
    metadata = read[0].metadata
    return (metadata.year or 9999, metadata.issued, read[0].name)


def _count_names(document: Document, pledges: Iterable[Pledge]) -> Counter[tuple[str, str]]:
    said: Counter[tuple[str, str]] = Counter()
    for section in document.sections:
        said.update((speaker.name, "office") for speaker in section.speakers)
    for pledge in pledges:
        said.update((speaker.name, "office") for speaker in pledge.speakers)
        said.update((mention.name, mention.type) for mention in _list_mentions(pledge))
    return said


def _list_neighbours(
    document: Document, pledges: Iterable[Pledge], listed: re.Pattern[str]
) -> Iterator[tuple[Mention, Mention]]:
    """Yield the mentions between which nothing stands in the text but what parts the members of a list."""
    for pledge in pledges:
        mentions = sorted((a.mention for a in pledge.arguments), key=lambda m: m.evidence.pieces[0])
        for left, right in pairwise(mentions):
            between = document.text[left.evidence.pieces[-1].end : right.evidence.pieces[0].start]
            if listed.fullmatch(between):
                yield left, right


def _list_mentions(pledge: Pledge) -> Iterator[Mention]:
    """Yield each mention once, also if relations hold it: what is related is not said more often for it."""
    related = ((relation.subject, relation.object) for relation in pledge.relations)
    found = [*(argument.mention for argument in pledge.arguments), *(one for pair in related for one in pair if one)]
    yield from dict.fromkeys(found)
