"""Answers as tables, one fact a row, and tables as CSV and JSON: what a program reads of each command."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from graph.model import LinkRow
from graph.store.query import Answer, NamedQuery
from graph.view.shared import Shared

if TYPE_CHECKING:
    from graph.extract.trace import Traced
    from graph.inspection import Speed
    from graph.resolve.follow import FollowUp, TargetChange
    from graph.score import Scores

_SHARED = ("thing", "type", "offices", "organisation", "role", "year", "mention", "document", "start", "end", "quote")
_FOLLOWED = (
    *("thing", "organisation", "earlier", "later", "thing_state"),
    *("state", "before", "after", "stages", "targets"),
)
_TRACED = ("candidate", "type", "rule", "crf", "neural", "score", "fate", "unmet")


def tabulate_shared(found: Iterable[Shared]) -> Answer:
    """Return a row for every mention of every thing."""
    rows = (
        (
            *(shared.label, shared.type, len(shared.offices), row.organisation_label, row.role, row.year or ""),
            *(row.mention, row.document, row.start, row.end, row.quote),
        )
        for shared in found
        for row in shared.rows
    )
    return Answer(_SHARED, tuple(tuple(map(str, row)) for row in rows))


def tabulate_follow_ups(found: Iterable[FollowUp]) -> Answer:
    """Return a row for every thing and office in two years."""
    rows = (
        (
            *(one.entity, one.organisation, *map(str, one.years), one.thing, one.state),
            *(_join_quotes(one.before), _join_quotes(one.after)),
            *(say_stages(one.stages), "；".join(map(say_change, one.targets))),
        )
        for one in found
    )
    return Answer(_FOLLOWED, tuple(rows))


def tabulate_questions(queries: Iterable[NamedQuery]) -> Answer:
    """Return a row for every named question."""
    rows = ((query.name, query.question_zh, query.question_en, " ".join(query.parameters)) for query in queries)
    return Answer(("name", "question_zh", "question_en", "parameters"), tuple(rows))


def tabulate_trace(found: Iterable[Traced]) -> Answer:
    """Return a row for every candidate that a recogniser saw in a sentence."""
    rows = ((t.text, t.type, t.rule, t.crf, t.neural, f"{t.score:.2f}", t.fate, t.unmet) for t in found)
    return Answer(_TRACED, tuple(rows))


def tabulate_speed(speed: Speed) -> Answer:
    """Return a row for every step: seconds, microseconds a character, and multiples of ``jieba.lcut``."""
    steps = (
        ("jieba.lcut", speed.characters, speed.jieba),
        ("read", speed.characters, speed.read),
        ("extract", speed.said, speed.extract),
    )
    rows = (
        (name, str(count), f"{seconds:.2f}", f"{1e6 * seconds / count:.2f}", f"{seconds / speed.jieba:.2f}")
        for name, count, seconds in steps
    )
    return Answer(("step", "characters", "seconds", "µs a character", "× jieba.lcut"), tuple(rows))


def tabulate_scores(scores: Scores) -> Answer:
    """Return precision, recall and F1 of what was counted, and the share that was right of what was judged."""
    counts = (
        *(("links exact", scores.links), ("links relaxed", scores.relaxed)),
        *(("shared pairs", scores.shared), ("targets", scores.targets)),
    )
    shares = (
        ("type", scores.type_accuracy),
        ("bound", scores.bound_accuracy),
        ("deadline", scores.deadline_accuracy),
    )
    rows = [
        (name, f"{c.precision:.3f}", f"{c.recall:.3f}", f"{c.f1:.3f}", f"{c.hit} of {c.given} given, {c.asked} asked")
        for name, c in counts
    ]
    rows += [(f"{name} accuracy", "", "", f"{share:.3f}", "") for name, share in shares]
    return Answer(("measure", "precision", "recall", "F1", "counts"), tuple(rows))


def format_json(answer: Answer) -> str:
    """Return a table as a JSON array of objects, line by line."""
    rows = [dict(zip(answer.variables, row, strict=True)) for row in answer.rows]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def format_csv(answer: Answer) -> str:
    """Return a table as CSV with a heading."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(answer.variables)
    writer.writerows(answer.rows)
    return file.getvalue()


def say_stages(stages: tuple[tuple[str, ...], tuple[str, ...]] | None) -> str:
    """Return how far a thing was and is, in the words of the documents."""
    return " → ".join("、".join(words) for words in stages) if stages else ""


def say_change(change: TargetChange) -> str:
    """Return a figure as it was and as it is."""
    pair = (f"{target.value:g}{target.unit}" if target else "—" for target in (change.before, change.after))
    return f"{change.metric}: {' → '.join(pair)}"


def _join_quotes(rows: Sequence[LinkRow]) -> str:
    return "\n".join(dict.fromkeys(row.quote for row in rows))
