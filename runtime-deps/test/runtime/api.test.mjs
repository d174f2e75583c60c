// @ts-check
/** The module `cumulet`: what the lists name is what both runtimes give, and what the types say. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { OWN_PACKAGES } from "../../build/own.mjs";
import { load, ROOT } from "./load.mjs";

const { cumuletModule } = await load("src/frame/api/module.ts");
const { makeApi } = await load("src/frame/api/index.ts");
const { publishedApi } = await load("src/published/api.ts");
const { safeName } = await load("src/frame/api/download.ts");
const { Calls } = await load("src/frame/api/calls.ts");
const { makeStorage } = await load("src/frame/api/storage.ts");

const { cumulet } = OWN_PACKAGES;
const api = makeApi(new Calls(() => {}), { say() {} }, { id: "v" });

test("the list of exports is what the module gives", () => {
  assert.deepEqual(Object.keys(cumuletModule(api, /** @type {any} */ ({}))).sort(), cumulet?.exports);
});

test("preview, published apps and types have the same members", async () => {
  const members = Object.keys(api).sort();
  assert.deepEqual(Object.keys(publishedApi).sort(), members);
  const types = await readFile(path.join(ROOT, "src/types/cumulet.d.ts"), "utf8");
  const declared = /export const SandboxAPI: \{\n([\s\S]*?)\n {2}\};/.exec(types)?.[1] ?? "";
  const names = [...declared.matchAll(/^ {4}(?:readonly )?(\w+)[(:]/gm)].map(([, name]) => name);
  assert.deepEqual(names.sort(), members);
  for (const name of [...(cumulet?.exports ?? []), ...(cumulet?.types ?? [])]) {
    assert.match(types, new RegExp(`export (?:const|class|type) ${name}\\b`));
  }
});

test("names of files lose what a file system or a reader would trip over", () => {
  const names = {
    "report.csv": "report.csv",
    "../../etc/passwd": "_.._etc_passwd",
    ".bashrc": "bashrc",
    "photo\u202Egpj.exe": "photo_gpj.exe",
    "a:b*c?.txt": "a_b_c_.txt",
    "ends. . ": "ends",
    "": "download",
    "...": "download",
  };
  for (const [given, safe] of Object.entries(names)) assert.equal(safeName(given), safe, given);
  const long = safeName(`${"x".repeat(500)}.csv`);
  assert.equal(long.length, 120);
  assert.equal(long.endsWith("x.csv"), true);
});

test("calls: the first answer for an id counts, another kind of answer is an error", async () => {
  /** @type {any[]} */
  const sent = [];
  const calls = new Calls((/** @type {any} */ message) => sent.push(message));
  const first = calls.ask({ type: "confirm", text: "a" }, "flag");
  const second = calls.ask({ type: "confirm", text: "b" }, "flag");
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(
    sent.map(({ id }) => id),
    [1, 2],
  );
  calls.settle(1, { type: "flag", value: true });
  calls.settle(1, { type: "flag", value: false });
  calls.settle(99, { type: "flag", value: false });
  calls.settle(2, { type: "done" });
  assert.equal((await first).value, true);
  await assert.rejects(second, { name: "SandboxError", code: "unavailable" });
});

test("storage keeps values, and clears its own only", async () => {
  /** @type {any} */
  const store = {
    getItem: (/** @type {string} */ key) => store[key] ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => {
      store[key] = value;
    },
    removeItem: (/** @type {string} */ key) => delete store[key],
  };
  store.own = "kept";
  const storage = makeStorage(() => store);
  await storage.set("list", [1, { a: null }]);
  await storage.set("gone", 1);
  await storage.set("gone", undefined);
  assert.deepEqual(await storage.get("list"), [1, { a: null }]);
  assert.equal(await storage.get("gone"), undefined);
  assert.deepEqual(await storage.keys(), ["list"]);
  await storage.clear();
  assert.deepEqual(await storage.keys(), []);
  assert.equal(store.own, "kept");
});
