// Through the years: what is carried on, what is new, what the last year does not mention; what falls due when.
import { el, replace, say } from "./dom.mjs";
import { FATES, fateOf } from "./filter.mjs";
import { addInChunks, officeChip, thingButton, yearText } from "./matrix.mjs";
import { passTargets, targetTable } from "./targets.mjs";

const FEW = 60;
const [NAMES, YEAR] = [250, 290]; // widths of columns

/** What is shown by what became of it: pairs of a fate and its groups, none of them empty. */
export function sortFates({ model, shown }) {
  const found = new Map(["", ...FATES].map((fate) => [fate, []]));
  for (const group of shown.groups) found.get(fateOf(model, group)).push(group);
  return [...found].filter(([fate, groups]) => fate && groups.length);
}

/** The words for a fate; the year is named where all places have the same last one. */
export function fateText({ model, text }, fate) {
  const last = new Set([...model.yearsOf.values()].filter((years) => years.length > 1).map((years) => years[years.length - 1]));
  return say(text.fates[fate], { when: last.size === 1 ? yearText(text, [...last][0]) : text.ui.last_year });
}

/** Fill `root` with the years. */
export function drawTime(root, page) {
  const { model, text } = page;
  const parts = model.years.length > 1 ? sortFates(page).map(([fate, groups]) => fateFold(page, fate, groups)) : [el("p", { class: "hint" }, text.ui.one_year)];
  const due = passTargets(page);
  if (due.length) parts.push(el("section", {}, el("h2", {}, text.ui.due, el("small", {}, say(text.ui.n_targets, { n: due.length }))), targetTable(page, due, true)));
  replace(root, el("div", { class: "years" }, parts));
}

function fateFold(page, fate, groups) {
  const { model, text } = page;
  const used = model.years.filter((year) => groups.some((group) => group.rows.some((i) => model.links.year[i] === year)));
  const head = el("tr", {}, el("td"), used.map((year) => el("th", { scope: "col" }, yearText(text, year))));
  const table = el("table", {}, el("thead", {}, head));
  addInChunks(table, groups, 120, (group) => [el("tr", { class: "thing", "data-sel": model.things.id[group.thing] }, el("th", { scope: "row" }, thingButton(page, group.thing)),
    used.map((year) => el("td", { "data-year": yearText(text, year) }, yearCell(page, group, year))))]);
  table.style.maxWidth = `${NAMES + used.length * YEAR}px`;
  const fold = el("details", { class: `fold ${fate}` }, el("summary", {}, el("strong", {}, fateText(page, fate)), ` ${say(text.ui.n_things, { n: groups.length })}`), table);
  fold.open = fate === "carried" || groups.length <= FEW;
  return fold;
}

function yearCell(page, group, year) {
  const ofYear = (rows) => rows.filter((i) => page.model.links.year[i] === year);
  return [...group.offices].filter(([, rows]) => ofYear(rows).length).map(([office, rows]) => officeChip(page, group, office, ofYear(rows)));
}
