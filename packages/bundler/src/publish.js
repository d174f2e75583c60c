// The publish build: a wasm of its own, with the bundler and a minifier in it,
// which only those load who publish.

import start, { Publisher } from "./publish-glue.js";
import { demandTexts, fileBytes, free, input, messageOf, run } from "./wasm.js";

/** @import { Published, PublishOptions, Severity, TailwindInput, WasmSource } from "./index.d.ts" */

/** @type {Promise<[runtime: string, decorators: string]> | undefined} the texts of the runtime */
let loading;

/**
 * @param {PublishOptions} options
 * @returns {Promise<Published>}
 */
export async function publish({
  files,
  manifest,
  read = ownFile,
  tailwind,
  base = "/",
  sourceMaps = false,
  wasm,
}) {
  demandTexts(files, "files", (text) => typeof text === "string", "a text");
  loading ??= load(wasm).catch((error) => {
    loading = undefined;
    throw error;
  });
  const [runtime, decorators] = await loading;
  const publisher = run(() => new Publisher(JSON.stringify(manifest)));
  try {
    const build = () => JSON.parse(run(() => publisher.build(JSON.stringify(files))));
    let built = build();
    while (built.missing.length > 0) {
      for (const file of built.missing) {
        const list = await read(file);
        run(() => publisher.supply(file, list));
      }
      built = build();
    }
    const { diagnostics, entry } = built.output;
    const isError = (/** @type {{ severity: Severity }} */ { severity }) => severity === "error";
    if (entry === null || diagnostics.some(isError)) return { diagnostics, site: null };
    const css = built.tailwind === null ? built.output.css : await styles(built.tailwind, tailwind);
    const options = JSON.stringify({ base, sourceMaps });
    const site = JSON.parse(run(() => publisher.site(css, runtime, decorators, options)));
    return { diagnostics, site: { ...site, files: mapValues(site.files, content) } };
  } finally {
    free(publisher);
  }
}

/** @param {WasmSource} [wasm] */
async function load(wasm = new URL("./publish.wasm", import.meta.url)) {
  try {
    await start({ module_or_path: input(wasm) });
    return await Promise.all([
      text(new URL("./published.js", import.meta.url)),
      text(new URL("./published-decorators.js", import.meta.url)),
    ]);
  } catch (error) {
    throw new Error(`The publish build could not be loaded: ${messageOf(error)}`, { cause: error });
  }
}

/** A file of this package's own `deps`. @param {string} file */
function ownFile(file) {
  return text(new URL(`../deps/${file}`, import.meta.url));
}

/** @param {URL} address */
async function text(address) {
  const bytes = fileBytes(address);
  if (bytes !== undefined) return new TextDecoder().decode(bytes);
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} answers ${response.status}`);
  return await response.text();
}

/** @param {TailwindInput} input @param {PublishOptions["tailwind"]} compile */
async function styles(input, compile) {
  if (compile === undefined) {
    throw new Error("The project uses Tailwind: give `tailwind`, a function that compiles its style sheet.");
  }
  return await compile(input);
}

/** @param {string | { base64: string }} content */
function content(content) {
  if (typeof content === "string") return content;
  return Uint8Array.from(atob(content.base64), (char) => char.charCodeAt(0));
}

/**
 * @template A, B
 * @param {Record<string, A>} record
 * @param {(value: A) => B} convert
 * @returns {Record<string, B>}
 */
function mapValues(record, convert) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, convert(value)]));
}
