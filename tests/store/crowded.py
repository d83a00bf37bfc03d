"""A build that runs out of room, as a process of its own: on a small disk, or under a limit on the size of files.

What stood there before must still be whole, and when there is room again the build must finish.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from graph.errors import OutputError
from graph.store.dataset import open_dataset, replace_graphs
from tests.store.sample import make_quads
from tests.store.writer import DOCUMENTS, build


def fill_disk(folder: Path) -> Callable[[], None]:
    """Leave a megabyte free; return what makes room again."""
    filler, status = folder / "filler", os.statvfs(folder)
    filler.write_bytes(bytes(status.f_bavail * status.f_frsize - 1_000_000))
    return filler.unlink


def limit_files(_folder: Path) -> Callable[[], None]:
    """Let no file grow beyond 256 kB; return what lifts the limit."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (262_144, before[1]))
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, before)


def main(folder: Path, crowd: Callable[[Path], Callable[[], None]]) -> None:
    """Build, run out of room, look, make room, and build the rest; print what the build said."""
    store = folder / "store"
    with open_dataset(store) as dataset:
        replace_graphs(dataset, make_quads())
    make_room = crowd(folder)
    try:
        build(store, 0, 1_000_000)
    except OutputError as error:
        print(error)
    with open_dataset(store, read_only=True) as dataset:
        assert set(dataset.store) == set(make_quads())
    make_room()
    assert build(store, 0, 1_000_000) == DOCUMENTS
    with open_dataset(store, read_only=True) as dataset:
        assert set(make_quads()) < set(dataset.store)


if __name__ == "__main__":
    main(Path(sys.argv[1]), {"disk": fill_disk, "limit": limit_files}[sys.argv[2]])
