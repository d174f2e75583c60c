// @ts-check
/**
 * The proofs of this folder, and what their first lines say:
 *
 *   // proves: dayjs, dayjs/plugin/utc       the packages of the catalogue whose use is shown
 *   // sandbox: It asks for …                what is different in the preview's frame, one sentence or more
 *   // expects: Warning: …                   part of a console error that the proof makes on purpose
 */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const FOLDER = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

/**
 * @typedef {object} Case
 * @property {string} name
 * @property {string[]} proves specifiers
 * @property {string[]} sandbox notes about the frame
 * @property {string[]} expected parts of console errors
 * @property {string} source the module, TypeScript with JSX
 */

/** @param {string} name @param {string} source @returns {Case} */
export function readCase(name, source) {
  /** @type {Record<string, string[]>} */
  const said = { proves: [], sandbox: [], expects: [] };
  for (const line of source.split("\n")) {
    const [, key = "", text = ""] = /^\/\/ (\w+): (.+)$/.exec(line) ?? [];
    if (!line.startsWith("//")) break;
    if (!said[key]) throw new Error(`${name}: its first lines say proves, sandbox or expects, not "${line}"`);
    said[key].push(text);
  }
  const proves = (said.proves ?? []).flatMap((list) => list.split(",")).map((specifier) => specifier.trim());
  if (proves.length === 0) throw new Error(`${name}: the first line says "// proves: " and the packages.`);
  return { name, proves, sandbox: said.sandbox ?? [], expected: said.expects ?? [], source };
}

/** All of them, by name. @returns {Promise<Case[]>} */
export async function readCases(folder = FOLDER) {
  const files = (await readdir(folder)).filter((file) => file.endsWith(".tsx")).sort();
  return Promise.all(
    files.map(async (file) =>
      readCase(file.slice(0, -".tsx".length), await readFile(path.join(folder, file), "utf8")),
    ),
  );
}

/** What is different in the frame, as docs/catalogue.md lists it. @param {Case[]} cases */
export function sandboxNotes(cases) {
  return cases
    .filter(({ sandbox }) => sandbox.length > 0)
    .map(({ proves, sandbox }) => ({ packages: proves, note: sandbox.join(" ") }));
}

/**
 * Packages that no proof names, and names that are no packages.
 * @param {string[]} specifiers of the catalogue
 * @param {Case[]} cases
 */
export function gaps(specifiers, cases) {
  const proven = new Set(cases.flatMap(({ proves }) => proves));
  const known = new Set(specifiers);
  return {
    unproven: specifiers.filter((specifier) => !proven.has(specifier)),
    unknown: [...proven].filter((specifier) => !known.has(specifier)),
  };
}
