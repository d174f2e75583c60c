// The bundler for other programs: texts in, plain objects out. The work is done
// by the wasm beside this file, through the script that wasm-bindgen made.

import start, { Bundler as WasmBundler, transform as wasmTransform } from "./glue.js";
import { demandObject, demandTexts, fileBytes, free, input, kindOf, messageOf, run } from "./wasm.js";

/** @import { Bundler, Checked, Manifest, Published, PublishOptions, Severity, Transformed, WasmSource } from "./index.d.ts" */

let isReady = false;

/** @param {WasmSource} [source] */
export async function init(source = new URL("./bundler.wasm", import.meta.url)) {
  try {
    await start({ module_or_path: input(source) });
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
      const { output, tailwind, missing } = JSON.parse(run(() => bundler().build(JSON.stringify(changes))));
      return { ...output, tailwind, missing };
    },
    supply(file, text) {
      if (typeof text !== "string")
        throw new TypeError(`the text of \`${file}\` must be a text, not ${kindOf(text)}.`);
      run(() => bundler().supply(file, text));
    },
    resolvePositions(positions) {
      if (!Array.isArray(positions))
        throw new TypeError(`positions must be an array, not ${kindOf(positions)}.`);
      return JSON.parse(run(() => bundler().resolvePositions(JSON.stringify(positions))));
    },
    reset: () => run(() => bundler().reset()),
    free() {
      free(inner);
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
 * @param {(file: string) => string} [read]
 * @returns {Checked}
 */
export function check(files, manifest, read = ownFile) {
  demandTexts(files, "files", (text) => typeof text === "string", "a text");
  const bundler = createBundler({ manifest });
  try {
    let build = bundler.build(files);
    while (build.missing.length > 0) {
      for (const file of build.missing) bundler.supply(file, read(file));
      build = bundler.build({});
    }
    const { diagnostics, dependencyFiles, dependencies } = build;
    const count = (/** @type {Severity} */ severity) =>
      diagnostics.filter((d) => d.severity === severity).length;
    return { errors: count("error"), warnings: count("warning"), diagnostics, dependencyFiles, dependencies };
  } finally {
    bundler.free();
  }
}

/**
 * @param {PublishOptions} options
 * @returns {Promise<Published>}
 */
export async function publish(options) {
  demandObject(options, "publish's options");
  demandObject(options.manifest, "the manifest");
  // Imported here, because only those who publish need a minifier.
  const { publish } = await import("./publish.js");
  return publish(options);
}

/**
 * A file of this package's own `deps`, where it can be read at once.
 * @param {string} file
 */
function ownFile(file) {
  const bytes = fileBytes(new URL(`../deps/${file}`, import.meta.url));
  if (bytes === undefined)
    throw new Error(`check needs \`deps/${file}\`: give \`read\`, a function that returns its text.`);
  return new TextDecoder().decode(bytes);
}

function demandReady() {
  if (!isReady) throw new Error("The bundler isn't loaded yet: call `await init()` first.");
}
