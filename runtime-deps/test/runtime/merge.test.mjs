// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { LIMITS, load } from "./load.mjs";

const { mergeDocuments } = await load("src/workers/appdata/merge.ts");

const at = (/** @type {number} */ second) => new Date(second * 1000).toISOString();
/** @param {number} second @param {object} fields */
const version = (second, fields) =>
  JSON.stringify({ id: "t", ...fields, createdAt: at(1), updatedAt: at(second) });
const BASE = version(1, { title: "Milk", done: false, tag: "a" });

/** @param {string | null} ours @param {string | null} theirs @param {string | null} [base] */
function merge(ours, theirs, base = BASE) {
  const merged = mergeDocuments(base, ours, theirs);
  return merged === null ? null : JSON.parse(merged);
}

test("different fields both keep their change, also those that came or went", () => {
  const ours = version(5, { title: "Oat milk", done: false, tag: "a", price: 2 });
  const theirs = version(4, { title: "Milk", done: true });
  assert.deepEqual(merge(ours, theirs), JSON.parse(version(5, { title: "Oat milk", done: true, price: 2 })));
});

test("of the same field the later change counts", () => {
  const early = version(2, { title: "early", done: false, tag: "a" });
  const late = version(3, { title: "late", done: false, tag: "a" });
  assert.equal(merge(early, late).title, "late");
  assert.equal(merge(late, early).title, "late");
});

test("a removal counts unless the other side changed the document", () => {
  const changed = version(2, { title: "Oat milk", done: false, tag: "a" });
  assert.equal(merge(null, BASE), null);
  assert.equal(merge(BASE, null), null);
  assert.deepEqual(merge(null, changed), JSON.parse(changed));
  assert.deepEqual(merge(changed, null), JSON.parse(changed));
  assert.equal(merge(null, null), null);
});

test("two new documents with one id become one", () => {
  const ours = version(3, { title: "ours", a: 1 });
  const theirs = version(2, { title: "theirs", b: 2 });
  const { title, a, b } = merge(ours, theirs, null);
  assert.deepEqual({ title, a, b }, { title: "ours", a: 1, b: 2 });
});

test("what would be too large together is the later one as it is", () => {
  const half = "x".repeat(LIMITS.DOCUMENT_MAX_CHARS / 2);
  const ours = version(2, { a: half });
  const theirs = version(3, { b: half });
  assert.deepEqual(merge(ours, theirs, null), JSON.parse(theirs));
});

test("fields that mean something to objects are fields", () => {
  const theirs = '{"id":"t","__proto__":{"x":1},"constructor":2}';
  const ours = '{"id":"t","toString":3}';
  const merged = mergeDocuments('{"id":"t"}', ours, theirs);
  assert.deepEqual(Object.entries(JSON.parse(merged)).sort(), [
    ["__proto__", { x: 1 }],
    ["constructor", 2],
    ["id", "t"],
    ["toString", 3],
  ]);
});
