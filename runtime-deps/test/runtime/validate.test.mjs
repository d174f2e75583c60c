// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { LIMITS, load } from "./load.mjs";

const { parseEnvelope, parseFrameMessage, Refused } = await load("src/workers/validate.ts");
const { Conduct, TokenBucket } = await load("src/workers/budget.ts");

const ERROR = {
  type: "error",
  kind: "render",
  message: "TypeError: x is undefined",
  stack: [{ function: "App", file: "src/App.tsx", line: 3, column: 7 }],
  components: ["App"],
  revision: 4,
};

const NODE = {
  kind: "object",
  text: "{a: 1}",
  entries: [["a", { kind: "number", text: "1" }]],
  isCut: true,
};

/** @param {unknown[]} args */
const line = (args) => ({ level: "log", form: "line", indent: 0, args, location: null });

/** @param {unknown} message */
function refused(message) {
  assert.throws(() => parseFrameMessage(message), Refused);
}

test("copies well-formed messages", () => {
  const copy = parseFrameMessage(structuredClone(ERROR));
  assert.deepEqual(copy, ERROR);
  assert.notEqual(copy.stack, ERROR.stack);
  assert.deepEqual(parseFrameMessage({ type: "heartbeat" }), { type: "heartbeat" });
  const entries = [line(["hello", NODE])];
  assert.deepEqual(parseFrameMessage({ type: "consoleBatch", entries }), { type: "consoleBatch", entries });
  const ready = { type: "ready", revision: 1, keptState: false, elapsedMs: 12.5 };
  assert.deepEqual(parseFrameMessage(ready), ready);
  const painted = { type: "painted", revision: 1, paintMs: 16.5 };
  assert.deepEqual(parseFrameMessage(painted), painted);
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
  refused({ type: "painted", revision: 1, paintMs: -1 });
  refused({ type: "ready", revision: 1, keptState: 1, elapsedMs: 1 });
  refused({ type: "ready", revision: 1, keptState: true, elapsedMs: Number.POSITIVE_INFINITY });
});

test("addresses and picked elements are bounded", () => {
  const at = { type: "location", path: "/people?a=1#top", canGoBack: true, canGoForward: false };
  assert.deepEqual(parseFrameMessage(at), at);
  for (const path of ["", "people", "https://a.example/", "/a b", "/\u202e", "/\n", 1, null])
    refused({ ...at, path });
  refused({ ...at, path: `/${"x".repeat(LIMITS.APP_PATH_MAX_CHARS)}` });
  refused({ ...at, canGoBack: 1 });
  const [place] = ERROR.stack;
  const picked = { type: "picked", components: ["Card"], places: [place] };
  assert.deepEqual(parseFrameMessage(picked), picked);
  refused({ ...picked, components: Array(LIMITS.PICK_MAX_COMPONENTS + 1).fill("Card") });
  refused({ ...picked, components: ["x".repeat(LIMITS.PICK_MAX_NAME_CHARS + 1)] });
  refused({ ...picked, places: Array(LIMITS.PICK_MAX_COMPONENTS + 1).fill(place) });
  refused({ ...picked, places: [{ ...place, line: -1 }] });
  refused({ ...picked, places: ["src/App.tsx"] });
  refused({ type: "pickEnded", file: "src/App.tsx" });
  const captured = { type: "captured", png: null, missing: ["videos"] };
  assert.deepEqual(parseFrameMessage(captured), captured);
  refused({ ...captured, png: "data:image/png;base64,AA" });
  refused({ ...captured, png: new Blob([new Uint8Array(LIMITS.CAPTURE_MAX_BYTES + 1)]) });
  refused({ ...captured, missing: ["everything"] });
  refused({ ...captured, url: "blob:https://a.example/1" });
});

test("an own __proto__ reaches nothing", () => {
  refused(JSON.parse('{"type":"heartbeat","__proto__":{"polluted":1}}'));
  refused(JSON.parse('{"type":"heartbeat","constructor":{"prototype":{"polluted":1}}}'));
  assert.equal(/** @type {any} */ ({}).polluted, undefined);
});

test("bounds sizes", () => {
  refused({ ...ERROR, message: "x".repeat(LIMITS.ERROR_MAX_BYTES + 1) });
  refused({ ...ERROR, stack: Array(51).fill(ERROR.stack[0]) });
  const entry = line(["x".repeat(LIMITS.CONSOLE_MAX_ARG_BYTES)]);
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

test("refuses console values that are none, too deep, too many or too large", () => {
  const batch = (/** @type {unknown} */ value) => ({ type: "consoleBatch", entries: [line([value])] });
  const nested = (/** @type {number} */ depth) => {
    /** @type {any} */
    let node = { kind: "object", text: "" };
    for (let level = 0; level < depth; level++) node = { kind: "object", text: "", entries: [["x", node]] };
    return node;
  };
  const wide = (/** @type {number} */ width) => ({
    kind: "object",
    text: "",
    entries: Array(width).fill(["x", { kind: "number", text: "1" }]),
  });
  parseFrameMessage(batch(nested(LIMITS.CONSOLE_MAX_DEPTH)));
  parseFrameMessage(batch(wide(LIMITS.CONSOLE_MAX_NODES - 1)));
  /** @type {any} */
  const cyclic = { kind: "object", text: "" };
  cyclic.entries = [["self", cyclic]];
  const proto = JSON.parse('{"kind":"object","text":"","__proto__":{"polluted":1}}');
  const values = [
    ...[null, 1, [], new Map(), {}, { kind: "object" }, { text: "x" }, proto, cyclic],
    ...[nested(LIMITS.CONSOLE_MAX_DEPTH + 1), nested(100_000), wide(LIMITS.CONSOLE_MAX_NODES), wide(1e6)],
    { ...NODE, kind: "__proto__" },
    { ...NODE, extra: 1 },
    { ...NODE, isCut: "yes" },
    { ...NODE, text: "x".repeat(LIMITS.CONSOLE_MAX_ARG_BYTES + 1) },
    ...[{}, "x", [["a"]], [["a", NODE, 1]], [[1, NODE]], [["a", "text"]]].map((entries) => ({
      ...NODE,
      entries,
    })),
    { ...NODE, entries: [["x".repeat(LIMITS.CONSOLE_MAX_KEY_CHARS + 1), NODE.entries[0]?.[1]]] },
  ];
  for (const value of values) refused(batch(value));
  const good = line([]);
  for (const change of [
    { form: "html" },
    { indent: -1 },
    { indent: LIMITS.CONSOLE_MAX_GROUPS + 1 },
    { styles: "" },
  ]) {
    refused({ type: "consoleBatch", entries: [{ ...good, ...change }] });
  }
  // The values of all arguments of a call count together.
  const many = [wide(LIMITS.CONSOLE_MAX_NODES / 2), wide(LIMITS.CONSOLE_MAX_NODES / 2)];
  refused({ type: "consoleBatch", entries: [line(many)] });
  const { entries } = parseFrameMessage(batch({ ...NODE, entries: [["__proto__", NODE.entries[0]?.[1]]] }));
  assert.equal(/** @type {any} */ ({}).text, undefined);
  assert.equal(entries[0].args[0].entries[0][0], "__proto__");
});

test("bounds what the policies stopped", () => {
  const attempt = { directive: "img-src", url: "https://a.example/x.png", count: 2 };
  const blocked = (/** @type {unknown} */ attempts) => ({ type: "blocked", attempts });
  assert.deepEqual(parseFrameMessage(blocked([attempt])), blocked([attempt]));
  const bad = [
    { url: "x".repeat(LIMITS.FETCH_MAX_URL_CHARS + 1) },
    ...[{ directive: "x".repeat(41) }, { directive: 1 }, { count: -1 }, { count: "1" }, { extra: 1 }],
  ];
  for (const change of bad) refused(blocked([{ ...attempt, ...change }]));
  refused(blocked(attempt));
  refused(blocked(Array(LIMITS.BLOCKED_MAX_ATTEMPTS + 1).fill(attempt)));
});

/** @param {unknown} call */
const request = (call) => ({ type: "request", id: 1, call });
const FETCH = {
  type: "fetch",
  request: { url: "https://a.example/x", method: "POST", headers: [["accept", "text/plain"]], body: "aGk=" },
};

test("an envelope has exactly its fields and the version", () => {
  const good = { version: LIMITS.BRIDGE_VERSION, session: 3, seq: 1, message: { type: "heartbeat" } };
  assert.deepEqual(parseEnvelope(structuredClone(good)), good);
  const bad = [
    { version: 2 },
    { version: "1" },
    { session: -1 },
    { seq: 0.5 },
    { message: null },
    { appId: "x" },
  ];
  for (const change of [...bad, { session: undefined }, { signature: "…" }]) {
    assert.throws(() => parseEnvelope({ ...good, ...change }), Refused, JSON.stringify(change));
  }
  assert.throws(() => parseEnvelope({ type: "heartbeat" }), Refused);
});

test("copies well-formed calls", () => {
  const download = { type: "download", name: "a b.csv", content: new Blob(["x"]) };
  const dialogs = ["alert", "confirm"].map((type) => ({ type, text: "Really?" }));
  const picture = { type: "picture", url: "https://a.example/x.png" };
  const others = [picture, { type: "prompt", text: "Name", initial: "" }, { type: "clipboardRead" }];
  const print = { type: "print", width: 800, height: LIMITS.PRINT_MAX_PX };
  for (const call of [FETCH, download, print, ...dialogs, ...others, { type: "clipboardWrite", text: "x" }]) {
    assert.deepEqual(parseFrameMessage(structuredClone(request(call))), request(call));
  }
});

test("lets only web addresses out", () => {
  for (const url of ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "/relative", "", 3]) {
    refused(request({ type: "openExternal", url }));
    refused(request({ type: "picture", url }));
    refused(request({ type: "fetch", request: { ...FETCH.request, url } }));
  }
  const { call } = parseFrameMessage(request({ type: "openExternal", url: "https://a.example" }));
  assert.equal(call.url, "https://a.example/");
});

test("refuses methods, headers and bodies that no browser would send", () => {
  const changes = [
    ...["CONNECT", "TRACE", "get", "GET / HTTP/1.1\r\nHost: x", ""].map((method) => ({ method })),
    { headers: [["a\r\nb", "c"]] },
    { headers: [["a", "b\r\nCookie: c"]] },
    { headers: [["a", "b", "c"]] },
    { headers: [["", "b"]] },
    { headers: Array.from({ length: LIMITS.FETCH_MAX_HEADERS + 1 }, () => ["a", "b"]) },
    { body: "not Base64!" },
    { body: "A".repeat(LIMITS.FETCH_MAX_REQUEST_BYTES * 2) },
    { credentials: "include" },
    { url: `https://a.example/${"x".repeat(LIMITS.FETCH_MAX_URL_CHARS)}` },
  ];
  for (const change of changes) refused(request({ ...FETCH, request: { ...FETCH.request, ...change } }));
});

test("refuses file names that are paths, hide their ending, or have none", () => {
  const names = [
    "../x",
    "a/b",
    "a\\b",
    "",
    " ",
    ".bashrc",
    "x\u202Egpj.exe",
    "a\nb",
    "a.",
    "x".repeat(121),
    "C:x",
    1,
  ];
  for (const name of names) refused(request({ type: "download", name, content: new Blob(["x"]) }));
  refused(request({ type: "download", name: "x.txt", content: "text" }));
  refused(request({ type: "download", name: "x.txt", content: { size: 1 } }));
});

test("refuses calls that are none, name an app, or are too large", () => {
  refused(request(null));
  refused(request({ type: "constructor" }));
  refused(request({ type: "clipboardRead", app: "other" }));
  refused(request({ type: "alert", text: "x".repeat(LIMITS.DIALOG_MAX_CHARS + 1) }));
  refused(request({ type: "print", width: -1, height: 1 }));
  refused(request({ type: "print", width: 1, height: LIMITS.PRINT_MAX_PX + 1 }));
  refused({ ...request(FETCH), appId: "other" });
  for (const id of [-1, 1.5, Number.POSITIVE_INFINITY, "__proto__", 2 ** 32])
    refused({ ...request(FETCH), id });
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
