"""The rooms in a row: documents are read, pledges extracted, names resolved, triples stored, answers written."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from graph.errors import InputError, OutputError
from graph.extract.pledges import extract_pledges
from graph.lexicon import Lexicon, load_lexicon
from graph.model import Decision, Document, Ledger, Pledge, Resolution, Unread
from graph.read.documents import DEFAULT_LIMIT, find_files, read_documents
from graph.resolve.correct import correct_pledges
from graph.resolve.corrections import load_decisions
from graph.resolve.decide import find_unfit
from graph.resolve.link import resolve_names
from graph.resolve.register import read_register, update_register, write_register
from graph.resolve.review import list_review, write_review
from graph.store.dataset import (
    Dataset,
    list_graphs,
    open_dataset,
    remove_graphs,
    replace_graphs,
    write_nquads,
    write_turtle,
)
from graph.store.describe import Run, describe_declined, describe_document, slice_resolution
from graph.store.query import find_base, read_ledger
from graph.view.explorer import write_explorer
from graph.view.graphml import write_graphml
from graph.view.ledger import write_links_csv, write_targets_csv, write_xlsx
from graph.view.report import write_report
from graph.vocab import BASE, mint_declined_graph, mint_graph

Progress = Callable[[str, int, int], None]
Extracted = tuple[Document, tuple[Pledge, ...]]
BATCH = 8  # files that one worker reads at a time; one a task costs more in transport than it gains


@dataclass(frozen=True, slots=True)
class Settings:
    """What a build is asked to do; ``limit`` is the most bytes that one file may hold, unpacked."""

    inputs: tuple[Path, ...]
    out: Path
    base: str = BASE
    lexicon: Path | None = None
    decisions: Path = Path("decisions.csv")
    jobs: int = 1
    limit: int = DEFAULT_LIMIT
    time: str = ""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build found; ``unfit`` are decisions that no name or sentence calls for any more."""

    ledger: Ledger
    unread: tuple[Unread, ...]
    resolution: Resolution
    unfit: tuple[Decision, ...]
    out: Path


def build(settings: Settings, progress: Progress = lambda _stage, _done, _all: None) -> Built:
    """Do everything: read the inputs, and write the store and all files of the output folder.

    The store changes document by document, each in one atomic step; every other file is replaced as a whole.
    An interrupted build leaves what stood there before, or a part of what is new, but nothing half-written.

    Args:
        settings: inputs, output folder and options.
        progress: called with the stage, how much of it is done, and how much it is.

    Raises:
        InputError: an input is missing, or none of the files could be read.
        OutputError: the output folder cannot be written, or another build is writing it.
    """
    lexicon = load_lexicon(extra=settings.lexicon)
    check_writable(settings.out)
    extracted, unread = _read_all(settings, lexicon, progress)
    if not extracted:
        reason = f"{unread[0].path}: {unread[0].reason}" if unread else "there is no file in it."
        raise InputError(f"Nothing to build from {settings.inputs[0]}: {reason}")
    progress("resolve", 0, 1)
    decisions = load_decisions(settings.decisions, lexicon)
    unfit = find_unfit(extracted, lexicon, decisions)
    extracted = [(document, correct_pledges(document, pledges, decisions)) for document, pledges in extracted]
    register = settings.out / "identities.csv"
    known = read_register(register.read_text(encoding="utf-8")) if register.exists() else ()
    resolution = resolve_names(extracted, lexicon, settings.base, decisions, known)
    progress("resolve", 1, 1)
    with open_dataset(settings.out / "store") as dataset:
        store(dataset, extracted, resolution, settings, progress)
        ledger = read_ledger(dataset)
        write_outputs(dataset, ledger, settings.out)
    write_texts((document for document, _ in extracted), settings.out / "texts")
    write_file(register, write_register(update_register(known, resolution.entities)))
    questions = list_review(ledger, resolution.links, resolution.declined)
    write_file(settings.out / "review.csv", write_review(questions, lexicon))
    built = Built(ledger, unread, resolution, unfit, settings.out)
    write_report(ledger, resolution, unread, settings.out / "report.md")
    return built


def remove_documents(out: Path, names: Sequence[str]) -> Ledger:
    """Remove documents from what was built, and write every file anew without them; return what is left.

    Raises:
        InputError: there is no document of one of the names; nothing is removed.
    """
    with open_dataset(out / "store") as dataset:
        base, known = find_base(dataset), {row.document for row in read_ledger(dataset).documents}
        if missing := [name for name in names if name not in known]:
            raise InputError(f"There is no document '{missing[0]}' in {out}; there are: {', '.join(sorted(known))}.")
        remove_graphs(dataset, [mint_graph(base, name) for name in names])
        ledger = read_ledger(dataset)
        write_outputs(dataset, ledger, out)
    for name in names:
        (out / "texts" / f"{name}.txt").unlink(missing_ok=True)
    nothing = Resolution((), ())
    write_file(out / "review.csv", write_review(list_review(ledger), load_lexicon()))
    write_report(ledger, nothing, (), out / "report.md")
    return ledger


def check_writable(out: Path) -> None:
    """Make the output folder, and write a file in it, before any work is done.

    Raises:
        OutputError: either is refused.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=out):
            pass
    except OSError as error:
        raise OutputError(
            f"Cannot write the output folder {out} ({error.strerror}); choose another with --out."
        ) from error


def store(
    dataset: Dataset, extracted: Sequence[Extracted], resolution: Resolution, settings: Settings, progress: Progress
) -> None:
    """Make the dataset hold just these documents."""
    run = Run(version=_version(), time=settings.time)
    parts = slice_resolution(resolution)
    empty = Resolution((), ())
    declined = list(describe_declined(resolution, settings.base))
    wanted = {mint_declined_graph(settings.base)} if declined else set()
    for done, (document, pledges) in enumerate(extracted, 1):
        quads = describe_document(document, pledges, parts.get(document.name, empty), settings.base, run)
        wanted.add(mint_graph(settings.base, document.name))
        replace_graphs(dataset, quads)
        progress("store", done, len(extracted))
    replace_graphs(dataset, declined)
    remove_graphs(dataset, (graph for graph in list_graphs(dataset) if graph not in wanted))


def write_outputs(dataset: Dataset, ledger: Ledger, out: Path) -> None:
    """Write every file that is made from the store."""
    write_nquads(dataset, out / "graph.nq")
    write_turtle(dataset, out / "graph.ttl")
    write_links_csv(ledger.links, out / "links.csv")
    write_targets_csv(ledger.targets, out / "targets.csv")
    write_xlsx(ledger, out / "ledger.xlsx")
    write_graphml(ledger, out / "graph.graphml")
    write_explorer(ledger, out / "explorer.html")


def write_file(path: Path, text: str) -> None:
    """Replace a file as a whole: a reader finds the old text or the new."""
    fresh = path.with_name(path.name + ".new")
    fresh.write_text(text, encoding="utf-8", newline="")
    fresh.replace(path)


def write_texts(documents: Iterable[Document], folder: Path) -> None:
    """Write the text as decoded of every document that did not come as a plain text file."""
    for document in documents:
        if not document.path.endswith(".txt"):
            path = folder / f"{document.name}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(document.text, encoding="utf-8", newline="")


def _read_all(settings: Settings, lexicon: Lexicon, progress: Progress) -> tuple[list[Extracted], tuple[Unread, ...]]:
    files = find_files(settings.inputs)
    names = name_files(files)
    work = partial(_read_files, lexicon=lexicon if settings.jobs <= 1 else None, settings=settings, names=names)
    batches = [files[start : start + BATCH] for start in range(0, len(files), BATCH)]
    extracted: list[Extracted] = []
    unread: list[Unread] = []
    taken: set[str] = set()
    for done, results in enumerate(_map(work, batches, settings.jobs), 1):
        for result in results:
            if isinstance(result, Unread):
                unread.append(result)
            elif result[0].name in taken:
                unread.append(
                    Unread(result[0].path, f"{result[0].name} is also the name of another document; rename one.")
                )
            else:
                taken.add(result[0].name)
                extracted.append(result)
        progress("read", min(done * BATCH, len(files)), len(files))
    return extracted, tuple(unread)


def _map(
    work: Callable[[Sequence[Path]], list[Extracted | Unread]], batches: Sequence[Sequence[Path]], jobs: int
) -> Iterator[list[Extracted | Unread]]:
    if jobs <= 1 or len(batches) <= 1:
        yield from map(work, batches)
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(work, batches)


def name_files(files: Sequence[Path]) -> dict[Path, str]:
    """Return names for the files whose own name another file has too: their paths below the folder they share."""
    count = Counter(path.name for path in files)
    twins = [path for path in files if count[path.name] > 1]
    if not twins:
        return {}
    root = Path(os.path.commonpath([path.parent.resolve() for path in twins]))
    return {path: path.resolve().relative_to(root).as_posix() for path in twins}


def _read_files(
    files: Sequence[Path], lexicon: Lexicon | None, settings: Settings, names: Mapping[Path, str]
) -> list[Extracted | Unread]:
    lexicon = lexicon or load_lexicon(extra=settings.lexicon)
    results: list[Extracted | Unread] = []
    for path in files:
        for found in read_documents([path], lexicon, settings.limit):
            if isinstance(found, Unread):
                results.append(found)
                continue
            named = replace(found, name=found.name.replace(path.name, names.get(path, path.name), 1))
            results.append((named, _promised(extract_pledges(named, lexicon))))
    return results


def _promised(pledges: Iterable[Pledge]) -> tuple[Pledge, ...]:
    return tuple(pledge for pledge in pledges if pledge.status != "reported")


def _version() -> str:
    try:
        return version("pledgegraph")
    except PackageNotFoundError:
        return ""
