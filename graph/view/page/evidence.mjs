// The panel at the right: what was chosen, and every sentence that speaks of it.
import { el, isolate, replace, say, slice } from "./dom.mjs";
import { pairOffices } from "./filter.mjs";
import { typeMark } from "./marks.mjs";
import { rowMark, thingButton, yearText } from "./matrix.mjs";
import { isDoubtful } from "./model.mjs";
import { targetValue } from "./targets.mjs";

const FIRST = 40;
const LONG = 200;
const AROUND = 60;
const PAIRS = 6;
const PAIR_SAID = 12; // shared things whose sentences are shown at once

/** Fill `root` with the evidence of what is chosen. */
export function drawEvidence(root, page) {
  const { text, chosen } = page;
  root.setAttribute("aria-label", text.ui.pick_head);
  if (root.childElementCount > 1) root.scrollTop = 0;
  if (!chosen) return replace(root, ...hint(page));
  const close = el("button", { class: "close", "data-key": "close", "aria-label": text.ui.close, title: text.ui.close, on: { click: () => page.choose("") } }, "×");
  return replace(root, close, { things: showThing, offices: showOffice, targets: showTarget, pair: showPair }[chosen.kind](page, chosen));
}

/** What the whole shows, in a sentence; what to do next; who shares the most with whom. */
function hint(page) {
  const { text, shown, model } = page;
  const shared = shown.groups.filter((group) => group.offices.size > 1);
  const top = shared[0];
  if (!top) return [el("p", { class: "hint" }, text.ui.pick)];
  shown.pairs = shown.pairs || pairOffices(shared.filter((group) => !model.regions.has(group.thing))).slice(0, PAIRS);
  return [el("p", { class: "gist" }, say(text.ui.gist, { things: shown.groups.length, shared: shared.length, top: isolate(model.things.label[top.thing]), n: top.offices.size })), el("p", { class: "hint" }, text.ui.pick),
    shown.pairs.length > 0 && el("section", {}, el("h3", {}, text.ui.closest), el("ul", { class: "plain-list pairs" }, shown.pairs.map((found) => pairLine(page, found))))];
}

function pairLine({ model, text, choose }, { pair, things }) {
  const [names, key] = ["label", "id"].map((column) => pair.map((office) => model.offices[column][office]));
  return el("li", {}, el("button", { class: "plain", on: { click: () => choose(key.join("|")) } }, names.join(" — ")), el("span", { class: "number" }, say(text.ui.n_things, { n: things.length })));
}

/** What two offices share, with what either says of it. */
function showPair(page, { pair }) {
  const { model, text, shown } = page;
  const shared = shown.groups.filter((group) => pair.every((office) => group.offices.has(office)));
  const said = (group) => cards(page, pair.flatMap((office) => group.offices.get(office)), (i) => [officeButton(page, model.links.office[i])], () => false);
  return [head(page, null, pair.map((office) => model.offices.label[office]).join(" — "), [say(text.ui.n_things, { n: shared.length })], []),
    shared.map((group, k) => el("section", {}, el("h3", {}, thingButton(page, group.thing)), k < PAIR_SAID && said(group)))];
}

function showThing(page, { index, at }) {
  const { model, style, text, rowsShown } = page;
  const rows = model.byThing[index].filter((i) => rowsShown.has(i));
  const offices = new Set(rows.map((i) => model.links.office[i]));
  const type = model.types[model.things.type[index]];
  const ordered = rows.slice().sort((a, b) => Number(model.links.office[b] === at) - Number(model.links.office[a] === at)
    || (model.links.year[b] || 0) - (model.links.year[a] || 0) || a - b);
  return [head(page, typeMark(type, style[type].shape, 18), model.things.label[index],
    [text.types[type], say(text.ui.n_offices, { n: offices.size }), say(text.ui.n_quotes, { n: rows.length })], model.things.names[index]),
  cards(page, ordered, (i) => [officeButton(page, model.links.office[i])], (i) => model.links.office[i] === at)];
}

function showOffice(page, { index }) {
  const { model, text, rowsShown } = page;
  const rows = model.byOffice[index].filter((i) => rowsShown.has(i));
  const things = new Set(rows.map((i) => model.links.thing[i]));
  return [head(page, null, model.offices.full[index],
    [text.ui.office, say(text.ui.n_things, { n: things.size }), say(text.ui.n_quotes, { n: rows.length })], model.offices.names[index]),
  cards(page, rows, (i) => [thingButton(page, model.links.thing[i], model.links.office[i])], () => false)];
}

/** One target, and the sentence that sets it. */
function showTarget(page, { index: i }) {
  const { model, text } = page;
  const { targets } = model;
  const office = targets.office[i];
  const tags = [el("span", { class: "tag" }, yearText(text, targets.year[i]))];
  return [head(page, null, `${targets.metric[i]} ${targetValue(text, targets, i)}`, [text.ui.target, targets.deadline[i] && say(text.ui.due_by, { n: targets.deadline[i] })].filter(Boolean), []),
    el("ol", { class: "cards" }, card(page, { title: office >= 0 && officeButton(page, office), tags, of: targets, i, office }))];
}

function head(page, mark, label, facts, names) {
  return el("div", { class: "head" }, el("h2", {}, mark, label), el("p", { class: "facts" }, facts.join(" · ")),
    names.length ? el("p", { class: "names" }, page.text.ui.also, names.join("、")) : null);
}

function officeButton(page, office) {
  return el("button", { class: "plain strong", title: page.model.offices.full[office], on: { click: () => page.select("offices", office) } }, page.model.offices.label[office]);
}

function cards(page, rows, title, near) {
  const list = el("ol", { class: "cards" });
  const { links } = page.model;
  const add = (part) => part.forEach((i) => list.append(card(page, { title: title(i), tags: linkTags(page, i), of: links, i, office: links.office[i], near: near(i) })));
  add(rows.slice(0, FIRST));
  if (rows.length <= FIRST) return list;
  const more = el("button", { class: "more", on: { click: () => { add(rows.slice(FIRST)); more.remove(); } } }, say(page.text.ui.more, { n: rows.length - FIRST }));
  return [list, more];
}

/** Role, year, action of a link, and whether a person should look at it. */
function linkTags({ model, text }, i) {
  const { links } = model;
  const action = model.actions[links.action[i]];
  return [el("span", { class: "tag" }, rowMark(model, i, 13), text.roles[model.roles[links.role[i]]]), el("span", { class: "tag" }, yearText(text, links.year[i])),
    action && el("span", { class: "tag" }, action), isDoubtful(model, i) && el("span", { class: "tag doubt" }, text.certainty.doubt)];
}

/** The sentence of row `i` of `of` (links or targets): who says it, the mention marked, where it stands. */
function card(page, { title, tags, of, i, office, near }) {
  const { model, text } = page;
  const { sentences, documents } = model;
  const s = of.sentence[i];
  const doc = sentences.document[s];
  const source = doc >= 0 ? documents.title[doc] || documents.document[doc] : "";
  const quote = el("blockquote", {}, longSentence(sentences.text[s], of.from[i], of.to[i]));
  const place = [doc >= 0 && documents.issued[doc], say(text.ui.characters, { start: of.start[i], end: of.end[i] })];
  const cite = `“${sentences.text[s]}”（${[model.offices.full[office], source && `《${source}》`, of.year[i] && yearText(text, of.year[i])].filter(Boolean).join("，")}）`;
  return el("li", { class: near ? "card near" : "card" }, el("div", { class: "who" }, title, tags), quote,
    el("div", { class: "source" }, source && el("span", { class: "title" }, `《${source}》`), place.filter(Boolean).map((part) => el("span", {}, part))),
    el("div", { class: "tools" }, wholeButton(page, quote), contextButton(page, quote, s), copyButton(page, cite)));
}

/** A sentence with its mention marked, from `start` on. */
export function sentence(text, from, to, start = 0) {
  return to > from ? [start ? "…" : "", slice(text, start, from), el("mark", {}, slice(text, from, to)), slice(text, to)] : [text];
}

/** The same, with what stands far from the mention folded away on the screen; paper shows it all. */
function longSentence(text, from, to) {
  const length = [...text].length;
  const [first, last] = [Math.max(0, from - AROUND), Math.min(length, to + AROUND)];
  if (length <= LONG || to <= from || last - first > LONG) return sentence(text, from, to);
  const cut = (start, end) => end > start && el("span", { class: "cut" }, el("span", {}, slice(text, start, end)));
  return [cut(0, first), slice(text, first, from), el("mark", {}, slice(text, from, to)), slice(text, to, last), cut(last, length)];
}

function wholeButton(page, quote) {
  if (!quote.querySelector(".cut")) return null;
  const button = el("button", { class: "plain", on: { click: () => { quote.classList.remove("short"); button.remove(); } } }, page.text.ui.whole);
  quote.classList.add("short");
  return button;
}

function contextButton(page, quote, s) {
  const { before, after } = page.model.sentences;
  if (!before[s] && !after[s]) return null;
  const button = el("button", { class: "plain", "aria-expanded": "false", on: { click: () => {
    const open = button.getAttribute("aria-expanded") === "true";
    button.setAttribute("aria-expanded", String(!open));
    if (open) quote.querySelectorAll(".around").forEach((part) => part.remove());
    else {
      quote.prepend(el("span", { class: "around" }, before[s]));
      quote.append(el("span", { class: "around" }, after[s]));
    }
  } } }, page.text.ui.context);
  return button;
}

function copyButton({ text }, cite) {
  const button = el("button", { class: "plain", on: { click: () => copyText(cite).then(() => { button.textContent = text.ui.copied; }) } }, text.ui.copy);
  return button;
}

/** Copy by the clipboard's own door, or by a hidden field where that is closed. */
async function copyText(words) {
  try {
    await navigator.clipboard.writeText(words);
  } catch {
    const field = el("textarea", { class: "unseen" });
    field.value = words;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
}
