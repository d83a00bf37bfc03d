// What is shown: rows that pass every filter, things grouped by how many offices share them.

/** Return for each facet the value of a row, as the word that stands in the address. */
export function facetValues(model) {
  const { links, offices, things, types, roles, statuses } = model;
  return {
    y: (i) => String(links.year[i]),
    t: (i) => types[things.type[links.thing[i]]],
    o: (i) => offices.id[links.office[i]],
    r: (i) => roles[links.role[i]],
    s: (i) => statuses[links.status[i]],
  };
}

/** Return the numbers of the rows that pass the facets of `state`, leaving out facet `except`. */
export function passRows(model, state, except = "") {
  const values = facetValues(model);
  const tests = Object.keys(values).filter((name) => name !== except && state[name].length).map((name) => {
    const wanted = new Set(state[name]);
    return (i) => wanted.has(values[name](i));
  });
  const rows = [];
  for (let i = 0; i < model.size; i += 1) if (tests.every((test) => test(i))) rows.push(i);
  return rows;
}

/** Group rows by thing: offices with their rows, most shared first, then by number of rows and label. */
export function groupThings(model, rows) {
  const found = new Map();
  for (const i of rows) {
    const thing = model.links.thing[i];
    if (!found.has(thing)) found.set(thing, { thing, offices: new Map(), rows: [] });
    const group = found.get(thing);
    const office = model.links.office[i];
    if (!group.offices.has(office)) group.offices.set(office, []);
    group.offices.get(office).push(i);
    group.rows.push(i);
  }
  const label = (group) => model.things.label[group.thing];
  return [...found.values()].sort((a, b) => b.offices.size - a.offices.size || b.rows.length - a.rows.length
    || (label(a) < label(b) ? -1 : label(a) > label(b) ? 1 : a.thing - b.thing));
}

/** Return what a state shows: groups of things with at least `n` offices, their rows, all groups before that. */
export function applyState(model, state) {
  const all = groupThings(model, passRows(model, state));
  const groups = all.filter((group) => group.offices.size >= state.n);
  const offices = new Set();
  for (const group of groups) for (const office of group.offices.keys()) offices.add(office);
  const rows = groups.flatMap((group) => group.rows).sort((a, b) => a - b);
  return { groups, rows, offices, most: all.length ? all[0].offices.size : 1 };
}

/** Count the things behind every value of a facet, under all the other filters. */
export function countFacet(model, state, name) {
  const value = facetValues(model)[name];
  const sets = new Map();
  for (const group of groupThings(model, passRows(model, state, name))) {
    if (group.offices.size < state.n) continue;
    for (const i of group.rows) {
      const key = value(i);
      if (!sets.has(key)) sets.set(key, new Set());
      sets.get(key).add(group.thing);
    }
  }
  return new Map([...sets].map(([key, set]) => [key, set.size]));
}
