// What both wasm programs of this package need: their bytes, and their errors.

/**
 * What wasm-bindgen loads, for what a caller gave; of what `fetch` refuses, the bytes.
 * @param {import("./index.d.ts").WasmSource} source
 */
export function input(source) {
  const place = typeof source === "string" ? new URL(source, globalThis.location?.href) : source;
  return place instanceof URL ? (fileBytes(place) ?? place) : place;
}

/**
 * What lies at a `file:` address, which `fetch` refuses; undefined for other addresses and outside of Node.
 * @param {URL} url
 */
export function fileBytes(url) {
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
export function run(call) {
  try {
    return call();
  } catch (error) {
    if (!(error instanceof WebAssembly.RuntimeError)) throw error;
    const advice = "which is a bug of the bundler: go on in a new worker or process";
    throw new Error(`The bundler stopped (${error.message}), ${advice}.`, { cause: error });
  }
}

/**
 * Gives the memory of an object back. After a trap it can't be, and the error about that would hide the trap's.
 * @param {{ free(): void } | undefined} object
 */
export function free(object) {
  try {
    object?.free();
  } catch {
    // The memory is lost with the rest of the wasm's.
  }
}

/** @param {unknown} value @param {string} what */
export function demandObject(value, what) {
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
export function demandTexts(texts, what, isRight, expected) {
  demandObject(texts, what);
  for (const [path, text] of Object.entries(texts)) {
    if (!isRight(text)) throw new TypeError(`${what}: \`${path}\` must be ${expected}, not ${kindOf(text)}.`);
  }
}

/** @param {unknown} value */
export function kindOf(value) {
  if (value === null || value === undefined) return String(value);
  return Array.isArray(value) ? "an array" : `of type ${typeof value}`;
}

/** @param {unknown} error */
export function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}
