"""The page against pyvis as it comes and sigma.js, on one graph in a run: ``python -m benchmarks.explorer [NODES …]``.

For each size, with three links a node: seconds to make the file, its size, the seconds until the picture rests (given
up after ``LIMIT``), the frames that reached the screen in a second while a hand pans, the script's memory, and in the
first view the seconds from a click on the first thing until its sentences are painted. ``pyvis`` is the library as
shipped, with its physics; ``pyvis still`` has our positions and no physics; ``sigma`` (3.0.3, from
``tests/browser/node_modules``, left out where it is not installed) has them too; ``ours, all`` is the network view
with everything drawn, ``ours`` as it opens, ``ours, first view`` what a person sees first. The bundle comes from the
file, as pyvis's in-line mode has it; no name resolves, so that pyvis's calls for Bootstrap fail at once.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright
from playwright.async_api import Error as PlaywrightError
from pyvis.network import Network

from benchmarks.sample import make_sample
from graph.model import Ledger
from graph.view.explorer import dump_json, write_explorer
from graph.view.network import build_network

SIZES = {100: 9, 1_000: 28, 5_000: 64, 20_000: 127}
LINKS = 3
LIMIT = 60.0
CHROMIUM = "/usr/bin/chromium"
MODULES = Path(__file__).parents[1] / "tests" / "browser" / "node_modules"
SIGMA = [MODULES / "graphology" / "dist" / "graphology.umd.min.js", MODULES / "sigma" / "dist" / "sigma.min.js"]
ARGS = ["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND", "--enable-precise-memory-info"]
_COUNT = """() => { window.drawn = 0;
  for (const [kind, name] of [[CanvasRenderingContext2D, "clearRect"], [WebGLRenderingContext, "clear"],
                              [WebGL2RenderingContext, "clear"]]) {
    const one = kind.prototype[name];
    kind.prototype[name] = function (...a) { window.drawn += 1; return one.apply(this, a); };
  } }"""
_CLICK = """() => new Promise(done => {
  const began = performance.now();
  document.querySelector(".matrix .name").click();
  const end = () => document.querySelector(".card") && done((performance.now() - began) / 1000);
  requestAnimationFrame(() => setTimeout(end));
})"""
_SIGMA = """const data = JSON.parse(document.getElementById("data").textContent);
const graph = new graphology.MultiGraph();
for (const [key, label, x, y, size, color] of data.nodes) graph.addNode(key, { label, x, y: -y, size, color });
for (const [from, to] of data.edges) graph.addEdge(from, to);
new Sigma(graph, document.getElementById("graph"));"""


async def main() -> None:
    """Measure the sizes named on the command line, or all, and print a table."""
    sizes = [int(word) for word in sys.argv[1:]] or list(SIZES)
    print("| nodes | page | made s | file MB | rest s | pan frames/s | heap MB | click s |")
    print("| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    async with async_playwright() as driver:
        with tempfile.TemporaryDirectory() as folder:
            for size in sizes:
                offices = SIZES.get(size, max(4, size // 200))
                ledger = make_sample(size - offices, size * LINKS, offices)
                for name, write, fragment in _pages():
                    path = Path(folder) / "page.html"
                    began = time.perf_counter()
                    write(ledger, path)
                    made = time.perf_counter() - began
                    browser = await driver.chromium.launch(executable_path=CHROMIUM, args=ARGS)
                    found = await _measure(browser, path.as_uri() + fragment)
                    await browser.close()
                    file = path.stat().st_size / 1e6
                    print(f"| {size:,} | {name} | {made:.1f} | {file:.2f} | {' | '.join(found)} |", flush=True)


def _pages() -> Iterator[tuple[str, Callable[[Ledger, Path], None], str]]:
    yield "pyvis", lambda ledger, path: _write_pyvis(ledger, path, still=False), ""
    yield "pyvis still", lambda ledger, path: _write_pyvis(ledger, path, still=True), ""
    if all(path.exists() for path in SIGMA):
        yield "sigma", _write_sigma, ""
    yield "ours, all", write_explorer, "#v=network&all=1"
    yield "ours", write_explorer, "#v=network"
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


def _write_sigma(ledger: Ledger, path: Path) -> None:
    graph = build_network(ledger)
    nodes = [
        (key, node["label"], node["x"], node["y"], node["size"] / 4, node["color"]) for key, node in graph.nodes.items()
    ]
    data = dump_json({"nodes": nodes, "edges": list(graph.edges())})
    scripts = "".join(f"<script>{path.read_text(encoding='utf-8')}</script>" for path in SIGMA)
    html = f'<!doctype html><meta charset="utf-8"><div id="graph" style="position:fixed;inset:0"></div>{scripts}'
    html += f'<script type="application/json" id="data">{data}</script><script>{_SIGMA}</script>'
    path.write_bytes(html.encode("utf-8"))


async def _measure(browser: Browser, url: str) -> tuple[str, str, str, str]:
    page = await browser.new_page(viewport={"width": 1440, "height": 900})
    page.set_default_timeout(LIMIT * 1000)
    await page.add_init_script(f"({_COUNT})()")
    began = time.perf_counter()
    try:
        await page.goto(url, wait_until="load")
        await page.wait_for_selector("canvas, .matrix")
        rest = await _wait_for_rest(page, began)
        frames = await _pan(browser, page) if await page.locator("canvas").count() else "-"
        heap = f"{await page.evaluate('performance.memory.usedJSHeapSize') / 1e6:.0f}"
        click = f"{await page.evaluate(_CLICK):.2f}" if await page.locator(".matrix").count() else "-"
    except PlaywrightError:  # a page that no longer answers is a result
        return f">{LIMIT:.0f}", "no answer", "-", "-"
    return rest, frames, heap, click


async def _wait_for_rest(page: Page, began: float) -> str:
    """Seconds until nothing was drawn for 400 ms."""
    before, quiet = -1, time.perf_counter()
    while time.perf_counter() - began < LIMIT:
        now = await page.evaluate("window.drawn")
        if now != before:
            before, quiet = now, time.perf_counter()
        elif time.perf_counter() - quiet > 0.4:
            return f"{quiet - began:.2f}"
        await page.wait_for_timeout(20)
    return f">{LIMIT:.0f}"


async def _pan(browser: Browser, page: Page, seconds: float = 3.0) -> str:
    """Frames a second that reached the screen, by the browser's own trace, while the mouse makes 60 moves a second."""
    x, y = 760, 120
    session = await page.context.new_cdp_session(page)
    mouse = {"button": "left", "buttons": 1, "clickCount": 1}
    await page.mouse.move(x, y)
    await browser.start_tracing(page=page, categories=["viz"])
    await session.send("Input.dispatchMouseEvent", {"type": "mousePressed", "x": x, "y": y, **mouse})
    sent, began = [], time.perf_counter()
    for step in range(int(seconds * 60)):
        place = {"x": x + 120 * ((step // 20) % 2) + 4 * (step % 20), "y": y + 3 * (step % 20)}
        move = session.send("Input.dispatchMouseEvent", {"type": "mouseMoved", **place, **mouse})
        sent.append(asyncio.create_task(move))
        await asyncio.sleep(max(0.0, began + (step + 1) / 60 - time.perf_counter()))
    await asyncio.gather(*sent)
    taken = time.perf_counter() - began
    await session.send("Input.dispatchMouseEvent", {"type": "mouseReleased", "x": x, "y": y, **mouse})
    events = json.loads(await browser.stop_tracing())["traceEvents"]
    return f"{sum(event['name'] == 'Display::DrawAndSwap' for event in events) / taken:.0f}"


if __name__ == "__main__":
    asyncio.run(main())
