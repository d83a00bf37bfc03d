// One office: with whom it shares, its targets, its things by what it does with them.
import { compare, el, replace, say } from "./dom.mjs";
import { groupRows, pairOffices } from "./filter.mjs";
import { typeMark } from "./marks.mjs";
import { markRows, rowMark, thingButton, yearText } from "./matrix.mjs";
import { passTargets, targetTable } from "./targets.mjs";

/** The office that the state names, or the one that shares the most. */
export function chosenOffice(page) {
  const { model, shown, state } = page;
  const named = model.offices.id.indexOf(state.off);
  return shown.offices.has(named) ? named : [...shown.offices].sort((a, b) => a - b).reduce((best, each) => (sharedOf(page, each).length > sharedOf(page, best).length ? each : best));
}

/** Fill `root` with the chosen office. */
export function drawOffices(root, page) {
  const { model, text, shown } = page;
  const offices = model.ring.filter((each) => shown.offices.has(each));
  const office = chosenOffice(page);
  const chooser = el("div", { class: "chooser", role: "group", "aria-label": text.ui.office }, offices.map((each) => el("button", {
    "aria-pressed": String(each === office), title: model.offices.full[each], "data-key": `off-${each}`, on: { click: () => page.go({ off: model.offices.id[each] }) } }, model.offices.label[each])));
  const rows = shown.rows.filter((i) => model.links.office[i] === office);
  const shared = sharedOf(page, office);
  return replace(root, chooser, el("article", { class: "office" }, el("h2", {}, model.offices.full[office]),
    el("p", { class: "facts" }, say(text.ui.office_facts, { things: groupRows(model, rows).length, shared: shared.length, links: rows.length })),
    typeLine(page, rows), partners(page, office), targetSection(page, office), actions(page, rows, new Map(shared.map((group) => [group.thing, group.offices.size])))));
}

/** How many things of each type an office has. */
function typeLine({ model, text, style }, rows) {
  const groups = groupRows(model, rows);
  const counts = model.types.map((type, t) => [type, groups.filter((group) => model.things.type[group.thing] === t).length]);
  return el("p", { class: "facts types" }, counts.filter(([, count]) => count).map(([type, count]) => el("span", { class: "key" }, typeMark(type, style[type].shape, 13), `${text.types[type]} ${count}`)));
}

function sharedOf(page, office) {
  return page.shown.groups.filter((group) => group.offices.size > 1 && group.offices.has(office));
}

function partners(page, office) {
  const { model, text } = page;
  const pairs = pairOffices(sharedOf(page, office)).filter(({ pair }) => pair.includes(office));
  if (!pairs.length) return el("p", { class: "hint" }, text.ui.no_partner);
  return el("section", {}, el("h3", {}, text.ui.partners), el("ul", { class: "partners" }, pairs.map(({ pair, things }) => {
    const other = pair[0] === office ? pair[1] : pair[0];
    return el("li", {}, el("button", { class: "plain strong", on: { click: () => page.go({ off: model.offices.id[other] }) } }, model.offices.label[other]),
      el("span", { class: "number" }, say(text.ui.n_things, { n: things.length })), el("div", {}, things.map((thing) => thingButton(page, thing))));
  })));
}

function targetSection(page, office) {
  const found = passTargets(page, office);
  return found.length ? el("section", {}, el("h3", {}, page.text.ui.targets), targetTable(page, found, false)) : null;
}

function actions(page, rows, sharers) {
  const { model, text } = page;
  const byAction = new Map();
  for (const i of rows) {
    const action = model.actions[model.links.action[i]] || text.ui.no_action;
    if (!byAction.has(action)) byAction.set(action, []);
    byAction.get(action).push(i);
  }
  const order = [...byAction].sort((a, b) => b[1].length - a[1].length || compare(a[0], b[0]));
  return el("section", {}, el("h3", {}, text.ui.pledges), order.map(([action, own]) => el("section", { class: "action" }, el("h4", {}, action, el("small", {}, ` ${say(text.ui.n_things, { n: groupRows(model, own).length })}`)),
    el("ul", {}, groupRows(model, own).sort((a, b) => model.things.type[a.thing] - model.things.type[b.thing]).map((group) => el("li", {}, thingButton(page, group.thing),
      sharers.has(group.thing) && el("span", { class: "tag shared" }, say(text.ui.shared_by, { n: sharers.get(group.thing) })),
      markRows(model, group.rows).map((i) => el("span", { class: "tag" }, rowMark(model, i, 12), yearText(text, model.links.year[i])))))))));
}
