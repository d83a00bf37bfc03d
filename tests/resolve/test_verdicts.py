from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from graph.errors import InputError
from graph.lexicon import Lexicon
from graph.model import Decision, Declined, DocumentRow, Ledger, Link, LinkRow
from graph.resolve.review import MOST, list_review, write_review
from graph.resolve.verdicts import add_decisions, read_verdicts, write_decisions
from tests.resolve.made import PLACE

DECISIONS = (
    Decision("same", "滨水公园", "滨江公园", PLACE, PLACE, who="王", when="2030-02-01"),
    Decision("different", "江北园", "江南园", PLACE, PLACE, who="王", when="2030-02-01", note="两处"),
    Decision("rename", "江北园", "江北数字园", PLACE, who="王", when="2030-02-01"),
    Decision("type", "江北园", "project", PLACE, who="王", when="2030-02-01"),
    Decision("delete", "江北园", document="a.txt", organisation="区建设局", quote="看江北园", who="王", when="2030"),
    Decision(
        "add", "望江亭", "place", document="a.txt", organisation="区建设局", quote="建望江亭", who="王", when="2030"
    ),
)


def make_row(mention: str, entity: str, score: float = 1.0) -> LinkRow:
    quote = f"建成{mention}。"
    return LinkRow(
        "a.txt", "区建设局", "o", "pledger", entity, mention, mention, "place", 2, 5, score=score, quote=quote
    )


def make_ledger(*rows: LinkRow) -> Ledger:
    return Ledger((DocumentRow("a.txt", "", "report", "", PLACE, "", 2030),), rows, ())


def fill_in(table: str, verdict: str) -> str:
    rows = list(csv.reader(io.StringIO(table.removeprefix("\ufeff"), newline="")))
    rows[1][rows[0].index("判断")] = verdict
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue()


def test_decisions_read_back_as_they_were_written(lexicon: Lexicon) -> None:
    assert read_verdicts(write_decisions(DECISIONS, lexicon), "", "", lexicon) == DECISIONS


def test_a_line_taken_out_undoes_its_decision(lexicon: Lexicon) -> None:
    lines = write_decisions(DECISIONS, lexicon).splitlines(keepends=True)
    assert read_verdicts("".join(lines[:1] + lines[2:]), "", "", lexicon) == DECISIONS[1:]


def test_declined_joins_are_asked_with_both_sentences(lexicon: Lexicon) -> None:
    ledger = make_ledger(make_row("滨水公园", "1"), make_row("滨江公园", "2"))
    (row,) = list_review(ledger, declined=[Declined("1", "2", "suffix", 0.8)])
    assert (row.quote, row.other_quote) == ("建成滨水公园。", "建成滨江公园。")
    table = fill_in(write_review([row], lexicon), "同一")
    (decision,) = read_verdicts(table, "王", "2030-02-01", lexicon)
    assert decision == DECISIONS[0]


def test_doubtful_facts_and_types_and_joins_are_asked() -> None:
    ledger = make_ledger(make_row("滨水公园", "1", 0.3), make_row("滨江公园", "1"), make_row("望江亭", "3"))
    links = [
        Link("a.txt", "滨水公园", "place", "1", "misprint", 0.75),
        Link("a.txt", "滨江公园", "place", "1", "own-name"),
        Link("a.txt", "望江亭", "place", "3", "own-name"),
        Link("a.txt", "望江亭", "project", "3", "own-name"),
    ]
    assert [(row.question, row.name) for row in list_review(ledger, links)] == [
        ("join", "滨水公园"),
        ("type", "望江亭"),
        ("fact", "滨水公园"),
    ]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("改名为：江北数字园", ("rename", "江北数字园")),
        ("类型为 项目", ("type", "project")),
        ("删除", ("delete", "")),
        ("不同", ("different", "滨江公园")),
    ],
)
def test_a_verdict_is_read_with_what_it_takes(lexicon: Lexicon, said: str, expected: tuple[str, str]) -> None:
    ledger = make_ledger(make_row("滨水公园", "1"), make_row("滨江公园", "2"))
    rows = list_review(ledger, declined=[Declined("1", "2", "suffix", 0.8)])
    (decision,) = read_verdicts(fill_in(write_review(rows, lexicon), said), "王", "2030", lexicon)
    assert (decision.verdict, decision.other) == expected


def test_a_verdict_that_is_none_is_named_with_its_line(lexicon: Lexicon) -> None:
    rows = list_review(make_ledger(make_row("滨水公园", "1", 0.3)))
    with pytest.raises(InputError, match="row 2"):
        read_verdicts(fill_in(write_review(rows, lexicon), "也许"), "", "", lexicon)


def test_a_new_decision_never_overrides_one_that_stands() -> None:
    new = [Decision("different", "滨江公园", "滨水公园", PLACE, PLACE), Decision("rename", "滨水公园", "水园", PLACE)]
    merged, refused = add_decisions(DECISIONS, [*new, DECISIONS[0]])
    assert merged == (*DECISIONS, new[1])
    assert refused == (new[0],)


def test_a_cell_is_no_formula_and_reads_back(lexicon: Lexicon) -> None:
    decision = Decision("same", "=1+1", "+2", PLACE, PLACE)
    table = write_decisions([decision], lexicon)
    assert "\t=1+1" in table
    assert read_verdicts(table, "", "", lexicon) == (decision,)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("也许", "no verdict"),
        ("同一", "two names"),
        ("改名为", "no name"),
        ("类型为 东西", "no type"),
        ("补充", "no name"),
    ],
)
def test_a_bad_verdict_is_named_with_its_row_in_one_sentence(lexicon: Lexicon, said: str, why: str) -> None:
    rows = list_review(make_ledger(make_row("滨水公园", "1", 0.3)))
    with pytest.raises(InputError, match=f"row 2: '{said}' .*{why}"):
        read_verdicts(fill_in(write_review(rows, lexicon), said), "", "", lexicon)


def test_a_row_is_counted_as_a_spreadsheet_counts_it(lexicon: Lexicon) -> None:
    broken = replace(make_row("滨水公园", "1", 0.2), quote="建成\n滨水公园。")
    table = write_review(list_review(make_ledger(broken, make_row("望江亭", "2", 0.3))), lexicon)
    rows = list(csv.reader(io.StringIO(table.removeprefix("\ufeff"), newline="")))
    rows[2][rows[0].index("判断")] = "也许"
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    with pytest.raises(InputError, match="row 3"):
        read_verdicts(out.getvalue(), "", "", lexicon)


def test_no_more_is_asked_than_a_person_answers_and_what_makes_things_shared_first() -> None:
    rows = [make_row(f"滨水园{i:03}", str(i), 0.3) for i in range(200)]
    rows.append(replace(make_row("江北园", "x"), organisation_id="other"))
    declined = [Declined(str(i), str(i + 1), "suffix", 0.4) for i in range(0, 160, 2)] + [
        Declined("3", "x", "suffix", 0.4)
    ]
    asked = list_review(make_ledger(*rows), declined=declined)
    assert [sum(row.question == kind for row in asked) for kind in MOST] == [MOST["join"], 0, MOST["fact"]]
    assert (asked[0].name, asked[0].other) == ("滨水园003", "江北园")
