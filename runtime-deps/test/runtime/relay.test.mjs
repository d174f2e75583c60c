// @ts-check
/** What of the bundler's builds goes to the bridge past the page. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { Relay } = await load("src/workers/relay.ts");

/** @param {number} revision @param {object} [output] */
const built = (revision, output = {}) => ({
  type: "built",
  revision,
  elapsedUs: 1,
  tailwindUs: 0,
  output: {
    modules: [{ id: "a.tsx", code: "a", imports: ["b.tsx"] }],
    removed: [],
    entry: { id: "a.tsx", mount: true },
    css: "",
    dependencyFiles: [],
    diagnostics: [],
    ...output,
  },
});

test("builds follow one another, without errors and within a project", () => {
  /** @type {any[]} */
  const posted = [];
  const relay = new Relay({ postMessage: (/** @type {any} */ build) => posted.push(build) });
  const steps = () => posted.splice(0).map(({ base, revision }) => [base, revision]);
  const error = { code: "syntax", severity: "error", file: "a.tsx", message: "" };

  relay.offer(built(1));
  assert.deepEqual(steps(), [], "the first build of a project starts it");
  relay.offer(built(2));
  assert.deepEqual(posted[0].modules, [{ id: "a.tsx", code: "a", staticImports: [] }]);
  relay.offer(built(3, { diagnostics: [{ ...error, severity: "warning" }] }));
  assert.deepEqual(steps(), [
    [1, 2],
    [2, 3],
  ]);
  relay.offer(built(4, { diagnostics: [error] }));
  relay.offer(built(5, { entry: null }));
  relay.offer(built(6));
  assert.deepEqual(steps(), [[5, 6]], "what a build with errors changed, the bridge has from the page alone");
  relay.reset();
  relay.offer(built(7));
  assert.deepEqual(steps(), []);
});
