"""What people decided, read from the table of questions and kept in one file that anyone can read.

In the column of the verdict stands one of the words of ``review.csv``, followed by what it takes: ``同一``, ``不同``,
``改名为 X``, ``类型为 项目``, ``删除``, ``补充 X`` (in the sentence of the row). The file of decisions has the same
columns, with who and when; deleting a line undoes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import cast

from graph.errors import InputError
from graph.lexicon import Lexicon
from graph.model import Decision, Verdict
from graph.resolve.tables import list_words, read_table, read_words, write_table


def read_verdicts(table: str, who: str, when: str, lexicon: Lexicon) -> tuple[Decision, ...]:
    """Return the decisions of a table of questions; rows without a verdict say nothing.

    Args:
        table: the filled-in table; columns may be in any order, further columns are ignored.
        who: who decided, where the row does not say it.
        when: the date, where the row does not say it.
        lexicon: with the list ``review``.

    Raises:
        InputError: a verdict that is none of the words, or lacks what it takes, with its row.
    """
    found = []
    for number, row in read_table(table, lexicon):
        if row.get("verdict"):
            decision = _read_decision(row, lexicon)
            if isinstance(decision, str):
                raise InputError(f"review, row {number}: '{row['verdict']}' {decision}.")
            found.append(replace(decision, who=row.get("who") or who, when=row.get("when") or when))
    return tuple(found)


def write_decisions(decisions: Iterable[Decision], lexicon: Lexicon) -> str:
    """Return the file of decisions, in the given order."""
    verdicts, types = list_words(lexicon, "verdict"), list_words(lexicon, "type")
    return write_table((_to_line(decision, verdicts, types) for decision in decisions), lexicon)


def add_decisions(
    kept: Sequence[Decision], new: Iterable[Decision]
) -> tuple[tuple[Decision, ...], tuple[Decision, ...]]:
    """Return the decisions with the new ones after them, and the new ones that contradict a kept one.

    A contradiction is not added: whoever changed their mind deletes the line that stands.
    """
    merged, refused = list(kept), []
    subjects = {_find_subject(decision): decision for decision in kept}
    for decision in new:
        standing = subjects.get(_find_subject(decision))
        if standing is None:
            merged.append(decision)
            subjects[_find_subject(decision)] = decision
        elif (standing.verdict, standing.other) != (decision.verdict, decision.other):
            refused.append(decision)
    return tuple(merged), tuple(refused)


def _read_decision(row: Mapping[str, str], lexicon: Lexicon) -> Decision | str:
    """Return the decision of a row, or what is wrong with its verdict."""
    verdict, value = _split_verdict(row["verdict"], lexicon)
    cells = {key: row.get(key, "") for key in ("name", "other", "place", "other_place", "note")}
    where = {key: row.get(key, "") for key in ("document", "organisation", "quote")}
    types = read_words(lexicon, "type")
    match verdict:
        case "same" | "different" if cells["name"] and cells["other"]:
            return Decision(verdict, **cells)
        case "rename" if value:
            return Decision(verdict, **{**cells, "other": value, "other_place": ""})
        case "type" if value in types:
            return Decision(verdict, **{**cells, "other": types[value], "other_place": ""})
        case "delete" if where["document"] and where["quote"]:
            return Decision(verdict, cells["name"], note=cells["note"], **where)
        case "add" if value and all(where.values()):
            return Decision(verdict, value, types.get(row.get("type", ""), ""), note=cells["note"], **where)
    return _explain(verdict, value, lexicon)


def _explain(verdict: Verdict | None, value: str, lexicon: Lexicon) -> str:
    match verdict:
        case "same" | "different":
            return "needs two names, and this row has one; leave it empty, or judge the fact or the type"
        case "rename":
            return "says no name; write the name after it"
        case "type":
            known = ", ".join(dict.fromkeys(list_words(lexicon, "type").values()))
            return f"says no type that is known; write one of {known} after it"
        case "delete" | "add" if value or verdict == "delete":
            return "needs a sentence with its document and organisation, and this row has none; use a row that has them"
        case "add":
            return "says no name; write the overlooked name of the sentence after it"
        case None:
            return f"is no verdict; write one of {', '.join(list_words(lexicon, 'verdict').values())}"


def _split_verdict(said: str, lexicon: Lexicon) -> tuple[Verdict | None, str]:
    for word, key in read_words(lexicon, "verdict").items():
        if said.startswith(word):
            return cast(Verdict, key), said[len(word) :].strip(" :\uff1a\u201c\u201d")
    return None, ""


def _to_line(decision: Decision, verdicts: Mapping[str, str], types: Mapping[str, str]) -> dict[str, str]:
    value = {"rename": decision.other, "type": types.get(decision.other, ""), "add": decision.name}
    pair = decision.verdict in ("same", "different")
    return {
        "verdict": " ".join(filter(None, (verdicts[decision.verdict], value.get(decision.verdict, "")))),
        "name": decision.name,
        "other": decision.other if pair else "",
        "type": types.get(decision.other, "") if decision.verdict == "add" else "",
        **{key: getattr(decision, key) for key in ("organisation", "quote", "document", "place", "other_place")},
        **{key: getattr(decision, key) for key in ("who", "when", "note")},
    }


def _find_subject(decision: Decision) -> tuple[object, ...]:
    if decision.verdict in ("same", "different"):
        ends = {(decision.name, decision.place), (decision.other, decision.other_place)}
        return ("pair", *sorted(ends))
    if decision.verdict in ("delete", "add"):
        return ("fact", decision.document, decision.organisation, decision.name, decision.quote)
    return (decision.verdict, decision.name, decision.place)
