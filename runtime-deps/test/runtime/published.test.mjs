// @ts-check
/** The scripts of published apps, as they are built: what one gets, and when it starts. */
import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";
import vm from "node:vm";
import { classicScript } from "../../build/sandbox.mjs";
import { ROOT } from "./load.mjs";

const [base, decorators] = await Promise.all(
  ["main", "decorators"].map((name) => classicScript(path.join(ROOT, `src/published/${name}.ts`), ROOT, {})),
);

/** @param {string} script */
function run(script) {
  const document = { currentScript: { src: "https://app.example/assets/runtime.js" } };
  /** @type {any} */
  const window = { document, URL };
  window.window = window;
  vm.runInNewContext(script, window);
  return window.__cumulet;
}

const START = { entry: "main", mounts: false, env: {}, chunks: {} };

test("an app without an await has started when its script has run", () => {
  const runtime = run(base ?? "");
  let hasRun = false;
  runtime.define("main", () => {
    hasRun = true;
  });
  runtime.start(START);
  assert.equal(hasRun, true);
  assert.equal(Object.isFrozen(runtime), true);
});

test("an import that awaits is done before its importer begins", async () => {
  const runtime = run(base ?? "");
  /** @type {string[]} */
  const order = [];
  runtime.define(
    "main",
    (/** @type {any} */ require) => {
      require("late");
      order.push("main");
    },
    ["late"],
  );
  runtime.define("late", async () => {
    await null;
    order.push("late");
  }, []);
  runtime.start(START);
  await runtime.import("main");
  assert.deepEqual(order, ["late", "main"]);
});

test("decorators are there only for apps that ask for them", () => {
  assert.equal(run(base ?? "").decorate, undefined);
  const runtime = run(`${base}\n${decorators}`);
  for (const name of ["decorate", "decorateLegacy"]) assert.equal(typeof runtime[name], "function", name);
});
