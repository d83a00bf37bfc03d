"""Processes that answer queries, so that one that takes too long can be ended: the engine itself never stops early.

Each process opens the store read-only, and again when a build has changed it. A process that exceeds its time or
its memory is killed and replaced; the others, and the store, are not touched.
"""

from __future__ import annotations

import multiprocessing
import queue
import resource
import signal
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType

from pyoxigraph import Store

from graph.errors import InputError
from graph.store.dataset import open_dataset
from graph.store.results import Reply, Request, answer_request, make_error

_Fingerprint = tuple[tuple[str, int], ...]
_CONTEXT = multiprocessing.get_context("spawn")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may take, and how many run at once: seconds, rows, processes, seconds in line, bytes."""

    seconds: float = 30.0
    rows: int = 100_000
    processes: int = 2
    waiting: float = 60.0
    memory: int = 4 << 30


class Pool:
    """Processes that answer queries on one store; a ``with`` block ends them."""

    def __init__(self, path: Path, limits: Limits) -> None:
        """Start the processes.

        Raises:
            InputError: there is no store at ``path``.
        """
        open_dataset(path, read_only=True)  # says so here, and not in a process, if there is no store
        self._path = path
        self._limits = limits
        self._idle: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        for _ in range(limits.processes):
            self._idle.put(_Worker(path, limits))

    def __enter__(self) -> Pool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for _ in range(self._limits.processes):
            self._idle.get().end()

    def answer(self, request: Request) -> Reply:
        """Answer a query within the limits; blocks until it is answered, refused, or ended."""
        try:
            worker = self._idle.get(timeout=self._limits.waiting)
        except queue.Empty:
            return make_error(503, "All places are taken; ask again in a minute.")
        try:
            reply = worker.answer(request, self._limits.seconds)
        except (EOFError, OSError):
            reply = make_error(500, "The query took too much memory and was ended; ask for less.")
        if reply is None:
            reply = make_error(
                503, f"The query took longer than {self._limits.seconds:g} s and was ended; ask for less."
            )
        if worker.is_usable:
            self._idle.put(worker)
        else:
            worker.end()
            self._idle.put(_Worker(self._path, self._limits))
        return reply


class _Worker:
    __slots__ = ("_connection", "_is_ready", "_process", "is_usable")

    def __init__(self, path: Path, limits: Limits) -> None:
        ours, theirs = _CONTEXT.Pipe()
        self._connection: Connection[Request, Reply] = ours
        self._process: BaseProcess = _CONTEXT.Process(target=_serve_queries, args=(theirs, path, limits), daemon=True)
        self._process.start()
        theirs.close()
        self.is_usable = True
        self._is_ready = False

    def answer(self, request: Request, seconds: float) -> Reply | None:
        """Return the reply, or nothing if it takes too long; then, or on an error, the worker is used up."""
        self.is_usable = False
        if not self._is_ready:
            self._connection.recv()
            self._is_ready = True
        self._connection.send(request)
        if not self._connection.poll(seconds):
            return None
        reply = self._connection.recv()
        self.is_usable = True
        return reply

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self._connection.close()


def _serve_queries(connection: Connection[Reply, Request], path: Path, limits: Limits) -> None:
    """Answer what comes through the connection until it is closed; runs in a process of its own."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    store, seen = open_dataset(path, read_only=True).store, _fingerprint(path)
    with suppress(EOFError, OSError):
        connection.send(make_error(200, "ready"))
        while request := connection.recv():
            if (now := _fingerprint(path)) != seen:
                store, seen = _reopen(path, store, now)
            reply = answer_request(store, request)
            if reply.status == 500 and (now := _fingerprint(path)) != seen:  # a build took away files under the query
                store, seen = _reopen(path, store, now)
                reply = answer_request(store, request)
            connection.send(reply)


def _reopen(path: Path, store: Store, now: _Fingerprint) -> tuple[Store, _Fingerprint]:
    """Return the store as it is now; if it cannot be opened, the one at hand, which the next query tries again."""
    try:
        return open_dataset(path, read_only=True).store, now
    except InputError:
        return store, ()


def _fingerprint(path: Path) -> _Fingerprint:
    """Return what changes when a build writes: the names and sizes of the store's files."""
    found = []
    for file in path.iterdir():
        try:
            found.append((file.name, file.stat().st_size))
        except FileNotFoundError:
            continue
    return tuple(sorted(found))
