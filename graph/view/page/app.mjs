// Puts the page together: state from the address, what is shown from the state, views from what is shown.
import { el, replace, say } from "./dom.mjs";
import { makeModel } from "./model.mjs";
import { VIEWS, clearFilters, readHash, viewKey, writeHash } from "./state.mjs";
import { applyState } from "./filter.mjs";
import { ROLE_SHAPES, roleMark, typeMark } from "./marks.mjs";
import { drawMatrix, moveInTable } from "./matrix.mjs";
import { drawEvidence } from "./evidence.mjs";
import { drawFilters, filterSentence } from "./filters.mjs";
import { drawList } from "./list.mjs";
import { drawNetwork, loadNetwork, markNetwork } from "./network.mjs";
import { drawOffices } from "./offices.mjs";
import { drawTime } from "./time.mjs";
import { exportMenu } from "./exports.mjs";
import { makePicture } from "./pictures.mjs";
import { searchBox } from "./search.mjs";
import { unpack } from "./unpack.mjs";

const DRAW = { shared: drawMatrix, network: drawNetwork, offices: drawOffices, list: drawList, time: drawTime };
const at = (id) => document.getElementById(id);
const dark = matchMedia("(prefers-color-scheme: dark)");
const page = { picked: new Set(), pathFrom: "", drawnKey: null, depth: 0, go, select, choose };

async function start() {
  const { text, style } = JSON.parse(at("words").textContent);
  Object.assign(page, { texts: text, style });
  if (!window.DecompressionStream) return replace(at("main"), Object.values(text).map((words) => el("p", { class: "nothing" }, words.ui.too_old)));
  page.model = makeModel({ ...JSON.parse(await unpack("data")), types: style.types });
  window.addEventListener("popstate", draw);
  document.addEventListener("keydown", onKey);
  dark.addEventListener("change", () => { page.drawnKey = null; draw(); });
  window.addEventListener("beforeprint", () => {
    paint("light");
    if (page.network) at("main").append(el("div", { class: "printed" }, makePicture(page)));
    if (page.state.v === "list" && page.redrawList) page.redrawList(true);
  });
  window.addEventListener("afterprint", () => {
    document.querySelectorAll(".printed").forEach((picture) => picture.remove());
    if (page.state.v === "list" && page.redrawList) page.redrawList();
    paint(themeOf(page.state));
  });
  return draw();
}

function themeOf(state) {
  return state.th || (dark.matches ? "dark" : "light");
}

/** Set the theme, and give the canvas its colours. */
function paint(theme) {
  document.documentElement.setAttribute("data-theme", theme);
  page.colours = readColours();
  if (page.network) page.network.redraw();
}

/** Change the state: a step that can be undone, or in place of the last one. */
function go(change, instead = false) {
  const hash = writeHash({ ...page.state, ...change });
  if (hash === (location.hash || "#")) return;
  if (instead) history.replaceState(history.state, "", hash);
  else history.pushState({ depth: page.depth + 1 }, "", hash);
  draw();
}

function choose(key) {
  go({ sel: key, at: "", p: "" });
}

function select(kind, index, office) {
  const { model, state } = page;
  const key = model[kind].id[index];
  const from = state.v === "network" && page.pathFrom !== key ? page.pathFrom : "";
  page.pathFrom = "";
  go({ sel: key, at: office === undefined ? "" : model.offices.id[office], p: from, ...(kind === "offices" && state.v === "offices" ? { off: key } : {}) });
}

/** Draw what has changed: a choice alone leaves the view as it stands. */
function draw() {
  const focus = document.activeElement && document.activeElement.getAttribute("data-key");
  page.state = readHash(location.hash);
  page.depth = (history.state && history.state.depth) || 0;
  const key = viewKey(page.state);
  page.chosen = findChosen(page.model, page.state);
  document.body.className = `view-${page.state.v}${page.chosen ? " has-choice" : ""}${document.body.classList.contains("show-filters") ? " show-filters" : ""}`;
  if (key !== page.drawnKey) drawAll(key);
  else document.querySelector('[data-key="undo"]').disabled = !page.depth;
  drawEvidence(at("evidence"), page);
  markChosen();
  const again = focus && document.querySelector(`[data-key="${CSS.escape(focus)}"]`);
  if (again && document.activeElement !== again) again.focus({ preventScroll: true });
}

function drawAll(key) {
  const { state } = page;
  page.text = page.texts[state.l];
  document.documentElement.lang = page.text.lang;
  page.network = null;
  paint(themeOf(state));
  page.shown = applyState(page.model, state);
  page.rowsShown = new Set(page.shown.rows);
  page.title = [page.model.scope, page.text.page_title].filter(Boolean).join(" · ");
  page.summary = say(page.shown.hidden ? page.text.ui.summary_part : page.text.ui.summary, { all: page.model.things.id.length, documents: page.model.documents.document.length, offices: page.shown.offices.size, things: page.shown.groups.length, links: page.shown.rows.length });
  document.title = `${page.text.views[state.v]} · ${page.title}`;
  drawTop();
  drawFilters(at("filters"), page);
  at("main").setAttribute("aria-label", page.text.views[state.v]);
  drawView(at("main"));
  drawFoot();
  if (page.drawnKey !== null) at("live").textContent = page.summary;
  page.drawnKey = key;
}

function drawView(main) {
  const { model, shown, state, text } = page;
  if (!shown.groups.length && (state.v !== "list" || !model.size)) return replace(main, el("p", { class: "nothing" }, model.size ? text.ui.nothing : text.ui.empty));
  if (state.v !== "network" || page.net) return DRAW[state.v](main, page);
  loadNetwork(page).then(() => { page.drawnKey = null; draw(); });
  return replace(main, el("p", { class: "nothing" }, "…"));
}

function markChosen() {
  const { state } = page;
  document.querySelectorAll("#main [data-sel]").forEach((each) => {
    const on = each.getAttribute("data-sel") === state.sel;
    each.classList.toggle("chosen", on);
    if (each.tagName === "BUTTON") each.setAttribute("aria-pressed", String(on));
  });
  if (page.network) markNetwork(page);
}

function findChosen(model, state) {
  if (state.sel.includes("|")) {
    const pair = state.sel.split("|").map((key) => model.offices.id.indexOf(key));
    return pair.every((index) => index >= 0) ? { kind: "pair", pair } : null;
  }
  for (const kind of ["things", "offices", "targets"]) {
    const index = state.sel ? model[kind].id.indexOf(state.sel) : -1;
    if (index >= 0) return { kind, index, at: model.offices.id.indexOf(state.at) };
  }
  return null;
}

function readColours() {
  const css = getComputedStyle(document.documentElement);
  const names = ["ground", "ink", "quiet", "line", "office", ...page.style.types];
  return Object.fromEntries(names.map((name) => [name, css.getPropertyValue(`--${name}`).trim()]));
}

function drawTop() {
  const { state, text } = page;
  const tabs = VIEWS.map((view, i) => el("button", { "data-key": `view-${view}`, "aria-pressed": String(state.v === view), title: `${text.views[view]}（${i + 1}）`, on: { click: () => go({ v: view }) } }, text.views[view]));
  const nowDark = themeOf(state) === "dark";
  const filters = el("button", { class: "only-narrow", "data-key": "show-filters", "aria-expanded": "false", on: { click: (event) => event.currentTarget.setAttribute("aria-expanded", String(document.body.classList.toggle("show-filters"))) } }, text.ui.filters);
  const tools = el("div", { class: "top-tools" }, exportMenu(page), el("button", { "data-key": "print", on: { click: () => print() } }, text.ui.print),
    el("button", { "data-key": "theme", on: { click: () => go({ th: nowDark ? "light" : "dark" }) } }, nowDark ? text.ui.light : text.ui.dark),
    el("button", { "data-key": "lang", lang: state.l === "zh" ? "en" : "zh-CN", on: { click: () => go({ l: state.l === "zh" ? "en" : "zh" }) } }, state.l === "zh" ? "English" : "中文"),
    el("button", { "data-key": "help", "aria-label": text.ui.help, title: text.ui.help, on: { click: showHelp } }, "?"));
  replace(at("top"), el("h1", {}, page.title), el("p", { class: "on-paper" }, filterSentence(page)), searchBox(page), filters, el("div", { class: "tabs", role: "group", "aria-label": text.ui.views }, tabs), tools);
}

function drawFoot() {
  const { model, text, style, state } = page;
  if (state.v === "network") return replace(at("foot"), el("div", { class: "legend" }, model.types.filter((type) => model.used.t.has(type)).map((type) => el("span", { class: "key" }, typeMark(type, style[type].shape, 13), text.types[type]))), el("div", {}, page.summary));
  const years = model.years.slice(-3).reverse().map((year, age) => el("span", { class: "key" }, roleMark("pledger", age, 13), say(text.ui.year, { n: year })));
  const roles = model.used.r.size > 1 ? Object.keys(ROLE_SHAPES).filter((role) => model.used.r.has(role)).map((role) => el("span", { class: "key" }, roleMark(role, 0, 13), text.roles[role])) : [];
  return replace(at("foot"), el("div", { class: "legend" }, years, roles), el("div", {}, page.summary));
}

function showHelp() {
  const { text } = page;
  const close = () => { box.remove(); const button = document.querySelector('[data-key="help"]'); if (button) button.focus(); };
  const box = el("div", { class: "help", role: "dialog", "aria-modal": "true", "aria-label": text.ui.help }, el("div", {}, el("h2", {}, text.ui.help),
    el("dl", {}, Object.values(text.keys).map(([key, what]) => [el("dt", {}, key), el("dd", {}, what)])), el("button", { class: "main", on: { click: close } }, text.ui.close)));
  box.addEventListener("keydown", (event) => { if (event.key === "Escape" || event.key === "Tab") { event.preventDefault(); event.stopPropagation(); if (event.key === "Escape") close(); } });
  document.body.append(box);
  box.querySelector("button").focus();
}

/** Close the menu, or give up the choice, or the filters: one thing at a time. */
function letGo(typing) {
  const menu = document.querySelector("details.menu[open]");
  if (menu) menu.open = false;
  else if (page.state.sel) choose("");
  else if (!typing) go(clearFilters());
}

function onKey(event) {
  const typing = event.target.closest && event.target.closest("input:not([type=checkbox]):not([type=range]), textarea, select");
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape") letGo(typing);
  else if (typing) return;
  else if (event.key === "/") at("search").focus();
  else if (event.key === "?") showHelp();
  else if (/^[1-5]$/.test(event.key)) go({ v: VIEWS[Number(event.key) - 1] });
  else if (!event.key.startsWith("Arrow") || !moveInTable(event)) return;
  event.preventDefault();
}

start();
