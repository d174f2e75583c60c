// @ts-check
/** The packages of a built site and the names that they export. */
import { readFile } from "node:fs/promises";
import path from "node:path";

/**
 * @param {string} site folder
 * @returns {Promise<Map<string, string[]>>} by specifier
 */
export async function readPackages(site) {
  const read = async (/** @type {string} */ name) =>
    JSON.parse(await readFile(path.join(site, "deps", name), "utf8"));
  const { packages } = await read("manifest.json");
  /** @type {Map<string, string[]>} */
  const found = new Map();
  for (const [specifier, { exports, file, index }] of Object.entries(packages)) {
    // What the runtime itself provides is no package to be proven.
    if (file === "") continue;
    // A package of many parts has its names in a file of its own.
    found.set(specifier, index === undefined ? exports : (await read(index)).exports);
  }
  return found;
}
