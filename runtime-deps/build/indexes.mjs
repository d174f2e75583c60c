// @ts-check
/**
 * Takes the long lists of split packages out of the manifest: every studio
 * reads the manifest when it opens, but the names of fifty thousand icons only
 * who imports from their pack. Each list is a file of its own, named by its
 * content.
 */
import { createHash } from "node:crypto";
import { fileStem } from "./bundle.mjs";

/**
 * @typedef {import("./manifest.mjs").Manifest} Manifest
 * @typedef {import("./manifest.mjs").Package} Package
 *
 * @typedef {object} PackageIndex
 * @property {1} version
 * @property {string[]} exports
 * @property {string[]} types
 * @property {import("./manifest.mjs").Part[]} parts
 * @property {Record<string, import("./manifest.mjs").DependencyFile>} files that only this package uses
 */

/** Part of a file's name by which it is another file when its content is another. @param {string} text */
export function contentHash(text) {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}

/**
 * @param {Manifest} full
 * @returns {{ manifest: Manifest, indexes: Map<string, string> }} indexes by file name, as text
 */
export function withIndexes(full) {
  const owners = ownersOf(full);
  /** @type {Map<string, string>} */
  const indexes = new Map();
  /** @type {Map<string, string>} */
  const nameByPackage = new Map();
  for (const [specifier, entry] of Object.entries(full.packages)) {
    if (entry.aliasOf !== undefined || !isLong(entry)) continue;
    const text = JSON.stringify(indexOf(full, specifier, entry, owners));
    const name = `${fileStem(specifier)}-${contentHash(text)}.index.json`;
    indexes.set(name, text);
    nameByPackage.set(specifier, name);
  }
  const packages = Object.entries(full.packages).map(([specifier, entry]) => {
    const index = nameByPackage.get(entry.aliasOf ?? specifier);
    return [specifier, index === undefined ? entry : indexed(entry, index)];
  });
  const files = Object.entries(reduced(full.files));
  const shared = files.filter(([file]) => !nameByPackage.has(owners.get(file) ?? ""));
  const manifest = {
    ...full,
    packages: Object.fromEntries(packages),
    files: Object.fromEntries(shared),
  };
  return { manifest, indexes };
}

/**
 * @param {Manifest} full
 * @param {string} specifier
 * @param {Package} entry
 * @param {Map<string, string | undefined>} owners
 * @returns {PackageIndex}
 */
function indexOf(full, specifier, { exports, types, parts = [] }, owners) {
  const files = Object.entries(reduced(full.files)).filter(([file]) => owners.get(file) === specifier);
  return { version: 1, exports, types, parts, files: Object.fromEntries(files) };
}

/** Names that a package may have in the manifest, unless models are told of it: those are looked for everywhere. */
const SHORT = 40;

/** Whether a package's lists are a file of their own. @param {Package} entry */
function isLong({ parts, exports, types, inPrompt, category }) {
  const isRare = !inPrompt && category !== "core";
  return parts !== undefined || (isRare && exports.length + types.length > SHORT);
}

/** @type {WeakMap<Manifest["files"], Manifest["files"]>} */
const reductions = new WeakMap();

/**
 * The files without those imports that one of their other imports brings along. Files in a circle
 * bring each other, so what they have in common stays.
 * @param {Manifest["files"]} files
 */
function reduced(files) {
  const known = reductions.get(files);
  if (known !== undefined) return known;
  const below = new Map(Object.entries(files).map(([name, { imports = [] }]) => [name, new Set(imports)]));
  const made = Object.fromEntries(
    Object.entries(files).map(([name, { imports = [], ...file }]) => {
      const above = imports.filter((other) => !below.get(other)?.has(name));
      const direct = imports.filter((one) => !above.some((other) => below.get(other)?.has(one)));
      return [name, direct.length > 0 ? { ...file, imports: direct } : file];
    }),
  );
  reductions.set(files, made);
  return made;
}

/** @param {Package} entry @param {string} index @returns {Package} */
function indexed({ parts: _, ...entry }, index) {
  return { ...entry, exports: [], types: [], index };
}

/**
 * The one package that uses a file; undefined for what several use.
 * @param {Manifest} full
 */
function ownersOf({ packages, files }) {
  /** @type {Map<string, string | undefined>} */
  const owners = new Map();
  for (const [specifier, { file, parts = [], aliasOf }] of Object.entries(packages)) {
    const entries = [file, ...parts.map((part) => part.file)];
    const used = new Set(entries.flatMap((entry) => [entry, ...(files[entry]?.imports ?? [])]));
    const owner = aliasOf ?? specifier;
    for (const name of used) {
      owners.set(name, owners.has(name) && owners.get(name) !== owner ? undefined : owner);
    }
  }
  return owners;
}
