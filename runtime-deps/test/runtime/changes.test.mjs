// @ts-check
/** What a hostile frame may want kept. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { LIMITS, load } from "./load.mjs";

const { parseFrameMessage, Refused } = await load("src/workers/validate.ts");
const { weigh } = await load("src/workers/appdata/weigh.ts");

/** @param {unknown} change */
const read = (change) =>
  parseFrameMessage(structuredClone({ type: "store", seq: 1, changes: [change] })).changes[0];
/** @param {unknown} change */
const refused = (change) =>
  assert.throws(
    () => read(change),
    (/** @type {Error} */ error) => error.constructor.name === "Refused",
  );

const ITEM = { kind: "putItem", area: "local", key: "k", value: "v" };
const RECORD = { kind: "putRecord", database: "d", store: "s", key: 1, value: { a: 1 } };
const DOCUMENT = { kind: "createDocument", collection: "c", id: "i", fields: '{"a":1}', at: 5 };
const STORE = {
  name: "s",
  keyPath: "id",
  autoIncrement: true,
  generated: 3,
  indexes: [{ name: "i", keyPath: ["a", "b"], multiEntry: false, unique: true }],
};
const SCHEMA = { kind: "putSchema", database: "d", schema: { version: 2, stores: [STORE] } };

test("copies well-formed changes", () => {
  for (const change of [
    ITEM,
    { ...ITEM, key: "__proto__", value: "\uD800" },
    { kind: "deleteItem", area: "session", key: "k" },
    { kind: "clearItems", area: "local" },
    SCHEMA,
    { kind: "deleteDatabase", database: "d" },
    RECORD,
    { ...RECORD, key: ["a", [new Date(3), 2]], value: new Map([[1, new Set([new Uint8Array(3)])]]) },
    { kind: "deleteRecord", database: "d", store: "s", key: "k" },
    { kind: "clearStore", database: "d", store: "s" },
    DOCUMENT,
    { ...DOCUMENT, kind: "updateDocument" },
    { kind: "removeDocument", collection: "c", id: "i" },
  ]) {
    assert.deepEqual(read(change), change);
  }
});

test("refuses unknown kinds, unknown and missing fields, and wrong types", () => {
  for (const change of [
    null,
    1,
    [],
    {},
    { kind: "constructor" },
    { kind: "__proto__" },
    { ...ITEM, app: "other" },
  ])
    refused(change);
  refused({ ...ITEM, area: "cookies" });
  refused({ ...ITEM, value: 3 });
  refused({ kind: "putItem", area: "local", key: "k" });
  refused(JSON.parse('{"kind":"clearItems","area":"local","__proto__":{"polluted":1}}'));
  refused({ ...SCHEMA, schema: { version: 1.5, stores: [] } });
  refused({ ...SCHEMA, schema: { version: 1, stores: [{ ...STORE, keyPath: 3 }] } });
  refused({ ...SCHEMA, schema: { version: 1, stores: [{ ...STORE, extra: 3 }] } });
  refused({ ...SCHEMA, schema: { version: 1, stores: Array(LIMITS.DATA_MAX_STORES + 1).fill(STORE) } });
  for (const seq of [-1, 1.5, "1", Number.NaN])
    assert.throws(() => parseFrameMessage({ type: "store", seq, changes: [] }), Refused);
  assert.throws(() => parseFrameMessage({ type: "store", seq: 1, changes: [], session: 3 }), Refused);
  assert.equal(/** @type {any} */ ({}).polluted, undefined);
});

test("refuses keys that the browser would refuse, with the whole batch", () => {
  for (const key of [null, undefined, true, {}, Number.NaN, new Date(Number.NaN), [1, null], new Map()]) {
    refused({ ...RECORD, key });
  }
  const deep = Array.from({ length: 20 }).reduce((/** @type {unknown} */ inner) => [inner], 1);
  refused({ ...RECORD, key: deep });
  const cyclic = /** @type {unknown[]} */ ([]);
  cyclic.push(cyclic);
  refused({ ...RECORD, key: cyclic });
});

test("half characters, as where an app cut a text, become signs that every JSON reader takes", () => {
  const fields = JSON.stringify({ "k\ud83d": ["a\ude00", { b: "\ud83d\ude00 whole" }] });
  assert.deepEqual(JSON.parse(read({ ...DOCUMENT, fields }).fields), {
    "k\ufffd": ["a\ufffd", { b: "\ud83d\ude00 whole" }],
  });
});

test("refuses documents that are no JSON objects, deep, or reach for a prototype", () => {
  for (const fields of [
    "",
    "{",
    "null",
    "3",
    "[]",
    '"x"',
    { a: 1 },
    '{"__proto__":{"a":1}}',
    '{"a":[{"__proto__":1}]}',
  ]) {
    refused({ ...DOCUMENT, fields });
  }
  refused({
    ...DOCUMENT,
    fields: `{"a":${"[".repeat(LIMITS.DOCUMENT_MAX_DEPTH)}${"]".repeat(LIMITS.DOCUMENT_MAX_DEPTH)}}`,
  });
  refused({ ...DOCUMENT, fields: `{"a":${"[".repeat(30_000)}${"]".repeat(30_000)}}` });
  refused({ ...DOCUMENT, id: "" });
  refused({ ...DOCUMENT, at: 9e15 });
  refused({ ...DOCUMENT, at: -1 });
});

test("bounds sizes", () => {
  const half = "x".repeat(LIMITS.STORAGE_MAX_CHARS / 2);
  read({ ...ITEM, value: half });
  refused({ ...ITEM, key: half, value: `${half}x` });
  refused({ ...RECORD, value: "x".repeat(LIMITS.DATA_MAX_VALUE_BYTES) });
  refused({ ...RECORD, value: new Uint8Array(LIMITS.DATA_MAX_VALUE_BYTES) });
  refused({ ...RECORD, key: "x".repeat(LIMITS.DATA_MAX_KEY_BYTES) });
  refused({ ...RECORD, database: "x".repeat(LIMITS.DATA_MAX_NAME_CHARS + 1) });
  refused({ ...DOCUMENT, fields: JSON.stringify({ a: "x".repeat(LIMITS.DOCUMENT_MAX_CHARS) }) });
  const changes = Array(9).fill({ ...RECORD, value: "x".repeat(LIMITS.DATA_MAX_VALUE_BYTES - 100) });
  assert.throws(() => parseFrameMessage({ type: "store", seq: 1, changes }), /batch/);
  const many = Array(LIMITS.DATA_MAX_BATCH_CHANGES + 1).fill({ kind: "clearItems", area: "local" });
  assert.throws(() => parseFrameMessage({ type: "store", seq: 1, changes: many }), Refused);
});

test("weighs cycles once, views by their whole buffer, and refuses what can't be kept", () => {
  const cyclic = /** @type {any} */ ({ text: "xxxx" });
  cyclic.self = cyclic;
  assert.ok(weigh(cyclic) < 100);
  assert.ok(weigh(new Uint8Array(new ArrayBuffer(1000), 0, 1)) >= 1000);
  assert.ok(weigh(new Array(4_000_000_000)) < 100, "holes weigh nothing");
  assert.equal(weigh(new (class Own {})()), undefined);
  assert.equal(weigh(new MessageChannel().port1), undefined);
  assert.equal(weigh(Array(300_000).fill(1)), undefined);
});
