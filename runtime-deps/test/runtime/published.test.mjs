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

/**
 * @param {string} script
 * @param {(file: string) => boolean} [load] runs a script that is asked for later, if it is there
 */
function run(script, load = () => false) {
  const document = {
    currentScript: { src: "https://app.example/assets/runtime.js" },
    createElement: () => ({ remove() {} }),
    head: {
      async append(/** @type {any} */ script) {
        await null;
        if (load(script.src.split("/").pop())) script.onload();
        else script.onerror();
      },
    },
  };
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

test("a dependency file that can't be loaded breaks only what needs it, until it is there", async () => {
  let isOnline = false;
  /** @type {string[]} */
  const ran = [];
  const define = (/** @type {string} */ file, /** @type {string[]} */ ...needed) =>
    runtime.defineDependency(file, (/** @type {(file: string) => unknown} */ require) => {
      needed.forEach(require);
      ran.push(file);
    });
  const runtime = run(base ?? "", (file) => {
    if (file === "d2.js" && !isOnline) return false;
    if (file === "d1.js") define("d1.js", "d2.js");
    else define(file);
    return true;
  });
  for (const id of ["main", "a", "b"]) runtime.define(id, () => {});
  runtime.start({ ...START, chunks: { a: ["d3.js"], b: ["d2.js", "d1.js"] } });
  await assert.rejects(runtime.import("b"), /d2\.js could not be loaded/);
  await runtime.import("a");
  assert.deepEqual(ran, ["d3.js"]);
  isOnline = true;
  await runtime.import("b");
  assert.deepEqual(ran, ["d3.js", "d2.js", "d1.js"]);
});

test("decorators are there only for apps that ask for them", () => {
  assert.equal(run(base ?? "").decorate, undefined);
  const runtime = run(`${base}\n${decorators}`);
  for (const name of ["decorate", "decorateLegacy"]) assert.equal(typeof runtime[name], "function", name);
});
