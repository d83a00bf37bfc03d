"""The command line: thin commands over ``graph``; the only place that prints, knows default paths, sets exit codes.

Exit codes: 0 done; 1 done, and a check failed; 2 a request that cannot be met, with one sentence that says why.
"""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from graph.errors import InputError, PledgegraphError
from graph.lexicon import ONTOLOGY
from graph.model import Ledger, LinkRow
from graph.pipeline import Built, Settings, build
from graph.store.dataset import Dataset, open_dataset
from graph.store.query import Answer, ask, find_query, named_queries, read_ledger
from graph.view.shared import Shared, find_things, list_shared

EXAMPLES = ONTOLOGY.parent / "seeds"
STAGES = {"read": "读取 read", "resolve": "归并 resolve", "store": "入库 store", "write": "写出 write"}

app = typer.Typer(
    name="pledgegraph",
    help="Who committed to what, by when, how much, and which projects do several offices share?",
    epilog="Start with: pledgegraph build FOLDER, then open output/explorer.html.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
out_console = Console(highlight=False, soft_wrap=not sys.stdout.isatty())
err_console = Console(stderr=True, highlight=False)


class Format(StrEnum):
    """How an answer is printed."""

    table = "table"
    csv = "csv"
    json = "json"


OutOption = Annotated[Path, typer.Option("--out", "-o", help="The output folder.", show_default=True)]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="How to print the answer.")]


@app.command("build", epilog="Example: pledgegraph build reports/ --out output --jobs 2")
def build_command(
    inputs: Annotated[
        list[Path] | None, typer.Argument(help="Files or folders; by default seeds/, or the two example pages.")
    ] = None,
    out: OutOption = Path("output"),
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Processes that read and extract.")] = 1,
    lexicon: Annotated[Path | None, typer.Option(help="A folder with your own word lists (CSV).")] = None,
    base: Annotated[str | None, typer.Option(help="The IRI under which things are named.")] = None,
) -> None:
    """Read documents and write the graph, the page, the ledger and the report."""
    settings = Settings(tuple(inputs or (_default_input(),)), out, lexicon=lexicon, jobs=jobs)
    if base:
        settings = Settings(settings.inputs, out, base, lexicon, jobs)
    with _show_progress() as progress:
        built = build(settings, progress)
    _print_built(built)


@app.command("shared", epilog="Example: pledgegraph shared --at-least 3")
def shared_command(
    out: OutOption = Path("output"),
    at_least: Annotated[int, typer.Option(min=2, help="How many offices must share a thing.")] = 2,
    format_: FormatOption = Format.table,
) -> None:
    """List the things that several offices pledged, most shared first."""
    found = list_shared(_read_ledger(out), at_least)
    if format_ is not Format.table:
        _print_answer(_as_answer(found), format_)
        return
    for shared in found:
        _print_shared(shared)
    out_console.print(f"共 {len(found)} 项由 {at_least} 个以上部门共同涉及。")


@app.command("explain", epilog="Example: pledgegraph explain 复兴之路")
def explain_command(
    name: Annotated[str, typer.Argument(help="A thing or an office, by any of its names or a part of one.")],
    out: OutOption = Path("output"),
    format_: FormatOption = Format.table,
) -> None:
    """Show every sentence about a thing or an office: who, when, where."""
    found = find_things(_read_ledger(out), name)
    if not found:
        raise InputError(f"Nothing is called '{name}' in {out}; `pledgegraph shared` lists what offices share.")
    if format_ is not Format.table:
        _print_answer(_as_answer(found), format_)
        return
    for shared in found:
        _print_shared(shared)


@app.command(
    "ask", epilog='Example: pledgegraph ask shared-projects   or   pledgegraph ask "SELECT ?s WHERE { ?s a pg:Pledge }"'
)
def ask_command(
    question: Annotated[
        str | None, typer.Argument(help="SPARQL, or the name of a question; none lists the names.")
    ] = None,
    out: OutOption = Path("output"),
    format_: FormatOption = Format.table,
) -> None:
    """Ask the graph in SPARQL, or one of the named questions."""
    if question is None:
        rows = tuple((query.name, query.question_zh, query.question_en) for query in named_queries())
        _print_answer(Answer(("name", "question_zh", "question_en"), rows), format_)
        return
    find_query(question)
    with _open(out) as dataset:
        _print_answer(ask(dataset, question), format_)


def main() -> None:
    """Run the command line; errors for people become one sentence and exit code 2."""
    try:
        app(standalone_mode=True)
    except PledgegraphError as error:
        err_console.print(Text(f"pledgegraph: {error}"), soft_wrap=True)
        sys.exit(2)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def _default_input() -> Path:
    here = Path("seeds")
    return here if here.is_dir() else EXAMPLES


def _open(out: Path) -> Dataset:
    if not (out / "store").is_dir():
        raise InputError(
            f"There is no graph in {out} yet; run `pledgegraph build` first, or name the folder with --out."
        )
    return open_dataset(out / "store", read_only=True)


def _read_ledger(out: Path) -> Ledger:
    with _open(out) as dataset:
        return read_ledger(dataset)


@contextmanager
def _show_progress() -> Iterator[Callable[[str, int, int], None]]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err_console, transient=True, disable=not sys.stderr.isatty()) as bars:
        tasks: dict[str, TaskID] = {}

        def advance(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(STAGES.get(stage, stage), total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield advance


def _print_built(built: Built) -> None:
    ledger = built.ledger
    offices = {row.organisation_id for row in ledger.links} | {row.organisation_id for row in ledger.targets}
    things = {row.entity_id for row in ledger.links}
    shared = list_shared(ledger, 2)
    out_console.print(
        f"读取 {len(ledger.documents)} 篇文件：{len(offices)} 个部门，{len(things)} 个事项，"
        f"{len(ledger.links)} 条关系，{len(ledger.targets)} 项指标。"
    )
    out_console.print(f"{len(shared)} 项由几个部门共同涉及：")
    for item in shared[:5]:
        out_console.print(Text(f"  {item.label}（{'、'.join(item.offices)}）"), soft_wrap=True)
    for unread in built.unread:
        err_console.print(Text(f"未读 not read: {unread.path}: {unread.reason}"), soft_wrap=True)
    out_console.print(Text(f"打开 open: {built.out / 'explorer.html'}"), soft_wrap=True)
    out_console.print(
        Text(f"台账 ledger: {built.out / 'ledger.xlsx'}    报告 report: {built.out / 'report.md'}"), soft_wrap=True
    )


def _print_shared(shared: Shared) -> None:
    heading = Text(shared.label, style="bold")
    heading.append(f"  {len(shared.offices)} 个部门", style="not bold")
    others = [name for name in shared.names if name != shared.label]
    if others:
        heading.append(f"  又名 {'、'.join(others)}", style="dim")
    out_console.print(heading, soft_wrap=True)
    for row in shared.rows:
        year = f"{row.year} 年" if row.year else "年份不详"
        out_console.print(
            Text(f"  {row.organisation_label}  {year}  {row.document}:{row.start}", style="cyan"), soft_wrap=True
        )
        out_console.print(_mark(row), soft_wrap=True)
    out_console.print()


def _mark(row: LinkRow) -> Text:
    text = Text(f"    {row.quote}")
    text.highlight_words([row.mention], style="bold yellow")
    return text


def _as_answer(found: Sequence[Shared]) -> Answer:
    names = ("thing", "type", "offices", "organisation", "role", "year", "mention", "document", "start", "end", "quote")
    rows = (
        (
            s.label,
            s.type,
            len(s.offices),
            r.organisation_label,
            r.role,
            r.year or "",
            r.mention,
            r.document,
            r.start,
            r.end,
            r.quote,
        )
        for s in found
        for r in s.rows
    )
    return Answer(names, tuple(tuple(str(value) for value in row) for row in rows))


def _print_answer(answer: Answer, format_: Format) -> None:
    if format_ is Format.json:
        rows = [dict(zip(answer.variables, row, strict=True)) for row in answer.rows]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    elif format_ is Format.csv:
        file = io.StringIO()
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(answer.variables)
        writer.writerows(answer.rows)
        typer.echo(file.getvalue(), nl=False)
    else:
        table = Table(*answer.variables, show_lines=False)
        for row in answer.rows:
            table.add_row(*(Text(value) for value in row))
        out_console.print(table)
        out_console.print(f"{len(answer.rows)} 行")


if __name__ == "__main__":
    main()
