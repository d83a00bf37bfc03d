"""What a build read, counted by office, with what is doubtful and what could not be read."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from graph.errors import OutputError
from graph.model import Consulted, Ledger, LinkRow, Resolution, TargetRow, Unread
from graph.view.shared import list_shared

DOUBTFUL = 0.6  # below this score a name is shown for a person to check


@dataclass(frozen=True, slots=True)
class OfficeCount:
    """How much one office pledged."""

    label: str
    documents: int
    things: int
    links: int
    targets: int


def write_report(
    ledger: Ledger, resolution: Resolution, unread: Sequence[Unread], path: Path, consulted: Sequence[Consulted] = ()
) -> None:
    """Write the report of a build as Markdown in Chinese.

    Raises:
        OutputError: the file cannot be written.
    """
    try:
        path.write_text(render_report(ledger, resolution, unread, consulted), encoding="utf-8", newline="\n")
    except OSError as error:
        raise OutputError(f"Cannot write {path} ({error.strerror}); choose another output folder.") from error


def render_report(
    ledger: Ledger, resolution: Resolution, unread: Sequence[Unread], consulted: Sequence[Consulted] = ()
) -> str:
    """Return the report; the same ledger gives the same text."""
    environment = Environment(  # noqa: S701 - Markdown, whose own marks are escaped below
        loader=FileSystemLoader(Path(__file__).parent), trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    environment.filters["cell"] = _escape_cell
    labels = {entity.iri: entity.label for entity in resolution.entities}
    links = Counter(row.document for row in ledger.links)
    targets = Counter(row.document for row in ledger.targets)
    return environment.get_template("report.md.jinja").render(
        documents=[(row, links[row.document], targets[row.document]) for row in ledger.documents],
        offices=count_offices(ledger),
        shared=list_shared(ledger),
        doubtful=_doubtful(ledger),
        declined=[(labels.get(d.left, d.left), labels.get(d.right, d.right), d) for d in resolution.declined],
        unread=unread,
        consulted=consulted,
    )


def count_offices(ledger: Ledger) -> tuple[OfficeCount, ...]:
    """Return one count an office, in the order of most links first."""
    things: dict[str, set[str]] = defaultdict(set)
    documents: dict[str, set[str]] = defaultdict(set)
    links: Counter[str] = Counter()
    targets: Counter[str] = Counter()
    labels: dict[str, str] = {}
    for row in ledger.links:
        things[row.organisation_id].add(row.entity_id)
        links[row.organisation_id] += 1
    for target in ledger.targets:
        targets[target.organisation_id] += 1
    rows: list[LinkRow | TargetRow] = [*ledger.links, *ledger.targets]
    for either in rows:
        labels[either.organisation_id] = either.organisation_label
        documents[either.organisation_id].add(either.document)
    counts = (OfficeCount(labels[i], len(documents[i]), len(things[i]), links[i], targets[i]) for i in labels)
    return tuple(sorted(counts, key=lambda count: (-count.links, -count.targets, count.label)))


def _doubtful(ledger: Ledger) -> list[LinkRow]:
    return sorted((r for r in ledger.links if r.score < DOUBTFUL), key=lambda r: (r.score, r.document, r.start))


def _escape_cell(value: object) -> str:
    return " ".join(str(value).split()).replace("|", "\\|")
