"""What a person reads in the terminal: lines with their colours, which nobody has printed yet.

The words stand in ``terminal.toml``.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from graph.answers import say_change, say_stages
from graph.model import Decision, LinkRow, Violation
from graph.store.query import Answer
from graph.view.shared import Shared, list_shared

if TYPE_CHECKING:
    from graph.pipeline import Built
    from graph.resolve.follow import FollowUp

_WORDS = Path(__file__).with_suffix(".toml")
_FIRST = 5  # shared things named after a build
_AROUND, _SHORT = 60, 20  # characters shown around a mention; no less than these are cut off
_NARROW = 10  # characters; a table with narrower columns is told row by row


@cache
def load_words() -> dict[str, dict[str, str]]:
    """Return what the terminal says, by occasion."""
    return tomllib.loads(_WORDS.read_text(encoding="utf-8"))


def tell_stage(stage: str) -> str:
    """Return the name of a stage of long work."""
    return load_words()["stages"].get(stage, stage)


def tell_built(built: Built) -> Iterator[Text]:
    """Tell what a build found."""
    words, ledger = load_words()["built"], built.ledger
    offices = {row.organisation_id for row in ledger.links} | {row.organisation_id for row in ledger.targets}
    counts = {"documents": ledger.documents, "links": ledger.links, "targets": ledger.targets, "offices": offices}
    things = {row.entity_id for row in ledger.links}
    yield Text(words["counts"].format(things=len(things), **{name: len(found) for name, found in counts.items()}))
    if built.recalled:
        yield Text(words["recalled"].format(recalled=built.recalled, read=built.files - built.recalled))
    shared = list_shared(ledger, 2)
    yield Text(words["shared"].format(n=len(shared)))
    for item in shared[:_FIRST]:
        yield Text(words["item"].format(label=item.label, offices="、".join(item.offices)))
    if built.consulted:
        names, dropped = sum(one.names for one in built.consulted), sum(one.dropped for one in built.consulted)
        recogniser = built.consulted[0].recogniser
        yield Text(words["consulted"].format(recogniser=recogniser, names=names, dropped=dropped))


def tell_doubts(built: Built) -> Iterator[Text]:
    """Tell what a build could not use: answers of a recogniser, decisions, files."""
    words = load_words()["built"]
    for fault, count in Counter(one.fault for one in built.consulted if one.fault).items():
        yield Text(words["fault"].format(n=count, fault=fault))
    for decision in built.unfit:
        yield Text(words["unfit"].format(decision=tell_decision(decision)))
    for unread in built.unread:
        yield Text(words["unread"].format(path=unread.path, reason=unread.reason))


def tell_files(out: Path) -> Iterator[Text]:
    """Tell which files of an output folder to open."""
    words = load_words()["built"]
    yield Text(words["page"].format(page=out / "explorer.html"))
    yield Text(words["files"].format(ledger=out / "ledger.xlsx", report=out / "report.md"))


def tell_decision(decision: Decision) -> str:
    """Return a decision as one line."""
    said = (decision.verdict, decision.name, decision.other, decision.document, decision.who, decision.when)
    return " ".join(filter(None, said))


def tell_violations(violations: Sequence[Violation]) -> Iterator[Text]:
    """Tell what does not keep its shape, a line each."""
    for found in violations:
        yield Text(f"{found.shape}: {found.message} {found.focus} {found.quote}")


def tell_shared(shared: Shared, related: Sequence[Sequence[str]] = ()) -> Iterator[Text]:
    """Tell everything about a thing: offices, names, sentences, and of ``related`` what it has to do with others."""
    words, relations = load_words()["thing"], load_words()["relations"]
    heading = Text(shared.label, style="bold")
    heading.append(words["offices"].format(n=len(shared.offices)), style="not bold")
    if others := [name for name in shared.names if name != shared.label]:
        heading.append(words["names"].format(names="、".join(others)), style="dim")
    yield heading
    for row in shared.rows:
        year = words["year"].format(year=row.year) if row.year else words["no_year"]
        yield Text(f"  {row.organisation_label}  {year}  {row.document}:{row.start}", style="cyan")
        yield _mark(Text(f"    {row.quote}"), row)
    sides = dict.fromkeys(tuple(row[:3]) for row in related if shared.label in (row[0], row[2]))
    for subject, relation, value in sides:
        yield Text(f"  {subject} {relations.get(relation, relation)} {value}", style="green")
    yield Text()


def tell_follow_ups(found: Sequence[FollowUp]) -> Iterator[Text]:
    """Tell what became of every thing at its place, and then with each office."""
    for _, group in groupby(found, key=lambda one: (one.place, one.years, one.entity_id)):
        members = tuple(group)
        yield _head_follow_up(members[0])
        for member in members:
            yield from _tell_follow_up(member)
        yield Text()


def tell_answer(answer: Answer, width: int) -> Iterator[RenderableType]:
    """Tell a table: drawn, or row by row where ``width`` characters are too few for its columns."""
    if len(answer.variables) * _NARROW > width:
        for row in answer.rows:
            for name, value in filter(itemgetter(1), zip(answer.variables, row, strict=True)):
                yield Text.assemble((f"{name}: ", "cyan"), value)
            yield Text()
    else:
        table = Table(*answer.variables, show_lines=False)
        for row in answer.rows:
            table.add_row(*(Text(value) for value in row))
        yield table
    yield Text(load_words()["answer"]["rows"].format(n=len(answer.rows)))


def _head_follow_up(first: FollowUp) -> Text:
    words, states = load_words()["thing"], load_words()["states"]
    heading = Text(first.entity, style="bold")
    years = words["years"].format(earlier=first.years[0], later=first.years[1], state=states[first.thing])
    heading.append(years, style="not bold")
    heading.append(f"  {say_stages(first.thing_stages)}".rstrip(), style="yellow not bold")
    return heading


def _tell_follow_up(found: FollowUp) -> Iterator[Text]:
    words, states = load_words()["thing"], load_words()["states"]
    yield Text(f"  {found.organisation}  {states[found.state]}", style="cyan")
    for year, rows in zip(found.years, (found.before, found.after), strict=True):
        for row in {row.quote: row for row in reversed(rows)}.values():
            yield _mark(Text(words["said"].format(year=year, quote=_excerpt(row))), row)
    for change in found.targets:
        yield Text(words["target"].format(change=say_change(change)))


def _mark(text: Text, row: LinkRow) -> Text:
    text.highlight_words([row.mention], style="bold yellow")
    return text


def _excerpt(row: LinkRow) -> str:
    """Return the sentence, or of a long one what stands around the mention."""
    at = max(row.quote.find(row.mention), 0)
    start, end = max(at - _AROUND, 0), at + len(row.mention) + _AROUND
    start, end = (start if start > _SHORT else 0), (end if end < len(row.quote) - _SHORT else len(row.quote))
    return f"{'…' if start else ''}{row.quote[start:end]}{'…' if end < len(row.quote) else ''}"
