"""The page in Firefox, from a file: all views are drawn, nothing is refused, links and search lead where they aim."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.model import Ledger
from tests.browser.marionette import FIREFOX, Firefox

SPY = "addEventListener('securitypolicyviolation', e => refused.push(e.violatedDirective + ' ' + e.blockedURI))"


@pytest.fixture(scope="module")
def fox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    if not FIREFOX:
        pytest.skip("Firefox is missing: the page was NOT tested in it (apt-get install firefox-esr)")
    with Firefox(tmp_path_factory.mktemp("profile")) as found:
        yield found


@pytest.mark.parametrize("view", ["shared", "network", "offices", "list", "time"])
def test_every_view_is_drawn_from_a_file(fox: Firefox, file: Path, view: str) -> None:
    marks = {"shared": ".matrix .cell", "network": ".frame[data-view] canvas", "offices": "article.office"}
    fox.open("about:blank")
    fox.open(f"{file.as_uri()}#v={view}&sel=thing/lake")
    fox.wait_for(f"document.querySelector({json.dumps(marks.get(view, f'body.view-{view} tr'))})")
    assert fox.run("return document.querySelector('#evidence h2').innerText") == "柳塘湖生态修复项目"
    assert fox.run("return document.documentElement.scrollWidth <= innerWidth")


def test_clicks_keys_and_the_way_back(fox: Firefox, file: Path, ledger: Ledger) -> None:
    fox.open("about:blank")
    fox.open(file.as_uri())
    fox.wait_for("document.querySelector('.matrix .cell')")
    fox.run(f"window.refused = []; {SPY}; document.querySelector('.matrix .cell').click()")
    quotes = {row.quote for row in ledger.links if row.entity == "柳塘湖生态修复项目"}
    assert set(fox.run("return [...document.querySelectorAll('blockquote')].map(q => q.innerText)")) == quotes
    fox.run("history.back()")
    fox.wait_for("!document.querySelector('.card')")
    fox.run("const s = document.getElementById('search'); s.value = 'yxgy'; s.dispatchEvent(new Event('input'))")
    assert fox.run("return document.querySelector('#found .word').innerText") == "银杏公园"
    fox.run("document.querySelector('[data-key=view-network]').click()")
    fox.wait_for("document.querySelector('.frame[data-view]')")
    assert fox.run("return refused") == []
