"""The law of the house that import-linter cannot see."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "graph").rglob("*.py"))
CHINESE = re.compile(r"[\u2e80-\u2fdf\u3400-\u9fff\uf900-\ufaff]")
ONLY = {
    "rjieba": {"read/tokens.py"},
    "jieba": {"read/tokens.py"},
    "opencc": {"read/fold.py", "resolve"},
    "pypdfium2": {"read"},
    "docx": {"read"},
    "trafilatura": {"read"},
    "python_calamine": {"read"},
    "rdflib": {"store", "vocab.py"},
    "pyoxigraph": {"store", "vocab.py"},
    "networkx": {"view"},
    "pyvis": {"view"},
    "typer": set(),
    "cli": set(),
}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_chinese_stands_in_code(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documentation = {id(node) for node in find_docstrings(tree)}
    found = [
        f"line {node.lineno}: {node.value}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in documentation
        and CHINESE.search(node.value)
    ]
    assert not found, "words and rules belong into ontology/lexicon/"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_stay_in_their_room(path: Path) -> None:
    place = path.relative_to(ROOT / "graph").as_posix()
    for name in find_imports(ast.parse(path.read_text(encoding="utf-8"))):
        allowed = ONLY.get(name)
        assert allowed is None or place in allowed or place.split("/")[0] in allowed, f"{place} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_and_functions_keep_their_size(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    one_page_of_nouns = path.name == "model.py"
    assert one_page_of_nouns or source.count("\n") <= 300, "a concept is hiding in this file"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            first = node.body[min(1, len(node.body) - 1) if ast.get_docstring(node) else 0]
            assert (node.end_lineno or 0) - first.lineno < 40, f"{node.name} is long"
            assert len(node.args.posonlyargs + node.args.args + node.args.kwonlyargs) <= 6, f"{node.name} takes much"


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert not {path.stem for path in MODULES} & {"utils", "util", "helpers", "common", "misc"}


def find_docstrings(tree: ast.AST) -> Iterator[ast.Constant]:
    """Yield the string constants that are statements of their own: docstrings."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value


def find_imports(tree: ast.AST) -> Iterator[str]:
    """Yield the top-level names of everything that is imported."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module.split(".")[0]
