"""A picture of every view, wide and narrow, to be looked at: ``python -m benchmarks.screenshots PAGE.html FOLDER``."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

SIZES = {"wide": (1440, 900), "narrow": (390, 844)}
VIEWS = ("shared", "network", "offices", "list", "time")


def main() -> None:
    """Photograph a page: five views at two sizes, the first view with its evidence, in the dark and in English."""
    source, folder = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    shots = {view: f"#v={view}" for view in VIEWS} | {"dark": "#v=network&th=dark", "english": "#l=en"}
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        for name, (width, height) in SIZES.items():
            page = browser.new_page(viewport={"width": width, "height": height})
            for shot, fragment in shots.items():
                page.goto("about:blank")
                page.goto(source.as_uri() + fragment)
                page.wait_for_selector(".frame[data-view]" if "network" in fragment else "#main > :not(.nothing)")
                page.screenshot(path=folder / f"explorer-{shot}-{name}.png")
            page.goto("about:blank")
            page.goto(source.as_uri())
            page.locator(".matrix .name, .alone .name").first.click()
            page.screenshot(path=folder / f"explorer-evidence-{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
