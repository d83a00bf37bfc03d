// The panel at the left: how many offices, and the facets with the number of things behind each value.
import { compare, el, replace, say } from "./dom.mjs";
import { countFacet } from "./filter.mjs";
import { roleMark, typeMark, yearAge } from "./marks.mjs";
import { FACETS, clearFilters, isFiltered, toggled } from "./state.mjs";

const MANY = 14;

/** Fill `root` with the filters. */
export function drawFilters(root, page) {
  const { text, state } = page;
  const head = el("div", { class: "panel-head" }, el("h2", {}, text.ui.filters),
    el("button", { class: "plain", "data-key": "undo", disabled: !page.depth, on: { click: () => history.back() } }, text.ui.undo),
    el("button", { class: "plain", "data-key": "reset", disabled: !isFiltered(state), on: { click: () => page.go(clearFilters()) } }, text.ui.reset));
  replace(root, head, slider(page), FACETS.map((name) => facet(page, name)));
}

function slider(page) {
  const { text, state, model, shown } = page;
  const most = Math.max(2, model.most, state.n);
  const value = el("output", { for: "least" });
  const tell = (n) => replace(value, say(text.ui.at_least, { n }), el("span", { class: "number" }, say(text.ui.n_things, { n: shown.sharedBy(n) })));
  tell(state.n);
  const input = el("input", { type: "range", id: "least", min: 1, max: most, step: 1, value: state.n, "data-key": "least",
    on: { input: () => tell(Number(input.value)), change: () => page.go({ n: Number(input.value) }) } });
  return el("fieldset", {}, el("label", { for: "least", class: "legend" }, text.ui.least), input, value);
}

function facet(page, name) {
  const { state, text } = page;
  const counts = countFacet(page.model, state, name, page.shown);
  const values = facetOrder(page, name, counts);
  if (values.length < 2 && !state[name].length) return null;
  const rows = values.map((value) => option(page, name, value, counts.get(value) || 0));
  const list = el("div", {}, rows.slice(0, MANY));
  const rest = rows.slice(MANY);
  const more = rest.length ? el("button", { class: "plain more", "data-key": `more-${name}`, on: { click: () => { list.append(...rest); more.remove(); } } }, say(text.ui.more_values, { n: rest.length })) : null;
  return el("fieldset", {}, el("legend", {}, text.facets[name]), list, more);
}

/** The values of a facet in their order: years newest first, coded words as coded, offices by count; ticked ones first. */
function facetOrder(page, name, counts) {
  const { model, state } = page;
  if (name === "y") return [...model.years].reverse().map(String).concat(model.undated ? ["null"] : []);
  const known = { t: model.types, r: model.roles, s: model.statuses, c: model.certainty }[name];
  if (known) return known.filter((value) => model.used[name].has(value));
  const ticked = (value) => (state[name].includes(value) ? 0 : 1);
  return model.offices.id.slice().sort((a, b) => ticked(a) - ticked(b) || (counts.get(b) || 0) - (counts.get(a) || 0) || compare(a, b));
}

function option(page, name, value, count) {
  const { state } = page;
  const box = el("input", { type: "checkbox", "data-key": `${name}-${value}`, on: { change: () => page.go({ [name]: toggled(state[name], value) }) } });
  box.checked = state[name].includes(value);
  return el("label", { class: count || box.checked ? "option" : "option none" }, box, optionMark(page, name, value),
    el("span", { class: "word" }, optionWord(page, name, value)), el("span", { class: "number" }, String(count)));
}

function optionMark(page, name, value) {
  if (name === "t") return typeMark(value, page.style[value].shape);
  if (name === "r") return roleMark(value, 0, 14);
  if (name === "y" && value !== "null") return roleMark("pledger", yearAge(page.model.years, Number(value)), 14);
  return null;
}

/** The word for a value of a facet. */
function optionWord(page, name, value) {
  const { text, model } = page;
  if (name === "y") return value === "null" ? text.ui.no_year : say(text.ui.year, { n: value });
  if (name === "o") return model.offices.label[model.offices.id.indexOf(value)] || value;
  return ({ t: text.types, r: text.roles, s: text.statuses, c: text.certainty }[name][value]) || value;
}

/** What restricts the view, in one sentence; empty without filters. */
export function filterSentence(page) {
  const { state, text } = page;
  const parts = FACETS.filter((name) => state[name].length)
    .map((name) => `${text.facets[name]}${text.ui.colon}${state[name].map((value) => optionWord(page, name, value)).join(text.ui.comma)}`);
  if (state.n > 1) parts.unshift(say(text.ui.at_least, { n: state.n }));
  if (state.q) parts.push(`“${state.q}”`);
  return parts.join(text.ui.semicolon);
}
