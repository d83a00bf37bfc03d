// Elements without markup: text goes in as text, never as HTML.

const SVG = "http://www.w3.org/2000/svg";

/** Make an HTML element; `on` holds listeners, other properties become attributes unless false or null. */
export function el(tag, props = {}, ...children) {
  return fill(document.createElement(tag), props, children);
}

/** Make an SVG element. */
export function svg(tag, props = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), props, children);
}

function fill(node, props, children) {
  for (const [name, value] of Object.entries(props)) {
    if (name === "on") for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** Put `children` in place of what an element holds. */
export function replace(node, ...children) {
  node.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
}

/** Put values into a sentence: `say("{n} {n|office|offices}", {n: 3})`. */
export function say(pattern, values = {}) {
  return pattern.replace(/\{(\w+)\|([^|}]*)\|([^}]*)\}/g, (all, name, one, many) => (Number(values[name]) === 1 ? one : many)).replace(/\{(\w+)\}/g, (all, name) => (name in values ? String(values[name]) : all));
}

/** Keep what a name does to the direction of writing from the sentence around it. */
export function isolate(name) {
  return `\u2068${name}\u2069`;
}

/** Compare two values of a kind by code point or size; nothing comes last. */
export function compare(a, b) {
  if (a === b) return 0;
  if (a === null || a === undefined || a === "") return 1;
  if (b === null || b === undefined || b === "") return -1;
  return a < b ? -1 : 1;
}

/** Cut by code points: the offsets of the ledger do not count UTF-16 units. */
export function slice(text, from, to) {
  return /[\ud800-\udfff]/.test(text) ? [...text].slice(from, to).join("") : text.slice(from, to);
}
