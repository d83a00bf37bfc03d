// The state of the page is its address: everything that can be chosen stands in the URL fragment.

export const VIEWS = ["shared", "network", "offices", "list", "time"];
export const FACETS = { y: "year", t: "type", o: "office", r: "role", s: "status" };
const START = { v: "shared", n: 1, y: [], t: [], o: [], r: [], s: [], q: "", sel: "", at: "", l: "zh" };

/** Return the state at the start: nothing restricted, nothing chosen. */
export function startState() {
  return { ...START, y: [], t: [], o: [], r: [], s: [] };
}

/** Read a fragment; what is unknown or malformed is left at the start. */
export function readHash(hash) {
  const state = startState();
  for (const [name, value] of new URLSearchParams(hash.replace(/^#/, ""))) {
    if (name in FACETS) state[name] = value.split(",").filter(Boolean);
    else if (name === "n") state.n = Math.max(1, Number.parseInt(value, 10) || 1);
    else if (name === "v") state.v = VIEWS.includes(value) ? value : START.v;
    else if (name === "l") state.l = value === "en" ? "en" : "zh";
    else if (name in START) state[name] = value;
  }
  return state;
}

/** Write a state as a fragment; what stands at the start is left out. */
export function writeHash(state) {
  const parts = [];
  for (const name of Object.keys(START)) {
    const value = name in FACETS ? state[name].join(",") : state[name];
    if (value && value !== START[name]) parts.push(`${name}=${encodeURIComponent(value).replace(/%2C/g, ",").replace(/%2F/g, "/")}`);
  }
  return parts.length ? `#${parts.join("&")}` : "#";
}
