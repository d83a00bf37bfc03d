import assert from "node:assert/strict";
import { test } from "node:test";
import { compare } from "../../../graph/view/page/dom.mjs";
import { applyState, countFacet, fateOf, findPath, groupRows, nearNodes, pairOffices, passRows } from "../../../graph/view/page/filter.mjs";
import { makeModel, search } from "../../../graph/view/page/model.mjs";
import { startState } from "../../../graph/view/page/state.mjs";
import { sample } from "./sample.mjs";

const model = sample();
const shown = (change) => applyState(model, { ...startState(), ...change });
const names = (found) => found.groups.map((group) => model.things.label[group.thing]);

test("most shared first, then by rows, then by label", () => {
  assert.deepEqual(names(shown({})), ["复兴之路", "银行", "银杏园", "长江路"]);
});

test("filters of different kinds must all hold, values of one kind may each", () => {
  assert.deepEqual(passRows(model, { ...startState(), y: ["2023", "2024"], o: ["o/a"] }), [0, 3]);
  assert.deepEqual(passRows(model, { ...startState(), y: ["null"] }), [6]);
  assert.deepEqual(passRows(model, { ...startState(), r: ["lead"], t: ["place"] }), [6]);
});

test("sharers are counted after the other filters", () => {
  assert.deepEqual(names(shown({ n: 2 })), ["复兴之路", "银行"]);
  assert.deepEqual(names(shown({ n: 2, y: ["2024"] })), ["复兴之路"]);
  assert.equal(shown({ n: 4 }).groups.length, 0);
});

test("text is looked for in names and sentences", () => {
  assert.equal(shown({ q: "复兴路" }).groups.length, 1);
  assert.equal(shown({ q: "乙局" }).rows.length, 2);
  assert.equal(shown({ q: "=复兴" }).rows.length, 7);
});

test("a facet counts things under the other filters, not under itself", () => {
  assert.deepEqual([...countFacet(model, { ...startState(), y: ["2023"] }, "y")].sort(), [["2023", 2], ["2024", 2], ["null", 1]]);
  assert.deepEqual([...countFacet(model, { ...startState(), y: ["2023"] }, "t")], [["project", 2]]);
});

test("pairs hold the things that two offices share, most things first", () => {
  assert.deepEqual(pairOffices(shown({}).groups).map(({ pair, things }) => [...pair, things]), [[0, 1, [0, 1]], [0, 2, [0]], [1, 2, [0]]]);
});

test("regions come after what is shared, before what one office has alone", () => {
  const regional = makeModel({ ...model, things: { ...model.things, region: [0] } });
  assert.deepEqual(applyState(regional, startState()).groups.map((group) => group.thing), [1, 0, 3, 2]);
});

test("doubtful rows can be told from the others", () => {
  const doubtful = makeModel({ ...model, links: { ...model.links, score: model.links.score.map((_, i) => (i ? 1 : 0.3)) } });
  assert.deepEqual(passRows(doubtful, { ...startState(), c: ["doubt"] }), [0]);
  assert.deepEqual([...countFacet(doubtful, startState(), "c")], [["doubt", 1], ["sure", 4]]);
});

test("a thing's fate is told by the years of its own place and the documents of its offices", () => {
  const told = (documents, year, office) => {
    const rows = [[0, 2023, 0], ...year.map((each, i) => [i + 1, each, office[i]])];
    const made = makeModel({ ...model, documents: { ...model.documents, document: documents, place: documents }, sentences: { ...model.sentences, document: rows.map((_, i) => Math.min(i, documents.length - 1)) },
      links: { ...model.links, year: rows.map((row) => row[1]), office: rows.map((row) => row[2]), thing: rows.map((_, i) => Math.min(i, 3)), sentence: rows.map((_, i) => i), role: rows.map(() => 0), status: rows.map(() => 0), score: rows.map(() => 1) } });
    return fateOf(made, applyState(made, startState()).groups.find((group) => group.thing === 0));
  };
  assert.equal(told(["x"], [2024], [0]), "past");
  assert.equal(told(["x"], [2024], [1]), "silent");
  assert.equal(told(["x", "y"], [2024], [0]), "once");
});

test("a path leads over shared things, or there is none", () => {
  const groups = groupRows(model, passRows(model, startState()));
  assert.deepEqual(findPath(model, groups, 4, 5), [4, 0, 3, 2, 5]);
  assert.deepEqual(findPath(model, groups, 0, 0), [0]);
  assert.deepEqual(findPath(model, groups.filter((group) => group.thing > 1), 0, 5), []);
});

test("what is near a node grows by a line with each step", () => {
  const groups = groupRows(model, passRows(model, startState()));
  assert.deepEqual([...nearNodes(model, groups, 4, 1)].sort(), [0, 1, 4]);
  assert.deepEqual([...nearNodes(model, groups, 4, 2)].sort(), [0, 1, 3, 4, 6]);
  assert.deepEqual([...nearNodes(model, groups, 99, 2)], [99]);
});

test("a free facet is counted over what is shown, with the same result", () => {
  const state = { ...startState(), y: ["2023"] };
  for (const name of ["t", "r", "s", "o"]) assert.deepEqual([...countFacet(model, state, name, applyState(model, state))].sort(), [...countFacet(model, state, name)].sort());
});

test("what became of a thing over the years", () => {
  const fates = Object.fromEntries(shown({}).groups.map((group) => [model.things.label[group.thing], fateOf(model, group)]));
  assert.deepEqual(fates, { 复兴之路: "carried", 银行: "past", 长江路: "fresh", 银杏园: "" });
});

test("nothing comes last in either direction of values", () => {
  assert.deepEqual([null, "b", "", "a"].sort(compare).slice(0, 2), ["a", "b"]);
});

test("search finds by name, alias, pinyin and initials, best first", () => {
  const found = (words) => search(model, words).map((hit) => model[hit.kind].label[hit.index]);
  assert.deepEqual(found("fxzl"), ["复兴之路"]);
  assert.deepEqual(found("复兴路"), ["复兴之路"]);
  assert.deepEqual(found("yinhang"), ["银行"]);
  assert.deepEqual(found("银"), ["银行", "银杏园"]);
  assert.deepEqual(found("YIN xing"), ["银杏园"]);
  assert.equal(found("乙办")[0], "乙局");
  assert.deepEqual(found("查无此名"), []);
  assert.deepEqual(found("  "), []);
});
