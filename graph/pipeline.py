"""The rooms in a row: documents are read, pledges extracted, names resolved, triples stored, answers written."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from graph.errors import InputError, OutputError
from graph.extract.chat.client import Endpoint, check_endpoint
from graph.gather import Extracted, Manner, Progress, gather_files, load_rules, recall_files
from graph.memory import Origin, Reading, load_origin, save_origin
from graph.model import Consulted, Decision, Document, Ledger, Resolution, Unread, Violation
from graph.read.documents import DEFAULT_LIMIT, find_files
from graph.resolve.correct import correct_pledges
from graph.resolve.corrections import load_decisions
from graph.resolve.decide import find_unfit
from graph.resolve.link import resolve_names
from graph.resolve.register import read_register, update_register, write_register
from graph.resolve.review import list_review, write_review
from graph.resolve.spelling import spell_out
from graph.store.dataset import (
    Dataset,
    list_graphs,
    open_dataset,
    remove_graphs,
    replace_graphs,
    write_nquads,
    write_turtle,
)
from graph.store.describe import Run, describe_declined, describe_documents
from graph.store.query import read_ledger
from graph.store.validate import validate_graphs
from graph.view.explorer import write_explorer
from graph.view.graphml import write_graphml
from graph.view.ledger import write_links_csv, write_targets_csv, write_xlsx
from graph.view.report import write_report
from graph.vocab import BASE, mint_declined_graph, mint_graph, mint_things_graph

MEMORY = "cache"  # the folder, in the output folder, of what was read of each file


@dataclass(frozen=True, slots=True)
class Settings:
    """What a build is asked to do; ``limit`` is the most bytes that one file may hold, unpacked.

    With a ``recogniser`` outside the same input need not give the same bytes.
    """

    inputs: tuple[Path, ...]
    out: Path
    base: str = BASE
    lexicon: Path | None = None
    decisions: Path = Path("decisions.csv")
    jobs: int = 1
    limit: int = DEFAULT_LIMIT
    time: str = ""
    recogniser: Endpoint | None = None


@dataclass(frozen=True, slots=True)
class Built:
    """What a build found; ``unfit`` are decisions that no name or sentence calls for any more.

    ``consulted`` says what a recogniser outside was good for, document by document; ``violations`` are what the
    graphs that were written do not keep of their shapes. ``recalled`` of the ``files`` were as they had been, and not
    read again.
    """

    ledger: Ledger
    unread: tuple[Unread, ...]
    resolution: Resolution
    unfit: tuple[Decision, ...]
    out: Path
    consulted: tuple[Consulted, ...] = ()
    violations: tuple[Violation, ...] = ()
    recalled: int = 0
    files: int = 0


def build(settings: Settings, progress: Progress = lambda _stage, _done, _all: None) -> Built:
    """Do everything: read the inputs, and write the store and all files of the output folder.

    Of a file that is as it was at the last build, what was read then is taken; the result is the same.
    The store changes document by document, each in one atomic step; every other file is replaced as a whole.
    An interrupted build leaves what stood there before, or a part of what is new, but nothing half-written.

    Args:
        settings: inputs, output folder and options.
        progress: called with the stage, how much of it is done, and how much it is.

    Raises:
        InputError: an input is missing, or none of the files could be read.
        OutputError: the output folder cannot be written, or another build is writing it.
    """
    return _build(settings, find_files(settings.inputs), load_origin(settings.out / MEMORY), (), progress)


def add_documents(
    settings: Settings, paths: Sequence[Path], progress: Progress = lambda _stage, _done, _all: None
) -> Built:
    """Build again what was built in the output folder, and files and folders besides.

    Args:
        settings: of the earlier build (see ``recall_settings``).
        paths: what is added; a document of it that was removed is there again.
        progress: as for ``build``.

    Raises:
        InputError: nothing was built there, or a path is missing.
        OutputError: as for ``build``.
    """
    origin, new = load_origin(settings.out / MEMORY), find_files(paths)
    if not origin.sources:
        raise InputError(f"What {settings.out} was built from is not known; run `pledgegraph build` with all files.")
    files = {path.resolve(): path for path in (*map(Path, (s.path for s in origin.sources)), *new)}
    wanted = {path.resolve() for path in new}
    again = {str(path) for resolved, path in files.items() if resolved in wanted}
    return _build(settings, sorted(files.values()), origin, origin.without, progress, again)


def recall_settings(settings: Settings) -> Settings:
    """Return settings with the base, lexicon and decisions of the earlier build in their output folder."""
    origin = load_origin(settings.out / MEMORY)
    return replace(
        settings,
        base=origin.base or settings.base,
        lexicon=Path(origin.lexicon) if origin.lexicon else settings.lexicon,
        decisions=Path(origin.decisions) if origin.decisions else settings.decisions,
    )


def _build(
    settings: Settings,
    files: Sequence[Path],
    origin: Origin,
    without: Collection[str],
    progress: Progress,
    again: Collection[str] = (),
) -> Built:
    given = ", ".join(map(str, settings.inputs))
    if not files:
        raise InputError(f"Nothing to build from {given}: there is no file in it.")
    lexicon = load_rules(settings.lexicon)
    decisions = load_decisions(settings.decisions, lexicon)
    if settings.recogniser:
        check_endpoint(settings.recogniser)
    check_writable(settings.out)
    manner = Manner(settings.out / MEMORY, settings.lexicon, settings.limit, settings.recogniser)
    reading, sources, recalled = gather_files(files, manner, settings.jobs, origin.sources, progress)
    kept = [e for e in reading.extracted if e[0].name not in without or _lies_in(e[0].path, again)]
    if not kept:
        reason = f"{reading.unread[0].path}: {reading.unread[0].reason}" if reading.unread else "it holds no document."
        raise InputError(f"Nothing to build from {given}: {reason}")
    left_out = tuple(sorted(set(without) - {document.name for document, _ in kept}))
    found = Origin(sources, left_out, settings.base, str(settings.lexicon or ""), str(settings.decisions))
    built = _settle(settings, replace(reading, extracted=tuple(kept)), found, decisions, progress)
    return replace(built, recalled=recalled, files=len(files))


def _settle(
    settings: Settings, reading: Reading, origin: Origin, decisions: Sequence[Decision], progress: Progress
) -> Built:
    """Resolve the names of what was read, and write the store and all files."""
    progress("resolve", 0, 1)
    lexicon, out, kept = load_rules(settings.lexicon), settings.out, reading.extracted
    unfit = find_unfit(kept, lexicon, decisions)
    extracted = [(document, correct_pledges(document, pledges, decisions)) for document, pledges in kept]
    register = out / "identities.csv"
    known = read_register(register.read_text(encoding="utf-8")) if register.exists() else ()
    resolution = resolve_names(extracted, lexicon, settings.base, decisions, known)
    extracted, resolution = spell_out(extracted, resolution)
    progress("resolve", 1, 1)
    with open_dataset(out / "store") as dataset:
        store(dataset, extracted, resolution, settings, progress)
        violations = tuple(validate_graphs(dataset, progress=progress))
        ledger = read_ledger(dataset)
        write_outputs(dataset, ledger, out)
    write_texts([document for document, _ in extracted], out / "texts")
    write_file(register, write_register(update_register(known, resolution.entities)))
    questions = list_review(ledger, resolution.links, resolution.declined)
    write_file(out / "review.csv", write_review(questions, lexicon))
    write_report(ledger, resolution, reading.unread, out / "report.md", reading.consulted)
    save_origin(out / MEMORY, origin)
    return Built(ledger, reading.unread, resolution, unfit, out, reading.consulted, violations)


def remove_documents(
    settings: Settings, names: Sequence[str], progress: Progress = lambda _stage, _done, _all: None
) -> Built:
    """Build again what was built in the output folder, without some documents; no file is read.

    Names are resolved anew: what only these documents made plain, one name for two others say, is undone.

    Args:
        settings: of the earlier build (see ``recall_settings``).
        names: of the documents, as the ledger gives them.
        progress: as for ``build``.

    Raises:
        InputError: there is no document of one of the names, or what was read is not kept; nothing is removed.
        OutputError: as for ``build``.
    """
    memory = settings.out / MEMORY
    origin = load_origin(memory)
    reading = recall_files(memory, origin.sources)
    left = [found for found in reading.extracted if found[0].name not in origin.without]
    known = {document.name for document, _ in left}
    if missing := [name for name in names if name not in known]:
        there = ", ".join(sorted(known))
        raise InputError(f"There is no document '{missing[0]}' in {settings.out}; there are: {there}.")
    kept = tuple(found for found in left if found[0].name not in names)
    consulted = tuple(answer for answer in reading.consulted if answer.document not in names)
    origin = replace(origin, without=tuple(sorted({*origin.without, *names})))
    decisions = load_decisions(settings.decisions, load_rules(settings.lexicon))
    return _settle(settings, replace(reading, extracted=kept, consulted=consulted), origin, decisions, progress)


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


def _lies_in(path: str, places: Collection[str]) -> bool:
    """Tell whether a path is one of some places, or lies in one that is a folder or an archive."""
    return any(path == place or path.startswith(f"{place.rstrip('/')}/") for place in places)


def store(
    dataset: Dataset, extracted: Sequence[Extracted], resolution: Resolution, settings: Settings, progress: Progress
) -> None:
    """Make the dataset hold just these documents."""
    things = mint_things_graph(settings.base)
    wanted = {things}
    if any(describe_declined(resolution, settings.base)):
        wanted.add(mint_declined_graph(settings.base))
    wanted |= {mint_graph(settings.base, document.name) for document, _ in extracted}
    run = Run(version=_version(), time=settings.time)
    quads = describe_documents(extracted, resolution, settings.base, run, progress)
    replace_graphs(dataset, quads, things, whole=True)
    remove_graphs(dataset, (graph for graph in list_graphs(dataset) if graph not in wanted), things)


def write_outputs(dataset: Dataset, ledger: Ledger, out: Path) -> None:
    """Write every file that is made from the store."""
    write_nquads(dataset, out / "graph.nq")
    write_turtle(dataset, out / "graph.ttl")
    write_links_csv(ledger.links, out / "links.csv")
    write_targets_csv(ledger.targets, out / "targets.csv")
    write_xlsx(ledger, out / "ledger.xlsx")
    write_graphml(ledger, out / "graph.graphml")
    write_explorer(ledger, out / "explorer.html")


def is_page_current(out: Path) -> bool:
    """Tell whether the page is there, and nothing in the store is newer."""
    page, store_ = out / "explorer.html", out / "store"
    written = [path.stat().st_mtime_ns for path in (*store_.glob("*.sst"), *store_.glob("*.log"))]  # what holds data
    return page.is_file() and max(written, default=0) <= page.stat().st_mtime_ns


def write_file(path: Path, text: str) -> None:
    """Replace a file as a whole: a reader finds the old text or the new."""
    fresh = path.with_name(path.name + ".new")
    fresh.write_text(text, encoding="utf-8", newline="")
    fresh.replace(path)


def write_texts(documents: Sequence[Document], folder: Path) -> None:
    """Write the text as decoded of every document that did not come as a plain text file, and remove all others."""
    wanted = {folder / f"{document.name}.txt": document.text for document in documents if not _is_plain(document)}
    for path, text in wanted.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    for path in [path for path in folder.rglob("*") if path.is_file() and path not in wanted]:
        path.unlink()


def _is_plain(document: Document) -> bool:
    return document.path.endswith(".txt")


def _version() -> str:
    try:
        return version("pledgegraph")
    except PackageNotFoundError:
        return ""
