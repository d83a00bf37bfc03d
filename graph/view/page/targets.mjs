// Figures that were promised: in words, as a table by the year in which they fall due, and each with its sentence.
import { compare, el, say, slice } from "./dom.mjs";
import { addInChunks } from "./matrix.mjs";

/** The numbers of the targets that pass the filters which targets can meet: years and offices, and the place of one office. */
export function passTargets({ model, state }, office = -1) {
  const { targets, offices } = model;
  const wanted = (i) => (office < 0 || targets.office[i] === office) && (!state.y.length || state.y.includes(String(targets.year[i])))
    && (!state.o.length || state.o.includes(offices.id[targets.office[i]]));
  return targets.metric.map((_, i) => i).filter(wanted).sort((a, b) => compare(dueOf(targets, a), dueOf(targets, b)) || a - b);
}

/** When a target falls due: its deadline, else its year, else nothing. */
function dueOf(targets, i) {
  return targets.deadline[i] || (targets.year[i] === null ? "" : String(targets.year[i]));
}

/** A target's figure in words: change, bound, number and unit. */
export function targetValue(text, targets, i) {
  const change = targets.change[i] === "level" ? "" : text.changes[targets.change[i]] || "";
  const bound = targets.bound[i] === "exact" ? "" : text.bounds[targets.bound[i]] || "";
  return [[change, bound].filter(Boolean).join(text.ui.gap), `${targets.value[i]}${targets.unit[i] || ""}`].filter(Boolean).join(" ");
}

/** A table of targets under their years; each opens on its sentence. */
export function targetTable(page, found, withOffice) {
  const { model, text } = page;
  const { targets, sentences, offices } = model;
  const columns = [...(withOffice ? ["organisation_label"] : []), "metric", "value", "quote"];
  const yearOf = (i) => dueOf(targets, i).slice(0, 4);
  const counts = new Map();
  for (const i of found) counts.set(yearOf(i), (counts.get(yearOf(i)) || 0) + 1);
  const head = (i, before) => (before === undefined || yearOf(before) !== yearOf(i)) && el("tr", { class: "group" }, el("th", { colspan: columns.length, scope: "rowgroup" },
    yearOf(i) ? say(text.ui.due_in, { n: yearOf(i) }) : text.ui.no_due, el("small", {}, ` ${say(text.ui.n_targets, { n: counts.get(yearOf(i)) })}`)));
  const cell = (i, column) => {
    if (column === "organisation_label") return offices.label[targets.office[i]] || "";
    if (column === "value") return targetValue(text, targets, i);
    if (column === "quote") return slice(sentences.text[targets.sentence[i]], targets.from[i], targets.to[i]);
    const day = dueOf(targets, i).length > 4 && el("small", {}, ` ${dueOf(targets, i)}`);
    return el("button", { class: "name", "data-sel": targets.id[i], "aria-pressed": "false", on: { click: () => page.select("targets", i) } }, el("span", {}, targets.metric[i] || "—"), day);
  };
  const table = el("table", { class: "targets" }, el("thead", {}, el("tr", {}, columns.map((column) => el("th", { scope: "col", class: column }, text.columns[column])))));
  addInChunks(table, found, 120, (i, before) => [head(i, before), el("tr", { "data-sel": targets.id[i] }, columns.map((column) => el("td", { class: column }, cell(i, column))))]);
  return table;
}
