"""What is given to the store, graph by graph: new graphs are loaded together, others are turned into what is given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter

from pyoxigraph import NamedNode, Quad, Store

from graph.store.things import Outlook, find_replaced, find_unused

BATCH = 20_000_000  # quads of new graphs that are loaded in one atomic step; what a killed build has to load again
RUN = 1_000_000  # quads that the engine sorts at once; each such run is a file, and every question looks into all
PATIENCE = 100_000  # quads of other graphs that wait for it in memory
Group = tuple[NamedNode, list[Quad], list[Quad]]  # a graph, what it holds, what it says of things


class Intake:
    """What is given, in steps: graphs that are new flow into the engine's loader, others wait until they have.

    Others are those that are there already, and those that name a known thing anew, for loading only adds.
    """

    def __init__(self, store: Store, groups: Iterator[Group], known: set[str], shared: NamedNode) -> None:
        self.shared = shared
        self.waiting: list[Group] = []
        self.said = set[Quad]()  # of things, by all
        self.loaded = 0
        self.moved = 0  # quads of all graphs that changed
        self.is_done = False
        self._store, self._groups, self._known = store, groups, known
        self._told = set[Quad]()  # of things, by graphs that were loaded

    def flow(self) -> Iterator[Iterable[Quad]]:
        """Yield the new graphs of the next step, whose quads the engine loads as a whole or not at all."""
        self.waiting, self.loaded = [], 0
        flown, held = 0, 0
        for graph, own, things in self._groups:
            common = set(things)
            self.said |= common
            fresh = common - self._told
            if graph.value in self._known or any(find_replaced(self._store, self.shared, fresh, self._told)):
                self.waiting.append((graph, own, things))
                held += len(own)
            else:
                yield own
                yield fresh
                self._told |= fresh
                self.loaded += 1
                self.moved += len(own)
                flown += len(own)
            self._known.add(graph.value)
            if flown >= BATCH or held >= PATIENCE:
                return
        self.is_done = True

    def replace_waiting(self) -> int:
        """Turn the graphs that waited into what is given, each in a step of its own; return how many changed."""
        changed = [group for group in self.waiting if replace_graph(self._store, self.shared, group)]
        self.moved += sum(len(own) for _, own, _ in changed)
        return len(changed)


def group_quads(quads: Iterable[Quad], shared: NamedNode) -> Iterator[Group]:
    """Yield each graph with its quads, and the quads of the shared graph that follow them."""
    waiting: Group | None = None
    for graph, group in groupby(quads, key=attrgetter("graph_name")):
        if not isinstance(graph, NamedNode):
            raise ValueError("Every quad needs a named graph.")
        if graph == shared and waiting:
            waiting[2].extend(group)
            continue
        if waiting:
            yield waiting
        waiting = (graph, list(group), [])
    if waiting:
        yield waiting


def replace_graph(store: Store, shared: NamedNode, group: Group) -> bool:
    """Turn a graph into what is given, and mend what is shared, in one transaction; tell whether that changed it."""
    graph, own, common = group[0], set(group[1]), set(group[2])
    found = set(store.quads_for_pattern(None, None, None, graph))
    stale = set(find_replaced(store, shared, common))
    gone, new = (found - own) | stale, (own - found) | {quad for quad in common if quad not in store}
    if not gone and not new and own:
        return False
    changed = {quad.subject for quad in gone}
    touched = {quad.object for quad in found | gone if quad.subject in changed and isinstance(quad.object, NamedNode)}
    gone |= find_unused(Outlook(store, gone, new), shared, touched)
    steps = [f"DELETE DATA {{ {_data(gone)} }}"] if gone else []
    steps += [f"INSERT DATA {{ {_data(new)} }}"] if new else []
    steps += [] if own else [f"DROP SILENT GRAPH {graph}"]
    store.update(";\n".join(steps))
    return True


def forget_things(store: Store, shared: NamedNode, said: set[Quad]) -> None:
    """Remove what stands in the graph of things and is not ``said``."""
    stale = [quad for quad in store.quads_for_pattern(None, None, None, shared) if quad not in said]
    if stale:
        store.update(f"DELETE DATA {{ {_data(stale)} }}")


def _data(quads: Iterable[Quad]) -> str:
    """Return quads as the data of an update, sorted and graph by graph."""
    ordered = groupby(sorted(quads, key=_order), key=attrgetter("graph_name"))
    return " ".join(f"GRAPH {graph} {{ {_list_triples(group)} }}" for graph, group in ordered)


def _order(quad: Quad) -> tuple[str, str]:
    return str(quad.graph_name), str(quad)


def _list_triples(quads: Iterable[Quad]) -> str:
    return " ".join(f"{quad.subject} {quad.predicate} {quad.object} ." for quad in quads)
