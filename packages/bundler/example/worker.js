// Compiles off the page's thread, so that typing never waits for it.

import { createBundler, init } from "../src/index.js";

/** @import { Bundler, Diagnostic } from "../src/index.js" */

// Messages that come while the wasm loads wait here: a worker's first script must listen at once.
const bundler = load();

self.addEventListener("message", async ({ data: changes }) => {
  try {
    self.postMessage(await build(await bundler, changes));
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

/** @param {Bundler} bundler @param {Record<string, string>} changes */
async function build(bundler, changes) {
  const started = performance.now();
  let built = bundler.build(changes);
  while (built.missing.length > 0) {
    await Promise.all(built.missing.map((file) => supply(bundler, file)));
    built = bundler.build({});
  }
  const { modules, removed, diagnostics } = built;
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

/** The lists of large packages come when an app first imports them. @param {Bundler} bundler @param {string} file */
async function supply(bundler, file) {
  const answer = await fetch(new URL(`../deps/${file}`, import.meta.url));
  if (!answer.ok) throw new Error(`${file} could not be loaded: the server answered ${answer.status}.`);
  bundler.supply(file, await answer.text());
}

/** @param {Diagnostic} diagnostic */
function shown({ severity, message, frame = "", help = "" }) {
  return `${severity}: ${message}\n${frame}\n${help}`.trimEnd();
}
