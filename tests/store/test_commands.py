"""The store's commands as a person runs them: check, push, ask --endpoint, serve and backup."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from cli import app
from graph.pipeline import Built
from graph.store.dataset import open_dataset
from graph.vocab import PREFIXES
from tests.store.test_push import FakeStore, server  # noqa: F401
from tests.store.test_push_real import find_port

ROOT = Path(__file__).parents[2]
COUNT = "SELECT (COUNT(?p) AS ?n) { ?p a pg:Pledge }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
runner = CliRunner()


@pytest.fixture
def out(built: Built, tmp_path: Path) -> Path:
    """Return a copy of the built folder, which a test may spoil."""
    return Path(shutil.copytree(built.out, tmp_path / "out"))


def test_check_prints_violations_with_their_sentence_and_exits_with_1(out: Path) -> None:
    whole = runner.invoke(app, ["check", "--out", str(out)])
    assert (whole.exit_code, whole.stdout) == (0, "0 处不符 violations\n")
    with open_dataset(out / "store") as dataset:
        dataset.store.update("DELETE WHERE { GRAPH ?g { ?t schema:unitText '%' } }", prefixes=PREFIXES)
    broken = runner.invoke(app, ["check", "--out", str(out)])
    assert broken.exit_code == 1
    lines = broken.stdout.splitlines()
    assert lines[-1] == f"{len(lines) - 1} 处不符 violations" and len(lines) > 1
    assert all(line.startswith("target-has-unit: 指标没有单位 (A target has no unit) http") for line in lines[:-1])
    assert any("20%以上" in line for line in lines)


def test_what_was_pushed_is_asked_there(out: Path, server: FakeStore) -> None:  # noqa: F811
    sent = runner.invoke(app, ["push", f"{server.url}/store", "--out", str(out)])
    assert (sent.exit_code, sent.stdout) == (0, "已发送 sent: 3；未变 unchanged: 0；已移除 removed: 0\n")
    again = runner.invoke(app, ["push", f"{server.url}/store", "--out", str(out)])
    assert again.stdout == "已发送 sent: 0；未变 unchanged: 3；已移除 removed: 0\n"
    here = runner.invoke(app, ["ask", "shared-projects", "--out", str(out), "--format", "csv"])
    there = runner.invoke(app, ["ask", "shared-projects", "--endpoint", f"{server.url}/query", "--format", "csv"])
    assert there.stdout == here.stdout and len(here.stdout) > 1000


@pytest.fixture
def served(out: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    port = find_port()
    limits = ["--seconds", "2", "--rows", "50", "--processes", "1"]
    command = [sys.executable, str(ROOT / "cli.py"), "serve", "--out", str(out), "--port", str(port), *limits]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    for _ in range(300):
        try:
            httpx.get(f"http://127.0.0.1:{port}/sparql")
            break
        except httpx.TransportError:
            time.sleep(0.1)
    yield f"http://127.0.0.1:{port}/sparql", process
    process.kill()
    process.wait()


def test_a_store_that_is_served_is_copied_and_stopped_gracefully(
    served: tuple[str, subprocess.Popen[str]], out: Path, tmp_path: Path
) -> None:
    url, process = served
    copied = runner.invoke(app, ["backup", str(tmp_path / "copy" / "store"), "--out", str(out)])
    assert copied.exit_code == 0, copied.output
    here = runner.invoke(app, ["ask", COUNT, "--out", str(tmp_path / "copy"), "--format", "csv"])
    there = httpx.get(url, params={"query": COUNT}, headers={"Accept": "text/csv"})
    assert there.text.split() == here.stdout.split()
    slow = httpx.get(url, params={"query": ENDLESS}, timeout=30)
    assert (slow.status_code, slow.text) == (503, "The query took longer than 2 s and was ended; ask for less.\n")
    long = httpx.get(url, params={"query": "SELECT * { ?s ?p ?o }"}, timeout=30)
    assert (long.status_code, long.text) == (500, "The answer has more than 50 rows; add LIMIT, or ask for less.\n")
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=20) in (0, 130, -signal.SIGINT)
    assert "Traceback" not in (process.stderr.read() if process.stderr else "")
