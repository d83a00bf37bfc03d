"""Offices that became others: an event with its sentence, which keeps the two offices apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from graph.lexicon import Lexicon
from graph.model import Document, Evidence, Reform, Span
from graph.resolve.aliases import find_reforms
from graph.resolve.clusters import Clusters, keep_apart
from graph.resolve.nodes import Gathered, Read
from graph.resolve.places import make_absolute

Found = tuple[int, int, Evidence]


def note_reforms(clusters: Clusters, documents: Sequence[Read], gathered: Gathered, lexicon: Lexicon) -> list[Found]:
    """Keep apart the offices that a document says became one another; return their nodes and the sentence.

    Both offices may be named in any documents of the place. Whether they are one thing is also put to a person
    (``reformed``), for what is called a reform may only be a new sign on the door.
    """
    agents: dict[str, dict[str, int]] = defaultdict(dict)
    homes = {document: gathered.nodes[i].home for (document, _, _), i in gathered.where.items()}
    for i, node in enumerate(gathered.nodes):
        if node.agent:
            agents[node.home.name].setdefault(node.name, i)
    found: list[Found] = []
    for document, _ in documents:
        if home := homes.get(document.name):
            for before, after, where in find_reforms(document.text, lexicon):
                here = agents[home.name]
                new = here.get(make_absolute(after, home, lexicon))
                tails = (make_absolute(before[at:], home, lexicon) for at in range(len(before) - 2))
                old = next((here[name] for name in tails if name in here), None)
                if old is not None and new is not None and clusters.find(old) != clusters.find(new):
                    keep_apart(clusters, old, new)
                    clusters.declined.append((old, new, "reformed", 1.0))
                    found.append((old, new, _cite(document, where)))
    return found


def list_reforms(found: Sequence[Found], iri_of: Mapping[int, str]) -> tuple[Reform, ...]:
    """Return the events, each once, in the order of documents and sentences."""
    return tuple(dict.fromkeys(Reform(iri_of[old], iri_of[new], evidence) for old, new, evidence in found))


def list_apart(clusters: Clusters, iri_of: Mapping[int, str]) -> tuple[tuple[str, str], ...]:
    """Return the pairs of things that are known to be two, sorted."""
    pairs = ((iri_of[a], iri_of[b]) for a, others in clusters.apart.items() for b in others)
    return tuple(sorted({(min(pair), max(pair)) for pair in pairs}))


def _cite(document: Document, where: Span) -> Evidence:
    quote = document.text[where.start : where.end]
    kept = Span(where.start, where.start + len(quote.rstrip()))
    return Evidence(document.name, (kept,), document.text[kept.start : kept.end])
