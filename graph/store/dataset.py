"""Named graphs on disk: one a document, each replaced or removed as a whole.

The store's default graph is kept as the merge of all named graphs, in which a triple stands once however many
documents say it. Plain queries run there; over the mere union of the graphs (as the engine offers it) a label
that forty documents repeat would count forty times.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain, dropwhile, groupby
from pathlib import Path
from types import TracebackType

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple, serialize

from graph.errors import InputError, OutputError
from graph.vocab import PREFIXES

BATCH = 50_000  # quads of new graphs that are loaded in one atomic step
_MERGED = DefaultGraph()


class Dataset:
    """An open store; a ``with`` block closes it, which releases its lock."""

    __slots__ = ("path", "store")

    def __init__(self, store: Store, path: Path | None = None) -> None:
        self.store = store
        self.path = path

    def __enter__(self) -> Dataset:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        del self.store
        gc.collect()  # an answer left in a reference cycle would hold the lock until later


def open_dataset(path: Path | None, read_only: bool = False) -> Dataset:
    """Open the store in the folder ``path``, or an empty one in memory for ``None``.

    A store opened read-only shows what was there when it was opened, also beside a writer.

    Raises:
        InputError: read-only, and there is no store.
        OutputError: the folder cannot be written, or another build is writing it.
    """
    if path is None:
        return Dataset(Store())
    if read_only:
        return Dataset(_open_for_reading(path), path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        dataset = Dataset(Store(str(path)), path)
        for leftover in path.glob("bulk-*.sst"):  # what an interrupted load had not yet handed over
            leftover.unlink()
        return dataset
    except OSError as error:
        if "lock" in str(error).lower():
            raise OutputError(
                f"{path} is being written by another build; wait until it is done, then try again."
            ) from error
        raise OutputError(f"{path} cannot be opened for writing ({error}); choose another output folder.") from error


def list_graphs(dataset: Dataset) -> tuple[str, ...]:
    """Return the IRIs of the named graphs, sorted."""
    return tuple(sorted(graph.value for graph in dataset.store.named_graphs() if isinstance(graph, NamedNode)))


def replace_graphs(dataset: Dataset, quads: Iterable[Quad]) -> int:
    """Make each named graph among ``quads`` hold exactly the quads given for it; return how many changed.

    The quads of one graph must follow one another. Each graph is replaced in one atomic step: a reader, or a
    crash, finds it wholly as before or wholly as given. Graphs that are new are loaded together.

    Raises:
        OutputError: the disk refuses; the graphs written so far, and all earlier ones, are intact.
    """
    known = set(list_graphs(dataset))
    fresh: list[Quad] = []
    changed = 0
    with _explain_disk(dataset):
        for graph, group in groupby(quads, key=lambda quad: quad.graph_name):
            if not isinstance(graph, NamedNode):
                raise ValueError("Every quad needs a named graph.")
            if graph.value in known:
                changed += _replace_graph(dataset.store, graph, {quad.triple for quad in group})
                continue
            fresh.extend(group)
            known.add(graph.value)
            changed += 1
            if len(fresh) >= BATCH:
                _load_graphs(dataset.store, fresh)
                fresh = []
        _load_graphs(dataset.store, fresh)
        dataset.store.flush()
        if changed:
            dataset.store.optimize()  # loads leave files side by side; joined, they are read twice as fast
    return changed


def remove_graphs(dataset: Dataset, graphs: Iterable[str]) -> int:
    """Remove named graphs by IRI, each in one atomic step, and return how many there were.

    Raises:
        OutputError: the disk refuses.
    """
    known = set(list_graphs(dataset))
    doomed = [graph for graph in dict.fromkeys(graphs) if graph in known]
    with _explain_disk(dataset):
        for graph in doomed:
            _replace_graph(dataset.store, NamedNode(graph), set())
        dataset.store.flush()
    return len(doomed)


def write_nquads(dataset: Dataset, path: Path) -> None:
    """Write all named graphs as N-Quads, graph by graph and sorted within each: equal content, equal bytes.

    Raises:
        OutputError: the file cannot be written; an earlier one is left as it was.
    """
    write_file(path, _nquads_lines(dataset))


def write_turtle(dataset: Dataset, path: Path) -> None:
    """Write the merge of all graphs as Turtle, sorted by subject.

    Raises:
        OutputError: the file cannot be written; an earlier one is left as it was.
    """
    triples = sorted((q.triple for q in dataset.store.quads_for_pattern(None, None, None, _MERGED)), key=str)
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(PREFIXES.items()))
    body = serialize(triples, format=RdfFormat.TURTLE, prefixes=PREFIXES) or b""
    write_file(path, chain([prefixes.encode()], dropwhile(_is_prefix, body.splitlines(keepends=True))))


def write_file(path: Path, chunks: Iterable[bytes]) -> None:
    """Write a file in one step: whoever reads it finds the earlier one or the new one.

    Raises:
        OutputError: the file cannot be written; an earlier one is left as it was.
    """
    draft = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("wb") as file:
            file.writelines(chunks)
        os.replace(draft, path)  # noqa: PTH105
    except OSError as error:
        with suppress(OSError):
            draft.unlink()
        raise OutputError(f"{path} cannot be written ({error}); choose another output folder.") from error


def backup_dataset(dataset: Dataset, target: Path) -> None:
    """Copy the store, as it is now, to the new folder ``target``; writers and readers may go on meanwhile.

    Raises:
        OutputError: the folder exists already, or cannot be written.
    """
    if target.exists():
        raise OutputError(f"{target} exists already; give the backup a new folder.")
    try:
        dataset.store.backup(str(target))
    except OSError as error:
        raise OutputError(f"The backup to {target} failed ({error}); check that the disk has room.") from error


def _open_for_reading(path: Path) -> Store:
    if not (path / "CURRENT").exists():
        raise InputError(f"There is no store at {path}; run 'pledgegraph build' first.")
    try:
        return Store.read_only(str(path))
    except OSError as error:
        raise InputError(f"The store at {path} cannot be read ({error}); run 'pledgegraph build' again.") from error


def _load_graphs(store: Store, quads: list[Quad]) -> None:
    """Load graphs that the store does not have yet, with their share of the merge, in one atomic step."""
    if quads:
        store.bulk_extend(_with_merge(quads))


def _with_merge(quads: Iterable[Quad]) -> Iterator[Quad]:
    for quad in quads:
        yield quad
        yield Quad(quad.subject, quad.predicate, quad.object, _MERGED)


def _replace_graph(store: Store, graph: NamedNode, wanted: set[Triple]) -> bool:
    """Turn ``graph`` into ``wanted`` by one update, which the engine runs as one transaction."""
    found = {quad.triple for quad in store.quads_for_pattern(None, None, None, graph)}
    if found == wanted and wanted:
        return False
    gone, new = sorted(found - wanted, key=str), sorted(wanted - found, key=str)
    orphans = [triple for triple in gone if _is_only_in(store, graph, triple)]
    steps = [f"DELETE DATA {{ GRAPH {graph} {{ {_data(gone)} }} {_data(orphans)} }}"] if gone else []
    steps += [f"INSERT DATA {{ GRAPH {graph} {{ {_data(new)} }} {_data(new)} }}"] if new else []
    steps += [] if wanted else [f"DROP SILENT GRAPH {graph}"]
    store.update(";\n".join(steps))
    return True


def _is_only_in(store: Store, graph: NamedNode, triple: Triple) -> bool:
    holders = store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
    return all(quad.graph_name in (graph, _MERGED) for quad in holders)


def _data(triples: Iterable[Triple]) -> str:
    return " ".join(f"{triple.subject} {triple.predicate} {triple.object} ." for triple in triples)


def _nquads_lines(dataset: Dataset) -> Iterator[bytes]:
    for graph in list_graphs(dataset):
        quads = dataset.store.quads_for_pattern(None, None, None, NamedNode(graph))
        yield from sorted(f"{quad} .\n".encode() for quad in quads)


def _is_prefix(line: bytes) -> bool:
    return line.startswith(b"@prefix")


@contextmanager
def _explain_disk(dataset: Dataset) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(
            f"{dataset.path} cannot be written ({error}); make room on the disk, then try again."
        ) from error
