// The data block with its indexes: which rows belong to a thing, an office; the years; search.

import { compare } from "./dom.mjs";

const CERTAINTY = ["sure", "doubt"];
const DOUBTFUL = 0.7;

/** Add indexes to the data as it stands in the page. */
export function makeModel(data) {
  const byThing = data.things.id.map(() => []);
  const byOffice = data.offices.id.map(() => []);
  const years = new Set();
  for (let i = 0; i < data.links.thing.length; i += 1) {
    byThing[data.links.thing[i]].push(i);
    byOffice[data.links.office[i]].push(i);
    if (data.links.year[i] !== null) years.add(data.links.year[i]);
  }
  const most = data.things.id.reduce((found, _, t) => Math.max(found, new Set(byThing[t].map((i) => data.links.office[i])).size), 1);
  const used = {
    t: new Set(data.things.type.map((type) => data.types[type])),
    r: new Set(data.links.role.map((role) => data.roles[role])),
    s: new Set(data.links.status.map((status) => data.statuses[status])),
    c: new Set(data.links.score.map((_, i) => CERTAINTY[Number(isDoubtful(data, i))])),
  };
  const regions = new Set(data.things.region);
  const yearsOf = listYears(data);
  const rank = new Uint32Array(data.things.id.length);
  data.things.id.map((_, t) => t).sort((a, b) => compare(data.things.label[a], data.things.label[b]) || a - b).forEach((t, place) => { rank[t] = place; });
  const targets = { ...data.targets, id: data.targets.metric.map((_, i) => targetKey(data, i)) };
  return { ...data, rank, targets, certainty: CERTAINTY, most, used, regions, yearsOf, undated: data.links.year.includes(null), size: data.links.thing.length, byThing, byOffice, years: [...years].sort((a, b) => a - b) };
}

/** What a target is called in the address: its document and its place there. */
function targetKey({ targets, sentences, documents }, i) {
  const document = sentences.document[targets.sentence[i]];
  return `target/${document < 0 ? "" : documents.document[document]}/${targets.start[i]}`;
}

/** Tell whether a person should look at a row before relying on it. */
export function isDoubtful({ links }, i) {
  return links.score[i] < DOUBTFUL;
}

/** The years of which every place has pledges, sorted. */
function listYears({ links, sentences, documents }) {
  const found = new Map();
  links.year.forEach((year, i) => {
    const place = placeOf({ links, sentences, documents }, i);
    if (!found.has(place)) found.set(place, new Set());
    if (year !== null) found.get(place).add(year);
  });
  return new Map([...found].map(([place, years]) => [place, [...years].sort((a, b) => a - b)]));
}

/** The place that a row's document is of. */
export function placeOf({ links, sentences, documents }, i) {
  const document = sentences.document[links.sentence[i]];
  return document < 0 ? "" : documents.place[document];
}

/** Find things and offices by label, other name, pinyin or initials; best first, at most `limit`. */
export function search(model, words, limit = 30) {
  const query = words.trim().toLowerCase().replace(/\s+/g, "");
  if (!query) return [];
  const found = [];
  for (const kind of ["offices", "things"]) {
    const { label, names, keys, full } = model[kind];
    for (let i = 0; i < label.length; i += 1) {
      const rank = rankMatch(query, full ? full[i] : label[i], names[i], keys[i]);
      if (rank < 9) found.push({ kind, index: i, rank, weight: kind === "offices" ? 1e6 : model.byThing[i].length });
    }
  }
  found.sort((a, b) => a.rank - b.rank || b.weight - a.weight || a.index - b.index);
  return found.slice(0, limit);
}

function rankMatch(query, label, names, keys) {
  const lower = label.toLowerCase();
  if (lower === query) return 0;
  if (lower.startsWith(query)) return 1;
  if (lower.includes(query)) return 2;
  if (names.some((name) => name.toLowerCase().includes(query))) return 3;
  if (!/^[a-z0-9]+$/.test(query)) return 9;
  const sounds = ` ${keys}`;
  if (sounds.includes(` ${query}`)) return 4;
  return query.length > 1 && sounds.includes(query) ? 5 : 9;
}
