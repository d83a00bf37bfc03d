// The search field: a list of what matches, by name, alias or sound; Enter chooses.
import { el, replace } from "./dom.mjs";
import { typeMark } from "./marks.mjs";
import { search } from "./model.mjs";

/** Make the search field with its list. */
export function searchBox(page) {
  const { text } = page;
  const list = el("ul", { id: "found", role: "listbox", "aria-label": text.ui.search_list });
  const input = el("input", { type: "search", id: "search", "data-key": "search", role: "combobox", placeholder: text.ui.search, "aria-label": text.ui.search,
    "aria-controls": "found", "aria-expanded": "false", "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false" });
  const box = el("div", { class: "search" }, input, list);
  let hits = [];
  let current = 0;
  const show = () => {
    hits = search(page.model, input.value, 12);
    current = 0;
    replace(list, hits.map((hit, i) => option(page, hit, i, () => choose(i))));
    if (input.value.trim() && !hits.length) replace(list, el("li", { class: "none", role: "option", "aria-disabled": "true" }, text.ui.not_found));
    const open = Boolean(input.value.trim());
    input.setAttribute("aria-expanded", String(open));
    box.classList.toggle("open", open);
    mark();
  };
  const mark = () => {
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(hits.length > 0 && i === current)));
    if (hits.length) input.setAttribute("aria-activedescendant", `found-${current}`);
    else input.removeAttribute("aria-activedescendant");
  };
  const close = () => { input.value = ""; show(); };
  const choose = (i) => { const hit = hits[i]; close(); page.select(hit.kind, hit.index); };
  input.addEventListener("input", show);
  input.addEventListener("blur", () => setTimeout(() => box.classList.remove("open"), 150));
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      current = Math.max(0, Math.min(hits.length - 1, current + (event.key === "ArrowDown" ? 1 : -1)));
      mark();
    } else if (event.key === "Enter" && hits.length) choose(current);
    else if (event.key === "Escape") { close(); input.blur(); }
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return box;
}

function option(page, hit, i, choose) {
  const { model, style, text } = page;
  const office = hit.kind === "offices";
  const type = office ? "" : model.types[model.things.type[hit.index]];
  return el("li", { id: `found-${i}`, role: "option", on: { mousedown: (event) => { event.preventDefault(); choose(); } } },
    office ? el("span", { class: "dot" }) : typeMark(type, style[type].shape), el("span", { class: "word" }, office ? model.offices.full[hit.index] : model.things.label[hit.index]),
    el("small", {}, office ? text.ui.office : text.types[type]));
}
