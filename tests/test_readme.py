"""The README's examples are run, and their output is what it says; ``python -m tests.test_readme`` writes them anew."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
SHOWN = 8  # lines of an answer that the README shows
WIDE = 96  # characters of a line that it shows


def run_example(command: str, folder: Path) -> list[str]:
    """Return what an example prints, as the README shows it."""
    binary = folder / "pledgegraph"
    if not binary.exists():
        binary.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{ROOT / "cli.py"}" "$@"\n', encoding="utf-8")
        binary.chmod(0o755)
        (folder / "tests").symlink_to(ROOT / "tests")
    environment = {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}", "COLUMNS": "200", "PYTHONUTF8": "1"}
    done = subprocess.run(
        command, shell=True, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, f"{command}: {done.stderr}"
    lines = [line.rstrip() for line in done.stdout.rstrip().splitlines()]
    shown = [line if len(line) <= WIDE else f"{line[: WIDE - 1]}…" for line in lines[:SHOWN]]
    return [*shown, "…"] if len(lines) > SHOWN else shown


def find_examples(text: str) -> list[str]:
    """Return the commands of the README in their order."""
    return [line[2:] for block in BLOCK.findall(text) for line in block.splitlines() if line.startswith("$ ")]


def fill_examples(text: str, folder: Path) -> str:
    """Return the README with the output of every example as it is now."""

    def fill(match: re.Match[str]) -> str:
        commands = [line for line in match[1].splitlines() if line.startswith("$ ")]
        parts = (part for command in commands for part in (command, *run_example(command[2:], folder)))
        return "```console\n" + "\n".join(parts) + "\n```"

    return BLOCK.sub(fill, text)


def test_every_example_prints_what_the_readme_says(tmp_path: Path) -> None:
    text = README.read_text(encoding="utf-8")
    assert len(find_examples(text)) >= 8
    assert fill_examples(text, tmp_path) == text


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_every_local_link_of_the_readme_leads_somewhere(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text):
        assert (ROOT / target).exists(), target


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        README.write_text(fill_examples(README.read_text(encoding="utf-8"), Path(folder)), encoding="utf-8")
