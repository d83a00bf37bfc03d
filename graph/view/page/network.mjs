// The network: vis-network draws what pyvis wrote, where Python put it; nothing moves by itself.
import { el, replace, say } from "./dom.mjs";
import { findPath, pairOffices } from "./filter.mjs";
import { shapePath } from "./marks.mjs";

const LIST_REACH = 92;
const LIST_ROW = 22;
const MOST = 1500;
const MOST_PAIRS = 400;
const FADED = 0.22;
const NARROW = 640;
const READABLE = 0.5; // below this zoom no label could be read: only marks are drawn, and what is pointed at
const FONT = '"Microsoft YaHei","PingFang SC","Noto Sans CJK SC","Source Han Sans SC","WenQuanYi Micro Hei",sans-serif';

/** Fill `root` with the network of what is shown. */
export function drawNetwork(root, page) {
  const { text, shown, state } = page;
  const full = networkData(page);
  const folded = full.nodes.length > MOST && state.all !== "1";
  const data = folded ? officeData(page) : full;
  const canvas = el("div", { class: "canvas", role: "img", "aria-label": describe(page) });
  const fitting = el("button", { "data-key": "fit", on: { click: () => fit(network, canvas, data.nodes) } }, text.ui.fit);
  const path = el("button", { "data-key": "path", class: "path", "aria-pressed": "false", on: { click: () => startPath(page, path) } }, text.ui.path);
  const note = folded ? el("p", { class: "note" }, say(text.ui.folded, { n: full.nodes.length }), el("button", { class: "plain", on: { click: () => page.go({ all: "1" }) } }, text.ui.draw_all)) : null;
  const said = el("p", { class: "note", id: "path-said" });
  replace(root, el("div", { class: "network" }, el("div", { class: "tools" }, path, fitting), el("div", { class: "notes" }, note, said), canvas));
  const edges = new vis.DataSet(data.edges);
  const network = new vis.Network(canvas, { nodes: new vis.DataSet(data.nodes), edges }, page.net.options);
  network.on("beforeDrawing", () => { page.readable = network.getScale() >= READABLE; });
  Object.assign(page, { network, drawn: data, drawnEdges: edges, canvas });
  network.on("click", ({ nodes, edges: hit }) => (nodes.length ? pick(page, nodes[0]) : hit.length && folded ? pickPair(page, hit[0]) : nodes.length || page.choose("")));
  fit(network, canvas, data.nodes);
  markNetwork(page);
  return shown;
}

function describe(page) {
  const { model, text, shown } = page;
  const shared = shown.groups.filter((group) => group.offices.size > 1);
  return say(text.ui.network_label, { offices: shown.offices.size, things: shown.groups.length, shared: shared.length, top: shared.length ? model.things.label[shared[0].thing] : text.ui.none });
}

/** Show everything, labels included: vis itself knows only the boxes that it has drawn already. */
function fit(network, canvas, nodes, room = { wide: canvas.clientWidth, high: canvas.clientHeight }) {
  if (!nodes.length) return;
  const side = (axis, size, sign) => nodes.reduce((found, n) => Math.max(found, sign * n[axis] + n[size] / 2), -Infinity);
  const [left, right, top, bottom] = [-side("x", "wide", -1), side("x", "wide", 1), -side("y", "high", -1), side("y", "high", 1) + 36];
  const scale = Math.min((room.wide - 40) / (right - left), (room.high - 60) / (bottom - top), 1.3);
  network.moveTo({ scale, position: { x: (left + right) / 2 + (canvas.clientWidth - room.wide) / 2 / scale, y: (top + bottom) / 2 + ((canvas.clientHeight - room.high) / 2 - 14) / scale } });
}

function pick(page, id) {
  if (typeof id === "string") return page.select("offices", Number(id.slice("more-".length)));
  const { model, state } = page;
  const first = model.offices.id.length;
  const key = id < first ? model.offices.id[id] : model.things.id[id - first];
  if (page.pathFrom && page.pathFrom !== key) page.go({ sel: key, at: "", p: page.pathFrom });
  else if (state.sel !== key) page.go({ sel: key, at: "", p: "" });
  page.pathFrom = "";
  return undefined;
}

function pickPair(page, id) {
  const [from, to] = page.drawnEdges.get(id).ends;
  page.choose(`${page.model.offices.id[from]}|${page.model.offices.id[to]}`);
}

function startPath(page, button) {
  page.pathFrom = page.pathFrom ? "" : page.state.sel;
  button.setAttribute("aria-pressed", String(Boolean(page.pathFrom)));
  document.getElementById("path-said").textContent = page.pathFrom ? page.text.ui.path_next : page.text.ui.path_first;
}

/** The number of a node by its identifier, or -1. */
function nodeOf(model, key) {
  const office = model.offices.id.indexOf(key);
  const thing = office < 0 ? model.things.id.indexOf(key) : -1;
  return office >= 0 ? office : thing >= 0 ? model.offices.id.length + thing : -1;
}

/** The nodes that stay bright: all (null), a path, or what is chosen with its neighbours. */
function brightNodes(page) {
  const { model, state, shown } = page;
  const first = model.offices.id.length;
  const node = nodeOf(model, state.sel);
  if (node < 0) return null;
  if (state.p) return new Set(findPath(model, shown.groups, nodeOf(model, state.p), node));
  const bright = new Set([node, `more-${node}`]);
  for (const group of shown.groups) {
    if (group.thing + first !== node && !group.offices.has(node)) continue;
    bright.add(group.thing + first);
    for (const office of group.offices.keys()) bright.add(office);
  }
  return bright;
}

/** Fade what has nothing to do with what is chosen. */
export function markNetwork(page) {
  const { model, state, text } = page;
  page.bright = brightNodes(page);
  const { bright } = page;
  page.drawnEdges.update(page.drawn.edges.map((edge) => ({ id: edge.id, color: { ...edge.color, opacity: !bright || (bright.has(edge.from) && bright.has(edge.to)) ? edge.color.opacity : 0.1 } })));
  const node = nodeOf(model, state.sel);
  const named = (id) => (id < model.offices.id.length ? model.offices.label[id] : model.things.label[id - model.offices.id.length]);
  const way = state.p && bright ? [...bright] : [];
  document.getElementById("path-said").textContent = state.p ? (way.length ? way.map(named).join(" — ") : text.ui.no_path) : "";
  page.network.unselectAll();
  if (node >= 0 && page.drawn.nodes.some((each) => each.id === node)) {
    page.network.selectNodes([node], false);
    uncover(page);
  }
  page.network.redraw();
}

/** Move the picture only if what was chosen, or a neighbour of it, is out of sight or under the evidence. */
function uncover(page) {
  const { network, canvas, bright } = page;
  const own = canvas.getBoundingClientRect();
  const panel = document.getElementById("evidence").getBoundingClientRect();
  const room = { wide: panel.width && panel.left > own.left + 200 ? panel.left - own.left : own.width, high: panel.width && panel.top > own.top + 100 ? panel.top - own.top : own.height };
  const nodes = page.drawn.nodes.filter((node) => bright.has(node.id) && node.look.kind !== "list");
  const seen = ({ x, y }) => x > 60 && y > 30 && x < room.wide - 60 && y < room.high - 30;
  if (nodes.length && !nodes.every((node) => seen(network.canvasToDOM(node)))) fit(network, canvas, nodes, room);
}

/** The nodes and edges that are shown, as vis wants them. */
function networkData(page) {
  const { model, shown, net, colours } = page;
  const offices = model.offices.id.length;
  const groups = new Map(shown.groups.map((group) => [group.thing, group]));
  const nodes = [];
  const lists = new Map();
  for (const node of net.nodes) {
    const office = node.id < offices;
    const group = office ? null : groups.get(node.id - offices);
    if (office ? !shown.offices.has(node.id) : !group) continue;
    if (office) nodes.push(officeNode(page, node));
    else if (node.inside) nodes.push(sharedNode(page, node, group));
    else addToList(lists, [...group.offices.keys()][0], node);
  }
  if (window.innerWidth > NARROW) for (const [office, list] of lists) nodes.push(...listNodes(page, office, list));
  const edges = [];
  net.edges.forEach((edge, id) => {
    const group = groups.get(edge.to - offices);
    if (group && group.offices.has(edge.from)) edges.push({ ...edge, id, color: { color: colours[model.types[model.things.type[group.thing]]], opacity: 0.55, inherit: false } });
  });
  return { nodes, edges };
}

/** Offices alone: a line between two is as thick as what they share. */
function officeData(page) {
  const { model, shown, colours } = page;
  const ring = model.ring.filter((office) => shown.offices.has(office));
  const nodes = ring.map((office, i) => spokeNode(page, office, (2 * Math.PI * i) / ring.length - Math.PI / 2, Math.max(170, ring.length * 3.1)));
  const pairs = [...pairOffices(shown.groups)];
  const kept = pairs.sort((a, b) => b[1].length - a[1].length).slice(0, MOST_PAIRS);
  const [most, least] = kept.length ? [kept[0][1].length, kept[kept.length - 1][1].length - 1] : [1, 0];
  const edges = kept.map(([key, things], id) => {
    const ends = key.split(" ").map(Number);
    return { id, from: ends[0], to: ends[1], ends, width: 1 + 6 * ((things.length - least) / (most - least)), color: { color: colours.office, opacity: 0.06 + 0.5 * ((things.length - least) / (most - least)), inherit: false } };
  });
  return { nodes, edges };
}

function officeNode(page, node) {
  const label = page.model.offices.label[node.id];
  const wide = measure(label, "600 15px") + 34;
  return custom(page, node, { kind: "office", label, wide, high: 34 }, (ctx, x, y, lit) => {
    ctx.fillStyle = page.colours.office;
    pill(ctx, x - wide / 2, y - 17, wide, 34, 17);
    ctx.fill();
    if (lit) outline(ctx, page.colours.ink);
    write(ctx, label, x, y, `600 15px ${FONT}`, page.colours.ground, "center");
  });
}

/** An office among many: a dot on a circle, its label along the ray. */
function spokeNode(page, office, turn, radius) {
  const label = page.model.offices.label[office];
  const left = Math.cos(turn) < -1e-9;
  const place = { id: office, x: Math.cos(turn) * radius, y: Math.sin(turn) * radius };
  const reach = 2 * measure(label, "13px") * Math.max(Math.abs(Math.cos(turn)), 0.2);
  return { ...custom(page, place, { kind: "office", label, wide: 14, high: 14 }, (ctx, x, y, lit) => {
    ctx.save();
    ctx.translate(x, y);
    ctx.rotate(left ? turn + Math.PI : turn);
    circle(ctx, 0, 0, 4, page.colours.office);
    ctx.fillStyle = page.colours.office;
    ctx.fill();
    write(ctx, label, left ? -12 : 12, 0, `${lit ? "600 " : ""}13px ${FONT}`, page.colours.ink, left ? "right" : "left", page.colours.ground);
    ctx.restore();
  }), wide: reach + 24, high: 24 + 2 * measure(label, "13px") * Math.abs(Math.sin(turn)) };
}

function sharedNode(page, node, group) {
  const label = page.model.things.label[node.id - page.model.offices.id.length];
  const { shape } = page.style[node.group];
  const count = group.offices.size;
  const size = 22 + 4 * Math.min(count, 5);
  const lines = breakLabel(label);
  return custom(page, node, { kind: "shared", label, group: node.group, size, count, wide: size + 8, high: size + 8 }, (ctx, x, y, lit) => {
    const { ink, ground } = page.colours;
    stamp(ctx, shape, x, y, size, page.colours[node.group], ground);
    if (lit) circle(ctx, x, y, size * 0.72, ink);
    if (!page.readable && !lit) return;
    write(ctx, String(count), x, y + (shape === "triangle" ? size * 0.14 : 1), `700 13px ${FONT}`, shape === "ring" ? ink : ground, "center");
    lines.forEach((line, k) => write(ctx, line, x, y + size / 2 + 12 + k * 17, `600 14px ${FONT}`, ink, "center", ground));
  });
}

function addToList(lists, office, node) {
  if (!lists.has(office)) lists.set(office, []);
  lists.get(office).push(node);
}

/** The first column of what an office has alone, and a line that says how many more there are. */
function listNodes(page, office, list) {
  const beside = list.filter((node) => node.column === 0);
  const nodes = beside.map((node) => listNode(page, node));
  const more = list.length - beside.length;
  if (!more) return nodes;
  const home = page.net.nodes[office];
  const x = home.x + (home.x >= 0 ? 1 : -1) * LIST_REACH;
  const y = Math.max(...beside.map((node) => node.y), home.y - 2 * LIST_ROW) + LIST_ROW;
  return [...nodes, listNode(page, { id: `more-${office}`, x, y }, say(page.text.ui.list_more, { n: more }))];
}

function listNode(page, node, more) {
  const label = more || cutLabel(page.model.things.label[node.id - page.model.offices.id.length], 14);
  const wide = measure(label, "13px") + 22;
  const side = node.x >= 0 ? 1 : -1;
  const place = { ...node, x: node.x + side * (wide / 2 - 7) };
  return custom(page, place, { kind: "list", label, group: node.group, side, wide, high: 20 }, (ctx, x, y, lit) => {
    const mark = x - side * (wide / 2 - 7);
    if (node.group) stamp(ctx, page.style[node.group].shape, mark, y, 11, page.colours[node.group], page.colours.ground);
    if (page.readable || lit) write(ctx, label, mark + side * 12, y, `${lit ? "600 " : ""}13px ${FONT}`, node.group ? page.colours.ink : page.colours.quiet, side > 0 ? "left" : "right");
  });
}

function custom(page, node, look, draw) {
  const { wide, high } = look;
  const drawNode = (ctx, x, y, state) => {
    ctx.globalAlpha = page.bright && !page.bright.has(node.id) ? FADED : 1;
    draw(ctx, x, y, state.selected || state.hover);
  };
  const ctxRenderer = ({ ctx, x, y, state }) => ({ drawNode: () => drawNode(ctx, x, y, state), nodeDimensions: { width: wide, height: high } });
  return { id: node.id, x: node.x, y: node.y, wide, high, look, shape: "custom", ctxRenderer };
}

const paths = new Map();

function stamp(ctx, shape, x, y, size, colour, ground) {
  if (!paths.has(shape)) paths.set(shape, new Path2D(shapePath(shape)));
  ctx.save();
  ctx.transform(size / 16, 0, 0, size / 16, x - size / 2, y - size / 2);
  ctx.fillStyle = shape === "ring" ? ground : colour;
  ctx.fill(paths.get(shape));
  if (shape === "ring") {
    ctx.strokeStyle = colour;
    ctx.lineWidth = 3;
    ctx.stroke(paths.get(shape));
  }
  ctx.restore();
}

function write(ctx, words, x, y, font, colour, align, halo) {
  ctx.font = font;
  ctx.textAlign = align;
  ctx.textBaseline = "middle";
  if (halo) {
    ctx.lineWidth = 4;
    ctx.lineJoin = "round";
    ctx.strokeStyle = halo;
    ctx.strokeText(words, x, y);
  }
  ctx.fillStyle = colour;
  ctx.fillText(words, x, y);
}

function outline(ctx, colour) {
  ctx.lineWidth = 2;
  ctx.strokeStyle = colour;
  ctx.stroke();
}

function circle(ctx, x, y, r, colour) {
  ctx.beginPath();
  ctx.arc(x, y, r, 0, 2 * Math.PI);
  outline(ctx, colour);
}

function pill(ctx, x, y, width, height, r) {
  ctx.beginPath();
  ctx.moveTo(x + r, y);
  ctx.arcTo(x + width, y, x + width, y + height, r);
  ctx.arcTo(x + width, y + height, x, y + height, r);
  ctx.arcTo(x, y + height, x, y, r);
  ctx.arcTo(x, y, x + width, y, r);
  ctx.closePath();
}

let ruler = null;
const widths = new Map();

function measure(words, font) {
  const key = font + words;
  if (!widths.has(key)) {
    ruler = ruler || document.createElement("canvas").getContext("2d");
    ruler.font = `${font} ${FONT}`;
    widths.set(key, ruler.measureText(words).width);
  }
  return widths.get(key);
}

/** Cut a label to `limit` characters. */
export function cutLabel(label, limit) {
  const signs = [...label];
  return signs.length > limit ? `${signs.slice(0, limit - 1).join("")}…` : label;
}

/** Break a label longer than ten characters into two lines of like length. */
export function breakLabel(label, limit = 10) {
  const signs = [...label];
  if (signs.length <= limit) return [label];
  const half = Math.ceil(signs.length / 2);
  return [signs.slice(0, half).join(""), signs.slice(half).join("")];
}
