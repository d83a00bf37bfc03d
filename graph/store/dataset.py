"""Named graphs on disk: one a document, each replaced or removed as a whole, and one of the things they share.

No triple stands in two graphs (``graph.store.things``); so plain queries run on the union of all, which is their merge.
"""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain, dropwhile
from pathlib import Path
from types import TracebackType

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, serialize

from graph.errors import InputError, OutputError, say_reason
from graph.store.intake import RUN, Intake, forget_things, group_quads, replace_graph
from graph.vocab import BASE, PREFIXES, mint_things_graph

_PAUSES = (0.0, 0.05, 0.1, 0.2, 0.4)  # seconds before each try to open a store that is being written
THINGS = mint_things_graph(BASE)


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
        raise OutputError(
            f"{path} cannot be opened for writing ({error}); make room there, or choose another output folder."
        ) from error


def list_graphs(dataset: Dataset) -> tuple[str, ...]:
    """Return the IRIs of the named graphs, sorted."""
    return tuple(sorted(graph.value for graph in dataset.store.named_graphs() if isinstance(graph, NamedNode)))


def replace_graphs(dataset: Dataset, quads: Iterable[Quad], things: str = THINGS, whole: bool = False) -> int:
    """Make each named graph among ``quads`` hold exactly the quads given for it; return how many changed.

    The quads of one graph must follow one another, and what a document says of ``things`` its own. Each graph
    changes in one atomic step, with the things it needs: a reader, or a crash, finds it wholly as before or
    wholly as given. Graphs that are new are loaded together.

    Args:
        dataset: the open store.
        quads: graph by graph.
        things: the graph that documents share: it is added to, and keeps only what some document needs.
        whole: the quads are all that is said of things; what else stands there is said no more, and goes last.

    Raises:
        OutputError: the disk refuses; the graphs written so far, and all earlier ones, are intact.
    """
    intake = Intake(dataset.store, group_quads(quads, NamedNode(things)), set(list_graphs(dataset)), NamedNode(things))
    changed = 0
    with _explain_disk(dataset):
        while not intake.is_done:
            dataset.store.bulk_extend(chain.from_iterable(intake.flow()))
            changed += intake.loaded + intake.replace_waiting()
        if whole:
            forget_things(dataset.store, intake.shared, intake.said)
        dataset.store.flush()
        if intake.moved > RUN:
            dataset.store.optimize()  # runs lie side by side; joined, they are read up to twice as fast
    return changed


def remove_graphs(dataset: Dataset, graphs: Iterable[str], things: str = THINGS) -> int:
    """Remove named graphs by IRI, each in one atomic step, and return how many there were.

    What only they needed goes from the graph of ``things`` in the same step.

    Raises:
        OutputError: the disk refuses.
    """
    known = set(list_graphs(dataset))
    doomed = [graph for graph in dict.fromkeys(graphs) if graph in known]
    with _explain_disk(dataset):
        for graph in doomed:
            replace_graph(dataset.store, NamedNode(things), (NamedNode(graph), [], []))
        dataset.store.flush()
    return len(doomed)


def write_nquads(dataset: Dataset, path: Path) -> None:
    """Write all named graphs as N-Quads, graph by graph and sorted within each: equal content, equal bytes.

    Raises:
        OutputError: the file cannot be written; an earlier one is left as it was.
    """
    write_file(path, _nquads_lines(dataset))


def write_turtle(dataset: Dataset, path: Path) -> None:
    """Write what all graphs say as Turtle, sorted by subject.

    Raises:
        OutputError: the file cannot be written; an earlier one is left as it was.
    """
    triples = sorted((quad.triple for quad in dataset.store), key=str)
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(PREFIXES.items()))
    body = serialize(triples, format=RdfFormat.TURTLE, prefixes=PREFIXES) or b""
    write_file(path, chain([prefixes.encode()], dropwhile(_is_prefix, body.splitlines(keepends=True))))


def write_file(path: Path, chunks: Iterable[bytes]) -> None:
    """Write a file in one step: whoever reads it finds the earlier one or the new one.

    What is no file, such as ``/dev/stdout``, is written into and not replaced.

    Raises:
        OutputError: the file cannot be written; an earlier one is left as it was.
    """
    straight = path.exists() and not path.is_file()
    draft = path if straight else path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("wb") as file:
            file.writelines(chunks)
        if not straight:
            os.replace(draft, path)  # noqa: PTH105
    except OSError as error:
        if not straight:
            with suppress(OSError):
                draft.unlink()
        raise OutputError(f"{path} cannot be written ({say_reason(error)}); choose another output folder.") from error


def backup_dataset(dataset: Dataset, target: Path) -> None:
    """Copy the store, as it is now, to the new folder ``target``; writers and readers may go on meanwhile.

    Raises:
        OutputError: the folder exists already, or cannot be written.
    """
    if target.exists():
        raise OutputError(f"{target} exists already; give the backup a new folder.")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        dataset.store.backup(str(target))
    except OSError as error:
        raise OutputError(f"The backup to {target} failed ({error}); check that the disk has room.") from error


def _open_for_reading(path: Path) -> Store:
    if not (path / "CURRENT").exists():
        raise InputError(f"There is no store at {path}; run 'pledgegraph build' first.")
    error: Exception | None = None
    for pause in _PAUSES:
        time.sleep(pause)
        try:
            return Store.read_only(str(path))
        except (OSError, RuntimeError) as refusal:  # beside a writer, a file may go while the store is opened
            error = refusal
    raise InputError(f"The store at {path} cannot be read ({error}); run 'pledgegraph build' again.") from error


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
