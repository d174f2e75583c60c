// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { Registry } = await load("src/frame/registry.ts");
const { HotUpdates } = await load("src/frame/hot.ts");
const { Dependencies } = await load("src/frame/dependencies.ts");

const wait = (/** @type {Promise<unknown>} */ pending) => pending.then(() => true);

/** Modules whose exports all start with a capital are boundaries; a component's family is its name. */
function makeRegistry() {
  return new Registry({
    context: (/** @type {string} */ id) => ({ id }),
    boundary(/** @type {string} */ _id, /** @type {object} */ exports) {
      const names = Object.keys(exports);
      return names.length > 0 && names.every((name) => /^[A-Z]/.test(name)) ? names : null;
    },
  });
}

/**
 * An app from a table: id → imports and exports. Runs are written down.
 * @param {Record<string, { imports?: string[], exports?: Record<string, unknown>, run?: () => void }>} table
 */
function makeApp(table) {
  const registry = makeRegistry();
  /** @type {string[]} */
  const runs = [];
  /** @param {string} id */
  const define = (id) => {
    const { imports = [], exports = {}, run } = table[id] ?? {};
    registry.define(id, (/** @type {any} */ require, /** @type {any} */ own) => {
      registry.export(
        own,
        Object.fromEntries(Object.entries(exports).map(([name, value]) => [name, () => value])),
      );
      for (const other of imports) require(other);
      runs.push(id);
      run?.();
    });
  };
  for (const id of Object.keys(table)) define(id);
  return { registry, runs, define, table };
}

test("runs once, in order, and gives live bindings", () => {
  const registry = makeRegistry();
  registry.define("a", (/** @type {any} */ load, /** @type {any} */ exports) => {
    registry.export(exports, { read: () => read });
    const b = load("b");
    const read = () => b.count;
  });
  registry.define("b", (/** @type {any} */ _require, /** @type {any} */ exports) => {
    registry.export(exports, { count: () => count, increase: () => increase });
    let count = 0;
    const increase = () => count++;
  });
  const a = registry.require("a");
  registry.require("b").increase();
  assert.equal(a.read(), 1);
});

test("cycles see bindings that come later", () => {
  const registry = makeRegistry();
  registry.define("even", (/** @type {any} */ load, /** @type {any} */ exports) => {
    registry.export(exports, { even: () => even });
    const other = load("odd");
    const even = (/** @type {number} */ n) => n === 0 || other.odd(n - 1);
  });
  registry.define("odd", (/** @type {any} */ load, /** @type {any} */ exports) => {
    registry.export(exports, { odd: () => odd });
    const other = load("even");
    const odd = (/** @type {number} */ n) => n !== 0 && other.even(n - 1);
  });
  assert.equal(registry.require("even").even(10), true);
});

test("export * passes names on, own names first, without default, also in cycles", () => {
  const registry = makeRegistry();
  registry.define("index", (/** @type {any} */ require, /** @type {any} */ exports) => {
    registry.export(exports, { own: () => "index" });
    registry.star(exports, require("part"));
  });
  registry.define("part", (/** @type {any} */ require, /** @type {any} */ exports) => {
    registry.export(exports, { own: () => "part", value: () => 1, default: () => 2 });
    registry.star(exports, require("late"));
  });
  registry.define("late", (/** @type {any} */ require, /** @type {any} */ exports) => {
    require("index");
    registry.export(exports, { late: () => 3 });
  });
  const index = registry.require("index");
  assert.deepEqual({ ...index }, { own: "index", value: 1, late: 3 });
  assert.equal("default" in index, false);
});

test("a module that throws fails its importers with the same error; import() rejects", async () => {
  const boom = new Error("boom");
  const { registry } = makeApp({
    a: { imports: ["b"] },
    b: {
      run: () => {
        throw boom;
      },
    },
  });
  assert.throws(() => registry.require("a"), boom);
  assert.throws(() => registry.require("a"), boom);
  await assert.rejects(registry.import("b"), boom);
  await assert.rejects(registry.import("nowhere"), /nowhere is not part of the app/);
});

test("a changed component runs alone", () => {
  const app = makeApp({
    main: { imports: ["App"] },
    App: { imports: ["Button"], exports: { App: 1 } },
    Button: { exports: { Button: 1 } },
  });
  app.registry.require("main");
  app.runs.length = 0;
  const hot = new HotUpdates(app.registry, "main", false);
  app.define("Button");
  assert.deepEqual(hot.apply(["Button"], wait), { kind: "applied", ran: 1 });
  assert.deepEqual(app.runs, ["Button"]);
});

test("a changed helper runs again with its importers, up to the boundaries, each once", () => {
  const app = makeApp({
    main: { imports: ["App"] },
    App: { imports: ["List", "Card"], exports: { App: 1 } },
    List: { imports: ["hook", "util"], exports: { List: 1 } },
    Card: { imports: ["util"], exports: { Card: 1 } },
    hook: { imports: ["util"], exports: { useIt: 1 } },
    util: { exports: { helper: 1 } },
  });
  app.registry.require("main");
  app.runs.length = 0;
  const hot = new HotUpdates(app.registry, "main", false);
  app.define("util");
  assert.equal(hot.apply(["util"], wait).kind, "applied");
  assert.deepEqual([...app.runs].sort(), ["Card", "List", "hook", "util"]);
  assert.ok(app.runs.indexOf("util") < app.runs.indexOf("hook"));
  assert.ok(app.runs.indexOf("hook") < app.runs.indexOf("List"));
});

test("importers read the new bindings of a replaced module", () => {
  const app = makeApp({
    App: { imports: ["Button"], exports: { App: 1 } },
    Button: { exports: { Button: "old" } },
  });
  app.registry.require("App");
  const seen = app.registry.require("Button");
  app.table.Button = { exports: { Button: "new" } };
  app.define("Button");
  new HotUpdates(app.registry, "App", true).apply(["Button"], wait);
  assert.equal(seen.Button, "new");
});

test("a change that reaches a self-mounting entry, or a dynamic import, asks for a reload", () => {
  const app = makeApp({
    main: { imports: ["App", "data"] },
    App: { exports: { App: 1 } },
    data: { exports: { rows: 1 } },
    lazy: { exports: { rows: 1 } },
  });
  app.registry.require("main");
  const hot = new HotUpdates(app.registry, "main", false);
  assert.match(hot.apply(["data"], wait).reason, /main starts the app/);
  app.registry.import("lazy");
  assert.match(hot.apply(["lazy"], wait).reason, /lazy is imported dynamically/);
});

test("a mounted entry takes any change", () => {
  const app = makeApp({
    App: { imports: ["data"], exports: { default: 1, version: 2 } },
    data: { exports: { rows: 1 } },
  });
  app.registry.require("App");
  app.runs.length = 0;
  const hot = new HotUpdates(app.registry, "App", true);
  assert.equal(hot.apply(["data"], wait).kind, "applied");
  assert.deepEqual(app.runs, ["data", "App"]);
});

test("a boundary that loses its shape passes the change on", () => {
  const app = makeApp({
    App: { imports: ["Box"], exports: { App: 1 } },
    Box: { exports: { Box: 1 } },
  });
  app.registry.require("App");
  app.runs.length = 0;
  const hot = new HotUpdates(app.registry, "App", true);
  app.table.Box = { exports: { Box: 1, size: 2 } };
  app.define("Box");
  assert.equal(hot.apply(["Box"], wait).kind, "applied");
  assert.deepEqual(app.runs, ["Box", "App"]);
});

test("an update that throws keeps all old bindings, and runs again with the next update", () => {
  const app = makeApp({
    App: { imports: ["before", "util"], exports: { App: 1 } },
    before: { exports: { text: "old" } },
    util: { exports: { helper: "old" } },
  });
  app.registry.require("App");
  const before = app.registry.require("before");
  const util = app.registry.require("util");
  const hot = new HotUpdates(app.registry, "App", true);
  app.table.before = { exports: { text: "new" } };
  app.define("before");
  app.table.util = {
    exports: { helper: "broken" },
    run: () => {
      throw new Error("boom");
    },
  };
  app.define("util");
  assert.equal(hot.apply(["before", "util"], wait).kind, "failed");
  assert.deepEqual([before.text, util.helper], ["old", "old"]);
  app.table.util = { exports: { helper: "new" } };
  app.define("util");
  app.runs.length = 0;
  assert.equal(hot.apply(["util"], wait).kind, "applied");
  assert.deepEqual([before.text, util.helper], ["new", "new"]);
  assert.deepEqual(app.runs, ["before", "util", "App"]);
});

test("modules that nobody has required yet run only when they are", () => {
  const app = makeApp({ App: { exports: { App: 1 } }, later: { exports: { rows: 1 } } });
  app.registry.require("App");
  app.runs.length = 0;
  const hot = new HotUpdates(app.registry, "App", true);
  assert.deepEqual(hot.apply(["later"], wait), { kind: "applied", ran: 0 });
  assert.deepEqual(app.runs, []);
});

test("dependency files run once; parts of a package add to one namespace", () => {
  const dependencies = new Dependencies();
  let runs = 0;
  dependencies.define("chunk.js", (/** @type {any} */ _require, /** @type {any} */ exports) => {
    runs++;
    exports.shared = 1;
  });
  for (const name of ["Heart", "Star"]) {
    dependencies.define(`${name}.js`, (/** @type {any} */ require, /** @type {any} */ exports) => {
      exports[name] = require("chunk.js").shared;
      dependencies.provide("icons", "lucide-react", exports);
    });
  }
  dependencies.run("Heart.js");
  const namespace = /** @type {any} */ (dependencies.packages.icons)["lucide-react"];
  dependencies.run("Star.js");
  assert.equal(namespace.Star, 1);
  assert.equal(namespace.Heart, 1);
  assert.equal(runs, 1);
  assert.throws(() => dependencies.run("other.js"), /other\.js was not loaded/);
});
