// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { runQuery } = await load("src/frame/appdata/query.ts");

const at = (/** @type {number} */ second) => new Date(second * 1000).toISOString();
const DOCUMENTS = [
  { id: "b", createdAt: at(2), updatedAt: at(2), title: "Pears", price: 3, tags: ["fruit"], done: false },
  {
    id: "a",
    createdAt: at(1),
    updatedAt: at(9),
    title: "apples",
    price: 12,
    tags: ["fruit", "red"],
    done: true,
  },
  { id: "c", createdAt: at(3), updatedAt: at(3), title: "Leeks", tags: [], done: false },
  { id: "d", createdAt: at(3), updatedAt: at(3), title: "Kale", price: 3, owner: null },
];

/** @param {object} [query] */
const ids = (query) =>
  runQuery(DOCUMENTS, query)
    .items.map((/** @type {{ id: string }} */ { id }) => id)
    .join("");

test("the oldest come first, and those of one moment by their ids", () => {
  assert.equal(ids(), "abcd");
});

test("where compares values and takes conditions", () => {
  assert.equal(ids({ where: { done: false } }), "bc");
  assert.equal(ids({ where: { price: 3, done: false } }), "b");
  assert.equal(ids({ where: { tags: ["fruit"] } }), "b");
  assert.equal(ids({ where: { price: { gte: 3, lt: 12 } } }), "bd");
  assert.equal(ids({ where: { price: { gt: "1" } } }), "");
  assert.equal(ids({ where: { price: { ne: 3 } } }), "ac");
  assert.equal(ids({ where: { id: { in: ["a", "d"] } } }), "ad");
  assert.equal(ids({ where: { title: { contains: "LE" } } }), "acd");
  assert.equal(ids({ where: { tags: { contains: "red" } } }), "a");
  assert.equal(ids({ where: { title: { startsWith: "P" } } }), "b");
  assert.equal(ids({ where: ({ price = 0 }) => price > 3 }), "a");
});

test("what is missing counts as null, and an undefined condition as none", () => {
  assert.equal(ids({ where: { owner: null } }), "abcd");
  assert.equal(ids({ where: { price: null } }), "c");
  assert.equal(ids({ where: { done: undefined } }), "abcd");
});

test("an unknown condition is named", () => {
  assert.throws(() => ids({ where: { price: { above: 3 } } }), /where\.price has "above"/);
  assert.throws(() => ids({ where: { price: { constructor: 3 } } }), /constructor/);
});

test("sorts by several fields, what is missing last, and pages without overlap", () => {
  assert.equal(ids({ sort: "price" }), "bdac");
  assert.equal(ids({ sort: ["price", "-title"] }), "bdac");
  assert.equal(ids({ sort: ["-createdAt", "title"] }), "dcba");
  const pages = [0, 2].map((offset) => runQuery(DOCUMENTS, { sort: "createdAt", limit: 2, offset }));
  assert.deepEqual(
    pages.map(({ items, total }) => [items.map((/** @type {any} */ { id }) => id).join(""), total]),
    [
      ["ab", 4],
      ["cd", 4],
    ],
  );
});

test("doesn't change what it is given", () => {
  const before = DOCUMENTS.map(({ id }) => id);
  ids({ sort: "price" });
  assert.deepEqual(
    DOCUMENTS.map(({ id }) => id),
    before,
  );
});
