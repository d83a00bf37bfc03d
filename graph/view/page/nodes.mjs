// What stands in the network: as much as can be read, every node with its place, its size and how a pen draws it.
import { say } from "./dom.mjs";
import { pairOffices } from "./filter.mjs";
import { breakLabel, cutLabel, measure } from "./pens.mjs";

const [MOST, OFFICES] = [1500, 120]; // nodes and offices that are drawn unasked
const [MOST_NARROW, OFFICES_NARROW] = [36, 40]; // the same on a phone
const NARROW = 640;
export const READABLE = 0.5; // zoom below which no label could be read: only marks are drawn, and what is pointed at
const [TOP, BOTTOM, SIDE] = [56, 40, 16]; // the room that tools and notes take
const LIST_REACH = 92;
const LIST_ROW = 22;
const MOST_PAIRS = 400;
const LINES = 300;
const [SIGNS, SIGNS_NARROW] = [10, 6]; // in a line of a label
const OFFICE_SIGNS = 16;

/** What is drawn: all that is shown; what is shared; or the offices alone: the first that can be read. */
export function drawnNetwork(page) {
  const narrow = window.innerWidth <= NARROW;
  const names = narrow ? ["phone", "full"] : page.state.n > 1 ? ["shared", "full"] : ["full", "shared"];
  const levels = names.map((level) => listSeats(page, level)).filter(({ seats }) => seats.length);
  const draw = (chosen) => ({ level: chosen.level, ...listNetwork(page, chosen) });
  const few = levels.filter(({ seats }) => seats.length <= (narrow ? MOST_NARROW : MOST)).map(draw);
  const found = (page.state.all === "1" && levels.length && draw(levels[0])) || few.find(({ nodes }) => fitScale(nodes, page.room) >= (narrow ? 0 : READABLE))
    || { level: "offices", ...listOffices(page, narrow ? OFFICES_NARROW : OFFICES) };
  return { ...found, narrow, folded: found.level === "offices", partly: levels.length > 0 && found.level !== levels[0].level, count: Math.max(0, ...levels.map(({ seats }) => seats.length)) };
}

/** The box of nodes with their labels. */
export function boxOf(nodes) {
  const side = (axis, size, sign) => nodes.reduce((found, n) => Math.max(found, sign * n[axis] + n[size] / 2), -Infinity);
  return { left: -side("x", "wide", -1), right: side("x", "wide", 1), top: -side("y", "high", -1), bottom: side("y", "high", 1) };
}

/** The zoom at which nodes fill a room, labels included. */
export function fitScale(nodes, room) {
  const { left, right, top, bottom } = boxOf(nodes);
  return nodes.length ? Math.min((room.wide - 2 * SIDE) / (right - left), (room.high - TOP - BOTTOM) / (bottom - top), 1.3) : 1;
}

/** How far below the middle of a frame the middle of its free room is. */
export const LOWER = (TOP - BOTTOM) / 2;

/** Who has a seat at a level, and where: `full` has beside each office what it has alone, `shared` and `phone` only what is shared. */
function listSeats(page, level) {
  const { model, shown, net } = page;
  const whole = level === "full";
  const first = model.offices.id.length;
  const groups = new Map(shown.groups.filter((group) => whole || group.offices.size > 1).map((group) => [first + group.thing, group]));
  const sharing = whole ? shown.offices : new Set([...groups.values()].flatMap((group) => [...group.offices.keys()]));
  const seats = [];
  const more = new Map();
  for (const node of net.nodes) {
    const group = groups.get(node.id);
    const [x, y] = whole ? [node.x, node.y] : node[level] || [];
    if (x === undefined || !(group || sharing.has(node.id))) continue;
    if (!group || node.inside || node.column === 0) seats.push({ ...node, x, y, of: group });
    else addTo(more, [...group.offices.keys()][0], node);
  }
  return { level, seats, more };
}

/** The nodes and edges of a level. */
function listNetwork(page, { level, seats, more }) {
  const { model, net } = page;
  const offices = model.offices.id.length;
  const groups = new Map(seats.filter(({ of }) => of).map(({ id, of }) => [id, of]));
  const nodes = [];
  const alone = new Map();
  for (const seat of seats) {
    if (!seat.of) nodes.push(officeNode(page, seat, level));
    else if (seat.inside) nodes.push(sharedNode(page, seat, seat.of, level === "phone" ? SIGNS_NARROW : SIGNS));
    else addTo(alone, [...seat.of.offices.keys()][0], seat);
  }
  for (const office of new Set([...alone.keys(), ...more.keys()])) nodes.push(...listNodes(page, office, alone.get(office) || [], (more.get(office) || []).length));
  const lines = net.edges.filter(({ from, to }) => groups.has(to) && groups.get(to).offices.has(from));
  const opacity = Math.max(0.12, Math.min(0.6, LINES / lines.length)); // many lines step back behind the marks
  const edges = lines.map(({ from, to }) => ({ from, to, width: 1.6, colour: model.types[model.things.type[to - offices]], opacity }));
  return { nodes, edges };
}

/** Offices alone, on a circle, at most `most` of them, those that share the most: a line is as thick as what two share. */
function listOffices(page, most) {
  const { model, shown } = page;
  const weight = new Map();
  for (const { offices } of shown.groups) for (const office of offices.keys()) weight.set(office, (weight.get(office) || 0) + (offices.size > 1 ? 1e4 : 1));
  const kept = new Set([...weight].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, most).map(([office]) => office));
  const ring = model.ring.filter((office) => kept.has(office));
  const radius = Math.max(170, ring.length * 3.1);
  const nodes = ring.map((office, i) => spokeNode(page, office, (2 * Math.PI * i) / ring.length - Math.PI / 2, radius));
  const pairs = pairOffices(shown.groups).filter(({ pair }) => pair.every((office) => kept.has(office))).slice(0, MOST_PAIRS);
  const [top, least] = pairs.length ? [pairs[0].things.length, pairs[pairs.length - 1].things.length - 1] : [1, 0];
  const edges = pairs.map(({ pair: [from, to], things }) => {
    const part = (things.length - least) / (top - least);
    return { from, to, width: 1 + 6 * part, colour: "office", opacity: 0.06 + 0.5 * part };
  });
  return { nodes, edges, left: shown.offices.size - ring.length };
}

function addTo(lists, office, node) {
  if (!lists.has(office)) lists.set(office, []);
  lists.get(office).push(node);
}

function officeNode(page, { id, x, y }, level) {
  const label = page.model.offices.label[id];
  const signs = level === "phone" ? SIGNS_NARROW - 1 : OFFICE_SIGNS / 2;
  const lines = breakLabel(cutLabel(label, 2 * signs), signs);
  const wide = Math.max(...lines.map((line) => measure(line, 15, 600))) + 34;
  const high = 16 + 18 * lines.length;
  const paint = (pen, px, py, lit) => {
    pen.pill(px, py, wide, high, "office", lit && "ink");
    lines.forEach((line, k) => pen.words(line, px, py + 18 * (k + 0.5 - lines.length / 2), { size: 15, weight: 600, colour: "ground" }));
  };
  return { id, x, y, wide, high, kind: "office", label, paint };
}

/** An office among many: a dot on a circle, its label along the ray. */
function spokeNode(page, office, turn, radius) {
  const label = cutLabel(page.model.offices.label[office], OFFICE_SIGNS);
  const left = Math.cos(turn) < -1e-9;
  const [across, up] = [Math.cos(turn), Math.sin(turn)];
  const reach = 2 * measure(label, 13);
  const paint = (pen, px, py, lit) => {
    pen.pill(px, py, 10, 10, "office");
    pen.words(label, px + 12 * across, py + 12 * up, { size: 13, weight: lit ? 600 : 400, align: left ? "right" : "left", halo: true, turn: left ? turn + Math.PI : turn });
  };
  return { id: office, x: across * radius, y: up * radius, wide: 24 + reach * Math.max(Math.abs(across), 0.2), high: 24 + reach * Math.abs(up), hit: 16, kind: "office", label, paint };
}

function sharedNode(page, { id, x, y, group: type }, { offices }, signs) {
  const label = page.model.things.label[id - page.model.offices.id.length];
  const { shape } = page.style[type];
  const size = 22 + 4 * Math.min(offices.size, 5);
  const lines = breakLabel(cutLabel(label, 2 * signs + 4), signs);
  const paint = (pen, px, py, lit, readable) => {
    pen.stamp(shape, px, py, size, type);
    if (lit) pen.circle(px, py, size * 0.72, "ink");
    if (!readable && !lit) return;
    pen.words(String(offices.size), px, py + (shape === "triangle" ? size * 0.14 : 1), { size: 13, weight: 700, colour: shape === "ring" ? "ink" : "ground" });
    lines.forEach((line, k) => pen.words(line, px, py + size / 2 + 12 + k * 17, { size: 14, weight: 600, halo: true }));
  };
  const wide = Math.max(size + 8, ...lines.map((line) => measure(line, 14, 600)));
  return { id, x, y, wide, high: 2 * (size / 2 + 4 + 17 * lines.length), hit: size + 8, kind: "shared", label, paint };
}

/** The first column of what an office has alone, and a line that says how many more there are. */
function listNodes(page, office, beside, more) {
  const nodes = beside.map((node) => listNode(page, node));
  if (!more) return nodes;
  const home = page.net.nodes[office];
  const x = home.x + (home.x >= 0 ? 1 : -1) * LIST_REACH;
  const y = Math.max(...beside.map((node) => node.y), home.y - 2 * LIST_ROW) + LIST_ROW;
  return [...nodes, listNode(page, { id: `more-${office}`, x, y }, say(page.text.ui.list_more, { n: more }))];
}

function listNode(page, { id, x, y, group: type }, more) {
  const label = more || cutLabel(page.model.things.label[id - page.model.offices.id.length], 14);
  const wide = measure(label, 13) + 22;
  const side = x >= 0 ? 1 : -1;
  const paint = (pen, px, py, lit, readable) => {
    const mark = px - side * (wide / 2 - 7);
    if (type) pen.stamp(page.style[type].shape, mark, py, 11, type);
    if (readable || lit) pen.words(label, mark + side * 12, py, { size: 13, weight: lit ? 600 : 400, colour: type ? "ink" : "quiet", align: side > 0 ? "left" : "right" });
  };
  return { id, x: x + side * (wide / 2 - 7), y, wide, high: 20, kind: "list", label, paint };
}
