import assert from "node:assert/strict";
import { test } from "node:test";
import { say, slice } from "../../../graph/view/page/dom.mjs";
import { makeCsv, makeJson, quoteCell } from "../../../graph/view/page/exports.mjs";
import { shapePath, yearAge } from "../../../graph/view/page/marks.mjs";
import { breakLabel, cutLabel } from "../../../graph/view/page/pens.mjs";
import { startState } from "../../../graph/view/page/state.mjs";
import { sample } from "./sample.mjs";

const words = { columns: new Proxy({}, { get: (_, name) => name }), types: {}, roles: { pledger: "自述" }, statuses: {} };

test("values go into a sentence, with one and many", () => {
  assert.equal(say("{n} {n|thing|things} in {x}", { n: 1, x: "{n}" }), "1 thing in {n}");
  assert.equal(say("{n} {n|thing|things}", { n: 2 }), "2 things");
  assert.equal(say("{missing}", {}), "{missing}");
});

test("cells are quoted, and never become formulas", () => {
  assert.equal(quoteCell('a,"b"\n'), '"a,""b""\n"');
  assert.equal(quoteCell("=1+1"), "'=1+1");
  assert.equal(quoteCell(-3), "-3");
  assert.equal(quoteCell(null), "");
});

test("CSV begins with a byte-order mark and has a line for every row", () => {
  const csv = makeCsv({ model: sample(), text: words, state: startState() }, [0, 1]);
  assert.ok(csv.startsWith("\ufefftitle,document,year"));
  assert.equal(csv.trim().split("\r\n").length, 3);
  assert.ok(csv.includes('"推进=复兴之路，""建""设"'));
});

test("JSON carries the identifiers of the graph", () => {
  const found = JSON.parse(makeJson({ model: sample(), text: words, state: startState() }, [1]));
  assert.equal(found.links[0].thing, "x/t/1");
  assert.equal(found.links[0].year, 2024);
});

test("labels are cut and broken by characters, not by code units", () => {
  assert.equal(cutLabel("𠮷𠮷𠮷𠮷", 3), "𠮷𠮷…");
  assert.deepEqual(breakLabel("一二三四五六七八九十甲"), ["一二三四五六", "七八九十甲"]);
  assert.deepEqual(breakLabel("短"), ["短"]);
  assert.deepEqual(breakLabel("甲乙（丙丁戊）己庚辛壬"), ["甲乙（丙丁", "戊）己庚辛壬"]);
  assert.deepEqual(breakLabel("各市、县〔市、区〕政府"), ["各市、县〔市、", "区〕政府"]);
  assert.equal(slice("𠮷路改造", 1, 2), "路");
});

test("years age from the newest", () => {
  assert.deepEqual([2024, 2023, 2021, null].map((year) => yearAge([2021, 2023, 2024], year)), [0, 1, 2, 2]);
});

test("every shape has a closed path of its own", () => {
  const found = ["circle", "square", "triangle", "diamond", "hexagon", "star", "ring"].map(shapePath);
  assert.equal(new Set(found).size, 7);
  assert.ok(found.every((path) => path.startsWith("M") && path.endsWith("Z")));
});
