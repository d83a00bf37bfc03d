"""Files become documents with their pledges; of a file that is as it was, what an earlier build read of it."""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path

from graph.errors import InputError
from graph.extract.chat.client import Endpoint
from graph.extract.chat.tagger import ChatTagger
from graph.extract.pledges import extract_pledges, list_sentences
from graph.lexicon import ONTOLOGY, Lexicon, load_lexicon
from graph.memory import Reading, Source, digest_files, load_reading, save_reading
from graph.model import Consulted, Document, Pledge, Unread
from graph.read.documents import DEFAULT_LIMIT, read_documents, read_sidecar

Extracted = tuple[Document, tuple[Pledge, ...]]
Progress = Callable[[str, int, int], None]
BATCH = 8  # files that one worker reads at a time; one a task costs more in transport than it gains
UNREADABLE = "unreadable"  # the digest of a file that cannot be opened
_HERE = Path(__file__).parent
_SUFFIXES = {".py", ".npz", ".json", ".txt", ".csv", ".toml"}


@dataclass(frozen=True, slots=True)
class Manner:
    """How files are read: where readings are kept, the user's own word lists, the size limit, who else is asked."""

    memory: Path
    lexicon: Path | None = None
    limit: int = DEFAULT_LIMIT
    recogniser: Endpoint | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """A file to be read: the name of its document where another file has the same, and the digest of it all."""

    path: Path
    name: str
    digest: str


def gather_files(
    files: Sequence[Path], manner: Manner, jobs: int, known: Collection[Source], progress: Progress
) -> tuple[Reading, tuple[Source, ...], int]:
    """Return what the files hold, in their order, the digest of each, and how many were as they had been.

    Args:
        files: sorted; one that is gone is taken from ``known``, if its reading was kept.
        manner: how they are read.
        jobs: processes that read.
        known: the digests of earlier builds.
        progress: called with the stage, how many files are done, and how many there are.
    """
    earlier = {source.path: source.digest for source in known}
    tasks = list(_list_tasks(files, manner, earlier))
    readings = {task.path: load_reading(manner.memory, task.digest) for task in tasks}
    waiting = [task for task in tasks if readings[task.path] is None]
    done = recalled = len(tasks) - len(waiting)
    progress("read", done, len(tasks))
    batches = [waiting[start : start + BATCH] for start in range(0, len(waiting), BATCH)]
    for batch, found in zip(batches, _map(partial(_read_batch, manner=manner), batches, jobs), strict=True):
        readings.update(zip((task.path for task in batch), found, strict=True))
        done += len(batch)
        progress("read", done, len(tasks))
    joined = _join_readings(reading for task in tasks if (reading := readings[task.path]))
    return joined, tuple(Source(str(task.path), task.digest) for task in tasks), recalled


def recall_files(memory: Path, sources: Sequence[Source]) -> Reading:
    """Return what the files hold that a store was built from, as it was read then.

    Raises:
        InputError: that is not kept any more.
    """
    readings = [_recall_source(memory, source) for source in sources]
    kept = [reading for reading in readings if reading]
    if not sources or len(kept) < len(readings):
        raise InputError(f"What was read is not kept in {memory} any more; run `pledgegraph build` with all files.")
    return _join_readings(kept)


def _recall_source(memory: Path, source: Source) -> Reading | None:
    if source.digest == UNREADABLE:
        return _tell_gone(Path(source.path))
    return load_reading(memory, source.digest)


def name_files(files: Sequence[Path]) -> dict[Path, str]:
    """Return names for the files whose own name another file has too: their paths below the folder they share."""
    count = Counter(path.name for path in files)
    twins = [path for path in files if count[path.name] > 1]
    if not twins:
        return {}
    root = Path(os.path.commonpath([path.parent.resolve() for path in twins]))
    return {path: (path.parent.resolve() / path.name).relative_to(root).as_posix() for path in twins}


def _list_tasks(files: Sequence[Path], manner: Manner, earlier: Mapping[str, str]) -> Iterator[Task]:
    names = name_files(files)
    recogniser = manner.recogniser
    rules = (
        _digest_rules(manner.lexicon),
        manner.limit,
        *((recogniser.url, recogniser.model, recogniser.alone) if recogniser else ()),
    )
    for path in files:
        name = names.get(path, path.name)
        try:
            with path.open("rb") as file:
                content = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            yield Task(path, name, earlier.get(str(path), UNREADABLE))
            continue
        facts = json.dumps(read_sidecar(path), sort_keys=True, default=str)
        parts = (*rules, content, facts, str(path), name)
        yield Task(path, name, hashlib.sha256("\0".join(map(str, parts)).encode("utf-8", "replace")).hexdigest()[:32])


def load_rules(lexicon: Path | None) -> Lexicon:
    """Return the lexicon with the user's own lists; the same one as long as no file of it changes."""
    return _load_rules(lexicon, _digest_rules(lexicon))


@lru_cache(maxsize=2)
def _load_rules(lexicon: Path | None, _digest: str) -> Lexicon:
    return load_lexicon(extra=lexicon)


def _digest_rules(lexicon: Path | None) -> str:
    """Return the digest of everything that decides what is read and extracted: code, models, word lists, rules."""
    folders = [_HERE / "read", _HERE / "extract", ONTOLOGY / "lexicon", *([lexicon] if lexicon else [])]
    files = [path for folder in folders for path in folder.rglob("*") if path.suffix in _SUFFIXES]
    return digest_files([*files, *_HERE.glob("*.py")])


def _map(
    work: Callable[[Sequence[Task]], list[Reading]], batches: Sequence[Sequence[Task]], jobs: int
) -> Iterator[list[Reading]]:
    if jobs <= 1 or len(batches) <= 1:
        yield from map(work, batches)
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(work, batches)


def _read_batch(tasks: Sequence[Task], manner: Manner) -> list[Reading]:
    lexicon = load_rules(manner.lexicon)
    tagger = ChatTagger(manner.recogniser) if manner.recogniser else None
    readings = []
    for task in tasks:
        reading = _join_readings(_read_task(task, manner, lexicon, tagger))
        if task.digest != UNREADABLE and not any(answer.fault for answer in reading.consulted):
            save_reading(manner.memory, task.digest, reading)
        readings.append(reading)
    return readings


def _read_task(task: Task, manner: Manner, lexicon: Lexicon, tagger: ChatTagger | None) -> Iterator[Reading]:
    if not task.path.exists():
        yield _tell_gone(task.path)
        return
    for found in read_documents([task.path], lexicon, manner.limit):
        if isinstance(found, Unread):
            yield Reading((), (found,))
            continue
        named = replace(found, name=found.name.replace(task.path.name, task.name, 1))
        yield _extract(named, lexicon, tagger)


def _tell_gone(path: Path) -> Reading:
    return Reading((), (Unread(str(path), f"{path.name} is gone; add it again, or build without it."),))


def _extract(document: Document, lexicon: Lexicon, tagger: ChatTagger | None) -> Reading:
    heard = tagger.hear(list_sentences(document)) if tagger else None
    pledges = tuple(p for p in extract_pledges(document, lexicon, heard) if p.status != "reported")
    spoken = replace(document, sections=tuple(replace(s, sentences=()) for s in document.sections))
    if not heard:
        return Reading(((spoken, pledges),))
    count = sum(a.mention.rule == heard.rule for pledge in pledges for a in pledge.arguments)
    answer = Consulted(document.name, heard.rule, count, heard.dropped, heard.fault)
    return Reading(((spoken, pledges),), (), (answer,))


def _join_readings(readings: Iterable[Reading]) -> Reading:
    """Join what several files hold; of two documents of one name the second is not read."""
    extracted: dict[str, Extracted] = {}
    unread: list[Unread] = []
    consulted: list[Consulted] = []
    for reading in readings:
        unread += reading.unread
        consulted += reading.consulted
        for document, pledges in reading.extracted:
            if document.name in extracted:
                reason = f"{document.name} is also the name of another document; rename one."
                unread.append(Unread(document.path, reason))
            else:
                extracted[document.name] = (document, pledges)
    return Reading(tuple(extracted.values()), tuple(unread), tuple(consulted))
