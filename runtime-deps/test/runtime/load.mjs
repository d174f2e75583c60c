// @ts-check
/** Imports TypeScript modules into Node for the tests, with the limits put in as the build does it. */
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { limitDefines, readLimits } from "../../build/limits.mjs";

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

/** @type {Record<string, any>} */
export const LIMITS = await readLimits(path.resolve(ROOT, ".."));

/**
 * @param {string} file below runtime-deps
 * @returns {Promise<any>} its exports
 */
export async function load(file) {
  const result = await build({
    entryPoints: [path.join(ROOT, file)],
    absWorkingDir: ROOT,
    bundle: true,
    format: "esm",
    platform: "node",
    define: { ...limitDefines(LIMITS), INDEXED_DB_ENGINE: '{"file":"engine.js","integrity":""}' },
    write: false,
  });
  const text = result.outputFiles[0]?.text ?? "";
  return import(`data:text/javascript;base64,${Buffer.from(text).toString("base64")}`);
}
