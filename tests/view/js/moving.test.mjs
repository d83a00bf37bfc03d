import assert from "node:assert/strict";
import { test } from "node:test";
import { about, remainder } from "../../../graph/view/page/moving.mjs";

const at = (shift, x, y) => [shift.k * x + shift.x, shift.k * y + shift.y];
const still = { x: 0, y: 0, k: 1 };

test("the point under the finger stays under the finger", () => {
  const zoomed = about(about(still, 2, { x: 100, y: 50 }), 0.7, { x: 30, y: 80 });
  const [x, y] = [(30 - zoomed.x) / zoomed.k, (80 - zoomed.y) / zoomed.k];
  assert.deepEqual(at(zoomed, x, y).map(Math.round), [30, 80]);
  assert.deepEqual(at(about(zoomed, 1.5, { x: 30, y: 80 }, { x: 40, y: 90 }), x, y).map(Math.round), [40, 90]);
});

test("what is left after drawing leads from the drawn place to the wanted one", () => {
  const done = about(still, 2, { x: 10, y: 10 });
  const all = about(done, 1.5, { x: 70, y: 20 }, { x: 90, y: 25 });
  const rest = remainder(all, done);
  const drawn = at(done, 7, 9);
  assert.deepEqual(at(rest, ...drawn).map(Math.round), at(all, 7, 9).map(Math.round));
});
