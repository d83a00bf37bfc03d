"""The offline page: one HTML file with its data, its script, and nothing to fetch.

pyvis holds the network's nodes and edges and brings vis-network; the page around it is our own template,
so that none of pyvis's links to other servers is left. The data, the network and vis-network lie in it packed;
the page unpacks the first at once and the others when the network is opened. A Content-Security-Policy, the
first element of the head, allows only the scripts and the style that this module put there, by their hashes.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from math import atan2, tau
from pathlib import Path
from typing import Any

import pyvis
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from pyvis.network import Network

from graph.model import Ledger
from graph.view.layout import CLOSE, COLUMN, PHONE, REACH, place_network
from graph.view.network import count_shares
from graph.view.payload import build_payload
from graph.view.select import select_rows
from graph.view.text import explain_output
from graph.view.words import HERE, load_style, load_words

PAGE = HERE / "page"
SCRIPTS = (
    *("dom", "unpack", "model", "state", "filter", "marks", "pens", "matrix", "targets", "evidence", "filters"),
    *("search", "offices", "list", "time", "moving", "nodes", "network", "pictures", "exports", "app"),
)
DRAWN, DRAWN_NARROW = 1500, 60  # more shared things than this are never drawn, on a screen and on a phone
OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "dragView": False, "zoomView": False},
}
_VIS = Path(pyvis.__file__).parent / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
_IMPORT = re.compile(r'^import (\{[^}]*\}) from "\./(\w+)\.mjs";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|let) (\w+))", re.MULTILINE)


def write_explorer(ledger: Ledger, path: Path) -> None:
    """Write the page as UTF-8, whatever the locale.

    Raises:
        OutputError: the file cannot be written.
    """
    page = render_explorer(ledger).encode("utf-8", "replace")
    with explain_output(path):
        path.write_bytes(page)


def render_explorer(ledger: Ledger) -> str:
    """Return the page that shows a ledger; the same ledger gives the same page."""
    payload = build_payload(ledger)
    net = build_pyvis(ledger, payload)
    net.templateEnv = Environment(loader=FileSystemLoader(PAGE), autoescape=True, keep_trailing_newline=True)
    net.path = "explorer.html"
    payload["ring"] = order_offices(net, len(payload["offices"]["id"]))
    vis, script, style = _read_script(_VIS), join_scripts(), join_styles()
    net.templateEnv.globals |= {
        "vis": pack_text(vis),
        "script": Markup(script),  # noqa: S704 - files of this package
        "style": Markup(style),  # noqa: S704
        "hashes": " ".join(_hash_source(text) for text in (vis, script)),
        "style_hash": _hash_source(style),
        "payload": pack_text(dump_json(payload)),
        "words": Markup(dump_json({"text": load_words(), "style": load_style()})),  # noqa: S704 - escaped by dump_json
        "pack_network": _pack_network,
        "title": payload["scope"],
        "heading_word": load_words()["zh"]["page_title"],
    }
    return str(net.generate_html())


def build_pyvis(ledger: Ledger, payload: dict[str, Any]) -> Network:
    """Return the network with positions, its physics off; labels stay in the payload, found by number.

    Offices come first, numbered as in the payload, then things. An edge stands for all rows of one office on
    one thing that others share; what one office has alone is drawn as its list, without edges. What is shared has
    a second place (``shared``) for the picture that leaves the rest out, and a third for a phone. Nodes and edges
    are appended, since pyvis's own methods search all earlier ones.
    """
    net = Network(directed=True, cdn_resources="in_line")
    net.set_options(json.dumps(OPTIONS))
    places, shares = place_network(ledger), count_shares(ledger)
    closer = _place_closer(ledger, shares)
    base, offices, things = payload["base"], payload["offices"]["id"], payload["things"]["id"]
    types = load_style()["types"]
    number = {base + key: i for i, key in enumerate([*offices, *things])}
    for i, key in enumerate(offices):
        x, y = places.get(base + key, (0.0, 0.0))
        net.nodes.append({"id": i, "group": "office", "x": x, "y": y, **closer.get(base + key, {})})
    for i, (key, kind) in enumerate(zip(things, payload["things"]["type"], strict=True), len(offices)):
        x, y = places[base + key]
        home, *others = sorted(shares[base + key])
        place = {"inside": 1} if others else {"column": round((abs(x - places[home][0]) - REACH) / COLUMN)}
        net.nodes.append({"id": i, "group": types[kind], "x": x, "y": y, **place, **closer.get(base + key, {})})
    for thing, group in sorted(shares.items()):
        if len(group) > 1:
            net.edges.extend({"from": number[o], "to": number[thing]} for o in sorted(group))
    return net


def _place_closer(ledger: Ledger, shares: dict[str, set[str]]) -> dict[str, dict[str, tuple[float, float]]]:
    """Return the places of what is shared when nothing else is drawn, by key and kind of picture."""
    found: dict[str, dict[str, tuple[float, float]]] = {}
    drawn = sum(len(offices) > 1 for offices in shares.values())
    for name, shape, most in (("shared", CLOSE, DRAWN), ("phone", PHONE, DRAWN_NARROW)):
        if drawn <= most:
            for key, place in place_network(select_rows(ledger, at_least=2), shape).items():
                found.setdefault(key, {})[name] = place
    return found


def order_offices(net: Network, offices: int) -> list[int]:
    """Return the numbers of the offices clockwise from the top, as they stand in the network."""
    turns = {node["id"]: atan2(node["x"], -node["y"]) % tau for node in net.nodes[:offices]}
    return sorted(turns, key=lambda number: (turns[number], number))


def pack_text(text: str) -> str:
    """Return base64 of gzip, which the page unpacks; the same text gives the same signs with one version of zlib."""
    return base64.b64encode(gzip.compress(text.encode("utf-8", "replace"), 6, mtime=0)).decode("ascii")


def _pack_network(nodes: Any, edges: Any, options: str) -> str:
    return pack_text(dump_json({"nodes": nodes, "edges": edges, "options": json.loads(options)}))


def join_scripts() -> str:
    """Return the page's modules as one script, each in a scope of its own, in an order in which imports exist."""
    return '"use strict";\nconst modules = {};\n' + "\n".join(_wrap_module(name) for name in SCRIPTS)


def _wrap_module(name: str) -> str:
    text = _read_script(PAGE / f"{name}.mjs")
    exported = ", ".join(_EXPORT.findall(text))
    body = _EXPORT.sub("", _IMPORT.sub(r"const \1 = modules.\2;", text))
    return f"modules.{name} = (() => {{\n{body}return {{ {exported} }};\n}})();\n"


def join_styles() -> str:
    """Return the page's style, the colours of ``style.toml`` first: the light ones, and the dark ones for screens."""
    rules = [f":root {{ {_colours('light')} }}\n"]
    rules.append(f'@media screen {{ :root[data-theme="dark"] {{ {_colours("dark")} }} }}\n')
    return "".join(rules) + _read_script(PAGE / "explorer.css")


def _colours(theme: str) -> str:
    style = load_style()
    colours = dict(style["page"][theme]) | {kind: style[kind][theme] for kind in ("office", *style["types"])}
    return "".join(f"--{name}: {value}; " for name, value in colours.items()) + f"color-scheme: {theme};"


def dump_json(value: Any) -> str:
    """Return compact JSON that cannot end a script element, whatever the text."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign, escaped in (("<", "\\u003c"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029")):
        text = text.replace(sign, escaped)
    return text


def _read_script(path: Path) -> str:
    return path.read_text(encoding="utf-8").replace("\r\n", "\n")


def _hash_source(text: str) -> str:
    """Return the source expression of the Content-Security-Policy for an element's text."""
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
