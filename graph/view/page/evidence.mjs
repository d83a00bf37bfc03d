// The panel at the right: what was chosen, and every sentence that speaks of it.
import { el, replace, say } from "./dom.mjs";
import { roleMark, typeMark, yearAge } from "./marks.mjs";
import { thingButton, yearText } from "./matrix.mjs";

const FIRST = 40;
const LONG = 200;
const AROUND = 60;

/** Fill `root` with the evidence of what is chosen. */
export function drawEvidence(root, page) {
  const { text, chosen } = page;
  root.setAttribute("aria-label", text.ui.pick_head);
  if (root.childElementCount > 1) root.scrollTop = 0;
  if (!chosen) return replace(root, ...hint(page));
  const close = el("button", { class: "close", "data-key": "close", "aria-label": text.ui.close, title: text.ui.close, on: { click: () => page.choose("") } }, "×");
  return replace(root, close, { things: showThing, offices: showOffice, pair: showPair }[chosen.kind](page, chosen));
}

/** What the whole shows, in a sentence, and what to do next. */
function hint({ text, shown, model }) {
  const shared = shown.groups.filter((group) => group.offices.size > 1);
  const top = shared[0];
  return [top && el("p", { class: "gist" }, say(text.ui.gist, { things: shown.groups.length, shared: shared.length, top: model.things.label[top.thing], n: top.offices.size })), el("p", { class: "hint" }, text.ui.pick)];
}

/** What two offices share. */
function showPair(page, { pair }) {
  const { model, text, shown } = page;
  const shared = shown.groups.filter((group) => pair.every((office) => group.offices.has(office)));
  return [head(page, null, pair.map((office) => model.offices.label[office]).join(" — "), [say(text.ui.n_things, { n: shared.length })], []),
    el("ul", { class: "plain-list" }, shared.map((group) => el("li", {}, thingButton(page, group.thing))))];
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

function head(page, mark, label, facts, names) {
  return el("div", { class: "head" }, el("h2", {}, mark, label), el("p", { class: "facts" }, facts.join(" · ")),
    names.length ? el("p", { class: "names" }, page.text.ui.also, names.join("、")) : null);
}

function officeButton(page, office) {
  return el("button", { class: "plain strong", title: page.model.offices.full[office], on: { click: () => page.select("offices", office) } }, page.model.offices.label[office]);
}

function cards(page, rows, title, near) {
  const list = el("ol", { class: "cards" });
  const add = (part) => part.forEach((i) => list.append(card(page, i, title(i), near(i))));
  add(rows.slice(0, FIRST));
  if (rows.length <= FIRST) return list;
  const more = el("button", { class: "more", on: { click: () => { add(rows.slice(FIRST)); more.remove(); } } }, say(page.text.ui.more, { n: rows.length - FIRST }));
  return [list, more];
}

function card(page, i, title, near) {
  const { model, text } = page;
  const { links, sentences, documents } = model;
  const s = links.sentence[i];
  const doc = sentences.document[s];
  const role = model.roles[links.role[i]];
  const source = doc >= 0 ? documents.title[doc] || documents.document[doc] : "";
  const quote = el("blockquote", {}, longSentence(sentences.text[s], links.from[i], links.to[i]));
  const foot = [source && `《${source}》`, doc >= 0 && documents.issued[doc], say(text.ui.characters, { start: links.start[i], end: links.end[i] })];
  return el("li", { class: near ? "card near" : "card" },
    el("div", { class: "who" }, title, el("span", { class: "tag" }, roleMark(role, yearAge(model.years, links.year[i]), 13), text.roles[role]),
      el("span", { class: "tag" }, yearText(text, links.year[i])), model.actions[links.action[i]] && el("span", { class: "tag" }, model.actions[links.action[i]]),
      links.score[i] < 0.7 && el("span", { class: "tag doubt" }, text.ui.uncertain)),
    quote,
    el("div", { class: "source" }, foot.filter(Boolean).join(" · ")),
    el("div", { class: "tools" }, wholeButton(page, quote), contextButton(page, quote, s), copyButton(page, i, source)));
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

/** Cut by code points: the offsets of the ledger do not count UTF-16 units. */
export function slice(text, from, to) {
  return /[\ud800-\udfff]/.test(text) ? [...text].slice(from, to).join("") : text.slice(from, to);
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

function copyButton(page, i, source) {
  const { model, text } = page;
  const cite = `“${model.sentences.text[model.links.sentence[i]]}”（${model.offices.full[model.links.office[i]]}${source ? `，《${source}》` : ""}${model.links.year[i] ? `，${yearText(text, model.links.year[i])}` : ""}）`;
  const button = el("button", { class: "plain", on: { click: () => copyText(cite).then(() => { button.textContent = text.ui.copied; }) } }, text.ui.copy);
  return button;
}

/** Copy by the clipboard's own door, or by a hidden field where that is closed. */
export async function copyText(words) {
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
