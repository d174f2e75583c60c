// @ts-check
/**
 * Reads and checks catalogue.toml, the one list of approved and blocked
 * packages. Versions come from package.json and must be the installed ones.
 * What the packages contain is found out in probe.mjs, not here.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { parse, TomlError } from "smol-toml";

/**
 * @typedef {object} ApprovedPackage
 * @property {string} specifier as imported: `react-dom/client`
 * @property {string} packageName npm package: `react-dom`
 * @property {string} version exact
 * @property {string} category key in AppDependencies
 * @property {string} hint one line for the prompt
 * @property {string} example one import line
 * @property {boolean} inPrompt whether the prompt names it
 * @property {number} split modules per part; 0: one file
 *
 * @typedef {object} BlockedPackage
 * @property {string} specifier
 * @property {string} reason end of the sentence "`x` can't be used: …"
 * @property {string} replacement what to do instead
 * @property {string | undefined} rewriteTo approved package with the same exports
 *
 * @typedef {{ approved: ApprovedPackage[], blocked: BlockedPackage[] }} Catalogue
 */

/** A mistake in the catalogue or the installation; its message is for the person who edits it. */
export class CatalogueError extends Error {
  /** @override */
  name = "CatalogueError";
}

const APPROVED_KEYS = new Set(["specifier", "status", "category", "hint", "example", "in_prompt", "split"]);
const BLOCKED_KEYS = new Set(["specifier", "specifiers", "status", "reason", "replacement", "rewrite_to"]);

/** `@scope/name/sub/path` → `@scope/name`. @param {string} specifier */
export function packageNameOf(specifier) {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

/**
 * Reads the catalogue of a `runtime-deps` folder.
 * @param {string} root folder with catalogue.toml, package.json and node_modules
 * @returns {Promise<Catalogue>}
 */
export async function readCatalogue(root) {
  const catalogue = parseCatalogue(await readFile(path.join(root, "catalogue.toml"), "utf8"));
  const manifest = await readJson(path.join(root, "package.json"));
  const pinned = /** @type {Record<string, string>} */ (manifest.dependencies ?? {});
  for (const entry of catalogue.approved) {
    entry.version = await installedVersion(root, entry, pinned[entry.packageName]);
  }
  return catalogue;
}

/**
 * Checks a catalogue's text. Versions are left empty.
 * @param {string} text TOML
 * @returns {Catalogue}
 */
export function parseCatalogue(text) {
  const tables = readTables(text);
  /** @type {Catalogue} */
  const catalogue = { approved: [], blocked: [] };
  for (const table of tables) {
    const status = table.status;
    if (status === "approved") catalogue.approved.push(approvedPackage(table));
    else if (status === "blocked") catalogue.blocked.push(...blockedPackages(table));
    else {
      const found = status === undefined ? "no status" : `the unknown status ${JSON.stringify(status)}`;
      throw new CatalogueError(
        `catalogue.toml: ${describe(table)} has ${found}. Write status = "approved" or status = "blocked".`,
      );
    }
  }
  checkWhole(catalogue);
  return catalogue;
}

/** @param {string} text @returns {Record<string, unknown>[]} */
function readTables(text) {
  let document;
  try {
    document = parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    throw new CatalogueError(`catalogue.toml, line ${error.line}: not valid TOML. ${error.message}`);
  }
  const { package: tables, ...others } = document;
  const unknown = Object.keys(others)[0];
  if (unknown !== undefined) {
    throw new CatalogueError(`catalogue.toml: unknown key "${unknown}". Every entry is a [[package]] table.`);
  }
  if (!Array.isArray(tables)) throw new CatalogueError("catalogue.toml: no [[package]] table in it.");
  return /** @type {Record<string, unknown>[]} */ (tables);
}

/** @param {Record<string, unknown>} table @returns {ApprovedPackage} */
function approvedPackage(table) {
  checkKeys(table, APPROVED_KEYS);
  const specifier = text(table, "specifier");
  const category = text(table, "category");
  if (!/^[a-z]+$/.test(category)) {
    throw new CatalogueError(
      `catalogue.toml: ${describe(table)}: category must be one word of small letters.`,
    );
  }
  const split = table.split ?? 0;
  if (typeof split !== "number" || !Number.isInteger(split) || split < 0) {
    throw new CatalogueError(`catalogue.toml: ${describe(table)}: split must be a whole number of modules.`);
  }
  const inPrompt = table.in_prompt ?? true;
  if (typeof inPrompt !== "boolean") {
    throw new CatalogueError(`catalogue.toml: ${describe(table)}: in_prompt must be true or false.`);
  }
  return {
    specifier,
    packageName: packageNameOf(specifier),
    version: "",
    category,
    hint: text(table, "hint"),
    example: text(table, "example"),
    inPrompt,
    split,
  };
}

/** @param {Record<string, unknown>} table @returns {BlockedPackage[]} */
function blockedPackages(table) {
  checkKeys(table, BLOCKED_KEYS);
  const reason = text(table, "reason");
  const replacement = text(table, "replacement");
  const rewriteTo = table.rewrite_to === undefined ? undefined : text(table, "rewrite_to");
  const list = table.specifiers ?? [text(table, "specifier")];
  if (!Array.isArray(list) || list.length === 0 || !list.every((item) => typeof item === "string" && item)) {
    throw new CatalogueError(
      `catalogue.toml: ${describe(table)}: specifiers must be a list of package names.`,
    );
  }
  return list.map((specifier) => ({ specifier: String(specifier), reason, replacement, rewriteTo }));
}

/** Rules over all entries. @param {Catalogue} catalogue */
function checkWhole({ approved, blocked }) {
  const seen = new Set();
  for (const { specifier } of [...approved, ...blocked]) {
    if (seen.has(specifier)) {
      throw new CatalogueError(`catalogue.toml: "${specifier}" stands in it twice. Keep one entry.`);
    }
    seen.add(specifier);
  }
  const usable = new Set(approved.map(({ specifier }) => specifier));
  for (const { specifier, rewriteTo } of blocked) {
    if (rewriteTo !== undefined && !usable.has(rewriteTo)) {
      throw new CatalogueError(
        `catalogue.toml: "${specifier}" has rewrite_to = "${rewriteTo}", which isn't an approved package.`,
      );
    }
  }
}

/** @param {Record<string, unknown>} table @param {string} key */
function text(table, key) {
  const value = table[key];
  if (typeof value !== "string" || value.trim() === "" || value.includes("\n")) {
    throw new CatalogueError(
      `catalogue.toml: ${describe(table)} needs ${key}: one line of text, described at the top of the file.`,
    );
  }
  return value;
}

/** @param {Record<string, unknown>} table @param {Set<string>} known */
function checkKeys(table, known) {
  for (const key of Object.keys(table)) {
    if (known.has(key)) continue;
    const help =
      key === "version"
        ? "Versions are pinned in package.json."
        : `An entry with status "${table.status}" has: ${[...known].join(", ")}.`;
    throw new CatalogueError(`catalogue.toml: ${describe(table)}: unknown key "${key}". ${help}`);
  }
}

/** @param {Record<string, unknown>} table */
function describe(table) {
  const name = table.specifier ?? table.specifiers;
  if (Array.isArray(name)) return `the entry of "${name[0]}"`;
  return typeof name === "string" ? `"${name}"` : "an entry without specifier";
}

/**
 * @param {string} root
 * @param {ApprovedPackage} entry
 * @param {string | undefined} pinned version that package.json asks for
 */
async function installedVersion(root, { specifier, packageName }, pinned) {
  if (pinned === undefined) {
    throw new CatalogueError(
      `catalogue.toml approves "${specifier}", but package.json has no dependency "${packageName}". ` +
        `Run: npm install --save-exact ${packageName}`,
    );
  }
  if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(pinned)) {
    throw new CatalogueError(
      `package.json: "${packageName}" is "${pinned}". Pin one exact version, for example "1.2.3".`,
    );
  }
  let installed;
  try {
    installed = (await readJson(path.join(root, "node_modules", packageName, "package.json"))).version;
  } catch {
    throw new CatalogueError(`"${packageName}" is not installed. Run npm ci in runtime-deps.`);
  }
  if (installed !== pinned) {
    throw new CatalogueError(
      `"${packageName}": package.json pins ${pinned}, but ${installed} is installed. Run npm ci in runtime-deps.`,
    );
  }
  return pinned;
}

/** @param {string} file @returns {Promise<Record<string, any>>} */
async function readJson(file) {
  return JSON.parse(await readFile(file, "utf8"));
}
