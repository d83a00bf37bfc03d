"""The command line: thin commands over ``graph``; the only place that prints, knows default paths, sets exit codes.

Exit codes: 0 done; 1 done, and a check failed; 2 a request that cannot be met, with one sentence that says why.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import time
import webbrowser
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from getpass import getuser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console, RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.text import Text

from graph.answers import (
    format_csv,
    format_json,
    tabulate_follow_ups,
    tabulate_questions,
    tabulate_scores,
    tabulate_shared,
    tabulate_speed,
    tabulate_trace,
)
from graph.errors import InputError, OutputError, PledgegraphError
from graph.lexicon import ONTOLOGY, default_lexicon
from graph.model import Ledger, Violation
from graph.store.dataset import Dataset, backup_dataset, open_dataset
from graph.store.query import Answer, ask, find_query, named_queries, read_ledger
from graph.terminal import (
    tell_answer,
    tell_built,
    tell_decision,
    tell_doubts,
    tell_files,
    tell_follow_ups,
    tell_shared,
    tell_stage,
    tell_violations,
)
from graph.view.shared import find_things, list_shared

if TYPE_CHECKING:
    from graph.pipeline import Built

# Commands import what only they need when they run: a question is answered before the page's libraries would load.

EXAMPLES = ONTOLOGY.parent / "seeds"
app = typer.Typer(
    name="pledgegraph",
    help="Who committed to what, by when, how much, and which projects do several offices share?",
    epilog="Start with: pledgegraph build FOLDER, then open output/explorer.html.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


_UsageError: type[Exception] = typer.BadParameter.__mro__[1]  # click's own, wherever typer keeps it


class _Terminal(Console):
    """A console that leaves a closed pipe to ``main``, which ends quietly: ``pledgegraph shared | head``."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


out_console = _Terminal(highlight=False, soft_wrap=not sys.stdout.isatty())
err_console = _Terminal(stderr=True, highlight=False)


class ExportFormat(StrEnum):
    """What a graph or a ledger is exported as."""

    graphml = "graphml"
    gexf = "gexf"
    csv = "csv"
    xlsx = "xlsx"
    neo4j = "neo4j"
    dot = "dot"
    svg = "svg"
    turtle = "turtle"
    nquads = "nquads"
    jsonld = "jsonld"


class View(StrEnum):
    """Which part of the network is exported."""

    all = "all"
    shared = "shared"
    offices = "offices"
    evidence = "evidence"


class Format(StrEnum):
    """How an answer is printed."""

    table = "table"
    csv = "csv"
    json = "json"


OutOption = Annotated[Path, typer.Option("--out", "-o", help="The output folder.", show_default=True)]
DecisionsOption = Annotated[Path, typer.Option(help="The file of what people decided; it is replayed on every build.")]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="How to print the answer.")]


@app.command("build", epilog="Example: pledgegraph build reports/ --out output --jobs 2")
def build_command(
    inputs: Annotated[
        list[Path] | None, typer.Argument(help="Files or folders; by default seeds/, or the two example pages.")
    ] = None,
    out: OutOption = Path("output"),
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Processes that read and extract.")] = 1,
    lexicon: Annotated[Path | None, typer.Option(help="A folder with your own word lists (CSV).")] = None,
    decisions: Annotated[
        Path | None, typer.Option(help="What people decided; by default decisions.csv, where there is one.")
    ] = None,
    base: Annotated[str | None, typer.Option(help="The IRI under which things are named.")] = None,
    recogniser: Annotated[
        str | None,
        typer.Option(help="Also ask this OpenAI-compatible server for names, e.g. http://localhost:8080/v1."),
    ] = None,
    model: Annotated[str | None, typer.Option(help="The model to ask there.")] = None,
    recogniser_only: Annotated[
        bool, typer.Option("--recogniser-only", help="Take names from that server alone.")
    ] = False,
) -> None:
    """Read documents and write the graph, the page, the ledger and the report.

    A recogniser's key comes from PLEDGEGRAPH_RECOGNISER_KEY; sentences of the documents are sent to it.
    """
    paths = tuple(inputs or (_default_input(),))
    _check_inputs(paths)
    for given in (lexicon, decisions):
        if given and not given.exists():
            raise InputError(f"{given} does not exist; name an existing one, or leave the option out.")
    if lexicon and not lexicon.is_dir():
        raise InputError(f"{lexicon} is a file; name the folder of your word lists.")
    if decisions and decisions.is_dir():
        raise InputError(f"{decisions} is a folder; name the file of decisions.")
    if (model or recogniser_only) and not recogniser:
        raise InputError("--model and --recogniser-only are about a server; name it with --recogniser.")
    if base and not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+", base):
        raise InputError(f"'{base}' is no IRI; write --base like https://example.org/pledges/.")
    from graph.extract.chat.client import Endpoint
    from graph.pipeline import Settings, build
    from graph.vocab import BASE

    endpoint = Endpoint(recogniser, model or "", recogniser_only) if recogniser else None
    settings = Settings(
        paths, out, base or BASE, lexicon, decisions or Path("decisions.csv"), jobs, recogniser=endpoint
    )
    with _show_progress() as progress:
        built = build(settings, progress)
    _print_built(built)


@app.command("add", epilog="Example: pledgegraph add reports/2026.docx")
def add_command(
    paths: Annotated[list[Path], typer.Argument(help="Files or folders to add to what was built.")],
    out: OutOption = Path("output"),
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Processes that read and extract.")] = 1,
) -> None:
    """Add documents to what was built; only they, and files that changed, are read."""
    _check_inputs(paths)
    from graph.pipeline import Settings, add_documents, recall_settings

    with _show_progress() as progress:
        built = add_documents(recall_settings(Settings(tuple(paths), out, jobs=jobs)), paths, progress)
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
        _print_answer(tabulate_shared(found), format_)
        return
    for shared in found:
        _print(tell_shared(shared))
    _say(f"共 {len(found)} 项由 {at_least} 个以上部门共同涉及。")


@app.command("explain", epilog="Example: pledgegraph explain 复兴之路")
def explain_command(
    name: Annotated[str, typer.Argument(help="A thing or an office, by any of its names or a part of one.")],
    out: OutOption = Path("output"),
    trace: Annotated[
        bool, typer.Option("--trace", help="NAME is a sentence: show what was seen in it, and why.")
    ] = False,
    format_: FormatOption = Format.table,
) -> None:
    """Show every sentence about a thing or an office: who, when, where, and what it has to do with other things."""
    if not name.strip():
        raise InputError("Nothing is asked for; write a name, or with --trace a sentence.")
    if trace:
        _print_trace(name, format_)
        return
    with _open(out) as dataset:
        found, related = find_things(read_ledger(dataset), name), ask(dataset, "relations").rows
    if not found:
        raise InputError(f"Nothing is called '{name}' in {out}; `pledgegraph shared` lists what offices share.")
    if format_ is not Format.table:
        _print_answer(tabulate_shared(found), format_)
        return
    for shared in found:
        _print(tell_shared(shared, related))


@app.command(
    "ask", epilog='Example: pledgegraph ask shared-projects   or   pledgegraph ask "SELECT ?s WHERE { ?s a pg:Pledge }"'
)
def ask_command(
    question: Annotated[
        str | None, typer.Argument(help="SPARQL, or the name of a question; none lists the names.")
    ] = None,
    out: OutOption = Path("output"),
    set_: Annotated[list[str] | None, typer.Option("--set", help="A question's parameter: name=value.")] = None,
    endpoint: Annotated[str | None, typer.Option(help="Ask this SPARQL endpoint instead.")] = None,
    default_graph: Annotated[str, typer.Option(help="What that endpoint calls the union of all graphs.")] = "",
    format_: FormatOption = Format.table,
) -> None:
    """Ask the graph in SPARQL, or one of the named questions."""
    if question is None:
        _print_answer(tabulate_questions(named_queries()), format_)
        return
    values = _read_values(set_ or ())
    find_query(question)
    if endpoint:
        from graph.store.remote import ask_endpoint

        _print_answer(ask_endpoint(endpoint, question, values, default_graph), format_)
        return
    with _open(out) as dataset:
        _print_answer(ask(dataset, question, values), format_)


@app.command("remove", epilog="Example: pledgegraph remove 003_65510d1fc276f250.txt")
def remove_command(
    names: Annotated[list[str], typer.Argument(help="Names of documents, as the ledger gives them.")],
    out: OutOption = Path("output"),
) -> None:
    """Remove documents with all that only they said and made plain, and write the files anew."""
    from graph.pipeline import Settings, recall_settings, remove_documents

    _check_store(out)
    with _show_progress() as progress:
        left = remove_documents(recall_settings(Settings((), out)), names, progress).ledger
    _say(f"已移除 removed: {len(names)}；余 {len(left.documents)} 篇文件，{len(left.links)} 条关系。")


@app.command("push", epilog="Example: pledgegraph push http://localhost:7878/store")
def push_command(
    url: Annotated[str, typer.Argument(help="The Graph Store Protocol or Update endpoint of a SPARQL store.")],
    out: OutOption = Path("output"),
    update: Annotated[bool, typer.Option("--update", help="Send SPARQL Update instead.")] = False,
) -> None:
    """Send the graphs to a SPARQL store elsewhere, document by document; a push that stopped is taken up again.

    The login comes from PLEDGEGRAPH_USER and PLEDGEGRAPH_PASSWORD, or PLEDGEGRAPH_TOKEN.
    """
    if not url.startswith(("http://", "https://")):
        raise InputError(f"'{url}' is no address of a store; write it like http://localhost:7878/store.")
    from graph.store.push import push_graphs
    from graph.store.remote import Remote

    with _open(out) as dataset:
        pushed = push_graphs(dataset, Remote(url, update), out / "push.json", err_console.print)
    out_console.print(
        f"已发送 sent: {pushed.sent}；未变 unchanged: {pushed.unchanged}；已移除 removed: {pushed.removed}"
    )


@app.command("follow", epilog="Example: pledgegraph follow 复兴之路")
def follow_command(
    name: Annotated[str, typer.Argument(help="A thing, by any of its names; empty for all.")] = "",
    out: OutOption = Path("output"),
    format_: FormatOption = Format.table,
) -> None:
    """Tell what became of a thing from one year to the next: carried on, new, or no longer mentioned."""
    from graph.resolve.follow import find_follow_ups, follow_things

    ledger, lexicon = _read_ledger(out), default_lexicon()
    found = find_follow_ups(ledger, name, lexicon) if name else follow_things(ledger, lexicon)
    if name and not found:
        raise InputError(f"Nothing called '{name}' stands in documents of two years of one place in {out}.")
    if format_ is Format.table:
        _print(tell_follow_ups(found))
    else:
        _print_answer(tabulate_follow_ups(found), format_)


@app.command("export", epilog="Example: pledgegraph export graphml --view shared --to shared.graphml")
def export_command(
    what: Annotated[ExportFormat, typer.Argument(help="The format.")],
    to: Annotated[Path, typer.Option("--to", "-t", help="The file to write; a folder for csv and neo4j.")],
    out: OutOption = Path("output"),
    view: Annotated[View, typer.Option(help="Which network.")] = View.all,
    year: Annotated[list[int] | None, typer.Option(help="Only pledges of this year; may be repeated.")] = None,
    office: Annotated[list[str] | None, typer.Option(help="Only this office; may be repeated.")] = None,
    type_: Annotated[
        list[str] | None, typer.Option("--type", help="Only things of this type (project, 项目); may be repeated.")
    ] = None,
    at_least: Annotated[int, typer.Option(min=1, help="Only things that so many offices share.")] = 1,
) -> None:
    """Write the graph or the ledger in another format, whole or filtered; RDF is always whole."""
    from graph.view.export import FOLDERS, WRITERS, export_ledger
    from graph.view.select import check_filters, name_types, select_rows

    if what not in FOLDERS and to.is_dir():
        raise OutputError(f"{to} is a folder; name a file in it, such as {to / f'graph.{what}'}.")
    if what in WRITERS:
        ledger, types = _read_ledger(out), name_types(type_ or ())
        check_filters(ledger, years=year or (), offices=office or (), types=types)
        sharers = max(at_least, 2) if view is View.shared else at_least
        chosen = select_rows(ledger, years=year or (), offices=office or (), types=types, at_least=sharers)
        if ledger.links and not chosen.links:
            raise InputError("No pledge passes all these filters together; leave one out.")
        export_ledger(chosen, what.value, to, view.value)
    elif year or office or type_ or at_least > 1 or view is not View.all:
        raise InputError(f"{what} holds the whole graph; leave the filters out, or export {', '.join(WRITERS)}.")
    else:
        _write_rdf(what, to, out)
    _say(f"已写出 written: {to}")


@app.command("explore", epilog="Example: pledgegraph explore --to for-the-meeting.html --no-open")
def explore_command(
    out: OutOption = Path("output"),
    to: Annotated[Path | None, typer.Option("--to", "-t", help="Make the page anew, in this file.")] = None,
    no_open: Annotated[bool, typer.Option("--no-open", help="Say where the page is, and open nothing.")] = False,
) -> None:
    """Open the page in the browser; one that is missing or older than the graph is made anew first."""
    from graph.pipeline import is_page_current

    page = to or out / "explorer.html"
    if to or not is_page_current(out):
        from graph.view.explorer import write_explorer

        write_explorer(_read_ledger(out), page)
        _say(f"已写出 written: {page}")
    else:
        _say(str(page))
    if not no_open:
        webbrowser.open(page.resolve().as_uri())


@app.command("serve", epilog="Example: pledgegraph serve --port 8000")
def serve_command(
    out: OutOption = Path("output"),
    host: Annotated[str, typer.Option(help="The address to listen on; by default only this machine.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port.")] = 8000,
    seconds: Annotated[float, typer.Option(min=0.1, help="The longest that one query may take.")] = 30.0,
    rows: Annotated[int, typer.Option(min=1, help="The most rows that one answer may have.")] = 100_000,
    processes: Annotated[int, typer.Option(min=1, help="How many queries are answered at once.")] = 2,
) -> None:
    """Serve SPARQL over HTTP and the page, until interrupted."""
    from graph.store.serve import serve_dataset
    from graph.store.workers import Limits

    _check_store(out)
    _say(f"http://{host}:{port}/  ·  SPARQL: http://{host}:{port}/sparql  ·  Ctrl-C 停止 stops", err_console)
    limits = Limits(seconds, rows, processes)
    serve_dataset(out / "store", host, port, limits, explorer=out / "explorer.html")


@app.command("check", epilog="Example: pledgegraph check")
def check_command(out: OutOption = Path("output")) -> None:
    """Check every document's graph against the shapes; exit code 1 if one is not kept."""
    from graph.store.validate import validate_graphs

    with _open(out) as dataset, _show_progress() as progress:
        violations = tuple(validate_graphs(dataset, progress=progress))
    _print(tell_violations(violations))
    _print_count(violations, out_console)
    if violations:
        raise typer.Exit(1)


@app.command("review", epilog="Example: pledgegraph review --apply review.csv")
def review_command(
    out: OutOption = Path("output"),
    to: Annotated[Path, typer.Option("--to", "-t", help="Where the table of questions is written.")] = Path(
        "review.csv"
    ),
    apply: Annotated[Path | None, typer.Option("--apply", help="A filled-in table: keep its decisions.")] = None,
    decisions: DecisionsOption = Path("decisions.csv"),
    who: Annotated[str | None, typer.Option(help="Who decided; by default the user.")] = None,
) -> None:
    """Write what a person should look at, or keep what they decided for all later builds."""
    if apply is None:
        if not (out / "review.csv").is_file():
            raise InputError(f"There is no review in {out} yet; run `pledgegraph build` first.")
        try:
            shutil.copyfile(out / "review.csv", to)
        except OSError as error:
            raise OutputError(f"Cannot write {to} ({error.strerror}); name another file with --to.") from error
        _say(f"已写出 written: {to}；填好“判断”一栏后：pledgegraph review --apply {to}")
        return
    from graph.resolve.corrections import keep_decisions

    added, refused = keep_decisions(apply, decisions, who or getuser(), date.today().isoformat(), default_lexicon())
    _say(f"{added} 条决定已记入 {decisions}；重新运行 pledgegraph build 生效。")
    for decision in refused:
        message = f"与已有决定矛盾，未记入 contradicts a kept decision: {tell_decision(decision)}"
        _say(message, err_console)


@app.command("backup", epilog="Example: pledgegraph backup copy-of-store")
def backup_command(
    target: Annotated[Path, typer.Argument(help="A new folder.")], out: OutOption = Path("output")
) -> None:
    """Copy the store, also while it is being served."""
    with _open(out) as dataset:
        backup_dataset(dataset, target)
    _say(f"已写出 written: {target}")


@app.command("bench", epilog="Example: pledgegraph bench reports/")
def bench_command(
    inputs: Annotated[list[Path] | None, typer.Argument(help="Files or folders; by default the example pages.")] = None,
    format_: FormatOption = Format.table,
) -> None:
    """Time reading and extraction on one core against jieba.lcut on the same text, in one run."""
    from graph.inspection import measure_speed

    speed = measure_speed(tuple(inputs or (_default_input(),)), default_lexicon())
    _print_answer(tabulate_speed(speed), format_)


@app.command("evaluate", epilog="Example: pledgegraph evaluate tests/gold --errors")
def evaluate_command(
    gold: Annotated[Path, typer.Argument(help="A folder of answer sheets (*.json).")],
    out: OutOption = Path("output"),
    errors: Annotated[bool, typer.Option("--errors", help="List what was missed and what was made up.")] = False,
    format_: FormatOption = Format.table,
) -> None:
    """Compare what was built with answer sheets that people read."""
    from graph.score import read_sheets, score_ledger

    sheets, ledger = read_sheets(gold), _read_ledger(out)
    scores = score_ledger(ledger.links, ledger.targets, sheets, default_lexicon())
    _print_answer(tabulate_scores(scores), format_)
    for kind, names in (("missed", scores.missed), ("made up", scores.made_up)) if errors else ():
        for name in names:
            _say(f"{kind}: {name}")


def main() -> None:
    """Run the command line; errors for people become one sentence and exit code 2."""
    try:
        sys.exit(app(prog_name="pledgegraph", standalone_mode=False))
    except _UsageError as error:
        said = _say_usage(error.format_message())  # type: ignore[attr-defined]
        _say(said, err_console)
        sys.exit(2)
    except typer.Abort:
        sys.exit(130)
    except PledgegraphError as error:
        _say(f"pledgegraph: {error}", err_console)
        sys.exit(2)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def _say_usage(said: str) -> str:
    """Return what is wrong with a command as one sentence; the help of a command without arguments as it is."""
    if said.startswith("Usage:"):
        return said
    sentence = " ".join(said.replace("Value error, ", "").split()).rstrip(".")
    return f"pledgegraph: {sentence}{' See' if sentence.endswith('?') else '; see'} --help."


def _write_rdf(what: ExportFormat, to: Path, out: Path) -> None:
    from graph.store.dataset import write_nquads, write_turtle
    from graph.store.jsonld import write_jsonld

    write = {ExportFormat.turtle: write_turtle, ExportFormat.nquads: write_nquads, ExportFormat.jsonld: write_jsonld}
    with _open(out) as dataset:
        write[what](dataset, to)


def _print_trace(sentence: str, format_: Format) -> None:
    from graph.inspection import trace

    found = trace("".join(sentence.split()), "report", default_lexicon())
    _print_answer(tabulate_trace(found), format_)


def _read_values(pairs: Sequence[str]) -> dict[str, str]:
    split = [pair.partition("=") for pair in pairs]
    if wrong := next((pair for pair, parts in zip(pairs, split, strict=True) if not parts[1]), ""):
        raise InputError(f"'{wrong}' sets no parameter; write --set name=value.")
    return {name: value for name, _, value in split}


def _check_inputs(paths: Sequence[Path]) -> None:
    """Refuse a path that is missing before the libraries that read documents load."""
    for path in paths:
        if not path.exists():
            raise InputError(f"{path} does not exist; name a file or a folder with documents.")


def _default_input() -> Path:
    here = Path("seeds")
    return here if here.is_dir() else EXAMPLES


def _open(out: Path) -> Dataset:
    _check_store(out)
    return open_dataset(out / "store", read_only=True)


def _check_store(out: Path) -> None:
    if not (out / "store").is_dir():
        raise InputError(
            f"There is no graph in {out} yet; run `pledgegraph build` first, or name the folder with --out."
        )


def _read_ledger(out: Path) -> Ledger:
    with _open(out) as dataset:
        return read_ledger(dataset)


@contextmanager
def _show_progress() -> Iterator[Callable[[str, int, int], None]]:
    if not sys.stderr.isatty():
        yield _log_progress()
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err_console, transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def advance(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(tell_stage(stage), total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield advance


def _log_progress(pause: float = 5.0) -> Callable[[str, int, int], None]:
    """Return what prints a plain line every few seconds, for a log or another program."""
    last = time.monotonic()

    def advance(stage: str, done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last >= pause:
            last = time.monotonic()
            _say(f"{tell_stage(stage)} {done}/{total}", err_console)

    return advance


def _print_built(built: Built) -> None:
    _print(tell_built(built))
    _print(tell_doubts(built), err_console)
    _print(tell_files(built.out))
    if built.violations:
        _print_count(built.violations, err_console)
        _print(tell_violations(built.violations), err_console)
        raise typer.Exit(1)


def _print_count(violations: Sequence[Violation], console: Console) -> None:
    _say(f"{len(violations)} 处不符 violations", console)


def _print_answer(answer: Answer, format_: Format) -> None:
    if format_ is Format.table:
        _print(tell_answer(answer, out_console.width))
    else:
        typer.echo(format_json(answer) if format_ is Format.json else format_csv(answer), nl=False)


def _print(lines: Iterable[RenderableType], console: Console = out_console) -> None:
    for line in lines:
        console.print(line, soft_wrap=isinstance(line, Text) or None)


def _say(line: str, console: Console = out_console) -> None:
    _print((Text(line),), console)


if __name__ == "__main__":
    main()
