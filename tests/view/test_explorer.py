"""The page as a file: no other server, nothing of a document becomes markup, the same bytes each time."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from graph.errors import OutputError
from graph.model import Ledger
from graph.view.explorer import dump_json, join_scripts, render_explorer, write_explorer


class _Page(HTMLParser):
    """The elements of a page with their attributes, and the text of its scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.tags and data.strip():
            self.texts.append((self.tags[-1][0], data))


def _unpack(text: str) -> str:
    return gzip.decompress(base64.b64decode(text)).decode("utf-8")


@pytest.fixture
def page(ledger: Ledger) -> _Page:
    return _Page(render_explorer(ledger))


def test_no_element_points_anywhere(page: _Page) -> None:
    assert not [(t, a) for t, a in page.tags if {"src", "href", "srcset", "action", "data"} & set(a)]
    assert not [t for t, _ in page.tags if t in {"link", "iframe", "object", "base"}]


def test_policy_comes_first_and_knows_every_script_by_its_hash(page: _Page) -> None:
    head = page.tags[[t for t, _ in page.tags].index("head") + 1]
    assert head[1]["http-equiv"] == "Content-Security-Policy"
    policy = head[1]["content"] or ""
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert "http" not in policy
    run = [text for tag, text in page.texts if tag in {"script", "style"} and not text.startswith("{")]
    vis = [_unpack(text) for _, text in page.texts if text.startswith("H4sI")][2]
    assert len(run) == 2 + 3
    for text in (*(text for text in run if not text.startswith("H4sI")), vis):
        assert base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() in policy


def test_data_are_json_and_cannot_end_their_script(page: _Page, ledger: Ledger) -> None:
    words = [json.loads(text) for tag, text in page.texts if tag == "script" and text.startswith("{")]
    assert [set(block) for block in words] == [{"text", "style"}]
    data, net = (json.loads(_unpack(text)) for _, text in page.texts[-4:-2])
    assert "𠮷祥路</script><b>&“改造”" in data["things"]["label"]
    assert sorted(data["ring"]) == list(range(4))
    assert len(net["nodes"]) == 11
    assert {edge["to"] for edge in net["edges"]} <= {node["id"] for node in net["nodes"] if "inside" in node}


def test_json_escapes_what_could_be_markup_and_nothing_else() -> None:
    text = "</script><!-- \u2028 中文"
    assert "<" not in dump_json(text)
    assert json.loads(dump_json(text)) == text
    assert "中文" in dump_json(text)


def test_the_same_ledger_gives_the_same_bytes_in_utf8(ledger: Ledger, tmp_path: Path) -> None:
    write_explorer(ledger, tmp_path / "a.html")
    write_explorer(ledger, tmp_path / "b.html")
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()
    assert "部门协同图谱" in (tmp_path / "a.html").read_bytes().decode("utf-8")


def test_half_a_surrogate_does_not_stop_the_page(ledger: Ledger, tmp_path: Path) -> None:
    bad = replace(ledger.links[0], quote="坏\ud800字")
    write_explorer(replace(ledger, links=(bad,)), tmp_path / "a.html")


def test_the_page_is_utf8_whatever_the_locale(tmp_path: Path) -> None:
    """A Windows machine in GBK, as near as this one comes to it: an ASCII locale with UTF-8 mode off."""
    code = "from pathlib import Path; from tests.view.invented import make_ledger; "
    code += "from graph.view.explorer import write_explorer; write_explorer(make_ledger(), Path('page.html'))"
    root = Path(__file__).parents[2]
    clean = {"PYTHONPATH": str(root), "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=clean, check=True)
    page = _Page((tmp_path / "page.html").read_text(encoding="utf-8"))
    assert "柳塘湖生态修复项目" in _unpack(next(text for _, text in page.texts if text.startswith("H4sI")))


def test_an_empty_ledger_still_gives_a_page() -> None:
    assert "<main" in render_explorer(Ledger((), (), ()))


def test_scripts_are_joined_without_import_or_export_and_grow_no_further() -> None:
    """The design asks for 60 KB; README's Decisions say why it is not met. This stops the script's growth."""
    script = join_scripts()
    assert not re.search(r"^(import|export) ", script, re.MULTILINE)
    assert len(script.encode()) <= 120 * 1024


def test_a_folder_that_is_not_there_is_said_in_one_sentence(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="Cannot write"):
        write_explorer(ledger, tmp_path / "missing" / "a.html")
