// What is shown, as files: CSV with a byte-order mark (Excel needs it), JSON, SVG, PNG.
import { el } from "./dom.mjs";
import { cellValue, sortRows } from "./list.mjs";
import { makePicture } from "./pictures.mjs";

const COLUMNS = ["title", "document", "year", "organisation_label", "role", "entity", "type", "action", "status", "quote", "start", "end", "score"];
const REPORT_WIDTH = 1843; // 156 mm at 300 dots an inch: the text block of an official document

/** Return rows as CSV in the words of the page's language. */
export function makeCsv(page, rows) {
  const lines = [COLUMNS.map((column) => page.text.columns[column]), ...rows.map((i) => COLUMNS.map((column) => cellValue(page, i, column)))];
  return `\ufeff${lines.map((line) => line.map(quoteCell).join(",")).join("\r\n")}\r\n`;
}

/** A CSV cell; what Excel would take for a formula gets a leading apostrophe. */
export function quoteCell(value) {
  let text = value === null || value === undefined ? "" : String(value);
  if (typeof value === "string" && /^[=+\-@\t\r]/.test(text)) text = `'${text}`;
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

/** Return what is shown as JSON, with the identifiers of the graph. */
export function makeJson(page, rows) {
  const { model } = page;
  const { links, offices, things, base } = model;
  return JSON.stringify({ filters: page.state, links: rows.map((i) => ({ office: base + offices.id[links.office[i]], office_label: offices.full[links.office[i]],
    thing: base + things.id[links.thing[i]], thing_label: things.label[links.thing[i]], type: model.types[things.type[links.thing[i]]], role: model.roles[links.role[i]],
    status: model.statuses[links.status[i]], year: links.year[i], action: model.actions[links.action[i]], document: cellValue(page, i, "document"),
    start: links.start[i], end: links.end[i], quote: model.sentences.text[links.sentence[i]] })) }, null, 1);
}

/** Make the menu of exports. */
export function exportMenu(page) {
  const { text } = page;
  const rows = () => (page.picked.size ? page.shown.rows.filter((i) => page.picked.has(i)) : sortRows(page, page.shown.rows));
  const items = [
    ["csv", () => save(page, "csv", "text/csv", makeCsv(page, rows()))],
    ["json", () => save(page, "json", "application/json", makeJson(page, rows()))],
    ["svg", () => save(page, "svg", "image/svg+xml", svgText(page))],
    ["png", () => savePng(page, (width) => width * 2)],
    ["report", () => savePng(page, () => REPORT_WIDTH)],
  ];
  const menu = el("details", { class: "menu" }, el("summary", { "data-key": "export" }, text.ui.export),
    el("div", { class: "items" }, items.map(([name, run]) => el("button", { "data-export": name, on: { click: () => { menu.open = false; run(); } } }, text.ui[`export_${name}`]))));
  return menu;
}

function svgText(page) {
  return new XMLSerializer().serializeToString(makePicture(page));
}

function save(page, ending, type, content) {
  const link = el("a", { download: `${page.text.views[page.state.v]}.${ending}`, href: URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type: `${type};charset=utf-8` })) });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

function savePng(page, widthOf) {
  const picture = makePicture(page);
  const [wide, high] = ["width", "height"].map((name) => Number(picture.getAttribute(name)));
  const scale = widthOf(wide) / wide;
  const image = new Image();
  image.onload = () => {
    const canvas = el("canvas", { width: Math.round(wide * scale), height: Math.round(high * scale) });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => save(page, "png", "image/png", blob), "image/png");
  };
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(picture))}`;
}
