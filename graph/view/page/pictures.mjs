// What is shown as a picture for a report: SVG, with its title, its filter, its legend and how much is left out.
import { say, svg } from "./dom.mjs";
import { filterSentence } from "./filters.mjs";
import { ROLE_SHAPES, shapePath, yearAge } from "./marks.mjs";
import { breakLabel, cutLabel } from "./network.mjs";

const FONT = "Microsoft YaHei,PingFang SC,Noto Sans CJK SC,Source Han Sans SC,WenQuanYi Micro Hei,sans-serif";
const ROWS = 120;

/** Return the picture of the view as an SVG element; views that are no picture give the matrix. */
export function makePicture(page) {
  const ink = { ground: "#ffffff", ink: "#1a1a1a", quiet: "#55606e", line: "#dfe4ea", type: (name) => page.style[name].light };
  const body = page.state.v === "network" ? networkPart(page, ink) : matrixPart(page, ink);
  const wide = Math.max(body.width, 640) + 48;
  const high = body.height + 148;
  return svg("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${wide} ${high}`, width: wide, height: high, "font-family": FONT },
    svg("rect", { width: wide, height: high, fill: ink.ground }), words(24, 40, page.title, { size: 20, weight: 600, fill: ink.ink }),
    words(24, 64, [filterSentence(page), body.note].filter(Boolean).join(" · "), { size: 13, fill: ink.quiet }),
    svg("g", { transform: "translate(24 84)" }, body.parts), legend(page, ink, high - 36), words(24, high - 12, page.summary, { size: 12, fill: ink.quiet }));
}

function words(x, y, text, { size = 13, weight = 400, fill = "#000", anchor = "start" } = {}) {
  return svg("text", { x, y, "font-size": size, "font-weight": weight, fill, "text-anchor": anchor }, text);
}

function stamp(shape, x, y, size, colour, hollow = shape === "ring") {
  return svg("path", { d: shapePath(shape), transform: `translate(${x - size / 2} ${y - size / 2}) scale(${size / 16})`,
    fill: hollow ? "#ffffff" : colour, stroke: colour, "stroke-width": hollow ? 3 : 0 });
}

function legend(page, ink, y) {
  const { model, text, style } = page;
  let x = 24;
  const parts = [];
  const add = (mark, word) => { parts.push(mark(x + 7, y - 5), words(x + 20, y, word, { size: 12, fill: ink.ink })); x += 34 + [...word].length * 12; };
  for (const type of model.types) if (model.used.t.has(type)) add((cx, cy) => stamp(style[type].shape, cx, cy, 12, ink.type(type)), text.types[type]);
  if (page.state.v === "network") return parts;
  for (const year of model.years.slice(-2)) add((cx, cy) => stamp("circle", cx, cy, 12, ink.type("office"), yearAge(model.years, year) > 0), say(text.ui.year, { n: year }));
  for (const role of model.roles) if (model.used.r.has(role) && model.used.r.size > 1) add((cx, cy) => stamp(ROLE_SHAPES[role], cx, cy, 12, ink.type("office")), text.roles[role]);
  return parts;
}

function matrixPart(page, ink) {
  const { model, shown, text, style } = page;
  const shared = shown.groups.filter((group) => group.offices.size > 1);
  const groups = (shared.length ? shared : shown.groups).slice(0, ROWS);
  const used = new Set(groups.flatMap((group) => [...group.offices.keys()]));
  const columns = model.ring.filter((office) => used.has(office));
  const head = Math.max(4, ...columns.map((office) => [...model.offices.label[office]].length)) * 17 + 8;
  const side = Math.max(12, ...groups.map((group) => [...model.things.label[group.thing]].length)) * 14 + 40;
  const parts = columns.map((office, c) => [...model.offices.label[office]].reverse().map((sign, k) => words(side + c * 44 + 22, head - 10 - k * 17, sign, { size: 15, weight: 600, fill: ink.type("office"), anchor: "middle" })));
  groups.forEach((group, r) => {
    const y = head + r * 32 + 16;
    const type = model.types[model.things.type[group.thing]];
    parts.push(stamp(style[type].shape, 10, y, 13, ink.type(type)), words(26, y + 5, model.things.label[group.thing], { size: 14, fill: ink.ink }),
      svg("line", { x1: 0, x2: side + columns.length * 44 + 30, y1: y + 16, y2: y + 16, stroke: ink.line }));
    columns.forEach((office, c) => (group.offices.has(office) ? parts.push(cellMarks(model, group.offices.get(office), side + c * 44 + 22, y, ink)) : 0));
    parts.push(words(side + columns.length * 44 + 18, y + 5, String(group.offices.size), { fill: ink.quiet, anchor: "middle" }));
  });
  const note = say(text.ui.pictured, { shown: groups.length, all: shown.groups.length });
  return { parts, width: side + columns.length * 44 + 40, height: head + groups.length * 32, note };
}

function cellMarks(model, rows, x, y, ink) {
  const years = [...new Set(rows.map((i) => model.links.year[i]))].sort().slice(-3);
  return years.map((year, k) => {
    const i = rows.find((row) => model.links.year[row] === year);
    return stamp(ROLE_SHAPES[model.roles[model.links.role[i]]], x + (k - (years.length - 1) / 2) * 15, y, 13, ink.type("office"), yearAge(model.years, year) > 0);
  });
}

function networkPart(page, ink) {
  const { model, style, text } = page;
  const { nodes, edges } = page.drawn;
  const left = Math.min(0, ...nodes.map((n) => n.x - n.wide / 2)) - 20;
  const top = Math.min(0, ...nodes.map((n) => n.y - n.high / 2)) - 20;
  const at = new Map(nodes.map((node) => [node.id, node]));
  const parts = edges.map(({ from, to }) => svg("line", { x1: at.get(from).x, y1: at.get(from).y, x2: at.get(to).x, y2: at.get(to).y, "stroke-width": 1.6, "stroke-opacity": 0.5,
    stroke: ink.type(at.get(to).look.group || "office") }));
  for (const { x, y, wide, look } of nodes) {
    if (look.kind === "office") parts.push(svg("rect", { x: x - wide / 2, y: y - 17, width: wide, height: 34, rx: 17, fill: ink.type("office") }), words(x, y + 5, look.label, { size: 15, weight: 600, fill: "#ffffff", anchor: "middle" }));
    else if (look.kind === "shared") {
      const { shape } = style[look.group];
      parts.push(stamp(shape, x, y, look.size, ink.type(look.group)), words(x, y + (shape === "triangle" ? 9 : 5), String(look.count), { weight: 700, fill: shape === "ring" ? ink.ink : "#ffffff", anchor: "middle" }),
        breakLabel(look.label).map((line, k) => words(x, y + look.size / 2 + 17 + k * 17, line, { size: 14, weight: 600, fill: ink.ink, anchor: "middle" })));
    } else {
      const mark = x - look.side * (wide / 2 - 7);
      if (look.group) parts.push(stamp(style[look.group].shape, mark, y, 11, ink.type(look.group)));
      parts.push(words(mark + look.side * 12, y + 4.5, cutLabel(look.label, 14), { fill: look.group ? ink.ink : ink.quiet, anchor: look.side > 0 ? "start" : "end" }));
    }
  }
  const width = Math.max(0, ...nodes.map((n) => n.x + n.wide / 2)) - left + 20;
  const height = Math.max(0, ...nodes.map((n) => n.y + n.high / 2)) - top + 50;
  const drawn = nodes.filter((node) => node.look.kind !== "office" && node.look.group).length;
  return { parts: svg("g", { transform: `translate(${-left} ${-top})` }, parts), width, height, note: say(text.ui.pictured, { shown: drawn, all: model.things.id.length }) };
}
