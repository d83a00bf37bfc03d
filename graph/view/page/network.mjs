// The network: vis-network draws what pyvis wrote, where Python put it; nothing moves by itself.
import { el, isolate, replace, say } from "./dom.mjs";
import { findPath, nearNodes } from "./filter.mjs";
import { makeMovable } from "./moving.mjs";
import { LOWER, READABLE, boxOf, drawnNetwork, fitScale } from "./nodes.mjs";
import { canvasPen } from "./pens.mjs";
import { thingButton } from "./matrix.mjs";
import { run, unpack } from "./unpack.mjs";

const FADED = 0.2;
const STEP = 1.35;

/** Unpack vis-network and its nodes, once. */
export async function loadNetwork(page) {
  if (page.net) return;
  const [net] = await Promise.all([unpack("net"), run("vis")]);
  page.net = JSON.parse(net);
}

/** Fill `root` with the network of what is shown. */
export function drawNetwork(root, page) {
  const { text } = page;
  page.room = { wide: root.clientWidth, high: root.clientHeight };
  const drawn = { ...drawnNetwork(page), put: new Map() };
  const canvas = el("div", { class: "canvas" });
  const frame = el("div", { class: "frame", role: "application", tabindex: 0, "data-key": "frame", "aria-label": describe(page), "aria-describedby": "network-keys", on: { keydown: (event) => onKey(event, page) } }, canvas);
  const note = drawn.partly && el("p", { class: "note" }, say(text.ui[drawn.folded ? "folded" : "folded_single"], { n: drawn.count }), drawn.left > 0 && say(text.ui.folded_offices, { n: drawn.left }), el("button", { class: "plain", on: { click: () => page.go({ all: "1" }) } }, text.ui.draw_all));
  replace(root, el("div", { class: "network" }, tools(page), el("div", { class: "notes" }, note, el("p", { class: "note", id: "path-said" })), frame,
    el("p", { class: "unseen", id: "network-keys" }, text.ui.network_keys), drawn.level === "phone" && sideLists(page)));
  const network = new vis.Network(canvas, { nodes: drawn.nodes.map((node) => visNode(page, node)), edges: new vis.DataSet([]) }, page.net.options);
  Object.assign(page, { network, drawn, frame });
  network.on("beforeDrawing", (ctx) => { page.readable = network.getScale() >= READABLE; drawEdges(ctx, page); });
  network.on("afterDrawing", () => frame.setAttribute("data-view", JSON.stringify({ scale: network.getScale(), ...network.getViewPosition() })));
  network.on("click", ({ nodes }) => nodes.length && pick(page, nodes[0]));
  network.on("dragEnd", ({ nodes }) => nodes.length && pin(page, nodes[0]));
  makeMovable(frame, canvas, network, (point) => tapped(page, point));
  placePinned(page);
  fit(page);
}

function tools(page) {
  const { text, state } = page;
  const path = el("button", { "data-key": "path", class: "path", "aria-pressed": "false", on: { click: () => startPath(page, path) } }, text.ui.path);
  const steps = ["", "2"].map((d) => el("button", { "data-key": `steps${d}`, "aria-pressed": String(state.d === d), on: { click: () => page.go({ d }) } }, say(text.ui.steps, { n: d || 1 })));
  return el("div", { class: "tools" }, el("span", { role: "group", "aria-label": text.ui.near, class: "steps" }, steps), path,
    el("button", { "data-key": "fit", on: { click: () => fit(page) } }, text.ui.fit),
    el("button", { "data-key": "unpin", class: "unpin", on: { click: () => page.go({ m: "" }) } }, text.ui.unpin));
}

/** On a phone: what one office has alone, as lists to unfold under the picture. */
function sideLists(page) {
  const { model, shown, text } = page;
  const single = shown.groups.filter((group) => group.offices.size === 1);
  if (!single.length) return null;
  return el("details", { class: "side-lists" }, el("summary", {}, say(text.ui.office_1, { n: single.length })), model.ring.map((office) => {
    const alone = single.filter((group) => group.offices.has(office));
    if (!alone.length) return null;
    const list = el("ul", { class: "plain-list" });
    const fold = el("details", { on: { toggle: () => fold.open && replace(list, alone.slice(0, 200).map((group) => el("li", {}, thingButton(page, group.thing)))) } },
      el("summary", {}, el("strong", {}, model.offices.label[office]), ` ${say(text.ui.alone, { n: alone.length })}`), list);
    return fold;
  }));
}

function describe(page) {
  const { model, text, shown } = page;
  const shared = shown.groups.filter((group) => group.offices.size > 1);
  return say(text.ui.network_label, { offices: shown.offices.size, things: shown.groups.length, shared: shared.length, top: shared.length ? model.things.label[shared[0].thing] : text.ui.none });
}

/** A node as vis wants it: where it stands, how large it is to the pointer, and how it is drawn. */
function visNode(page, node) {
  const [width, height] = [node.hit || node.wide, node.hit || node.high];
  const ctxRenderer = ({ ctx, x, y, state }) => ({
    drawNode: () => {
      ctx.globalAlpha = page.bright && !page.bright.has(node.id) ? FADED : 1;
      node.paint(canvasPen(ctx, page.colours), x, y, state.selected || state.hover, page.readable);
      ctx.globalAlpha = 1;
    },
    nodeDimensions: { width, height },
  });
  return { id: node.id, x: node.x, y: node.y, shape: "custom", ctxRenderer };
}

/** Lines under all nodes, those of what is faded almost unseen. */
function drawEdges(ctx, page) {
  const { bright, drawn, colours } = page;
  const places = page.network.getPositions();
  for (const { from, to, colour, width, opacity } of drawn.edges) {
    ctx.globalAlpha = !bright || (bright.has(from) && bright.has(to)) ? opacity : 0.08;
    ctx.lineWidth = width;
    ctx.strokeStyle = colours[colour];
    ctx.beginPath();
    ctx.moveTo(places[from].x, places[from].y);
    ctx.lineTo(places[to].x, places[to].y);
    ctx.stroke();
  }
  ctx.globalAlpha = 1;
}

/** Show `nodes`, labels included, in the part of the frame that is free. */
function fit(page, nodes = page.drawn.nodes, room = { wide: page.frame.clientWidth, high: page.frame.clientHeight }) {
  const { network, frame } = page;
  if (!nodes.length) return;
  const { left, right, top, bottom } = boxOf(nodes);
  const scale = fitScale(nodes, room);
  network.moveTo({ scale, position: { x: (left + right) / 2 + (frame.clientWidth - room.wide) / 2 / scale, y: (top + bottom) / 2 + ((frame.clientHeight - room.high) / 2 - LOWER) / scale } });
}

function pick(page, id) {
  if (typeof id === "string") return page.select("offices", Number(id.slice("more-".length)));
  const key = keyOf(page.model, id);
  const from = page.pathFrom;
  page.pathFrom = "";
  if (from && from !== key) page.go({ sel: key, at: "", p: from });
  else if (page.state.sel !== key) page.go({ sel: key, at: "", p: "" });
  return undefined;
}

/** A tap beside all nodes chooses the line between two offices under it, or nothing. */
function tapped(page, point) {
  page.frame.focus({ preventScroll: true });
  const { x, y } = page.network.DOMtoCanvas(point);
  const near = (edge) => {
    const [a, b] = [edge.from, edge.to].map((id) => page.network.getPosition(id));
    const along = Math.max(0, Math.min(1, ((x - a.x) * (b.x - a.x) + (y - a.y) * (b.y - a.y)) / ((b.x - a.x) ** 2 + (b.y - a.y) ** 2)));
    return Math.hypot(a.x + along * (b.x - a.x) - x, a.y + along * (b.y - a.y) - y);
  };
  const hit = page.drawn.folded ? page.drawn.edges.map((edge) => [near(edge), edge]).sort((a, b) => a[0] - b[0])[0] : null;
  const reach = 6 / page.network.getScale();
  page.choose(hit && hit[0] < reach ? `${keyOf(page.model, hit[1].from)}|${keyOf(page.model, hit[1].to)}` : "");
}

/** A node that was dragged stays where it was put, also in the link; each level has places of its own. */
function pin(page, id) {
  const { x, y } = page.network.getPosition(id);
  const key = pinKey(page, id);
  const others = page.state.m.split(",").filter((part) => part && part.split(":")[0] !== key);
  page.go({ m: [...others, [key, Math.round(x), Math.round(y)].join(":")].join(",") });
}

function pinKey({ drawn }, id) {
  return `${drawn.level[0]}${id}`;
}

function placePinned(page) {
  const { drawn, network, state } = page;
  const put = new Map(state.m.split(",").filter(Boolean).map((part) => part.split(":")).map(([key, x, y]) => [key, { x: Number(x), y: Number(y) }]));
  for (const node of drawn.nodes) {
    const key = pinKey(page, node.id);
    const { x, y } = put.get(key) || node;
    if ((put.has(key) || drawn.put.has(key)) && Number.isFinite(x + y)) network.moveNode(node.id, x, y);
  }
  drawn.put = put;
  document.body.classList.toggle("has-pins", put.size > 0);
}

function startPath(page, button) {
  page.pathFrom = page.pathFrom ? "" : page.state.sel;
  button.setAttribute("aria-pressed", String(Boolean(page.pathFrom)));
  document.getElementById("path-said").textContent = page.pathFrom ? page.text.ui.path_next : page.text.ui.path_first;
}

function keyOf(model, id) {
  return id < model.offices.id.length ? model.offices.id[id] : model.things.id[id - model.offices.id.length];
}

/** The number of a node by its identifier, or -1. */
function nodeOf(model, key) {
  const office = model.offices.id.indexOf(key);
  const thing = office < 0 ? model.things.id.indexOf(key) : -1;
  return office >= 0 ? office : thing >= 0 ? model.offices.id.length + thing : -1;
}

/** The nodes that stay bright: all (null), a path, two offices, or what is chosen with what is near it. */
function brightNodes(page) {
  const { model, state, shown, chosen, drawn } = page;
  if (chosen && chosen.kind === "pair") return new Set(chosen.pair);
  const node = nodeOf(model, state.sel);
  if (node < 0) return null;
  if (state.p) return new Set(findPath(model, shown.groups, nodeOf(model, state.p), node));
  const near = nearNodes(model, shown.groups, node, drawn.folded ? 2 : Number(state.d) || 1);
  return near.add(`more-${node}`);
}

/** Fade what has nothing to do with what is chosen. */
export function markNetwork(page) {
  const { model, state, text, network, drawn } = page;
  page.bright = brightNodes(page);
  placePinned(page);
  const node = nodeOf(model, state.sel);
  const named = (id) => (id < model.offices.id.length ? model.offices.label[id] : model.things.label[id - model.offices.id.length]);
  const way = state.p && page.bright ? [...page.bright] : [];
  document.getElementById("path-said").textContent = state.p ? (way.length ? way.map(named).map(isolate).join(" — ") : text.ui.no_path) : "";
  document.querySelector('[data-key="path"]').setAttribute("aria-pressed", String(Boolean(page.pathFrom)));
  for (const steps of ["", "2"]) document.querySelector(`[data-key="steps${steps}"]`).setAttribute("aria-pressed", String(state.d === steps));
  network.unselectAll();
  if (drawn.nodes.some((each) => each.id === node)) network.selectNodes([node], false);
  page.frame.setAttribute("data-bright", page.bright ? [...page.bright].filter((id) => typeof id === "number").sort((a, b) => a - b).join(" ") : "");
  if (page.bright) uncover(page);
  network.redraw();
}

/** Move the picture only if what was chosen, or a neighbour of it, is out of sight or under the evidence. */
function uncover(page) {
  const { network, frame, bright, drawn } = page;
  const own = frame.getBoundingClientRect();
  const panel = document.getElementById("evidence").getBoundingClientRect();
  const room = { wide: panel.width && panel.left > own.left + 200 ? panel.left - own.left : own.width, high: panel.width && panel.top > own.top + 100 && panel.top < own.bottom ? panel.top - own.top : own.height };
  const nodes = drawn.nodes.filter((node) => bright.has(node.id) && node.kind !== "list");
  const slack = frame.firstElementChild;
  const seen = (node) => {
    const { x, y } = network.canvasToDOM(node);
    return x + slack.offsetLeft > 60 && y + slack.offsetTop > 30 && x + slack.offsetLeft < room.wide - 60 && y + slack.offsetTop < room.high - 30;
  };
  if (nodes.length && !nodes.every(seen)) fit(page, nodes, room);
}

/** Arrows walk to the next node in their direction; plus, minus and nought zoom. */
function onKey(event, page) {
  const { network, drawn, model, state } = page;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
  if (way) walk(page, way);
  else if (event.key === "+" || event.key === "=") network.moveTo({ scale: network.getScale() * STEP });
  else if (event.key === "-") network.moveTo({ scale: network.getScale() / STEP });
  else if (event.key === "0") fit(page);
  else if (event.key === "Enter" && state.sel) document.getElementById("evidence").focus();
  else if (event.key === "Enter" && drawn.nodes.length) page.go({ sel: keyOf(model, drawn.nodes[0].id) });
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function walk(page, [across, down]) {
  const { network, drawn, model, state } = page;
  const nodes = drawn.nodes.filter((node) => typeof node.id === "number");
  const from = nodes.find((node) => node.id === nodeOf(model, state.sel)) || { id: -1, ...network.getViewPosition() };
  const cost = (node) => {
    const [dx, dy] = [node.x - from.x, node.y - from.y];
    const ahead = dx * across + dy * down;
    return node.id === from.id || ahead <= 1 ? Infinity : ahead + 2.5 * Math.abs(dx * down - dy * across);
  };
  const best = nodes.reduce((found, node) => (cost(node) < cost(found) ? node : found), from);
  if (best.id >= 0 && best.id !== from.id) page.go({ sel: keyOf(model, best.id), at: "", p: "" }, true);
}
