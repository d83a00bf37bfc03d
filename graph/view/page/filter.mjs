// What is shown: rows that pass every filter, things grouped by how many offices share them.
import { isDoubtful, placeOf } from "./model.mjs";
import { FACETS } from "./state.mjs";

const MANY = 1e6; // more than there are offices

/** Return for each facet a function from a row's number to the word that stands in the address. */
function facetValues(model) {
  const { links, offices, things, types, roles, statuses } = model;
  return {
    y: (i) => String(links.year[i]),
    t: (i) => types[things.type[links.thing[i]]],
    r: (i) => roles[links.role[i]],
    s: (i) => statuses[links.status[i]],
    o: (i) => offices.id[links.office[i]],
    c: (i) => (isDoubtful(model, i) ? "doubt" : "sure"),
  };
}

/** Return the numbers of the rows that pass the filters of `state`, leaving out facet `except`. */
export function passRows(model, state, except = "") {
  const values = facetValues(model);
  const tests = FACETS.filter((name) => name !== except && state[name].length).map((name) => {
    const wanted = new Set(state[name]);
    return (i) => wanted.has(values[name](i));
  });
  const query = state.q.trim().toLowerCase();
  if (query) tests.push((i) => rowText(model, i).includes(query));
  const rows = [];
  for (let i = 0; i < model.size; i += 1) if (tests.every((test) => test(i))) rows.push(i);
  return rows;
}

function rowText(model, i) {
  const { links, things, offices, sentences, actions } = model;
  const thing = links.thing[i];
  return `${things.label[thing]} ${things.names[thing].join(" ")} ${offices.full[links.office[i]]} ${actions[links.action[i]]} ${sentences.text[links.sentence[i]]}`.toLowerCase();
}

/** Group rows by thing, each with its offices and their rows; in no order. */
export function groupRows(model, rows) {
  const found = new Map();
  for (const i of rows) {
    const thing = model.links.thing[i];
    let group = found.get(thing);
    if (!group) found.set(thing, group = { thing, offices: new Map(), rows: [] });
    const office = model.links.office[i];
    const own = group.offices.get(office);
    if (own) own.push(i);
    else group.offices.set(office, [i]);
    group.rows.push(i);
  }
  return [...found.values()];
}

/** Sort groups: most shared first, then by number of rows, then by label; shared regions, which everyone salutes, after what else is shared. */
function sortGroups(model, groups) {
  const late = (group) => (group.offices.size > 1 ? Number(model.regions.has(group.thing)) : 2);
  return groups.sort((a, b) => late(a) - late(b) || b.offices.size - a.offices.size || b.rows.length - a.rows.length
    || model.rank[a.thing] - model.rank[b.thing]);
}

/** Return what a state shows: sorted groups of things with at least `n` offices, their rows and offices. */
export function applyState(model, state) {
  const passed = passRows(model, state);
  const all = groupRows(model, passed);
  const groups = sortGroups(model, all.filter((group) => group.offices.size >= state.n));
  const offices = new Set();
  for (const group of groups) for (const office of group.offices.keys()) offices.add(office);
  const kept = new Set(groups.map((group) => group.thing));
  const rows = passed.filter((i) => kept.has(model.links.thing[i]));
  const sharedBy = (n) => all.filter((group) => group.offices.size >= n).length;
  return { groups, rows, offices, sharedBy, hidden: model.things.id.length - groups.length };
}

/** Count the things behind every value of a facet, under all the other filters; `shown` saves work where the facet is free. */
export function countFacet(model, state, name, shown = null) {
  const value = facetValues(model)[name];
  const groups = shown && !state[name].length ? shown.groups : groupRows(model, passRows(model, state, name));
  const counts = new Map();
  const last = new Map();
  for (const group of groups) {
    if (group.offices.size < state.n) continue;
    for (const i of group.rows) {
      const key = value(i);
      if (last.get(key) === group.thing) continue;
      last.set(key, group.thing);
      counts.set(key, (counts.get(key) || 0) + 1);
    }
  }
  return counts;
}

/** Find for every pair of offices the things they share: the pair's numbers in order, and the things, most things first. */
export function pairOffices(groups) {
  const found = new Map();
  const join = (a, b, thing) => {
    const known = found.get(a * MANY + b);
    if (known) known.things.push(thing);
    else found.set(a * MANY + b, { pair: [a, b], things: [thing] });
  };
  for (const { thing, offices } of groups) {
    const own = [...offices.keys()].sort((a, b) => a - b);
    own.forEach((a, i) => { for (let j = i + 1; j < own.length; j += 1) join(a, own[j], thing); });
  }
  return [...found.values()].sort((a, b) => b.things.length - a.things.length || a.pair[0] - b.pair[0] || a.pair[1] - b.pair[1]);
}

/** The neighbours of every node; things are numbered after the offices. */
function joinNodes(model, groups) {
  const first = model.offices.id.length;
  const next = new Map();
  const join = (a, b) => (next.has(a) ? next.get(a).push(b) : next.set(a, [b]));
  for (const group of groups) for (const office of group.offices.keys()) {
    join(office, first + group.thing);
    join(first + group.thing, office);
  }
  return next;
}

/** The nodes that `steps` lines or fewer lead to from a node, itself included. */
export function nearNodes(model, groups, node, steps) {
  const next = joinNodes(model, groups);
  const found = new Set([node]);
  let edge = [node];
  for (let step = 0; step < steps; step += 1) {
    edge = edge.flatMap((each) => next.get(each) || []).filter((each) => !found.has(each));
    edge.forEach((each) => found.add(each));
  }
  return found;
}

/** Find a shortest way between two nodes. Returns node numbers or []. */
export function findPath(model, groups, from, to) {
  const next = joinNodes(model, groups);
  const came = new Map([[from, from]]);
  for (const node of came.keys()) {
    if (node === to) break;
    for (const other of next.get(node) || []) if (!came.has(other)) came.set(other, node);
  }
  if (!came.has(to)) return [];
  const path = [to];
  while (path[0] !== from) path.unshift(came.get(path[0]));
  return path;
}

/** What may become of a thing from one year of a place to the next; the first that holds for one of its places is told. */
export const FATES = ["carried", "fresh", "past", "silent", "once"];

/**
 * What became of a group: `carried` into the last year of a place from an earlier one, `fresh` in the last, `past`: not in the last,
 * though one of its offices pledges something then, `silent`: none of them does, `once`: there is one year only. Without any year: nothing.
 */
export function fateOf(model, group) {
  const { year } = model.links;
  const byPlace = new Map();
  for (const i of group.rows.filter((row) => year[row] !== null)) byPlace.set(placeOf(model, i), (byPlace.get(placeOf(model, i)) || new Set()).add(year[i]));
  const found = [...byPlace].map(([place, years]) => fateIn(model, group, model.yearsOf.get(place), years));
  return FATES.find((fate) => found.includes(fate)) || "";
}

function fateIn(model, group, all, years) {
  const last = all[all.length - 1];
  if (all.length < 2) return "once";
  if (years.has(last)) return years.size > 1 ? "carried" : "fresh";
  const mine = Math.max(...years);
  return [...group.offices.keys()].some((office) => model.byOffice[office].some((i) => model.links.year[i] > mine)) ? "past" : "silent";
}
