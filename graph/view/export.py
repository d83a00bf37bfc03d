"""One table of formats: which function writes a ledger as what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from graph.errors import OutputError
from graph.model import Ledger
from graph.view.gexf import write_gexf
from graph.view.graphml import write_graphml
from graph.view.ledger import write_links_csv, write_targets_csv, write_xlsx
from graph.view.network import View
from graph.view.tables import write_dot, write_neo4j


def export_ledger(ledger: Ledger, format_: str, path: Path, view: View = "all") -> None:
    """Write a ledger to ``path``, which is a folder for ``csv`` and ``neo4j``.

    Args:
        ledger: the rows, filtered or not.
        format_: one of the keys of ``WRITERS``.
        path: the file or folder.
        view: which network the graph formats hold; tables always hold all rows.

    Raises:
        OutputError: the file cannot be written.
    """
    try:
        (path if format_ in {"csv", "neo4j"} else path.parent).mkdir(parents=True, exist_ok=True)
        WRITERS[format_](ledger, path, view)
    except OSError as error:
        raise OutputError(f"Cannot write {path} ({error.strerror}); choose another place.") from error


def _write_csv(ledger: Ledger, folder: Path, _view: View) -> None:
    write_links_csv(ledger.links, folder / "links.csv")
    write_targets_csv(ledger.targets, folder / "targets.csv")


def _write_xlsx(ledger: Ledger, path: Path, _view: View) -> None:
    write_xlsx(ledger, path)


WRITERS: Mapping[str, Callable[[Ledger, Path, View], None]] = {
    "graphml": write_graphml,
    "gexf": write_gexf,
    "csv": _write_csv,
    "xlsx": _write_xlsx,
    "neo4j": write_neo4j,
    "dot": write_dot,
}
