// Compiles off the page's thread, so that typing never waits for it.

import { createBundler, init } from "../src/index.js";

/** @import { Diagnostic } from "../src/index.js" */

// Messages that come while the wasm loads wait here: a worker's first script must listen at once.
const bundler = load();

self.addEventListener("message", async ({ data: changes }) => {
  try {
    self.postMessage(build(await bundler, changes));
  } catch (error) {
    self.postMessage({ status: String(error), result: "" });
  }
});

/** Code of the whole app: a build gives only what changed. @type {Map<string, string>} */
const app = new Map();

async function load() {
  const [manifest] = await Promise.all([fetch(new URL("../manifest.json", import.meta.url)), init()]);
  return createBundler({ manifest: await manifest.json() });
}

/** @param {ReturnType<typeof createBundler>} bundler @param {Record<string, string>} changes */
function build(bundler, changes) {
  const started = performance.now();
  const { modules, removed, diagnostics } = bundler.build(changes);
  const elapsed = (performance.now() - started).toFixed(1);
  for (const { id, code } of modules) app.set(id, code);
  for (const id of removed) app.delete(id);
  if (diagnostics.length > 0) {
    return {
      status: `${diagnostics.length} found in ${elapsed} ms`,
      result: diagnostics.map(shown).join("\n\n"),
    };
  }
  return { status: `Built in ${elapsed} ms`, result: [...app.values()].join("\n") };
}

/** @param {Diagnostic} diagnostic */
function shown({ severity, message, frame = "", help = "" }) {
  return `${severity}: ${message}\n${frame}\n${help}`.trimEnd();
}
