import assert from "node:assert/strict";
import { test } from "node:test";
import { clearFilters, isFiltered, readHash, startState, toggled, viewKey, writeHash } from "../../../graph/view/page/state.mjs";

test("a state survives its address, Chinese and awkward signs included", () => {
  const state = { ...startState(), v: "list", n: 3, y: ["2023", "null"], t: ["project"], o: ["office/局,&=#% 一"], q: "a b&c", sel: "thing/𠮷", l: "en", th: "dark" };
  state.o = ["office/局&=#% 一"];
  assert.deepEqual(readHash(writeHash(state)), state);
});

test("the start has an empty address", () => {
  assert.equal(writeHash(startState()), "#");
  assert.deepEqual(readHash(""), startState());
});

test("nonsense in the address is left aside", () => {
  assert.deepEqual(readHash("#v=evil&n=-4&l=fr&th=pink&__proto__=1&xx=2"), startState());
  assert.equal(readHash("#n=abc").n, 1);
});

test("filters are told from choices", () => {
  assert.equal(isFiltered({ ...startState(), sel: "a", v: "time" }), false);
  assert.equal(isFiltered({ ...startState(), r: ["lead"] }), true);
  assert.equal(isFiltered({ ...startState(), r: ["lead"], ...clearFilters() }), false);
});

test("a choice does not change what a view depends on", () => {
  assert.equal(viewKey({ ...startState(), sel: "a", at: "b", p: "c" }), viewKey(startState()));
  assert.notEqual(viewKey({ ...startState(), n: 2 }), viewKey(startState()));
});

test("a value is added, then taken away", () => {
  assert.deepEqual(toggled(toggled(["b"], "a"), "b"), ["a"]);
});
