// Puts the page together: state from the address, what is shown from the state, views from what is shown.
import { el, replace, say } from "./dom.mjs";
import { makeModel } from "./model.mjs";
import { VIEWS, readHash, writeHash } from "./state.mjs";
import { applyState } from "./filter.mjs";
import { ROLE_SHAPES, roleMark } from "./marks.mjs";
import { drawMatrix } from "./matrix.mjs";
import { drawEvidence } from "./evidence.mjs";
import { drawNetwork } from "./network.mjs";

const read = (id) => JSON.parse(document.getElementById(id).textContent);
const at = (id) => document.getElementById(id);
const page = {};

function start() {
  const { text, style } = read("words");
  Object.assign(page, { texts: text, style, net: read("net"), select });
  page.model = makeModel({ ...read("data"), types: style.types });
  page.model.ring = ringOrder(page.model, page.net.nodes);
  window.addEventListener("hashchange", draw);
  draw();
}

/** Offices clockwise from the top, as they stand in the network. */
function ringOrder(model, nodes) {
  const turn = (node) => (Math.atan2(node.x, -node.y) + 2 * Math.PI) % (2 * Math.PI);
  return nodes.slice(0, model.offices.id.length).sort((a, b) => turn(a) - turn(b)).map((node) => node.id);
}

function go(change) {
  const hash = writeHash({ ...page.state, ...change });
  if (hash !== location.hash) location.hash = hash;
}

function select(kind, index, office) {
  go({ sel: page.model[kind].id[index], at: office === undefined ? "" : page.model.offices.id[office] });
}

function draw() {
  const { model } = page;
  page.state = readHash(location.hash);
  page.text = page.texts[page.state.l];
  page.shown = applyState(model, page.state);
  page.rowsShown = new Set(page.shown.rows);
  page.chosen = findChosen(model, page.state);
  page.colours = readColours();
  document.documentElement.lang = page.text.lang;
  drawTop();
  drawView();
  drawEvidence(at("evidence"), page);
  document.body.classList.toggle("has-choice", Boolean(page.chosen));
  drawFoot();
}

function findChosen(model, state) {
  for (const kind of ["things", "offices"]) {
    const index = state.sel ? model[kind].id.indexOf(state.sel) : -1;
    if (index >= 0) return { kind, index, at: model.offices.id.indexOf(state.at) };
  }
  return null;
}

function readColours() {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const css = getComputedStyle(document.documentElement);
  const colours = { ground: css.getPropertyValue("--ground").trim(), ink: css.getPropertyValue("--ink").trim(), accent: css.getPropertyValue("--accent").trim(), quiet: css.getPropertyValue("--quiet").trim() };
  for (const name of [...page.style.types, "office"]) colours[name] = page.style[name][dark ? "dark" : "light"];
  return colours;
}

function drawTop() {
  const { state, text, model } = page;
  const tabs = VIEWS.slice(0, 2).map((view) => el("button", { "aria-pressed": String(state.v === view), on: { click: () => go({ v: view }) } }, text.views[view]));
  replace(at("top"), el("h1", {}, [model.scope, text.page_title].filter(Boolean).join(" · ")), el("div", { class: "tabs", role: "group" }, tabs));
}

function drawView() {
  const main = at("main");
  const view = page.state.v;
  main.className = view;
  if (view === "network") page.network = drawNetwork(main, page);
  else drawMatrix(main, page);
}

function drawFoot() {
  const { model, text, shown } = page;
  const roles = Object.keys(ROLE_SHAPES).filter((role) => model.links.role.includes(model.roles.indexOf(role)));
  const years = model.years.slice(-2).reverse().map((year, age) => el("span", { class: "key" }, roleMark("pledger", age, 14), say(text.ui.legend_year, { n: year })));
  const shapes = roles.length > 1 ? roles.map((role) => el("span", { class: "key" }, roleMark(role, 0, 14), text.roles[role])) : [];
  replace(at("foot"), el("div", { class: "legend" }, years, shapes), el("div", {}, say(text.ui.summary, {
    documents: model.documents.document.length, offices: shown.offices.size, things: shown.groups.length, links: shown.rows.length })));
}

start();
