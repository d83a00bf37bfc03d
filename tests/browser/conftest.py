"""A real browser, Debian's, with every request watched; and the page of the invented ledger."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from graph.model import Ledger
from graph.view.explorer import write_explorer
from tests.view.invented import make_ledger

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(item.path).is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is missing: the page was NOT tested in a browser (apt-get install chromium)")
    with sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
        yield found
        found.close()


@pytest.fixture(scope="session")
def ledger() -> Ledger:
    return make_ledger()


@pytest.fixture(scope="session")
def file(ledger: Ledger, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page, in a folder with Chinese characters and a space in its name."""
    path = tmp_path_factory.mktemp("浏览 器") / "图谱 页.html"
    write_explorer(ledger, path)
    return path


@dataclass
class Opened:
    """An open page with everything that it should not have done."""

    page: Page
    file: Path
    faults: list[str] = field(default_factory=list)

    def go(self, fragment: str = "") -> Page:
        """Open the file (again) at a fragment."""
        self.page.goto("about:blank")
        self.page.goto(self.file.as_uri() + fragment)
        self.page.wait_for_selector("#top h1")
        return self.page

    def state(self) -> dict[str, Any]:
        """What a person sees once the page has answered the last action, to compare pages by."""
        self.page.evaluate("() => new Promise(done => setTimeout(() => requestAnimationFrame(done), 100))")
        found: dict[str, Any] = self.page.evaluate(
            "() => ({ main: document.getElementById('main').innerText, evidence: document.getElementById('evidence')"
            ".innerText, foot: document.getElementById('foot').innerText, title: document.title })"
        )
        return found


@pytest.fixture
def opened(browser: Browser, file: Path) -> Iterator[Opened]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN", accept_downloads=True)
    found = Opened(context.new_page(), file)
    page = found.page
    page.on("console", lambda m: found.faults.append(m.text) if m.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: found.faults.append(str(error)))
    page.on("request", lambda r: found.faults.append(r.url) if r.url.startswith(("http", "ws")) else None)
    found.go()
    yield found
    context.close()
    assert found.faults == []
