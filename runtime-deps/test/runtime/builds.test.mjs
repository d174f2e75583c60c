// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { BuildQueue } = await load("src/workers/builds.ts");

/** A bundler that makes one module of each changed file, and a Tailwind that waits to be let go. */
function makeQueue({ tailwind = false, missing = /** @type {string[]} */ ([]) } = {}) {
  /** @type {any[]} */
  const posted = [];
  /** @type {number[]} */
  const fetching = [];
  /** @type {string[]} */
  const built = [];
  /** @type {((css: string | Error) => void)[]} */
  const compiles = [];
  /** @type {Map<string, (text: string | Error) => void>} */
  const loads = new Map();
  const bundler = {
    supply: (/** @type {string} */ file) => {
      missing = missing.filter((other) => other !== file);
    },
    build(/** @type {string} */ text) {
      built.push(text);
      const changes = Object.entries(JSON.parse(text));
      const modules = changes
        .filter(([, code]) => code !== null)
        .map(([id, code]) => ({ id, code, imports: [] }));
      const removed = changes.filter(([, code]) => code === null).map(([id]) => id);
      const output = { modules, removed, css: "plain", diagnostics: [] };
      if (missing.length > 0) {
        const empty = { modules: [], removed: [], css: "", diagnostics: [] };
        return JSON.stringify({ output: empty, tailwind: null, missing });
      }
      return JSON.stringify({
        output,
        tailwind: tailwind ? { css: "in", candidates: ["p-2"] } : null,
        missing,
      });
    },
    resolvePositions: () => "[null]",
    reset() {},
  };
  /** @type {unknown[]} */
  const failures = [];
  /** @type {(() => void)[]} */
  const wakes = [];
  const wake = () => {
    for (const resolve of wakes.splice(0)) resolve();
  };
  const queue = new BuildQueue(bundler, {
    loadList: (/** @type {string} */ file) =>
      new Promise((resolve, reject) => {
        loads.set(file, (text) => (text instanceof Error ? reject(text) : resolve(text)));
        wake();
      }),
    loadTailwind: async () => ({
      compile: () =>
        new Promise((resolve, reject) => {
          compiles.push((css) => (css instanceof Error ? reject(css) : resolve(css)));
          wake();
        }),
    }),
    post: (/** @type {any} */ message) => {
      if (message.type === "fetching") fetching.push(message.revision);
      else posted.push(message);
      wake();
    },
    fail: (/** @type {unknown} */ error) => failures.push(error),
  });
  const until = async (/** @type {() => boolean} */ condition) => {
    while (!condition()) await new Promise((resolve) => wakes.push(() => resolve(undefined)));
  };
  return { queue, posted, fetching, built, compiles, loads, failures, until };
}

test("requests that wait are merged, and only the newest is answered", async () => {
  const { queue, posted, built, until } = makeQueue();
  queue.request(1, { a: "1", b: "1" });
  queue.request(2, { a: "2", c: null });
  await until(() => posted.length === 1);
  assert.equal(built.length, 1);
  assert.equal(posted[0].revision, 2);
  assert.deepEqual(
    posted[0].output.modules.map((/** @type {any} */ module) => [module.id, module.code]),
    [
      ["a", "2"],
      ["b", "1"],
    ],
  );
  assert.deepEqual(posted[0].output.removed, ["c"]);
});

test("what a superseded build produced comes with the next answer", async () => {
  const { queue, posted, compiles, until } = makeQueue({ tailwind: true });
  queue.request(1, { a: "1", b: "1", gone: "1" });
  await until(() => compiles.length === 1);
  queue.request(2, { b: "2", gone: null });
  compiles[0]?.("first");
  await until(() => compiles.length === 2);
  compiles[1]?.("second");
  await until(() => posted.length === 1);
  assert.equal(posted[0].revision, 2);
  assert.equal(posted[0].output.css, "second");
  assert.deepEqual(
    posted[0].output.modules.map((/** @type {any} */ module) => [module.id, module.code]),
    [
      ["a", "1"],
      ["b", "2"],
    ],
  );
  assert.deepEqual(posted[0].output.removed, ["gone"]);
});

test("an error of Tailwind is a diagnostic of the style sheet, not a failure", async () => {
  const { queue, posted, compiles, failures, until } = makeQueue({ tailwind: true });
  queue.request(1, {
    "src/index.css": '@import "tailwindcss"; .a { @apply nope; }',
    "src/plain.css": "p {}",
  });
  await until(() => compiles.length === 1);
  compiles[0]?.(new Error("Cannot apply unknown utility class `nope`"));
  await until(() => posted.length === 1);
  const [diagnostic] = posted[0].output.diagnostics;
  assert.equal(diagnostic.code, "tailwind");
  assert.equal(diagnostic.severity, "error");
  assert.equal(diagnostic.file, "src/index.css");
  assert.match(diagnostic.message, /nope/);
  assert.deepEqual(failures, []);
});

test("a reset drops the build under way", async () => {
  const { queue, posted, compiles, until } = makeQueue({ tailwind: true });
  queue.request(1, { a: "1" });
  await until(() => compiles.length === 1);
  queue.reset();
  queue.request(2, { z: "1" });
  compiles[0]?.("late");
  await until(() => compiles.length === 2);
  compiles[1]?.("css");
  await until(() => posted.length === 1);
  assert.deepEqual(
    posted[0].output.modules.map((/** @type {any} */ module) => module.id),
    ["z"],
  );
});

test("lists that a build lacks are fetched together before it is answered", async () => {
  const { queue, posted, fetching, built, loads, until } = makeQueue({
    missing: ["icons.json", "dates.json"],
  });
  queue.request(1, { a: "1" });
  await until(() => loads.size === 2);
  assert.deepEqual(fetching, [1], "who watches the time knows that the network is waited for");
  loads.get("icons.json")?.("{}");
  loads.get("dates.json")?.("{}");
  await until(() => posted.length === 1);
  assert.equal(posted[0].revision, 1);
  assert.deepEqual(built, ['{"a":"1"}', "{}"]);
  assert.deepEqual(posted[0].output.diagnostics, []);
});

test("a list that can't be had is told, and fetched again for the next build", async () => {
  const { queue, posted, loads, failures, until } = makeQueue({ missing: ["icons.json"] });
  queue.request(1, { a: "1" });
  await until(() => loads.size === 1);
  loads.get("icons.json")?.(new Error("icons.json could not be loaded: the network can't be reached."));
  await until(() => posted.length === 1);
  const [diagnostic] = posted[0].output.diagnostics;
  assert.equal(diagnostic.code, "package-list");
  assert.match(diagnostic.message, /icons\.json/);
  assert.deepEqual(failures, []);
  loads.clear();
  queue.request(2, { a: "2" });
  await until(() => loads.size === 1);
  loads.get("icons.json")?.("{}");
  await until(() => posted.length === 2);
  assert.deepEqual(posted[1].output.diagnostics, []);
});

test("a reset while lists are fetched drops the build", async () => {
  const { queue, posted, loads, until } = makeQueue({ missing: ["icons.json"] });
  queue.request(1, { a: "1" });
  await until(() => loads.size === 1);
  queue.reset();
  queue.request(2, { z: "1" });
  loads.get("icons.json")?.("{}");
  await until(() => posted.length === 1);
  assert.equal(posted[0].revision, 2);
  assert.deepEqual(
    posted[0].output.modules.map((/** @type {any} */ module) => module.id),
    ["z"],
  );
});
