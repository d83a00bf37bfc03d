// The first view: things by offices, most shared first; what one office has alone is folded away.
import { el, replace, say } from "./dom.mjs";
import { roleMark, typeMark, yearAge } from "./marks.mjs";
import { cutLabel } from "./pens.mjs";

const CELLS = 2400;
export const MARKS = 3; // that stand in a cell
const [COLUMNS, COLUMNS_NARROW] = [24, 10]; // more offices than fit stand beside their thing, not above a column

/** Fill `root` with the matrix of what is shown. */
export function drawMatrix(root, page) {
  const { model, shown } = page;
  const shared = shown.groups.filter((group) => group.offices.size > 1);
  const single = shown.groups.filter((group) => group.offices.size === 1);
  const columns = orderColumns(model, shared.length ? shared : single);
  const body = el("div", { class: "matrix", role: "presentation" });
  if (shared.length) body.append(makeTable(page, shared, columns));
  if (single.length) body.append(makeFold(page, single, !shared.length));
  return replace(root, body);
}

/** Columns in the order of the ring, so that offices which share much stand together. */
function orderColumns(model, groups) {
  const used = new Set();
  for (const group of groups) for (const office of group.offices.keys()) used.add(office);
  return model.ring.filter((office) => used.has(office));
}

function makeTable(page, groups, columns) {
  const { model, text } = page;
  if (columns.length > (window.innerWidth <= 640 ? COLUMNS_NARROW : COLUMNS)) return makeChips(page, groups);
  const head = el("tr", {}, el("td"), columns.map((office) => el("th", { scope: "col", class: "office" },
    el("button", { class: "vertical", title: model.offices.full[office], on: { click: () => page.select("offices", office) } },
      cutLabel(model.offices.label[office], 11)))), el("th", { scope: "col", class: "count" }, text.ui.pick_head));
  const table = el("table", {}, el("caption", { class: "unseen" }, text.views.shared), el("thead", {}, head));
  addInChunks(table, groups, Math.max(16, Math.round(CELLS / columns.length)), (group, before) => {
    return [groupHead(page, group, before, columns.length + 2), makeRow(page, group, columns)];
  });
  return el("div", { class: "scroll" }, table);
}

function groupHead({ model, text }, group, before, wide) {
  const [late, lateBefore] = [group, before].map((each) => Boolean(each) && model.regions.has(each.thing));
  if (before && before.offices.size === group.offices.size && late === lateBefore) return null;
  return el("tr", { class: "group" }, el("th", { colspan: wide, scope: "rowgroup" }, say(late ? text.ui.regions_n : text.ui.offices_n, { n: group.offices.size })));
}

/** The same for many offices: each thing with its offices in words. */
function makeChips(page, groups) {
  const { model, text } = page;
  const table = el("table", { class: "wordy" }, el("caption", { class: "unseen" }, text.views.shared));
  addInChunks(table, groups, 60, (group, before) => [groupHead(page, group, before, 2), el("tr", { class: "thing", "data-sel": model.things.id[group.thing] },
    el("th", { scope: "row" }, thingButton(page, group.thing)),
    el("td", {}, model.ring.filter((office) => group.offices.has(office)).map((office) => officeChip(page, group, office, group.offices.get(office)))))]);
  return table;
}

/** An office that speaks of a thing, as a button with the marks of the given rows. */
export function officeChip(page, group, office, rows) {
  const { model } = page;
  return el("button", { class: "chip", title: model.offices.full[office], on: { click: () => page.select("things", group.thing, office) } },
    markRows(model, rows).slice(-MARKS).map((i) => rowMark(model, i, 11)), el("span", {}, model.offices.label[office]));
}

/** Of rows of one year and role the last, the newest years at the end. */
export function markRows({ links }, rows) {
  const found = new Map(rows.map((i) => [`${links.year[i]}/${links.role[i]}`, i]));
  return [...found.values()].sort((a, b) => (links.year[a] || 0) - (links.year[b] || 0));
}

/** The mark of a row: its role and its year. */
export function rowMark({ links, roles, years }, i, size) {
  return roleMark(roles[links.role[i]], yearAge(years, links.year[i]), size);
}

function makeRow(page, group, columns) {
  return el("tr", { class: "thing", "data-sel": page.model.things.id[group.thing] },
    el("th", { scope: "row" }, thingButton(page, group.thing)),
    columns.map((office) => el("td", {}, group.offices.has(office) && cellButton(page, group, office))),
    el("td", { class: "count" }, String(group.rows.length)));
}

/** A button that chooses a thing (and an office of it): its mark and its label. */
export function thingButton(page, thing, office) {
  const { model, style, text } = page;
  const type = model.types[model.things.type[thing]];
  return el("button", { class: "name", "data-sel": model.things.id[thing], "aria-pressed": "false", title: `${model.things.label[thing]}（${text.types[type]}）`, on: { click: () => page.select("things", thing, office) } },
    typeMark(type, style[type].shape), el("span", {}, model.things.label[thing]), el("span", { class: "unseen" }, `（${text.types[type]}）`));
}

function cellButton(page, group, office) {
  const { model, text } = page;
  const rows = group.offices.get(office);
  const marked = markRows(model, rows);
  const years = [...new Set(rows.map((i) => model.links.year[i]))].map((year) => yearText(text, year)).join("、");
  const roles = [...new Set(rows.map((i) => text.roles[model.roles[model.links.role[i]]]))].join("、");
  const name = [model.offices.label[office], model.things.label[group.thing], years, roles, say(text.ui.n_quotes, { n: rows.length })].join("，");
  return el("button", { class: "cell", "aria-label": name, title: `${years} ${roles}`, on: { click: () => page.select("things", group.thing, office) } },
    marked.slice(-MARKS).map((i) => rowMark(model, i)), rows.length > marked.length && el("span", { class: "times" }, String(rows.length)));
}

/** A year in words. */
export function yearText(text, year) {
  return year === null ? text.ui.no_year : say(text.ui.year, { n: year });
}

function makeFold(page, groups, open) {
  const byOffice = new Map();
  for (const group of groups) {
    const office = [...group.offices.keys()][0];
    if (!byOffice.has(office)) byOffice.set(office, []);
    byOffice.get(office).push(group);
  }
  const { model, text } = page;
  const fold = el("details", { class: "fold", open }, el("summary", {}, say(text.ui.office_1, { n: groups.length })));
  const show = () => {
    if (fold.childElementCount > 1) return;
    const lists = model.ring.filter((office) => byOffice.has(office)).map((office) => {
      const list = el("ul");
      addInChunks(list, byOffice.get(office), CELLS / 20, (group) => [el("li", {}, thingButton(page, group.thing))]);
      return el("section", {}, el("h3", {}, el("button", { class: "plain", on: { click: () => page.select("offices", office) } }, model.offices.label[office]),
        el("small", {}, ` ${say(text.ui.n_things, { n: byOffice.get(office).length })}`)), list);
    });
    fold.append(el("div", { class: "alone" }, lists));
  };
  fold.addEventListener("toggle", () => fold.open && show());
  if (open) show();
  return fold;
}

/** Add what `make` returns for each item, `chunk` items at a time as the end comes into sight. */
export function addInChunks(parent, items, chunk, make) {
  let next = 0;
  const more = () => {
    const part = document.createDocumentFragment();
    for (const end = Math.min(next + chunk, items.length); next < end; next += 1) part.append(...make(items[next], items[next - 1]).filter(Boolean));
    parent.append(part);
    if (next < items.length) watch(parent.lastElementChild, more);
  };
  more();
}

function watch(element, then) {
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    then();
  }, { rootMargin: "600px" });
  observer.observe(element);
}

/** Move the focus among the controls of a table with the arrows; tells whether it did. */
export function moveInTable(event) {
  const cell = event.target.closest && event.target.closest("#main td, #main th");
  if (!cell) return false;
  const across = { ArrowLeft: -1, ArrowRight: 1 }[event.key] || 0;
  const down = { ArrowUp: -1, ArrowDown: 1 }[event.key] || 0;
  const beside = event.target.closest("button") && event.target.closest("button")[across < 0 ? "previousElementSibling" : "nextElementSibling"];
  if (across && beside && beside.matches("button")) {
    beside.focus();
    return true;
  }
  let row = cell.parentElement;
  let column = cell.cellIndex;
  const rows = [...cell.closest("table").querySelectorAll("tr:not(.group):not(.spacer)")];
  let place = rows.indexOf(row);
  for (let step = 0; step < 400; step += 1) {
    column += across;
    place += down;
    row = rows[place];
    if (!row || !row.cells[column]) return false;
    const control = row.cells[column].querySelector("button, input");
    if (!control) continue;
    control.focus();
    return true;
  }
  return false;
}
