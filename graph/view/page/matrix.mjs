// The first view: things by offices, most shared first; what one office has alone is folded away.
import { el, replace, say } from "./dom.mjs";
import { roleMark, typeMark, yearAge } from "./marks.mjs";

const CHUNK = 120;

/** Fill `root` with the matrix of what is shown. */
export function drawMatrix(root, page) {
  const { model, shown, text } = page;
  if (!shown.groups.length) return replace(root, el("p", { class: "nothing" }, text.ui.nothing));
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
  const head = el("tr", {}, el("td"), columns.map((office) => el("th", { scope: "col", class: "office" },
    el("button", { class: "vertical", title: model.offices.full[office], on: { click: () => page.select("offices", office) } },
      model.offices.label[office]))), el("td"));
  const table = el("table", {}, el("caption", { class: "unseen" }, text.views.shared), el("thead", {}, head));
  addInChunks(table, groups, (group, before) => {
    const first = !before || before.offices.size !== group.offices.size;
    return [first && el("tr", { class: "group" }, el("th", { colspan: columns.length + 2, scope: "rowgroup" },
      say(text.ui.offices_n, { n: group.offices.size }))), makeRow(page, group, columns)];
  });
  return el("div", { class: "scroll" }, table);
}

function makeRow(page, group, columns) {
  const { model, state } = page;
  const chosen = state.sel === model.things.id[group.thing];
  return el("tr", { class: chosen ? "thing chosen" : "thing" },
    el("th", { scope: "row" }, thingButton(page, group.thing, chosen)),
    columns.map((office) => el("td", {}, group.offices.has(office) && cellButton(page, group, office))),
    el("td", { class: "count" }, String(group.rows.length)));
}

/** A button that chooses a thing: its mark and its label. */
export function thingButton(page, thing, chosen) {
  const { model, style, text } = page;
  const type = model.types[model.things.type[thing]];
  return el("button", { class: "name", "aria-pressed": chosen ? "true" : "false", on: { click: () => page.select("things", thing) } },
    typeMark(type, style[type].shape), el("span", {}, model.things.label[thing]), el("span", { class: "unseen" }, `（${text.types[type]}）`));
}

function cellButton(page, group, office) {
  const { model, text } = page;
  const rows = group.offices.get(office);
  const marks = new Map();
  for (const i of rows) marks.set(`${model.links.year[i]}/${model.links.role[i]}`, i);
  const newest = [...marks.values()].sort((a, b) => (model.links.year[a] || 0) - (model.links.year[b] || 0)).slice(-3);
  const years = [...new Set(rows.map((i) => model.links.year[i]))].map((year) => yearText(text, year)).join("、");
  const roles = [...new Set(rows.map((i) => text.roles[model.roles[model.links.role[i]]]))].join("、");
  const name = [model.offices.label[office], model.things.label[group.thing], years, roles, say(text.ui.n_quotes, { n: rows.length })].join("，");
  return el("button", { class: "cell", "aria-label": name, title: `${years} ${roles}`, on: { click: () => page.select("things", group.thing, office) } },
    newest.map((i) => roleMark(model.roles[model.links.role[i]], yearAge(model.years, model.links.year[i]))),
    rows.length > marks.size && el("span", { class: "times" }, String(rows.length)));
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
  const { model, text, state } = page;
  const fold = el("details", { class: "fold", open }, el("summary", {}, say(text.ui.office_1, { n: groups.length })));
  const show = () => {
    if (fold.childElementCount > 1) return;
    const lists = model.ring.filter((office) => byOffice.has(office)).map((office) => {
      const list = el("ul");
      addInChunks(list, byOffice.get(office), (group) => [el("li", {}, thingButton(page, group.thing, state.sel === model.things.id[group.thing]))]);
      return el("section", {}, el("h3", {}, el("button", { class: "plain", on: { click: () => page.select("offices", office) } }, model.offices.label[office]),
        el("small", {}, ` ${say(text.ui.n_things, { n: byOffice.get(office).length })}`)), list);
    });
    fold.append(el("div", { class: "alone" }, lists));
  };
  fold.addEventListener("toggle", () => fold.open && show());
  if (open) show();
  return fold;
}

/** Add what `make` returns for each item, a chunk at a time as the end comes into sight. */
function addInChunks(parent, items, make) {
  let next = 0;
  const more = () => {
    const part = document.createDocumentFragment();
    for (const end = Math.min(next + CHUNK, items.length); next < end; next += 1) part.append(...make(items[next], items[next - 1]).filter(Boolean));
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
