// @ts-check
/** sessionStorage as the bridge keeps it, for an app that doesn't keep to the limit. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { LIMITS, load } from "./load.mjs";

const { Sessions } = await load("src/workers/appdata/sessions.ts");

const put = (/** @type {string} */ key, /** @type {string} */ value) => ({
  kind: "putItem",
  area: "session",
  key,
  value,
});

test("items of one app are its own, and go when they are deleted, cleared or forgotten", () => {
  const sessions = new Sessions();
  assert.deepEqual(sessions.write("a", [put("k", "1"), { ...put("local", "x"), area: "local" }]), []);
  sessions.write("b", [put("__proto__", "2")]);
  assert.deepEqual(sessions.items("a"), [["k", "1"]]);
  assert.deepEqual(sessions.items("b"), [["__proto__", "2"]]);
  sessions.write("a", [{ kind: "deleteItem", area: "session", key: "k" }]);
  sessions.write("b", [{ kind: "clearItems", area: "session" }]);
  assert.deepEqual([sessions.items("a"), sessions.items("b")], [[], []]);
  sessions.write("a", [put("k", "1")]);
  sessions.forget("a");
  assert.deepEqual(sessions.items("a"), []);
});

test("what is over the limit is refused, and room that was freed can be used again", () => {
  const sessions = new Sessions();
  const most = "x".repeat(LIMITS.STORAGE_MAX_CHARS - LIMITS.STORAGE_ITEM_CHARS - 1);
  assert.deepEqual(sessions.write("a", [put("k", most), put("l", "1")]), [{ index: 1, reason: "quota" }]);
  assert.deepEqual(sessions.write("a", [put("k", "short"), put("l", "1")]), []);
  assert.deepEqual(sessions.items("a"), [
    ["k", "short"],
    ["l", "1"],
  ]);
});

test("tiny items count more than their characters", () => {
  const sessions = new Sessions();
  const most = Math.floor(LIMITS.STORAGE_MAX_CHARS / LIMITS.STORAGE_ITEM_CHARS);
  sessions.write(
    "a",
    Array.from({ length: most + 1 }, (_, key) => put(String(key), "")),
  );
  assert.ok(sessions.items("a").length < most);
});
