// The network: vis-network draws what pyvis wrote, where Python put it; nothing moves by itself.
import { el, replace, say } from "./dom.mjs";
import { shapePath } from "./marks.mjs";

const LIST_REACH = 92;
const LIST_ROW = 22;
const FONT = '"Microsoft YaHei","PingFang SC","Noto Sans CJK SC","Source Han Sans SC","WenQuanYi Micro Hei",sans-serif';

/** Fill `root` with the network of what is shown; returns the vis.Network. */
export function drawNetwork(root, page) {
  const { model, text, shown } = page;
  const shared = shown.groups.filter((group) => group.offices.size > 1);
  const top = shared.length ? model.things.label[shared[0].thing] : "";
  const label = say(text.ui.network_label, { offices: shown.offices.size, things: shown.groups.length, shared: shared.length, top });
  const canvas = el("div", { class: "canvas", role: "img", "aria-label": label });
  const tools = el("div", { class: "tools" }, el("button", { on: { click: () => fit(network, canvas, data.nodes) } }, text.ui.fit));
  replace(root, el("div", { class: "network" }, tools, canvas));
  const data = networkData(page);
  const network = new vis.Network(canvas, data, page.net.options);
  network.on("selectNode", ({ nodes }) => pick(page, nodes[0]));
  fit(network, canvas, data.nodes);
  return network;
}

/** Show everything, labels included: vis itself knows only the boxes that it has drawn already. */
function fit(network, canvas, nodes) {
  if (!nodes.length) return;
  const left = Math.min(...nodes.map((n) => n.x - n.wide / 2)), right = Math.max(...nodes.map((n) => n.x + n.wide / 2));
  const top = Math.min(...nodes.map((n) => n.y - n.high / 2)), bottom = Math.max(...nodes.map((n) => n.y + n.high / 2));
  const scale = Math.min((canvas.clientWidth - 40) / (right - left), (canvas.clientHeight - 60) / (bottom - top), 1.4);
  network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale });
}

function pick(page, id) {
  const offices = page.model.offices.id.length;
  if (typeof id === "string") page.select("offices", Number(id.slice("more-".length)));
  else if (id < offices) page.select("offices", id);
  else page.select("things", id - offices);
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
  for (const [office, list] of lists) nodes.push(...listNodes(page, office, list));
  const edges = [];
  for (const edge of net.edges) {
    const group = groups.get(edge.to - offices);
    if (group && group.offices.has(edge.from)) edges.push({ ...edge, color: { color: colours[model.types[model.things.type[group.thing]]], opacity: 0.55, inherit: false } });
  }
  return { nodes, edges };
}

function officeNode(page, node) {
  const label = page.model.offices.label[node.id];
  const wide = measure(label, "600 15px") + 34;
  return custom(node, (ctx, x, y, state) => {
    ctx.fillStyle = page.colours.office;
    pill(ctx, x - wide / 2, y - 17, wide, 34, 17);
    ctx.fill();
    if (state.selected || state.hover) outline(ctx, page.colours.ink);
    write(ctx, label, x, y, `600 15px ${FONT}`, page.colours.ground, "center");
  }, wide, 34);
}

function sharedNode(page, node, group) {
  const thing = node.id - page.model.offices.id.length;
  const { shape } = page.style[node.group];
  const size = 22 + 4 * Math.min(group.offices.size, 5);
  const lines = breakLabel(page.model.things.label[thing]);
  return custom(node, (ctx, x, y, state) => {
    stamp(ctx, shape, x, y, size, page.colours[node.group], page.colours.ground);
    if (state.selected || state.hover) outline(ctx, page.colours.ink);
    const dark = shape === "ring" ? page.colours.ink : page.colours.ground;
    write(ctx, String(group.offices.size), x, y + (shape === "triangle" ? size * 0.14 : 1), `700 13px ${FONT}`, dark, "center");
    lines.forEach((line, k) => write(ctx, line, x, y + size / 2 + 12 + k * 17, `600 14px ${FONT}`, page.colours.ink, "center", page.colours.ground));
  }, size + 8, size + 8);
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
  const first = beside[0] || list[0];
  const home = page.net.nodes[office];
  const x = home.x + Math.sign(first.x) * LIST_REACH;
  const y = Math.max(...beside.map((node) => node.y), home.y - 2 * LIST_ROW) + LIST_ROW;
  return [...nodes, listNode(page, { id: `more-${office}`, x, y }, say(page.text.ui.list_more, { n: more }))];
}

function listNode(page, node, words) {
  const label = words || cutLabel(page.model.things.label[node.id - page.model.offices.id.length], 14);
  const wide = measure(label, "13px") + 22;
  const side = node.x >= 0 ? 1 : -1;
  return custom({ ...node, x: node.x + side * (wide / 2 - 7) }, (ctx, x, y, state) => {
    const mark = x - side * (wide / 2 - 7);
    if (node.group) stamp(ctx, page.style[node.group].shape, mark, y, 11, page.colours[node.group], page.colours.ground);
    const colour = state.selected || state.hover ? page.colours.accent : node.group ? page.colours.ink : page.colours.quiet;
    write(ctx, label, mark + side * 12, y, `13px ${FONT}`, colour, side > 0 ? "left" : "right");
  }, wide, 20);
}

function custom(node, draw, width, height) {
  const ctxRenderer = ({ ctx, x, y, state }) => ({ drawNode: () => draw(ctx, x, y, state), nodeDimensions: { width, height } });
  return { id: node.id, x: node.x, y: node.y, wide: width, high: height, shape: "custom", ctxRenderer };
}

const paths = new Map();

function stamp(ctx, shape, x, y, size, colour, ground) {
  if (!paths.has(shape)) paths.set(shape, new Path2D(shapePath(shape)));
  ctx.save();
  ctx.translate(x - size / 2, y - size / 2);
  ctx.scale(size / 16, size / 16);
  if (shape === "ring") {
    ctx.fillStyle = ground;
    ctx.fill(paths.get(shape));
    ctx.strokeStyle = colour;
    ctx.lineWidth = 3;
    ctx.stroke(paths.get(shape));
  } else {
    ctx.fillStyle = colour;
    ctx.fill(paths.get(shape));
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

function measure(words, font) {
  ruler = ruler || document.createElement("canvas").getContext("2d");
  ruler.font = `${font} ${FONT}`;
  return ruler.measureText(words).width;
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
