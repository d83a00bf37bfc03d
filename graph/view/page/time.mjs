// Through the years: what is carried on, what is new, what the last year does not mention; what falls due when.
import { el, replace, say } from "./dom.mjs";
import { compare, fateOf } from "./filter.mjs";
import { addInChunks, officeChip, thingButton, yearText } from "./matrix.mjs";
import { targetTable } from "./offices.mjs";

const FATES = ["carried", "fresh", "past"];

/** Fill `root` with the years. */
export function drawTime(root, page) {
  const { model, text, shown, state } = page;
  const last = model.years[model.years.length - 1];
  const parts = [];
  if (model.years.length > 1) {
    const dated = shown.groups.filter((group) => group.rows.some((i) => model.links.year[i] !== null));
    for (const fate of FATES) {
      const groups = dated.filter((group) => fateOf(model, group) === fate);
      if (groups.length) parts.push(fateFold(page, fate, groups, last));
    }
  } else parts.push(el("p", { class: "hint" }, text.ui.one_year));
  const due = [...model.targets.metric.keys()].filter((i) => (!state.y.length || state.y.includes(String(model.targets.year[i])))
    && (!state.o.length || state.o.includes(model.offices.id[model.targets.office[i]])))
    .sort((a, b) => compare(dueOf(model, a), dueOf(model, b)) || a - b);
  if (due.length) parts.push(el("section", {}, el("h2", {}, text.ui.due), targetTable(page, due, true)));
  replace(root, el("div", { class: "years" }, parts));
}

function dueOf(model, i) {
  return model.targets.deadline[i] || (model.targets.year[i] === null ? "" : String(model.targets.year[i]));
}

function fateFold(page, fate, groups, last) {
  const { model, text } = page;
  const head = el("tr", {}, el("td"), model.years.map((year) => el("th", { scope: "col" }, yearText(text, year))));
  const table = el("table", {}, el("thead", {}, head));
  addInChunks(table, groups, 120, (group) => [el("tr", { class: "thing", "data-sel": model.things.id[group.thing] }, el("th", { scope: "row" }, thingButton(page, group.thing)),
    model.years.map((year) => el("td", { "data-year": yearText(text, year) }, yearCell(page, group, year))))]);
  const fold = el("details", { class: "fold" }, el("summary", {}, el("strong", {}, say(text.ui[`fate_${fate}`], { year: last })), ` ${say(text.ui.n_things, { n: groups.length })}`), table);
  fold.open = fate === "carried" || groups.length <= 60;
  return fold;
}

function yearCell(page, group, year) {
  const ofYear = (rows) => rows.filter((i) => page.model.links.year[i] === year);
  return [...group.offices].filter(([, rows]) => ofYear(rows).length).map(([office, rows]) => officeChip(page, group, office, ofYear(rows)));
}
