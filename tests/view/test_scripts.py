"""The page's modules pass their own tests under node, and keep to the language old browsers know."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from graph.view.explorer import PAGE, SCRIPTS
from graph.view.words import load_words

TESTS = Path(__file__).parent / "js"
MODULES = Path(__file__).parents[1] / "browser" / "node_modules"
TOO_NEW = re.compile(r"\?\?|\?\.[a-z\[(]|\.at\(|replaceAll\(|structuredClone|Object\.hasOwn|#\w+\s*[=(;]\s*$")


def test_unit_tests_pass_under_node() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed: the page's unit tests were NOT run (apt-get install nodejs)")
    files = sorted(str(path) for path in TESTS.glob("*.test.mjs"))
    run = subprocess.run([node, "--test", *files], capture_output=True, text=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert re.search(r"^# pass [1-9]", run.stdout, re.MULTILINE)


def test_eslint_finds_nothing() -> None:
    node, eslint = shutil.which("node"), MODULES / "eslint" / "bin" / "eslint.js"
    if node is None or not eslint.exists():
        pytest.skip("ESLint is not installed: the page's scripts were NOT linted (npm install --prefix tests/browser)")
    config = MODULES.parent / "eslint.config.mjs"
    run = subprocess.run(
        [node, str(eslint), "--config", str(config), "graph/view/page", "tests/view/js"],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_every_module_is_in_the_page() -> None:
    assert {path.stem for path in PAGE.glob("*.mjs")} == set(SCRIPTS)


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_module_makes_no_markup_and_asks_no_server(name: str) -> None:
    text = (PAGE / f"{name}.mjs").read_text(encoding="utf-8")
    for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "fetch(", "XMLHttpRequest"):
        assert word not in text
    assert not TOO_NEW.search(text)
    imported = re.findall(r'from "\./(\w+)\.mjs"', text)
    assert all(SCRIPTS.index(other) < SCRIPTS.index(name) for other in imported)


def test_both_languages_have_the_same_words() -> None:
    def keys(table: object, path: str = "") -> set[str]:
        if not isinstance(table, dict):
            return {path}
        return {found for key, value in table.items() for found in keys(value, f"{path}.{key}")}

    words = load_words()
    assert keys(words["zh"]) == keys(words["en"])


def test_every_word_that_a_module_asks_for_is_there() -> None:
    script = "".join((PAGE / f"{name}.mjs").read_text(encoding="utf-8") for name in SCRIPTS)
    asked = set(re.findall(r"text\.ui\.(\w+)", script))
    assert asked <= set(load_words()["zh"]["ui"])
