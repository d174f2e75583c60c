// @ts-check
/** Modules that await: the order in which they run, errors, cycles, and updates. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { Registry } = await load("src/frame/registry.ts");
const { HotUpdates } = await load("src/frame/hot.ts");

/** @typedef {{ imports?: string[], exports?: Record<string, unknown>, run?: () => void, wait?: () => Promise<unknown> }} Description */

/**
 * An app from a table. Those with `wait` await it. What runs is written down, with ! when a wait ends.
 * @param {Record<string, Description>} table
 */
function makeApp(table) {
  /** @type {string[]} */
  const registered = [];
  const registry = new Registry({
    context: (/** @type {string} */ id) => ({ id, refreshReg: () => registered.push(id) }),
    boundary(/** @type {string} */ _id, /** @type {object} */ exports) {
      const names = Object.keys(exports);
      return names.length > 0 && names.every((name) => /^[A-Z]/.test(name)) ? names : null;
    },
  });
  /** @type {string[]} */
  const runs = [];
  /** @param {string} id */
  const define = (id) => {
    const { imports = [], exports = {}, run, wait } = table[id] ?? {};
    const begin = (/** @type {any} */ require, /** @type {any} */ own) => {
      const getters = Object.entries(exports).map(([name, value]) => [name, () => value]);
      registry.export(own, Object.fromEntries(getters));
      for (const other of imports) require(other);
      runs.push(id);
      run?.();
    };
    registry.define(
      id,
      wait === undefined
        ? begin
        : async (/** @type {any} */ require, /** @type {any} */ own, /** @type {any} */ module) => {
            begin(require, own);
            await wait();
            runs.push(`${id}!`);
            module.refreshReg();
          },
    );
    registry.order(id, imports);
  };
  for (const id of Object.keys(table)) define(id);
  const hot = (/** @type {boolean} */ mounted = true) => new HotUpdates(registry, "App", mounted);
  return { registry, runs, registered, define, table, hot };
}

/** A promise to be settled by hand. */
function signal() {
  let resolve = (/** @type {unknown} */ _) => {};
  let reject = (/** @type {unknown} */ _) => {};
  const promise = new Promise((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { wait: () => promise, resolve, reject };
}

const forEver = () => new Promise(() => {});
const atOnce = async () => {};
const wait = (/** @type {Promise<unknown>} */ pending) => pending.then(() => true);

test("where nothing awaits, nothing is a promise", () => {
  const { registry } = makeApp({ App: { imports: ["a"] }, a: {}, other: { wait: atOnce } });
  assert.equal(registry.evaluate("App"), undefined);
  assert.equal(registry.records.get("App").state, "defined");
  registry.require("App");
  assert.equal(registry.evaluate("App"), undefined);
});

test("importers wait, siblings run in their order and don't", async () => {
  const { registry, runs } = makeApp({
    App: { imports: ["first", "second", "third"] },
    first: { imports: ["slow"] },
    second: {},
    third: { imports: ["slow"], wait: atOnce },
    slow: { wait: atOnce },
  });
  const pending = registry.evaluate("App");
  assert.deepEqual(runs, ["slow", "second"]);
  await pending;
  assert.deepEqual(runs, ["slow", "second", "slow!", "first", "third", "third!", "App"]);
  assert.equal(registry.records.get("App").state, "run");
});

test("what becomes ready together runs in the order of the imports, however deep", async () => {
  const { registry, runs } = makeApp({
    App: { imports: ["a", "b", "c"] },
    a: { imports: ["slow"] },
    b: { imports: ["a", "slow"] },
    c: { imports: ["slow"] },
    slow: { wait: atOnce },
  });
  await registry.evaluate("App");
  assert.deepEqual(runs, ["slow", "slow!", "a", "b", "c", "App"]);
});

test("the engine runs the same modules in the same order", async () => {
  const encoded = (/** @type {string} */ text) => `data:text/javascript,${encodeURIComponent(text)}`;
  const say = (/** @type {string} */ name) => `(globalThis.ran ??= []).push(${JSON.stringify(name)});`;
  const slow = encoded(`${say("slow")} await 0; ${say("slow!")}`);
  const a = encoded(`import ${JSON.stringify(slow)}; ${say("a")}`);
  const b = encoded(`import ${JSON.stringify(a)}; import ${JSON.stringify(slow)}; ${say("b")}`);
  const c = encoded(`import ${JSON.stringify(slow)}; ${say("c")}; await 0; ${say("c!")}`);
  const d = encoded(say("d"));
  const order = [a, b, c, d].map((address) => `import ${JSON.stringify(address)};`).join("");
  await import(encoded(`${order} ${say("App")}`));
  const { registry, runs } = makeApp({
    App: { imports: ["a", "b", "c", "d"] },
    a: { imports: ["slow"] },
    b: { imports: ["a", "slow"] },
    c: { imports: ["slow"], wait: atOnce },
    d: {},
    slow: { wait: atOnce },
  });
  await registry.evaluate("App");
  assert.deepEqual(runs, /** @type {any} */ (globalThis).ran);
});

test("modules that import each other don't wait for each other; others wait for all of them", async () => {
  const { registry, runs } = makeApp({
    App: { imports: ["b", "user"] },
    user: { imports: ["a"] },
    a: { imports: ["b"], wait: atOnce, exports: { one: 1 } },
    b: { imports: ["a", "c"], wait: atOnce },
    c: { imports: ["a"] },
  });
  await registry.evaluate("App");
  assert.deepEqual(runs, ["a", "a!", "c", "b", "b!", "user", "App"]);
  assert.equal(registry.require("a").one, 1);
});

test("an error fails the importers, at once or after an await, and not the siblings", async () => {
  const { wait: failing, reject } = signal();
  const boom = new Error("boom");
  const { registry, runs } = makeApp({
    App: { imports: ["bad", "good"] },
    bad: { imports: ["data"] },
    data: { wait: failing },
    good: { wait: atOnce },
  });
  const pending = registry.evaluate("App");
  reject(boom);
  await pending;
  for (const id of ["App", "bad", "data"]) assert.throws(() => registry.require(id), boom);
  assert.equal(registry.records.get("good").state, "run");
  assert.deepEqual(runs, ["data", "good", "good!"]);
  await assert.rejects(registry.import("App"), boom);

  const sync = makeApp({
    App: { imports: ["slow", "bad"] },
    slow: { wait: atOnce },
    bad: {
      run: () => {
        throw boom;
      },
    },
  });
  assert.equal(sync.registry.evaluate("App"), undefined);
  assert.throws(() => sync.registry.require("App"), boom);
  await assert.rejects(sync.registry.import("App"), boom);
});

test("import() gives a module when it is done, and takes part in a wait that is on", async () => {
  const { wait: slow, resolve } = signal();
  const { registry, runs } = makeApp({
    App: { imports: ["data"] },
    data: { wait: slow, exports: { rows: 3 } },
    page: { imports: ["data"], exports: { Page: 1 } },
  });
  const app = registry.import("App");
  const page = registry.import("page");
  assert.deepEqual(registry.unfinished(), ["data"]);
  resolve(0);
  assert.equal((await page).Page, 1);
  await app;
  assert.deepEqual(runs, ["data", "data!", "App", "page"]);
  assert.deepEqual(registry.unfinished(), []);
});

test("a module that was reset while it waited runs anew, and what it left behind counts no more", async () => {
  const { wait: slow, resolve } = signal();
  const app = makeApp({
    App: { imports: ["data", "other"] },
    data: { wait: slow, exports: { rows: "old" } },
    other: { wait: slow },
  });
  const first = app.registry.evaluate("App");
  app.table.data = { wait: atOnce, exports: { rows: "new" } };
  app.define("data");
  app.registry.reset(["data"]);
  await first;
  const second = app.registry.evaluate("App");
  assert.deepEqual(app.runs, ["data", "other", "data"]);
  resolve(0);
  await second;
  assert.equal(app.registry.require("data").rows, "new");
  assert.equal(app.runs.filter((run) => run === "App").length, 1);
  assert.deepEqual(app.registered.toSorted(), ["data", "other"]);
});

test("an update keeps the old bindings until the new ones have values", async () => {
  const app = makeApp({
    App: { imports: ["data"], exports: { App: 1 } },
    data: { wait: atOnce, exports: { rows: "old" } },
  });
  await app.registry.evaluate("App");
  const data = app.registry.require("data");
  const { wait: slow, resolve } = signal();
  app.table.data = { wait: slow, exports: { rows: "new" } };
  app.define("data");
  app.runs.length = 0;
  const outcome = app.hot().apply(["data"], wait);
  assert.equal(data.rows, "old");
  resolve(0);
  assert.deepEqual(await outcome, { kind: "applied", ran: 2 });
  assert.equal(data.rows, "new");
  assert.deepEqual(app.runs, ["data", "data!", "App"]);
});

test("a module may begin to await, and cease to", async () => {
  const app = makeApp({
    App: { imports: ["data"], exports: { App: 1 } },
    data: { exports: { rows: 1 } },
  });
  app.registry.require("App");
  const hot = app.hot();
  app.table.data = { wait: atOnce, exports: { rows: 2 } };
  app.define("data");
  assert.deepEqual(await hot.apply(["data"], wait), { kind: "applied", ran: 2 });
  assert.equal(app.registry.require("data").rows, 2);
  app.table.data = { exports: { rows: 3 } };
  app.define("data");
  assert.deepEqual(hot.apply(["data"], wait), { kind: "applied", ran: 2 });
  assert.equal(app.registry.require("data").rows, 3);
});

test("an update that fails after an await takes all back, and the next one repairs it", async () => {
  const app = makeApp({
    App: { imports: ["before", "data"], exports: { App: 1 } },
    before: { exports: { text: "old" } },
    data: { wait: atOnce, exports: { rows: "old" } },
  });
  await app.registry.evaluate("App");
  const { before, data } = { before: app.registry.require("before"), data: app.registry.require("data") };
  const hot = app.hot();
  app.table.before = { exports: { text: "new" } };
  app.define("before");
  app.table.data = { wait: () => Promise.reject(new Error("boom")), exports: { rows: "broken" } };
  app.define("data");
  assert.equal((await hot.apply(["before", "data"], wait)).kind, "failed");
  assert.deepEqual([before.text, data.rows], ["old", "old"]);
  app.table.data = { wait: atOnce, exports: { rows: "new" } };
  app.define("data");
  assert.equal((await hot.apply(["data"], wait)).kind, "applied");
  assert.deepEqual([before.text, data.rows], ["new", "new"]);
});

test("an update that hangs is superseded by the next one", async () => {
  const app = makeApp({
    App: { imports: ["data", "label"], exports: { App: 1 } },
    data: { wait: atOnce, exports: { rows: "old" } },
    label: { exports: { text: "old" } },
  });
  await app.registry.evaluate("App");
  const data = app.registry.require("data");
  const hot = app.hot();
  app.table.data = { wait: forEver, exports: { rows: "hanging" } };
  app.define("data");
  app.table.label = { exports: { text: "new" } };
  app.define("label");
  const hanging = hot.apply(["data", "label"], async () => false);
  assert.deepEqual(app.registry.unfinished(), ["data"]);
  assert.deepEqual(await hanging, { kind: "superseded" });
  assert.deepEqual(app.registry.unfinished(), []);
  assert.deepEqual([data.rows, app.registry.require("data").rows], ["old", "old"]);
  app.table.data = { wait: atOnce, exports: { rows: "new" } };
  app.define("data");
  assert.equal((await hot.apply(["data"], wait)).kind, "applied");
  assert.deepEqual([data.rows, app.registry.require("label").text], ["new", "new"]);
});
