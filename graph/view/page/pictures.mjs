// What is shown as a picture for a report: SVG, with its title, its filter, its legend and how much is left out.
import { compare, say, svg } from "./dom.mjs";
import { filterSentence } from "./filters.mjs";
import { ROLE_SHAPES, yearAge } from "./marks.mjs";
import { cellValue, sortRows } from "./list.mjs";
import { MARKS, markRows, yearText } from "./matrix.mjs";
import { boxOf, drawnNetwork } from "./nodes.mjs";
import { chosenOffice } from "./offices.mjs";
import { FONT, cutLabel, measure, svgPen } from "./pens.mjs";
import { fateText, sortFates } from "./time.mjs";

const [ROWS, TABLE] = [120, 60];
const LONGEST = 30;
const CELL = 44;
const LINE = 32;
const [WIDEST, ROW] = [420, 28];
const PARTS = { shared: matrixPart, network: networkPart, offices: officePart, list: listPart, time: timePart };

/** Return the picture of the view as an SVG element. */
export function makePicture(page) {
  const colours = { ...page.style.page.light, office: page.style.office.light };
  for (const type of page.model.types) colours[type] = page.style[type].light;
  const parts = [];
  const pen = svgPen(parts, colours);
  const body = PARTS[page.state.v](page, pen);
  const wide = Math.max(body.width, 640, measure(page.title, 20, 600), measure(page.summary, 12)) + 48;
  const high = body.height + 148;
  const margin = [];
  const outer = svgPen(margin, colours);
  outer.words(page.title, 24, 34, { size: 20, weight: 600, align: "left" });
  outer.words([filterSentence(page), body.note].filter(Boolean).join(" · "), 24, 60, { size: 13, colour: "quiet", align: "left" });
  legend(page, outer, high - 40);
  outer.words(page.summary, 24, high - 16, { size: 12, colour: "quiet", align: "left" });
  return svg("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${wide} ${high}`, width: wide, height: high, "font-family": FONT.replace(/"/g, "'") },
    svg("rect", { width: wide, height: high, fill: colours.ground }), svg("g", { transform: `translate(${24 - body.left} ${84 - body.top})` }, parts), margin);
}

function legend(page, pen, y) {
  const { model, text, style } = page;
  let x = 24;
  const add = (shape, colour, word, hollow) => {
    pen.stamp(shape, x + 7, y, 12, colour, hollow);
    pen.words(word, x + 20, y, { size: 12, align: "left" });
    x += 38 + measure(word, 12);
  };
  if (!["shared", "network"].includes(page.state.v)) return;
  for (const type of model.types) if (model.used.t.has(type)) add(style[type].shape, type, text.types[type]);
  if (page.state.v !== "shared") return;
  for (const year of model.years.slice(-2)) add("circle", "office", say(text.ui.year, { n: year }), yearAge(model.years, year) > 0);
  for (const role of model.roles) if (model.used.r.has(role) && model.used.r.size > 1) add(ROLE_SHAPES[role], "office", text.roles[role]);
}

function matrixPart(page, pen) {
  const { model, shown, text, style } = page;
  const shared = shown.groups.filter((group) => group.offices.size > 1);
  const groups = (shared.length ? shared : shown.groups).slice(0, ROWS);
  const used = new Set(groups.flatMap((group) => [...group.offices.keys()]));
  const columns = model.ring.filter((office) => used.has(office));
  const names = columns.map((office) => [...cutLabel(model.offices.label[office], 16)]);
  const labels = groups.map((group) => cutLabel(model.things.label[group.thing], LONGEST));
  const head = Math.max(4, ...names.map((signs) => signs.length)) * 17 + 8;
  const side = Math.max(120, ...labels.map((label) => measure(label, 14))) + 40;
  const end = side + columns.length * CELL;
  names.forEach((signs, c) => signs.reverse().forEach((sign, k) => pen.words(sign, side + c * CELL + 22, head - 12 - k * 17, { size: 15, weight: 600, colour: "office" })));
  groups.forEach((group, r) => {
    const y = head + r * LINE + 16;
    const type = model.types[model.things.type[group.thing]];
    pen.stamp(style[type].shape, 10, y, 13, type);
    pen.words(labels[r], 26, y, { size: 14, align: "left" });
    pen.line(0, y + 16, end + 30, y + 16, "line");
    columns.forEach((office, c) => group.offices.has(office) && cellMarks(model, group.offices.get(office), side + c * CELL + 22, y, pen));
    pen.words(String(group.offices.size), end + 18, y, { size: 13, colour: "quiet" });
  });
  return { left: 0, top: 0, width: end + 40, height: head + groups.length * LINE, note: say(text.ui.pictured, { shown: groups.length, all: shown.groups.length }) };
}

function cellMarks(model, rows, x, y, pen) {
  const marked = markRows(model, rows).slice(-MARKS);
  marked.forEach((i, k) => pen.stamp(ROLE_SHAPES[model.roles[model.links.role[i]]], x + (k - (marked.length - 1) / 2) * 15, y, 13, "office", yearAge(model.years, model.links.year[i]) > 0));
}

function networkPart(page, pen) {
  const { model, text } = page;
  const { nodes, edges, folded } = drawnNetwork(page);
  const places = page.network ? page.network.getPositions() : {};
  const at = new Map(nodes.map((node) => [node.id, places[node.id] || node]));
  for (const { from, to, colour, width, opacity } of edges) pen.line(at.get(from).x, at.get(from).y, at.get(to).x, at.get(to).y, colour, width, opacity);
  for (const node of nodes) node.paint(pen, at.get(node.id).x, at.get(node.id).y, false, true);
  const { left, right, top, bottom } = boxOf(nodes.map((node) => ({ ...node, ...at.get(node.id) })));
  const drawn = nodes.filter((node) => typeof node.id === "number" && node.id >= model.offices.id.length).length;
  return { left: left - 20, top: top - 20, width: right - left + 40, height: bottom - top + 40, note: folded ? "" : say(text.ui.pictured, { shown: drawn, all: model.things.id.length }) };
}

/** A table of words: every column as wide as its widest cell, up to a limit at which words are cut. */
function tablePart(page, pen, title, head, rows, all) {
  const drawn = rows.slice(0, TABLE);
  const fit = (words, weight) => {
    const most = Math.floor(([...words].length * WIDEST) / measure(words, 13, weight));
    return measure(words, 13, weight) > WIDEST ? cutLabel(words, most) : words;
  };
  const cells = [head, ...drawn].map((row, r) => row.map((words) => fit(String(words || ""), r ? 400 : 600)));
  const widths = head.map((_, c) => Math.max(...cells.map((row, r) => measure(row[c], 13, r ? 400 : 600))) + 24);
  const top = title ? ROW : 0;
  if (title) pen.words(title, 0, 12, { size: 16, weight: 600, align: "left", colour: "office" });
  const width = widths.reduce((sum, each) => sum + each, 0);
  cells.forEach((row, r) => {
    const y = top + r * ROW + ROW / 2;
    row.forEach((words, c) => pen.words(words, widths.slice(0, c).reduce((sum, each) => sum + each, 0), y, { size: 13, weight: r ? 400 : 600, align: "left" }));
    pen.line(0, y + ROW / 2, width, y + ROW / 2, "line");
  });
  return { left: 0, top: 0, width, height: top + cells.length * ROW, note: say(page.text.ui.pictured, { shown: drawn.length, all }) };
}

function listPart(page, pen) {
  const columns = ["organisation_label", "entity", "role", "action", "year", "quote"];
  const rows = sortRows(page, page.shown.rows);
  return tablePart(page, pen, "", columns.map((column) => page.text.columns[column]), rows.slice(0, TABLE).map((i) => columns.map((column) => cellValue(page, i, column))), rows.length);
}

function officePart(page, pen) {
  const { model, text, shown } = page;
  const office = chosenOffice(page);
  const rows = shown.groups.filter((group) => group.offices.has(office)).map((group) => {
    const own = group.offices.get(office);
    const others = [...group.offices.keys()].filter((each) => each !== office).map((each) => model.offices.label[each]);
    return [model.things.label[group.thing], cellValue(page, own[0], "type"), [...new Set(own.map((i) => cellValue(page, i, "action")))].join(text.ui.comma), own.map((i) => model.links.year[i]).sort(compare).map((year) => yearText(text, year)).filter((year, k, all) => !k || all[k - 1] !== year).join(text.ui.comma), others.join(text.ui.comma)];
  });
  return tablePart(page, pen, model.offices.full[office], [text.columns.entity, text.columns.type, text.columns.action, text.columns.year, text.ui.partners], rows, rows.length);
}

function timePart(page, pen) {
  const { model, text } = page;
  const spoken = (group, year) => [...group.offices].filter(([, rows]) => rows.some((i) => model.links.year[i] === year)).map(([office]) => model.offices.label[office]).join(text.ui.comma);
  const rows = sortFates(page).flatMap(([fate, groups]) => groups.map((group) => [fateText(page, fate), model.things.label[group.thing], ...model.years.map((year) => spoken(group, year))]));
  return tablePart(page, pen, "", [text.ui.fate, text.columns.entity, ...model.years.map((year) => yearText(text, year))], rows, rows.length);
}
