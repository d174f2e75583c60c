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
 * @property {boolean} isSlice whether the entry itself is cut into parts (slice.mjs), not what it re-exports
 * @property {string | undefined} aliasOf approved package whose files and exports it is served from
 * @property {Avoidance | undefined} avoid why new code should not use it, of a package for opened projects only
 *
 * @typedef {{ reason: string, replacement: string }} Avoidance
 *
 * @typedef {object} BlockedPackage
 * @property {string} specifier
 * @property {string} reason end of the sentence "`x` can't be used: …"
 * @property {string} replacement what to do instead
 * @property {string | undefined} rewriteTo approved package with the same exports
 *
 * @typedef {object} Catalogue
 * @property {ApprovedPackage[]} approved those for opened projects only included
 * @property {BlockedPackage[]} blocked
 * @property {Map<string, string>} secondCopies npm packages that may be bundled twice, with the reason
 */

/** A mistake in the catalogue or the installation; its message is for the person who edits it. */
export class CatalogueError extends Error {
  /** @override */
  name = "CatalogueError";
}

const COMMON_KEYS = ["specifier", "status", "hint", "example"];
const APPROVED_KEYS = new Set([...COMMON_KEYS, "category", "in_prompt", "split", "slice"]);
const ALIAS_KEYS = new Set([...COMMON_KEYS, "alias_of", "in_prompt"]);
const COMPAT_KEYS = new Set([...COMMON_KEYS, "category", "reason", "replacement"]);
const BLOCKED_KEYS = new Set(["specifier", "specifiers", "status", "reason", "replacement", "rewrite_to"]);
const SECOND_COPY_KEYS = new Set(["package", "reason"]);

/** Whether a specifier means a style sheet, which is run for its effect and exports nothing. @param {string} specifier */
export function isStyleSheet(specifier) {
  return specifier.endsWith(".css");
}

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
  const { packages, secondCopies } = readTables(text);
  /** @type {Catalogue} */
  const catalogue = { approved: [], blocked: [], secondCopies };
  for (const table of packages) {
    const status = table.status;
    if (status === "approved") catalogue.approved.push(approvedPackage(table));
    else if (status === "compat") catalogue.approved.push(compatPackage(table));
    else if (status === "blocked") catalogue.blocked.push(...blockedPackages(table));
    else {
      const found = status === undefined ? "no status" : `the unknown status ${JSON.stringify(status)}`;
      throw new CatalogueError(
        `catalogue.toml: ${describe(table)} has ${found}. Write status = "approved", "compat" or "blocked".`,
      );
    }
  }
  checkWhole(catalogue);
  resolveAliases(catalogue.approved);
  return catalogue;
}

/** @param {string} text */
function readTables(text) {
  let document;
  try {
    document = parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    throw new CatalogueError(`catalogue.toml, line ${error.line}: not valid TOML. ${error.message}`);
  }
  const { package: packages, second_copy: copies = [], ...others } = document;
  const unknown = Object.keys(others)[0];
  if (unknown !== undefined) {
    throw new CatalogueError(
      `catalogue.toml: unknown key "${unknown}". Every entry is a [[package]] or [[second_copy]] table.`,
    );
  }
  if (!Array.isArray(packages)) throw new CatalogueError("catalogue.toml: no [[package]] table in it.");
  return {
    packages: /** @type {Record<string, unknown>[]} */ (packages),
    secondCopies: secondCopies(/** @type {Record<string, unknown>[]} */ (copies)),
  };
}

/** @param {Record<string, unknown>[]} tables */
function secondCopies(tables) {
  return new Map(
    tables.map((table) => {
      checkKeys(table, SECOND_COPY_KEYS);
      return [text(table, "package"), text(table, "reason")];
    }),
  );
}

/** @param {Record<string, unknown>} table @returns {ApprovedPackage} */
function approvedPackage(table) {
  const isAlias = table.alias_of !== undefined;
  checkKeys(table, isAlias ? ALIAS_KEYS : APPROVED_KEYS);
  const { split = 0, slice = 0, in_prompt: inPrompt = true } = table;
  for (const [key, value] of Object.entries({ split, slice })) {
    if (typeof value !== "number" || !Number.isInteger(value) || value < 0) {
      throw new CatalogueError(
        `catalogue.toml: ${describe(table)}: ${key} must be a whole number of modules.`,
      );
    }
  }
  if (Number(split) > 0 && Number(slice) > 0) {
    throw new CatalogueError(`catalogue.toml: ${describe(table)}: write split or slice, not both.`);
  }
  if (typeof inPrompt !== "boolean") {
    throw new CatalogueError(`catalogue.toml: ${describe(table)}: in_prompt must be true or false.`);
  }
  return {
    ...packageOf(table, isAlias ? "" : category(table)),
    inPrompt,
    split: Number(split) || Number(slice),
    isSlice: Number(slice) > 0,
    aliasOf: isAlias ? text(table, "alias_of") : undefined,
  };
}

/** A package that runs, but that new code should not use. @param {Record<string, unknown>} table @returns {ApprovedPackage} */
function compatPackage(table) {
  checkKeys(table, COMPAT_KEYS);
  return {
    ...packageOf(table, category(table)),
    avoid: { reason: text(table, "reason"), replacement: text(table, "replacement") },
  };
}

/** @param {Record<string, unknown>} table @param {string} category @returns {ApprovedPackage} */
function packageOf(table, category) {
  const specifier = text(table, "specifier");
  return {
    specifier,
    packageName: packageNameOf(specifier),
    version: "",
    category,
    hint: text(table, "hint"),
    example: text(table, "example"),
    inPrompt: false,
    split: 0,
    isSlice: false,
    aliasOf: undefined,
    avoid: undefined,
  };
}

/** @param {Record<string, unknown>} table */
function category(table) {
  const category = text(table, "category");
  if (!/^[a-z]+$/.test(category)) {
    throw new CatalogueError(
      `catalogue.toml: ${describe(table)}: category must be one word of small letters.`,
    );
  }
  return category;
}

/** An alias is of the npm package and the category of what it stands for. @param {ApprovedPackage[]} approved */
function resolveAliases(approved) {
  const bySpecifier = new Map(approved.map((entry) => [entry.specifier, entry]));
  for (const entry of approved) {
    if (entry.aliasOf === undefined) continue;
    const target = bySpecifier.get(entry.aliasOf);
    if (target === undefined || target.aliasOf !== undefined) {
      throw new CatalogueError(
        `catalogue.toml: "${entry.specifier}" has alias_of = "${entry.aliasOf}", which isn't an approved package of its own.`,
      );
    }
    entry.packageName = target.packageName;
    entry.category = target.category;
  }
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
