// The bundler for other programs: texts in, plain objects out. The work is done
// by the wasm beside this file, through the script that wasm-bindgen made.

import start, { Bundler as WasmBundler, transform as wasmTransform } from "./glue.js";

/** @import { Bundler, Checked, Manifest, Severity, Transformed, WasmSource } from "./index.d.ts" */

let isReady = false;

/** @param {WasmSource} [source] */
export async function init(source = new URL("./bundler.wasm", import.meta.url)) {
  try {
    const place = typeof source === "string" ? new URL(source, globalThis.location?.href) : source;
    await start({ module_or_path: place instanceof URL ? (fileBytes(place) ?? place) : place });
  } catch (error) {
    throw new Error(`The bundler's wasm could not be loaded: ${messageOf(error)}`, { cause: error });
  }
  isReady = true;
}

/**
 * @param {{ manifest: Manifest }} options
 * @returns {Bundler}
 */
export function createBundler(options) {
  demandReady();
  demandObject(options, "createBundler's options");
  demandObject(options.manifest, "the manifest");
  /** @type {WasmBundler | undefined} */
  let inner = run(() => new WasmBundler(JSON.stringify(options.manifest)));
  const bundler = () => {
    if (inner === undefined) throw new Error("This bundler has been freed: create another one.");
    return inner;
  };
  return {
    build(changes) {
      demandTexts(changes, "changes", (text) => text === null || typeof text === "string", "a text or null");
      const { output, tailwind } = JSON.parse(run(() => bundler().build(JSON.stringify(changes))));
      return { ...output, tailwind };
    },
    resolvePositions(positions) {
      if (!Array.isArray(positions))
        throw new TypeError(`positions must be an array, not ${kindOf(positions)}.`);
      return JSON.parse(run(() => bundler().resolvePositions(JSON.stringify(positions))));
    },
    reset: () => run(() => bundler().reset()),
    free() {
      inner?.free();
      inner = undefined;
    },
  };
}

/**
 * @param {string} path
 * @param {string} text
 * @returns {Transformed}
 */
export function transform(path, text) {
  demandReady();
  if (typeof path !== "string") throw new TypeError(`path must be a text, not ${kindOf(path)}.`);
  if (typeof text !== "string")
    throw new TypeError(`the text of \`${path}\` must be a text, not ${kindOf(text)}.`);
  return JSON.parse(run(() => wasmTransform(path, text)));
}

/**
 * @param {Record<string, string>} files
 * @param {Manifest} manifest
 * @returns {Checked}
 */
export function check(files, manifest) {
  demandTexts(files, "files", (text) => typeof text === "string", "a text");
  const bundler = createBundler({ manifest });
  try {
    const { diagnostics, dependencyFiles, dependencies } = bundler.build(files);
    const count = (/** @type {Severity} */ severity) =>
      diagnostics.filter((d) => d.severity === severity).length;
    return { errors: count("error"), warnings: count("warning"), diagnostics, dependencyFiles, dependencies };
  } finally {
    bundler.free();
  }
}

/**
 * What lies at a `file:` address, which `fetch` refuses; undefined for other addresses and outside of Node.
 * @param {URL} url
 */
function fileBytes(url) {
  if (url.protocol !== "file:") return undefined;
  // Not imported: tools that build for browsers stumble over `node:fs`.
  return globalThis.process?.getBuiltinModule?.("node:fs").readFileSync(url);
}

/**
 * Runs a call of the wasm. One that ends in a trap leaves memory behind that nothing may use.
 * @template T
 * @param {() => T} call
 * @returns {T}
 */
function run(call) {
  try {
    return call();
  } catch (error) {
    if (!(error instanceof WebAssembly.RuntimeError)) throw error;
    const advice = "which is a bug of the bundler: go on in a new worker or process";
    throw new Error(`The bundler stopped (${error.message}), ${advice}.`, { cause: error });
  }
}

function demandReady() {
  if (!isReady) throw new Error("The bundler isn't loaded yet: call `await init()` first.");
}

/** @param {unknown} value @param {string} what */
function demandObject(value, what) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new TypeError(`${what} must be an object, not ${kindOf(value)}.`);
  }
}

/**
 * @param {Record<string, unknown>} texts
 * @param {string} what
 * @param {(text: unknown) => boolean} isRight
 * @param {string} expected
 */
function demandTexts(texts, what, isRight, expected) {
  demandObject(texts, what);
  for (const [path, text] of Object.entries(texts)) {
    if (!isRight(text)) throw new TypeError(`${what}: \`${path}\` must be ${expected}, not ${kindOf(text)}.`);
  }
}

/** @param {unknown} value */
function kindOf(value) {
  if (value === null || value === undefined) return String(value);
  return Array.isArray(value) ? "an array" : `of type ${typeof value}`;
}

/** @param {unknown} error */
function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}
