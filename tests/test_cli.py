from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import cli
from cli import app
from graph.pipeline import Built

ROOT = Path(__file__).resolve().parent.parent
runner = CliRunner()


def run(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run the command as a person does, in a process of its own."""
    command = [sys.executable, str(ROOT / "cli.py"), *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=False)


def test_shared_prints_offices_and_sentences_most_shared_first(built: Built) -> None:
    answer = runner.invoke(app, ["shared", "--out", str(built.out), "--format", "json"])
    rows = json.loads(answer.stdout)
    counts = [int(row["offices"]) for row in rows]
    assert counts == sorted(counts, reverse=True) and counts[-1] >= 2
    assert all(row["mention"] and row["quote"] for row in rows)


def test_explain_finds_a_thing_by_a_short_name(built: Built) -> None:
    answer = runner.invoke(app, ["explain", "复兴之路", "--out", str(built.out)])
    assert answer.exit_code == 0
    assert "依托济宁复兴之路文化科技项目开园" in answer.stdout
    assert "以复兴之路、华侨城运河1283、太白湖景区为核心" in answer.stdout
    assert "2023 年" in answer.stdout and "2024 年" in answer.stdout
    assert "石桥镇 依托 济宁复兴之路文化科技项目" in answer.stdout


def test_ask_takes_a_named_question_and_sparql(built: Built) -> None:
    named = runner.invoke(app, ["ask", "shared-projects", "--out", str(built.out), "--format", "csv"])
    rows = list(csv.DictReader(io.StringIO(named.stdout)))
    assert {row["thing"] for row in rows} >= {"济宁复兴之路文化科技项目", "济东数字经济产业园"}
    sparql = "SELECT (COUNT(?p) AS ?n) WHERE { ?p a pg:Pledge }"
    counted = runner.invoke(app, ["ask", sparql, "--out", str(built.out), "--format", "csv"])
    assert int(counted.stdout.split()[1]) > 20


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["build", "no-such-file.txt"], "no-such-file.txt does not exist"),
        (["build", "--lexicon", "no-such-folder"], "no-such-folder does not exist"),
        (["build", "--decisions", "no-such-file"], "no-such-file does not exist"),
        (["build", "--base", "example"], "'example' is no IRI"),
        (["build", "--base", "https://example.org/a b"], "is no IRI"),
        (["build", "--model", "stone-7b"], "name it with --recogniser"),
        (["build", "--recogniser", "localhost:8080", "--model", "stone-7b"], "write it like https://host/v1"),
        (["build", "--recogniser", "http://localhost:1/v1"], "name one with --model"),
        (["remove", "page.txt", "--out", "no-such-folder"], "run `pledgegraph build` first"),
        (["review", "--apply", "README.md", "--decisions", "no-such-file"], "no column"),
        (["buidl"], "No such command 'buidl'. Did you mean 'build'? See --help."),
        (["shared", "--format", "xml"], "'xml' is not one of 'table', 'csv', 'json'; see --help."),
        (["export"], "Missing argument 'what'. Choose from: graphml,"),
        (["build", "--lexicon", "README.md"], "README.md is a file; name the folder"),
        (["build", "--decisions", "seeds"], "seeds is a folder; name the file"),
        (["push", "store", "--out", "no-such-folder"], "'store' is no address"),
        (["serve", "--port", "99999"], "--port"),
        (["explain", "", "--trace"], "Nothing is asked for"),
        (["shared", "--out", "no-such-folder"], "run `pledgegraph build` first"),
        (["ask", "no-such-question"], "There is no question named 'no-such-question'"),
        (["evaluate", "no-such-folder"], "There is no answer sheet"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_exit_code_2(arguments: list[str], sentence: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert sentence in done.stderr and "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_query_that_does_not_parse_says_where(built: Built) -> None:
    done = run("ask", "SELECT ?x", "--out", str(built.out))
    assert done.returncode == 2
    assert "does not parse at line 1" in done.stderr


def test_a_name_that_nobody_pledged_says_what_to_do(built: Built) -> None:
    done = run("explain", "无此名称", "--out", str(built.out))
    assert done.returncode == 2
    assert "pledgegraph shared" in done.stderr


def test_build_from_any_folder_reads_the_examples(tmp_path: Path) -> None:
    done = run("build", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "explorer.html" in done.stdout
    assert (tmp_path / "output" / "links.csv").is_file()


def test_help_gives_an_example_for_every_command() -> None:
    for command in app.registered_commands:
        assert command.epilog and command.epilog.startswith("Example: pledgegraph"), command.name


def test_a_closed_pipe_is_no_failure(built: Built) -> None:
    command = f'set -o pipefail; "{sys.executable}" cli.py shared --out "{built.out}" | head -1'
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_an_export_of_nothing_is_refused_with_what_there_is(built: Built, tmp_path: Path) -> None:
    target = tmp_path / "graph.graphml"
    refused = (
        ((*("graphml", "--type", "无此"), "--to", str(target)), "there are: honour, organisation"),
        ((*("graphml", "--office", "太白湖新区文旅局"), "--to", str(target)), "太白湖新区文化和旅游局"),
        ((*("turtle", "--year", "2024"), "--to", str(target)), "holds the whole graph"),
        (("svg", "--to", str(tmp_path)), "is a folder; name a file in it"),
        ((*("graphml", "--view", "shared", "--office", "石桥镇"), "--to", str(target)), "No pledge passes all"),
        ((*("graphml", "--year", "2023", "--office", "石桥镇"), "--to", str(target)), "No pledge passes all"),
        ((*("graphml", "--year", "1999"), "--to", str(target)), "the years are: 2023, 2024"),
        ((*("xlsx", "--view", "evidence"), "--to", str(target)), "choose --view all or --view shared"),
        (("gexf", "--to", "/dev/full"), "No space left"),
    )
    for arguments, sentence in refused:
        answer = runner.invoke(app, ["export", *arguments, "--out", str(built.out)])
        assert sentence in str(answer.exception)
    assert not target.exists()


def test_rdf_is_written_into_a_pipe_and_does_not_replace_it(built: Built, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    export = f'"{sys.executable}" cli.py export nquads --to "{tmp_path}/pipe" --out "{built.out}"'
    command = f'{export} & cat "{tmp_path}/pipe"; wait'
    done = subprocess.run(
        ["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert (built.out / "graph.nq").read_text(encoding="utf-8") in done.stdout
    assert (tmp_path / "pipe").is_fifo()


@pytest.mark.parametrize("what", ["graphml", "gexf", "neo4j", "dot", "svg"])
@pytest.mark.parametrize("view", ["all", "shared", "offices", "evidence"])
def test_every_view_is_exported_with_every_filter(built: Built, tmp_path: Path, what: str, view: str) -> None:
    filters = [
        "--year",
        "2023",
        "--year",
        "2024",
        "--type",
        "项目",
        "--type",
        "place",
        "--office",
        "石桥镇",
        "--office",
        "投资促进中心",
    ]
    arguments = ["export", what, "--view", view, *filters, "--to", str(tmp_path / "g"), "--out", str(built.out)]
    answer = runner.invoke(app, arguments)
    assert answer.exit_code == 0, answer.exception
    files = [tmp_path / "g"] if (tmp_path / "g").is_file() else list((tmp_path / "g").iterdir())
    text = "".join(file.read_text(encoding="utf-8") for file in files)
    assert "石桥镇" in text and "文化和旅游局" not in text


def test_json_ld_and_a_picture_are_exported(built: Built, tmp_path: Path) -> None:
    for name in ("graph.jsonld", "graph.svg"):
        target = tmp_path / name
        arguments = [name.partition(".")[2], "--to", str(target), "--out", str(built.out)]
        assert runner.invoke(app, ["export", *arguments]).exit_code == 0
        assert "济宁复兴之路" in target.read_text(encoding="utf-8")


def test_a_build_of_nothing_leaves_no_folder(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = run("build", "empty", "--out", "built", cwd=tmp_path)
    assert done.returncode == 2 and "there is no file in it" in done.stderr
    assert not (tmp_path / "built").exists()


def test_a_second_build_says_what_it_read_and_removal_keeps_what_was_unread(tmp_path: Path) -> None:
    folder, out = tmp_path / "pages", str(tmp_path / "output")
    folder.mkdir()
    for name in ("one.txt", "two.txt"):
        (folder / name).write_text(f"石桥镇{name}：2024年，推进古泗河冷链项目建设。\n", encoding="utf-8")
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF")
    assert "沿用" not in run("build", str(folder), "--out", out, cwd=tmp_path).stdout
    assert (
        "3 个文件没有变化，沿用上次的读取结果；新读取 0 个。"
        in run("build", str(folder), "--out", out, cwd=tmp_path).stdout
    )
    assert run("remove", "two.txt", "--out", out, cwd=tmp_path).returncode == 0
    report = (tmp_path / "output" / "report.md").read_text(encoding="utf-8")
    assert "photo.jpg" in report and "two.txt" not in report


def test_without_a_terminal_progress_is_a_line_now_and_then(capsys: pytest.CaptureFixture[str]) -> None:
    eager, patient = cli._log_progress(0.0), cli._log_progress(60.0)
    eager("read", 3, 40)
    patient("read", 4, 40)
    assert capsys.readouterr().err.splitlines() == ["读取 read 3/40"]


def test_a_wide_answer_is_told_row_by_row(built: Built) -> None:
    answer = runner.invoke(app, ["ask", "ledger", "--out", str(built.out)])
    assert "organisation_label: 石桥镇" in answer.stdout.splitlines()


def test_every_named_question_prints(built: Built) -> None:
    listed = runner.invoke(app, ["ask", "--format", "json"])
    questions = json.loads(listed.stdout)
    assert {"name": "evidence", "parameters": "name"}.items() <= next(
        question for question in questions if question["name"] == "evidence"
    ).items()
    for question in questions:
        answer = runner.invoke(app, ["ask", question["name"], "--out", str(built.out)])
        assert answer.exit_code == 0 and "行" in answer.stdout, question["name"]


def test_explore_makes_a_page_that_is_missing_or_older_than_the_graph(built: Built, tmp_path: Path) -> None:
    out = tmp_path / "output"
    shutil.copytree(built.out / "store", out / "store")
    page, ask = out / "explorer.html", ["explore", "--no-open", "--out", str(out)]
    assert "written" in runner.invoke(app, ask).stdout
    made = page.read_bytes()
    assert made == (built.out / "explorer.html").read_bytes()
    assert runner.invoke(app, ask).stdout == f"{page}\n"
    page.write_text("old", encoding="utf-8")
    os.utime(page, (1, 1))
    assert "written" in runner.invoke(app, ask).stdout and page.read_bytes() == made


def test_explore_opens_what_it_wrote_elsewhere(built: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    page = tmp_path / "会议.html"
    assert runner.invoke(app, ["explore", "--out", str(built.out), "--to", str(page)]).exit_code == 0
    assert opened == [page.resolve().as_uri()] and page.stat().st_size > 100_000
