// @ts-check
/** The bridge's end of what one frame stores. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { LIMITS, load } from "./load.mjs";

const { DataLink } = await load("src/workers/appdata/link.ts");

/** Data that keeps a batch when it is told to. */
function slowData() {
  /** @type {(() => void)[]} */
  const waiting = [];
  /** @type {string[]} */
  const kept = [];
  return {
    kept,
    write: async (/** @type {string} */ app, /** @type {string[]} */ changes) => {
      await new Promise((/** @type {(value: void) => void} */ resolve) => waiting.push(resolve));
      kept.push(`${app}:${changes}`);
      if (changes.includes("fails")) throw new Error("the disk is full");
      return { refused: [], documents: [] };
    },
    documents: async () => [{ id: "a", revision: 1, text: "{}" }],
    next: async () => {
      await new Promise((resolve) => setImmediate(resolve));
      waiting.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

/** @param {ReturnType<typeof slowData>} data */
function open(data) {
  /** @type {any[]} */
  const told = [];
  return { link: new DataLink("app", data, (/** @type {any} */ message) => told.push(message)), told };
}

test("batches are kept in order, for the app of the port, and acknowledged one by one", async () => {
  const data = slowData();
  const { link, told } = open(data);
  link.store(1, ["a"]);
  link.store(2, ["fails"]);
  await data.next();
  assert.deepEqual(data.kept, ["app:a"]);
  assert.deepEqual(told, [{ type: "stored", seq: 1, refused: [], documents: [] }]);
  await data.next();
  assert.deepEqual(told.at(-1)?.refused, [{ index: 0, reason: "failed" }]);
});

test("a batch that is repeated, left out or one too many is refused", async () => {
  const data = slowData();
  const { link } = open(data);
  assert.throws(() => link.store(2, []), /out of order/);
  link.store(1, []);
  assert.throws(() => link.store(1, []), /out of order/);
  for (let seq = 2; seq <= LIMITS.DATA_MAX_UNACKNOWLEDGED; seq++) link.store(seq, []);
  assert.throws(() => link.store(LIMITS.DATA_MAX_UNACKNOWLEDGED + 1, []), /without end/);
});

test("after the end nothing is kept and nothing said", async () => {
  const data = slowData();
  const { link, told } = open(data);
  link.store(1, ["a"]);
  link.store(2, ["b"]);
  await data.next();
  link.close();
  await data.next();
  await data.next();
  link.store(3, ["c"]);
  await data.next();
  assert.equal(data.kept.includes("app:c"), false);
  assert.equal(told.length, 1);
});

test("a collection is opened once, and only those that are open hear of other tabs", async () => {
  const data = slowData();
  const { link, told } = open(data);
  link.openCollection("todos");
  assert.throws(() => link.openCollection("todos"), /is open/);
  const document = { id: "a", revision: 2, text: null };
  const documents = ["todos", "notes"].map((collection) => ({ collection, document }));
  link.hear({ app: "app", changes: [], documents });
  link.hear({ app: "app", changes: [], documents: [{ collection: "notes", document }] });
  await link.settled();
  assert.deepEqual(
    told.map(({ type }) => type),
    ["collection", "elsewhere"],
  );
  assert.deepEqual(told[1].documents, [{ collection: "todos", document }]);
  for (let index = 1; index < LIMITS.APP_MAX_COLLECTIONS; index++) link.openCollection(`c${index}`);
  assert.throws(() => link.openCollection("more"), /without end/);
});
