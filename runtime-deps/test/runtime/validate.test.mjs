// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { LIMITS, load } from "./load.mjs";

const { parseFrameMessage, Refused } = await load("src/workers/validate.ts");
const { Conduct, TokenBucket } = await load("src/workers/budget.ts");

const ERROR = {
  type: "error",
  kind: "render",
  message: "TypeError: x is undefined",
  stack: [{ function: "App", file: "src/App.tsx", line: 3, column: 7 }],
  components: ["App"],
  revision: 4,
};

/** @param {unknown} message */
function refused(message) {
  assert.throws(() => parseFrameMessage(message), Refused);
}

test("copies well-formed messages", () => {
  const copy = parseFrameMessage(structuredClone(ERROR));
  assert.deepEqual(copy, ERROR);
  assert.notEqual(copy.stack, ERROR.stack);
  assert.deepEqual(parseFrameMessage({ type: "heartbeat" }), { type: "heartbeat" });
  const entries = [{ level: "log", args: ["hello"], location: null }];
  assert.deepEqual(parseFrameMessage({ type: "consoleBatch", entries }), { type: "consoleBatch", entries });
  const ready = { type: "ready", revision: 1, keptState: false, elapsedMs: 12.5 };
  assert.deepEqual(parseFrameMessage(ready), ready);
});

test("refuses what is not a message", () => {
  const values = [null, undefined, 1, "x", [], new Map(), new Date(), /x/, () => {}, 1n, { type: 1 }, {}];
  for (const value of [...values, { type: "constructor" }, { type: "__proto__" }, { type: "console" }]) {
    refused(value);
  }
});

test("refuses unknown and missing fields, wrong types and values out of range", () => {
  refused({ ...ERROR, extra: 1 });
  refused({ type: "heartbeat", session: 3 });
  refused({ ...ERROR, kind: "fatal" });
  refused({ ...ERROR, stack: [{ ...ERROR.stack[0], line: 1.5 }] });
  refused({ ...ERROR, stack: [{ ...ERROR.stack[0], line: 2 ** 32 }] });
  refused({ ...ERROR, stack: "at App" });
  refused({ ...ERROR, message: undefined });
  for (const revision of [-1, Number.POSITIVE_INFINITY, Number.NaN, "1", "__proto__", 2 ** 60])
    refused({ ...ERROR, revision });
  refused({ type: "ready", revision: 1, keptState: 1, elapsedMs: 1 });
  refused({ type: "ready", revision: 1, keptState: true, elapsedMs: Number.POSITIVE_INFINITY });
});

test("an own __proto__ reaches nothing", () => {
  refused(JSON.parse('{"type":"heartbeat","__proto__":{"polluted":1}}'));
  refused(JSON.parse('{"type":"heartbeat","constructor":{"prototype":{"polluted":1}}}'));
  assert.equal(/** @type {any} */ ({}).polluted, undefined);
});

test("bounds sizes", () => {
  refused({ ...ERROR, message: "x".repeat(LIMITS.ERROR_MAX_BYTES + 1) });
  refused({ ...ERROR, stack: Array(51).fill(ERROR.stack[0]) });
  const entry = { level: "log", args: ["x".repeat(LIMITS.CONSOLE_MAX_ARG_BYTES)], location: null };
  refused({
    type: "consoleBatch",
    entries: [{ ...entry, args: ["x".repeat(LIMITS.CONSOLE_MAX_ARG_BYTES + 1)] }],
  });
  refused({
    type: "consoleBatch",
    entries: [{ ...entry, args: Array(LIMITS.CONSOLE_MAX_ARGS + 1).fill("") }],
  });
  refused({ type: "consoleBatch", entries: [{ ...entry, args: Array(9).fill(entry.args[0]) }] });
  // Each entry is within its limits, but together they are over the limit of one message.
  refused({ type: "consoleBatch", entries: Array(40).fill(entry) });
});

test("lets only web addresses out", () => {
  for (const url of ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "/relative", "", 3]) {
    refused({ type: "openExternal", url });
  }
  assert.equal(
    parseFrameMessage({ type: "openExternal", url: "https://a.example" }).url,
    "https://a.example/",
  );
});

test("texts become well-formed, so that they are valid JSON for the page", () => {
  const { message } = parseFrameMessage({ ...ERROR, message: "a\uD800b\uDC00c😀" });
  assert.equal(message, "a\uFFFDb\uFFFDc😀");
});

test("a token bucket allows its burst, then its rate", () => {
  const bucket = new TokenBucket(100, 200, 0);
  const taken = (/** @type {number} */ now, /** @type {number} */ tries) =>
    Array.from({ length: tries }, () => bucket.take(now)).filter(Boolean).length;
  assert.equal(taken(0, 500), 200);
  assert.equal(taken(500, 500), 50);
  assert.equal(taken(60_000, 500), 200);
});

test("expels at once for a flood, and for a second excess, but forgives a single one", () => {
  const flood = new Conduct(0);
  for (let index = 0; index < 1_000; index++) flood.admit(0);
  assert.match(flood.verdict(), /more than 100 messages a second/);

  const once = new Conduct(0);
  for (let index = 0; index < 300; index++) once.admit(0);
  assert.equal(once.verdict(), undefined);
  for (let second = 1; second <= 30; second++) assert.equal(once.admit(second * 1_000), true);
  assert.equal(once.verdict(), undefined);
  for (let index = 0; index < 300; index++) once.admit(31_000);
  assert.match(once.verdict(), /messages a second/);
});

test("expels for repeated malformed messages", () => {
  const conduct = new Conduct(0);
  for (let index = 0; index < 4; index++) conduct.refuse();
  assert.equal(conduct.verdict(), undefined);
  conduct.refuse();
  assert.equal(conduct.verdict(), "it sent malformed messages");
});
