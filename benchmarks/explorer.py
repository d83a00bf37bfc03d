"""The page against pyvis as it comes, on the same graph in one run: ``python -m benchmarks.explorer [NODES …]``.

For each size: the file, the seconds until the picture rests (given up after ``LIMIT``), the frames really drawn in
a second while panning, and the script's memory. ``pyvis`` is the library as shipped, with its physics;
``pyvis still`` has our positions and no physics; ``ours`` is the network view with everything drawn;
``ours, first view`` is what a person sees on opening. The bundle comes from the file, as pyvis's in-line mode has it;
no name resolves, so that pyvis's calls for Bootstrap fail at once.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from pyvis.network import Network

from benchmarks.sample import make_sample
from graph.model import Ledger
from graph.view.explorer import write_explorer
from graph.view.network import build_network

SIZES = {100: 9, 1_000: 28, 5_000: 64, 20_000: 127}
LIMIT = 60.0
CHROMIUM = "/usr/bin/chromium"
ARGS = ["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND", "--enable-precise-memory-info"]
_COUNT = """() => { window.drawn = 0; const one = CanvasRenderingContext2D.prototype.clearRect;
  CanvasRenderingContext2D.prototype.clearRect = function (...a) { window.drawn += 1; return one.apply(this, a); }; }"""


def main() -> None:
    """Measure the sizes named on the command line, or all, and print a table."""
    sizes = [int(word) for word in sys.argv[1:]] or list(SIZES)
    print("| nodes | page | made s | file MB | rest s | pan frames/s | heap MB |\n|---|---|---|---|---|---|---|")
    with sync_playwright() as driver, tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            offices = SIZES.get(size, max(4, size // 200))
            ledger = make_sample(size - offices, int(size * 1.5), offices)
            for name, write, fragment in _pages():
                path = Path(folder) / "page.html"
                began = time.perf_counter()
                write(ledger, path)
                made = time.perf_counter() - began
                browser = driver.chromium.launch(executable_path=CHROMIUM, args=ARGS)
                rest, frames, heap = _measure(browser, path.as_uri() + fragment)
                browser.close()
                file = path.stat().st_size / 1e6
                print(f"| {size:,} | {name} | {made:.1f} | {file:.2f} | {rest} | {frames} | {heap} |", flush=True)


def _pages() -> Iterator[tuple[str, Callable[[Ledger, Path], None], str]]:
    yield "pyvis", lambda ledger, path: _write_pyvis(ledger, path, still=False), ""
    yield "pyvis still", lambda ledger, path: _write_pyvis(ledger, path, still=True), ""
    yield "ours", write_explorer, "#v=network&all=1"
    yield "ours, first view", write_explorer, ""


def _write_pyvis(ledger: Ledger, path: Path, *, still: bool) -> None:
    net = Network(directed=True, cdn_resources="in_line")
    graph = build_network(ledger)
    for key, node in graph.nodes.items():
        place = {"x": node["x"], "y": node["y"]} if still else {}
        net.nodes.append({"id": key, "label": node["label"], "shape": "dot", "color": node["color"], **place})
    net.edges.extend({"from": a, "to": b} for a, b in graph.edges())
    net.toggle_physics(not still)
    path.write_bytes(net.generate_html().encode("utf-8"))


def _measure(browser: Browser, url: str) -> tuple[str, str, str]:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.set_default_timeout(LIMIT * 1000)
    page.add_init_script(f"({_COUNT})()")
    began = time.perf_counter()
    try:
        page.goto(url, wait_until="load")
        page.wait_for_selector("canvas, .matrix")
        rest = _wait_for_rest(page, began)
        frames = _pan(page) if page.locator("canvas").count() else "-"
        heap = f"{page.evaluate('performance.memory.usedJSHeapSize') / 1e6:.0f}"
    except Exception as error:  # a page that no longer answers is a result
        return f">{LIMIT:.0f}", "-", type(error).__name__
    return rest, frames, heap


def _wait_for_rest(page: Page, began: float) -> str:
    """Seconds until nothing was drawn for 400 ms."""
    before, quiet = -1, time.perf_counter()
    while time.perf_counter() - began < LIMIT:
        now = page.evaluate("window.drawn")
        if now != before:
            before, quiet = now, time.perf_counter()
        elif time.perf_counter() - quiet > 0.4:
            return f"{quiet - began:.2f}"
        page.wait_for_timeout(20)
    return f">{LIMIT:.0f}"


def _pan(page: Page, seconds: float = 2.5) -> str:
    box = page.locator("canvas").first.bounding_box() or {"x": 0, "y": 0, "width": 800, "height": 600}
    x, y = box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.08
    page.mouse.move(x, y)
    page.mouse.down()
    first, began = page.evaluate("window.drawn"), time.perf_counter()
    step = 0
    while time.perf_counter() - began < seconds:
        step += 1
        page.mouse.move(x + 120 * ((step // 20) % 2) + 4 * (step % 20), y + 3 * (step % 20))
    page.mouse.up()
    return f"{(page.evaluate('window.drawn') - first) / (time.perf_counter() - began):.0f}"


if __name__ == "__main__":
    main()
