// Every relation as a table: sortable, and drawn only where it is looked at.
import { compare, el, replace, say } from "./dom.mjs";
import { sentence } from "./evidence.mjs";
import { thingButton, yearText } from "./matrix.mjs";

const [HEIGHT, TALL] = [52, 116]; // of a row, as in the style; on a phone a row is a card
const PRINTED = 3000;
const FAR = 24; // signs before a mention that a row has room for
const COLUMNS = ["organisation_label", "entity", "type", "role", "action", "year", "quote", "title"];

/** What stands in a column for a row, to sort and to export by. */
export function cellValue(page, i, column) {
  const { model, text } = page;
  const { links, sentences, documents } = model;
  const s = links.sentence[i];
  switch (column) {
    case "organisation_label": return model.offices.full[links.office[i]];
    case "entity": return model.things.label[links.thing[i]];
    case "type": return text.types[model.types[model.things.type[links.thing[i]]]];
    case "role": return text.roles[model.roles[links.role[i]]];
    case "status": return text.statuses[model.statuses[links.status[i]]];
    case "action": return model.actions[links.action[i]];
    case "year": return links.year[i];
    case "quote": return sentences.text[s];
    case "title": return sentences.document[s] < 0 ? "" : documents.title[sentences.document[s]] || documents.document[sentences.document[s]];
    case "document": return sentences.document[s] < 0 ? "" : documents.document[sentences.document[s]];
    default: return links[column][i];
  }
}

/** Sort rows by the state's column; `-` before its name turns the order round. */
export function sortRows(page, rows) {
  const column = page.state.so.replace(/^-/, "");
  if (!COLUMNS.includes(column)) return rows;
  const turn = page.state.so.startsWith("-") ? -1 : 1;
  const values = new Map(rows.map((i) => [i, cellValue(page, i, column)]));
  return rows.slice().sort((a, b) => turn * compare(values.get(a), values.get(b)) || a - b);
}

/** Fill `root` with the table of what is shown. */
export function drawList(root, page) {
  const { text, state } = page;
  const rows = sortRows(page, page.shown.rows);
  const filter = el("input", { type: "search", value: state.q, placeholder: text.ui.filter_text, "aria-label": text.ui.filter_text, "data-key": "q",
    on: { change: () => page.go({ q: filter.value }) } });
  const bar = el("div", { class: "bar" }, filter, el("span", { class: "number" }, say(text.ui.n_rows, { n: rows.length })), el("span", { class: "picked" }));
  const body = el("tbody");
  const table = el("table", { class: "list", "aria-rowcount": rows.length + 1 }, el("caption", { class: "unseen" }, text.views.list), el("thead", {}, el("tr", {}, pickAll(page, rows, bar), COLUMNS.map((column) => headCell(page, column)))), body);
  const scroll = el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": text.views.list }, table);
  replace(root, el("div", { class: "listing" }, bar, scroll));
  const draw = (all = false) => drawRows(page, rows, { body, scroll, bar, all });
  scroll.addEventListener("scroll", () => requestAnimationFrame(() => draw()), { passive: true });
  page.redrawList = draw;
  draw();
  showPicked(page, bar);
}

function headCell(page, column) {
  const { text, state } = page;
  const sorted = state.so.replace(/^-/, "") === column;
  const down = sorted && state.so.startsWith("-");
  return el("th", { scope: "col", class: column, "aria-sort": sorted ? (down ? "descending" : "ascending") : "none" },
    el("button", { "data-key": `so-${column}`, on: { click: () => page.go({ so: sorted && !down ? `-${column}` : column }) } }, text.columns[column], el("span", { "aria-hidden": "true" }, sorted ? (down ? " ▾" : " ▴") : "")));
}

function pickAll(page, rows, bar) {
  const box = el("input", { type: "checkbox", "aria-label": page.text.ui.pick_all, on: { change: () => {
    rows.forEach((i) => (box.checked ? page.picked.add(i) : page.picked.delete(i)));
    page.redrawList();
    showPicked(page, bar);
  } } });
  return el("th", { class: "pick" }, box);
}

function showPicked(page, bar) {
  bar.lastElementChild.textContent = page.picked.size ? say(page.text.ui.n_picked, { n: page.picked.size }) : "";
}

/** Draw the rows in sight, a screen more on either side, between two spacers; or, for paper, all that paper can bear. */
function drawRows(page, rows, { body, scroll, bar, all }) {
  const height = window.innerWidth <= 640 ? TALL : HEIGHT;
  const room = Math.ceil((scroll.clientHeight || 800) / height);
  const first = all ? 0 : Math.max(0, Math.floor(scroll.scrollTop / height) - room);
  const last = Math.min(rows.length, all ? PRINTED : first + room * 3);
  const spacer = (count) => {
    if (!count) return null;
    const cell = el("td", { colspan: COLUMNS.length + 1 });
    cell.style.height = `${count * height}px`;
    return el("tr", { class: "spacer", "aria-hidden": "true" }, cell);
  };
  const held = body.contains(document.activeElement) && document.activeElement;
  const place = held && held.closest("tr").getAttribute("aria-rowindex");
  replace(body, spacer(first), rows.slice(first, last).map((i, k) => makeRow(page, i, first + k + 2, { bar, all })), all ? null : spacer(rows.length - last));
  const again = held && body.querySelector(`[aria-rowindex="${place}"] ${held.tagName}`);
  if (again) again.focus({ preventScroll: true });
}

function makeRow(page, i, place, { bar, all }) {
  const { model, text } = page;
  const { links } = model;
  const box = el("input", { type: "checkbox", "aria-label": `${text.ui.pick_row} ${place - 1}`, on: { change: () => {
    if (box.checked) page.picked.add(i);
    else page.picked.delete(i);
    showPicked(page, bar);
  } } });
  box.checked = page.picked.has(i);
  const open = (event) => { if (!event.target.closest("button, input")) page.select("things", links.thing[i], links.office[i]); };
  const chosen = page.state.sel === model.things.id[links.thing[i]];
  const at = links.from[i] > FAR && !all ? links.from[i] - FAR + 4 : 0;
  const words = sentence(model.sentences.text[links.sentence[i]], links.from[i], links.to[i], at);
  return el("tr", { "aria-rowindex": place, class: chosen ? "chosen" : "", "data-sel": model.things.id[links.thing[i]], on: { click: open } }, el("td", { class: "pick" }, box),
    COLUMNS.map((column) => el("td", { class: column }, cellContent(page, i, column, words))));
}

function cellContent(page, i, column, words) {
  const { model, text } = page;
  const { links } = model;
  if (column === "entity") return thingButton(page, links.thing[i], links.office[i]);
  if (column === "quote") return el("div", {}, words);
  if (column === "title") return el("div", {}, cellValue(page, i, column));
  if (column === "year") return yearText(text, links.year[i]);
  return column === "organisation_label" ? model.offices.label[links.office[i]] : cellValue(page, i, column);
}
