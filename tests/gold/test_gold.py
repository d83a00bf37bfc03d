from __future__ import annotations

import csv
import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from graph.lexicon import default_lexicon
from graph.pipeline import Built
from graph.score import Scores, read_sheets, score_ledger

HERE = Path(__file__).resolve().parent
LINK_COLUMNS = tuple(
    "document organisation organisation_id role entity_id entity mention type start end".split()  # noqa: SIM905
)
EVAL = HERE.parent.parent.parent / "shared" / "eval"


@pytest.fixture(scope="module")
def scores(built: Built) -> Scores:
    return score_ledger(built.ledger.links, built.ledger.targets, read_sheets(HERE), default_lexicon())


def test_no_score_falls_below_its_floor(scores: Scores) -> None:
    floors = tomllib.loads((HERE / "scores.toml").read_text(encoding="utf-8"))["seeds"]
    reached = {
        "links_f1": scores.links.f1,
        "relaxed_f1": scores.relaxed.f1,
        "targets_f1": scores.targets.f1,
        "type_accuracy": scores.type_accuracy,
        "shared_precision": scores.shared.precision,
        "shared_recall": scores.shared.recall,
    }
    assert floors.keys() == reached.keys()
    assert not {name: (reached[name], floor) for name, floor in floors.items() if reached[name] < floor}


def test_every_statement_has_its_office(built: Built) -> None:
    for sheet in read_sheets(HERE):
        asked = {org["name"] for statement in sheet["statements"] for org in statement["orgs"]}
        found = {row.organisation for row in built.ledger.links if row.document == sheet["doc"]}
        assert found == asked


def test_the_reference_scorer_agrees(built: Built, scores: Scores) -> None:
    scorer = EVAL / "score.py"
    if not scorer.exists():
        pytest.skip("the reference scorer and its texts are not beside the project")
    command = [sys.executable, str(scorer), "--gold", str(EVAL / "seeds"), "--texts", str(EVAL / "seeds"), "--json"]
    command += ["--links", str(built.out / "links.csv"), "--targets", str(built.out / "targets.csv")]
    report = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert report["offset_errors"] == 0
    assert report["links_exact"]["f1"] == pytest.approx(scores.links.f1)
    assert report["links_relaxed"]["f1"] == pytest.approx(scores.relaxed.f1)
    assert report["shared_pairs"]["f1"] == pytest.approx(scores.shared.f1)
    assert report["targets"]["f1"] == pytest.approx(scores.targets.f1)
    assert report["type_accuracy"] == pytest.approx(scores.type_accuracy)


def test_the_ledger_has_the_columns_that_scorers_read(built: Built) -> None:
    with (built.out / "links.csv").open(encoding="utf-8-sig", newline="") as file:
        columns = next(csv.reader(file))
    assert columns == list(LINK_COLUMNS)
