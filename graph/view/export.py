"""One table of formats: which function writes a ledger as what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from graph.errors import InputError
from graph.model import Ledger
from graph.view.gexf import write_gexf
from graph.view.graphml import write_graphml
from graph.view.ledger import write_links_csv, write_targets_csv, write_xlsx
from graph.view.network import View
from graph.view.picture import write_svg
from graph.view.select import select_rows
from graph.view.tables import write_dot, write_neo4j
from graph.view.text import explain_output

FOLDERS = frozenset({"csv", "neo4j"})
TABLES = frozenset({"csv", "xlsx"})


def export_ledger(ledger: Ledger, format_: str, path: Path, view: View = "all") -> None:
    """Write a ledger to ``path``, which is a folder for ``csv`` and ``neo4j``; folders are made as needed.

    Args:
        ledger: the rows, filtered or not.
        format_: one of the keys of ``WRITERS``.
        path: the file or folder.
        view: which network; tables of rows know ``all`` and ``shared``.

    Raises:
        InputError: the view does not exist in this format.
        OutputError: the file cannot be written.
    """
    if format_ in TABLES and view not in ("all", "shared"):
        raise InputError(f"{format_} holds rows, not the network '{view}'; choose --view all or --view shared.")
    if view == "shared":
        ledger = select_rows(ledger, at_least=2)
    with explain_output(path):
        (path if format_ in FOLDERS else path.parent).mkdir(parents=True, exist_ok=True)
    WRITERS[format_](ledger, path, view)


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
    "svg": write_svg,
}
