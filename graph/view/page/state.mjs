// The state of the page is its address: everything that can be chosen stands in the URL fragment.

export const VIEWS = ["shared", "network", "offices", "list", "time"];
export const FACETS = ["y", "t", "r", "s", "c", "o"];
const START = { v: "shared", n: 1, y: [], t: [], r: [], s: [], c: [], o: [], q: "", so: "", off: "", sel: "", at: "", p: "", d: "", m: "", all: "", l: "zh", th: "" };

/** Return the state at the start: nothing restricted, nothing chosen. */
export function startState() {
  return { ...START, ...clearFilters() };
}

/** Read a fragment; what is unknown or malformed is left at the start. */
export function readHash(hash) {
  const state = startState();
  for (const [name, value] of new URLSearchParams(hash.replace(/^#/, ""))) {
    if (FACETS.includes(name)) state[name] = value.split(",").filter(Boolean);
    else if (name === "n") state.n = Math.max(1, Number.parseInt(value, 10) || 1);
    else if (name === "v") state.v = VIEWS.includes(value) ? value : START.v;
    else if (name === "l") state.l = value === "en" ? "en" : "zh";
    else if (name === "th") state.th = ["light", "dark"].includes(value) ? value : "";
    else if (name in START) state[name] = value;
  }
  return state;
}

/** Write a state as a fragment; what stands at the start is left out. */
export function writeHash(state) {
  const parts = [];
  for (const name of Object.keys(START)) {
    const value = FACETS.includes(name) ? state[name].map(encodePart).join(",") : encodePart(String(state[name]));
    if (value && value !== String(START[name])) parts.push(`${name}=${value}`);
  }
  return parts.length ? `#${parts.join("&")}` : "#";
}

function encodePart(value) {
  return encodeURIComponent(value).replace(/%2F/g, "/").replace(/%20/g, "+");
}

/** Tell whether any filter restricts what is shown. */
export function isFiltered(state) {
  return state.n > 1 || state.q !== "" || FACETS.some((name) => state[name].length);
}

/** Return the changes that clear every filter. */
export function clearFilters() {
  return { n: 1, q: "", ...Object.fromEntries(FACETS.map((name) => [name, []])) };
}

/** Return a facet's values with `value` added, or taken away if it was there. */
export function toggled(values, value) {
  return values.includes(value) ? values.filter((each) => each !== value) : [...values, value].sort();
}

/** The part of a state on which a view depends, apart from what is chosen and what was moved by hand. */
export function viewKey(state) {
  return writeHash({ ...state, sel: "", at: "", p: "", d: "", m: "" });
}
