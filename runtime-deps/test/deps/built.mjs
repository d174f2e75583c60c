// @ts-check
/**
 * The dependency files as they are served: what build/deps.mjs has written,
 * brought up to date first. Who built before (CUMULET_DEPS_OUT) waits for nothing.
 */
import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

/**
 * @typedef {import("../../build/manifest.mjs").Manifest} Manifest
 * @typedef {import("../../build/indexes.mjs").PackageIndex} PackageIndex
 *
 * @typedef {object} Served
 * @property {Manifest} manifest as written
 * @property {Manifest} full with the lists of the indexes
 * @property {{ get(name: string): Buffer | undefined }} files
 *
 * @typedef {{ preview: Served, production: Served, names: string[] }} Built
 */

/** @returns {Promise<Built>} */
export async function builtDependencies() {
  const { CUMULET_DEPS_OUT, CUMULET_DEPS_CACHE } = process.env;
  const cache = CUMULET_DEPS_CACHE ?? path.join(ROOT, "node_modules/.cache");
  const out = CUMULET_DEPS_OUT ?? path.join(cache, "dependency-tests");
  await promisify(execFile)(process.execPath, ["build/deps.mjs", "--out", out, "--cache", cache], {
    cwd: ROOT,
  });
  const folder = path.join(out, "deps");
  const names = readdirSync(folder).sort();
  const known = new Set(names);
  const files = {
    get: (/** @type {string} */ name) =>
      known.has(name) ? readFileSync(path.join(folder, name)) : undefined,
  };
  return {
    preview: served("manifest.json", files),
    production: served("manifest.production.json", files),
    names,
  };
}

/** @param {string} name @param {Served["files"]} files @returns {Served} */
function served(name, files) {
  const read = (/** @type {string} */ file) => JSON.parse(files.get(file)?.toString() ?? "null");
  /** @type {Manifest} */
  const manifest = read(name);
  return { manifest, full: withLists(manifest, read), files };
}

/**
 * The manifest with what its indexes hold, as the bundler sees it after loading all of them.
 * @param {Manifest} manifest
 * @param {(file: string) => PackageIndex} read
 * @returns {Manifest}
 */
export function withLists(manifest, read) {
  const files = { ...manifest.files };
  const packages = Object.entries(manifest.packages).map(([specifier, entry]) => {
    if (entry.index === undefined) return [specifier, entry];
    const index = read(entry.index);
    Object.assign(files, index.files);
    return [specifier, { ...entry, exports: index.exports, types: index.types, parts: index.parts }];
  });
  return { ...manifest, packages: Object.fromEntries(packages), files: withAllImports(files) };
}

/**
 * The files with everything that must be loaded before each, as the bundler finds it.
 * @param {Manifest["files"]} files
 */
function withAllImports(files) {
  return Object.fromEntries(
    Object.entries(files).map(([name, file]) => {
      const reached = new Set(file.imports);
      for (const one of reached) for (const next of files[one]?.imports ?? []) reached.add(next);
      reached.delete(name);
      return [name, reached.size > 0 ? { ...file, imports: [...reached] } : file];
    }),
  );
}
