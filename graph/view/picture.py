"""The network as an SVG picture for a report: nothing to install, drawn where the layout puts everything.

Offices are pills, things have the colour and the shape of their type, with a key below. What one office has
alone stands beside it as a list, without lines and cut after one column, as on the page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import cos, pi, sin
from pathlib import Path
from typing import Any
from unicodedata import category

from graph.model import Ledger
from graph.view.layout import COLUMN, REACH, ROW, ROWS, SCREEN, inside_width, text_width
from graph.view.network import OFFICE, SENTENCE, Attributes, Edge, View, list_graph
from graph.view.payload import shorten_labels
from graph.view.text import fit_xml, write_lines
from graph.view.words import load_style, load_words

_HEAD = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="{x:.0f} {y:.0f} {w:.0f} {h:.0f}" width="{w:.0f}" \
height="{h:.0f}" font-family="'Noto Sans CJK SC','Microsoft YaHei','PingFang SC',SimSun,sans-serif" font-size="14">
<title>{title}</title>
<rect x="{x:.0f}" y="{y:.0f}" width="{w:.0f}" height="{h:.0f}" fill="{ground}"/>
"""
_MARGIN, _KEY = 40.0, 54.0
_LINE = 17.0
_HALO = 'paint-order="stroke" stroke="#FFFFFF" stroke-width="3"'
_CORNERS = {"triangle": (3, 1.0), "diamond": (4, 1.0), "hexagon": (6, 1.0), "star": (10, 0.45)}


def write_svg(ledger: Ledger, path: Path, view: View = "shared") -> None:
    """Write a view of a ledger as a picture.

    Raises:
        OutputError: the file cannot be written.
    """
    write_lines(path, _lines(ledger, view))


def _lines(ledger: Ledger, view: View) -> Iterator[str]:
    nodes, found = list_graph(ledger, view)
    edges = list(found)
    nodes = shorten_offices(ledger, nodes)
    nodes, more = _cut_lists(nodes, edges)
    words, style = load_words()["zh"], load_style()["page"]["light"]
    kinds = [kind for kind in (OFFICE, *load_style()["types"]) if any(n["type"] == kind for n in nodes.values())]
    x, y, width, height = _frame(nodes.values(), kinds)
    yield _HEAD.format(x=x, y=y, w=width, h=height, title=fit_xml(words["page_title"]), ground=style["ground"])
    yield f'<g stroke="{style["edge"]}" stroke-opacity="0.7">\n'
    yield from _draw_edges(nodes, edges)
    yield "</g>\n"
    for node in sorted(nodes.values(), key=lambda n: n["type"] == OFFICE):
        yield _draw_office(node) if node["type"] == OFFICE else _draw_thing(node, style["ink"])
    for office, count in sorted(more.items()):
        text = words["ui"]["list_more"].format(n=count)
        place = _place_beside(nodes[office]["x"] + (REACH if nodes[office]["x"] >= 0 else -REACH))
        yield f'<text {place} y="{nodes[office]["y"] + ROWS / 2 * ROW + 5:.1f}" fill="{style["quiet"]}">{text}</text>\n'
    yield from _draw_key(kinds, x + _MARGIN, y + height - _KEY / 2, style["ink"])
    yield "</svg>\n"


def shorten_offices(ledger: Ledger, nodes: Mapping[str, Attributes]) -> dict[str, Attributes]:
    """Return the nodes with the offices' names as a reader says them, without the place that they all share."""
    places = [place for row in ledger.documents for place in (row.issuer, row.place) if place]
    keys = [key for key, node in nodes.items() if node["type"] == OFFICE]
    short = shorten_labels([nodes[key]["label"] for key in keys], places)
    return {**nodes, **{key: {**nodes[key], "label": label} for key, label in zip(keys, short, strict=True)}}


def _cut_lists(nodes: Mapping[str, Attributes], edges: Iterable[Edge]) -> tuple[dict[str, Attributes], Counter[str]]:
    """Return the nodes without the further columns of lists, and how many that leaves out by office."""
    speakers = {target: source for source, target, _ in edges if nodes[target]["type"] == SENTENCE}
    homes = {target: speakers.get(source, source) for source, target, _ in edges if _is_alone(nodes[target])}
    reach = REACH + COLUMN / 2
    far = {
        thing
        for thing, office in homes.items()
        if nodes[office]["type"] == OFFICE and abs(nodes[thing]["x"] - nodes[office]["x"]) > reach
    }
    kept = {source for source, target, _ in edges if target not in far}
    return {
        key: node for key, node in nodes.items() if key not in far and (node["type"] != SENTENCE or key in kept)
    }, Counter(homes[thing] for thing in far)


def _is_alone(node: Attributes) -> bool:
    return bool(node["kind"] == "thing" and node["shares"] == 1)


def _frame(nodes: Iterable[Attributes], kinds: Sequence[str]) -> tuple[float, float, float, float]:
    boxes = [(node["x"], node["y"], _reach(node)) for node in nodes] or [(0.0, 0.0, (0.0, 0.0))]
    left = min(x - reach[0] for x, _, reach in boxes) - _MARGIN
    right = max(x + reach[1] for x, _, reach in boxes) + _MARGIN
    top, bottom = min(y for _, y, _ in boxes) - _MARGIN, max(y for _, y, _ in boxes) + 2 * _MARGIN + _KEY
    key = 2 * _MARGIN + sum(36 + text_width(_name_kind(kind)) for kind in kinds)
    return left, top, max(right - left, key), bottom - top


def _reach(node: Attributes) -> tuple[float, float]:
    """Return how far a node and its label reach to the left and to the right."""
    if node["type"] == OFFICE:
        return (text_width(node["label"]) / 2 + 14,) * 2
    if node["type"] == SENTENCE:
        return (8.0, 8.0)
    if node.get("shares", 0) > 1:
        return (inside_width(node["label"]) / 2,) * 2
    width = min(text_width(node["label"]), COLUMN) + 12
    return (8.0, width) if node["x"] >= 0 else (width, 8.0)


def _draw_edges(nodes: dict[str, Attributes], edges: Iterable[Edge]) -> Iterator[str]:
    """Draw a line for every pair, the wider the heavier; what is one office's alone has none."""
    seen: set[tuple[str, str]] = set()
    for source, target, edge in edges:
        start, end = nodes.get(source), nodes.get(target)
        if (
            (source, target) in seen
            or start is None
            or end is None
            or (start["type"] == OFFICE and end["kind"] == "thing" and end["shares"] < 2)
        ):
            continue
        seen.add((source, target))
        width = min(1.0 + 0.4 * edge["weight"], 6.0)
        ends = f'x1="{start["x"]}" y1="{start["y"]}" x2="{end["x"]}" y2="{end["y"]}"'
        yield f'<line {ends} stroke-width="{width:.1f}"/>\n'


def _draw_office(node: Attributes) -> str:
    width = text_width(node["label"]) + 28
    box = f'x="{node["x"] - width / 2:.1f}" y="{node["y"] - 15:.1f}" width="{width:.1f}" height="30" rx="15"'
    words = f'text-anchor="middle" fill="#FFFFFF" x="{node["x"]}" y="{node["y"] + 5:.1f}"'
    return f'<rect {box} fill="{node["color"]}"/><text {words}>{fit_xml(node["label"])}</text>\n'


def _draw_thing(node: Attributes, ink: str) -> str:
    """Draw a mark and its label: shared things have it below, in two lines if long; others beside; sentences none."""
    x, y, label = node["x"], node["y"], node["label"]
    mark = f"<g><title>{fit_xml(node.get('quote') or label)}</title>{_draw_mark(node['type'], x, y, node['color'])}"
    if node["type"] == SENTENCE:
        return f"{mark}</g>\n"
    if node.get("shares", 0) > 1:
        rows = break_label(label)
        place = f'text-anchor="middle" x="{x}"'
        tops = [y + 22 + i * _LINE for i in range(len(rows))]
    else:
        rows, tops = [_cut(label, COLUMN - 34)], [y + 5]
        place = _place_beside(x)
    texts = "".join(
        f'<text {place} y="{top:.1f}" fill="{ink}" {_HALO}>{fit_xml(row)}</text>'
        for row, top in zip(rows, tops, strict=True)
    )
    return f"{mark}{texts}</g>\n"


def break_label(label: str) -> list[str]:
    """Return a label as one line or two, as ``inside_width`` measures it; no line begins with a mark that closes."""
    if len(label) <= SCREEN.signs:
        return [label]
    half = (len(label) + 1) // 2
    at = next((at for at in (half, half + 1, half - 1) if not _is_bound(label[at - 1], label[at])), half)
    return [label[:at], label[at:]]


def _is_bound(before: str, after: str) -> bool:
    return category(after) in ("Pe", "Pf", "Po") or category(before) in ("Ps", "Pi")


def _place_beside(x: float) -> str:
    return f'x="{x + 12:.1f}"' if x >= 0 else f'text-anchor="end" x="{x - 12:.1f}"'


def _draw_mark(kind: str, x: float, y: float, colour: str) -> str:
    style: dict[str, Any] = load_style().get(kind, {})
    shape, size = style.get("shape", "dot"), 7.0
    if shape in ("ring", "dot"):
        look = f'fill="none" stroke="{colour}" stroke-width="3"' if shape == "ring" else f'fill="{colour}"'
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size - 2}" {look}/>'
    if shape in ("square", "pill"):
        corner = 6 if shape == "pill" else 0
        return f'<rect x="{x - 6:.1f}" y="{y - 6:.1f}" width="12" height="12" rx="{corner}" fill="{colour}"/>'
    count, inner = _CORNERS[shape]
    points = []
    for i in range(count):
        radius, turn = size * (inner if i % 2 and shape == "star" else 1.0), 2 * pi * i / count - pi / 2
        points.append(f"{x + radius * cos(turn):.1f},{y + radius * sin(turn):.1f}")
    return f'<polygon points="{" ".join(points)}" fill="{colour}"/>'


def _draw_key(kinds: Sequence[str], x: float, y: float, ink: str) -> Iterator[str]:
    for kind in kinds:
        name = _name_kind(kind)
        yield f'{_draw_mark(kind, x, y, load_style()[kind]["light"])}<text x="{x + 12:.1f}" y="{y + 5:.1f}" '
        yield f'fill="{ink}">{name}</text>\n'
        x += 36 + text_width(name)


def _name_kind(kind: str) -> str:
    words = load_words()["zh"]
    return str(words["ui"]["office"] if kind == OFFICE else words["types"][kind])


def _cut(text: str, width: float) -> str:
    if text_width(text) <= width:
        return text
    kept = next(i for i in range(len(text), 0, -1) if text_width(text[:i]) <= width - 14)
    return text[:kept] + "\u2026"
