// @ts-check
/**
 * Puts catalogue, bundle and scripts together into the dependency files and
 * their manifest (`protocol::manifest::Manifest`), all in memory.
 */
import { createHash } from "node:crypto";
import path from "node:path";
import { bundlePackages, fileStem, plainPackages } from "./bundle.mjs";
import { CatalogueError, isStyleSheet, readCatalogue } from "./catalogue.mjs";
import { classicScripts, importedIds } from "./classic.mjs";
import { compressAll } from "./compress.mjs";
import { contentHash, withIndexes } from "./indexes.mjs";
import {
  assertOneReact,
  assertSingleCopies,
  bundledPackages,
  licenceNotices,
  packageFolder,
  packageNameOfFolder,
} from "./inventory.mjs";
import { OWN_PACKAGES } from "./own.mjs";
import { cachedExports } from "./probe.mjs";
import { planSlices } from "./slice.mjs";

/**
 * @typedef {{ file: string, exports: string[] }} Part
 * @typedef {{ category: string, version: string, exports: string[], types: string[], hasDefault: boolean,
 *   file: string, parts?: Part[], index?: string, aliasOf?: string,
 *   avoid?: import("./catalogue.mjs").Avoidance, hint: string, example: string, inPrompt: boolean }} Package
 * @typedef {{ reason: string, replacement: string, rewriteTo?: string }} Blocked
 * @typedef {{ bytes: number, gzip: number, brotli: number, integrity: string, imports?: string[] }} DependencyFile
 * @typedef {{ version: 1, packages: Record<string, Package>, blocked: Record<string, Blocked>,
 *   files: Record<string, DependencyFile>, kit?: { file: string, paths: string[] } }} Manifest
 * @typedef {{ modules: import("./classic.mjs").Module[], bundle: import("./bundle.mjs").Bundle }} Outputs
 *
 * @typedef {object} Dependencies
 * @property {Manifest} manifest of what the preview loads, with the lists that are served as indexes
 * @property {Manifest} production the same packages as published apps load them
 * @property {Map<string, Buffer>} files everything to be written, by name, compressed files included
 * @property {import("./inventory.mjs").BundledPackage[]} bundled npm packages inside
 */

/**
 * @param {string} root the `runtime-deps` folder
 * @param {string} cache folder for compressed files
 * @param {import("../../kit/build.mjs").Kit} [kit] components that apps may import without having them
 * @returns {Promise<Dependencies>}
 */
export async function makeDependencies(root, cache, kit) {
  const { approved, blocked, secondCopies } = await readCatalogue(root);
  const own = approved.filter(({ aliasOf }) => aliasOf === undefined);
  const slices = await planAllSlices(root, own);
  const found = await cachedExports(root, own, slices, cache);
  for (const { specifier, aliasOf } of approved) {
    const target = found.get(aliasOf ?? specifier);
    if (target !== undefined) found.set(specifier, target);
  }
  for (const entry of approved) checkExample(entry, found.get(entry.specifier));
  const plain = await plainPackages(root, own, slices);
  const bundle = await bundlePackages(root, own, found, "development");
  const bundled = await bundledPackages(root, bundle.metafile, [...slices.keys()]);
  assertOneReact(bundle.metafile, bundled);
  assertSingleCopies(bundled, secondCopies);
  const modules = modulesOf(own, bundle);
  const scripts = await classicScripts([...modules, ...plain.modules]);
  const published = await bundlePackages(root, own, found, "production");
  const publishedModules = modulesOf(own, published);
  const publishedScripts = await classicScripts(
    [...publishedModules, ...plain.modules],
    counterparts({ modules: publishedModules, bundle: published }, { modules, bundle }, scripts),
  );

  const all = [...scripts.values(), ...publishedScripts.values()];
  /** @type {Map<string, Buffer>} */
  const contents = new Map(all.map(({ file, code }) => [file, Buffer.from(code)]));
  const compressed = await compressAll(contents, cache);
  /** @type {(bundle: import("./bundle.mjs").Bundle, scripts: Map<string, import("./classic.mjs").Script>) => Manifest} */
  const manifestOf = (bundle, scripts) => {
    const parts = partsOf([...bundle.entries, ...plain.entries], bundle, scripts);
    return {
      version: 1,
      packages: sorted(approved.map((entry) => [entry.specifier, packageOf(entry, found, parts, scripts)])),
      blocked: sorted(blocked.map((entry) => [entry.specifier, blockedOf(entry)])),
      files: sorted(
        [...scripts.values()].map((script) => [script.file, fileOf(script, contents, compressed)]),
      ),
    };
  };
  const manifest = manifestOf(bundle, scripts);
  const production = manifestOf(published, publishedScripts);
  const kitText = kit === undefined ? "" : JSON.stringify(kit);
  const kitFile = `components-${contentHash(kitText)}.kit.json`;
  if (kit !== undefined) contents.set(kitFile, Buffer.from(kitText));
  for (const [name, full] of Object.entries({
    "manifest.json": manifest,
    "manifest.production.json": production,
  })) {
    const served = withIndexes(full);
    served.manifest.packages = sorted(Object.entries({ ...served.manifest.packages, ...OWN_PACKAGES }));
    if (kit !== undefined) served.manifest.kit = { file: kitFile, paths: Object.keys(kit.files) };
    contents.set(name, Buffer.from(JSON.stringify(served.manifest)));
    for (const [index, text] of served.indexes) contents.set(index, Buffer.from(text));
  }
  contents.set("licences.txt", Buffer.from(licenceNotices(bundled)));
  return { manifest, production, files: await withCompressed(contents, compressed, cache), bundled };
}

/** @param {string} root @param {import("./catalogue.mjs").ApprovedPackage[]} approved */
async function planAllSlices(root, approved) {
  const sliced = approved.filter(({ isSlice }) => isSlice);
  return new Map(
    await Promise.all(
      sliced.map(
        async ({ specifier, split }) =>
          /** @type {const} */ ([specifier, await planSlices(root, specifier, split)]),
      ),
    ),
  );
}

/**
 * For each module of one build the script of another build that holds the same
 * packages: the one of the same stem that most of the same entries reach, by
 * which esbuild tells its outputs apart.
 * @param {Outputs} outputs
 * @param {Outputs} others
 * @param {Map<string, import("./classic.mjs").Script>} scripts of the others
 */
function counterparts(outputs, others, scripts) {
  const [reach, otherReach] = [reachOf(outputs), reachOf(others)];
  /** @type {Map<string, import("./classic.mjs").Module[]>} */
  const byStem = new Map();
  for (const other of others.modules) byStem.set(other.stem, [...(byStem.get(other.stem) ?? []), other]);
  const pairs = outputs.modules.flatMap(({ id, stem }) =>
    (byStem.get(stem) ?? []).map((other) => ({
      id,
      other: other.id,
      likeness: likeness(reach.get(id), otherReach.get(other.id)),
    })),
  );
  const key = (/** @type {{ id: string, other: string }} */ pair) => `${pair.id} ${pair.other}`;
  pairs.sort((a, b) => b.likeness - a.likeness || (key(a) < key(b) ? -1 : 1));
  /** @type {Map<string, import("./classic.mjs").Script>} */
  const found = new Map();
  const taken = new Set();
  for (const { id, other } of pairs) {
    const script = scripts.get(other);
    if (script === undefined || found.has(id) || taken.has(other)) continue;
    found.set(id, script);
    taken.add(other);
  }
  return found;
}

/** Share of what two sets have in common. @param {Set<string>} [a] @param {Set<string>} [b] */
function likeness(a = new Set(), b = new Set()) {
  const common = [...a].filter((name) => b.has(name)).length;
  return common / (a.size + b.size - common);
}

/** Names of the entries that reach each module, by its id. @param {Outputs} outputs */
function reachOf({ modules, bundle }) {
  const byId = new Map(modules.map((module) => [module.id, module]));
  /** @type {Map<string, Set<string>>} */
  const reachedBy = new Map(modules.map(({ id }) => [id, new Set()]));
  for (const { name } of bundle.entries) {
    const reached = new Set([`${name}.js`]);
    for (const id of reached) {
      reachedBy.get(id)?.add(name);
      for (const imported of byId.get(id)?.imports ?? []) reached.add(imported);
    }
  }
  return reachedBy;
}

/**
 * @param {Map<string, Buffer>} contents
 * @param {Map<string, import("./compress.mjs").Compressed>} known results for some of them
 * @param {string} cache
 */
async function withCompressed(contents, known, cache) {
  const others = new Map([...contents].filter(([name]) => !known.has(name)));
  /** @type {Map<string, Buffer>} */
  const files = new Map();
  for (const [name, { brotli, gzip }] of [...known, ...(await compressAll(others, cache))]) {
    files.set(name, contents.get(name) ?? Buffer.alloc(0));
    files.set(`${name}.br`, brotli);
    files.set(`${name}.gz`, gzip);
  }
  return files;
}

/**
 * esbuild's outputs with what the scripts need to know about them.
 * @param {import("./catalogue.mjs").ApprovedPackage[]} approved
 * @param {import("./bundle.mjs").Bundle} bundle
 * @returns {import("./classic.mjs").Module[]}
 */
function modulesOf(approved, { entries, outputs, metafile }) {
  const categories = new Map(approved.map(({ specifier, category }) => [specifier, category]));
  const byId = new Map(
    Object.entries(metafile.outputs).map(([file, output]) => [path.basename(file), output]),
  );
  const entryById = new Map(entries.map((entry) => [`${entry.name}.js`, entry]));
  return outputs.map(({ path: file, text }) => {
    const id = path.basename(file);
    const output = byId.get(id);
    if (output === undefined) throw new Error(`${id} is missing from esbuild's metafile`);
    const entry = entryById.get(id);
    return {
      id,
      stem: entry?.name ?? `${largestPackage(output)}-shared`,
      code: text,
      imports: importedIds(output),
      provides: entry && { category: categories.get(entry.specifier) ?? "", specifier: entry.specifier },
    };
  });
}

/** The package with most code in an output, as part of a file name. @param {import("esbuild").Metafile["outputs"][string]} output */
function largestPackage({ inputs }) {
  /** @type {Map<string, number>} */
  const bytes = new Map();
  for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
    const folder = packageFolder(input);
    const name = folder === undefined ? "esbuild" : packageNameOfFolder(folder);
    bytes.set(name, (bytes.get(name) ?? 0) + bytesInOutput);
  }
  const [largest] = [...bytes].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return fileStem(largest?.[0] ?? "esbuild");
}

/**
 * The parts of all split packages, by specifier.
 * @param {import("./bundle.mjs").Entry[]} entries
 * @param {import("./bundle.mjs").Bundle} bundle
 * @param {Map<string, import("./classic.mjs").Script>} scripts by output name
 */
function partsOf(entries, { splits }, scripts) {
  /** @type {Map<string, Part[]>} */
  const parts = new Map();
  for (const { specifier, name, exports, kind } of entries) {
    const names = kind === "part" ? exports : splits.get(specifier)?.wholeOnly;
    if (names === undefined || names.length === 0) continue;
    const part = { file: scripts.get(`${name}.js`)?.file ?? "", exports: [...names].sort() };
    const list = parts.get(specifier) ?? [];
    list.push(part);
    parts.set(specifier, list);
  }
  return parts;
}

/**
 * @param {import("./catalogue.mjs").ApprovedPackage} entry
 * @param {Map<string, import("./probe.mjs").PackageExports>} found
 * @param {Map<string, Part[]>} partsBySpecifier
 * @param {Map<string, import("./classic.mjs").Script>} scripts by output name
 * @returns {Package}
 */
function packageOf(entry, found, partsBySpecifier, scripts) {
  const { specifier, category, version, aliasOf, avoid, hint, example, inPrompt } = entry;
  const served = aliasOf ?? specifier;
  const exports = found.get(served);
  const file = scripts.get(`${fileStem(served)}.js`)?.file;
  if (exports === undefined || file === undefined) throw new Error(`${specifier} was not bundled`);
  const parts = partsBySpecifier.get(served) ?? [];
  checkParts(specifier, exports.values, parts);
  return {
    category,
    version,
    exports: exports.values,
    types: exports.types,
    hasDefault: exports.hasDefault,
    file,
    ...(parts.length > 0 ? { parts } : {}),
    ...(aliasOf === undefined ? {} : { aliasOf }),
    ...(avoid === undefined ? {} : { avoid }),
    hint,
    example,
    inPrompt,
  };
}

/** Every export must be in exactly one part. @param {string} specifier @param {string[]} names @param {Part[]} parts */
function checkParts(specifier, names, parts) {
  if (parts.length === 0) return;
  const filled = parts.flatMap(({ exports }) => exports).sort();
  const difference = names.find((name, index) => filled[index] !== name) ?? filled[names.length];
  if (difference !== undefined) {
    throw new CatalogueError(
      `"${specifier}" can't be split: "${difference}" isn't in exactly one part. Remove split from its entry.`,
    );
  }
}

/** @param {import("./catalogue.mjs").BlockedPackage} entry @returns {Blocked} */
function blockedOf({ reason, replacement, rewriteTo }) {
  return { reason, replacement, ...(rewriteTo === undefined ? {} : { rewriteTo }) };
}

/**
 * @param {import("./classic.mjs").Script} script
 * @param {Map<string, Buffer>} contents
 * @param {Map<string, import("./compress.mjs").Compressed>} compressed
 * @returns {DependencyFile}
 */
function fileOf({ file, imports }, contents, compressed) {
  const content = contents.get(file) ?? Buffer.alloc(0);
  return {
    bytes: content.length,
    gzip: compressed.get(file)?.gzip.length ?? 0,
    brotli: compressed.get(file)?.brotli.length ?? 0,
    integrity: `sha256-${createHash("sha256").update(content).digest("base64")}`,
    ...(imports.length > 0 ? { imports } : {}),
  };
}

/** `import x from "…";`, `import { x, y } from "…";`, `import * as x from "…";`, `import "….css";` */
const EXAMPLE = /^import (?:(?:(\w+)|\{ ([\w$, ]+) \}|\* as \w+) from )?"([^"]+)";$/;

/**
 * The example is shown to people and models, so its names must exist.
 * @param {import("./catalogue.mjs").ApprovedPackage} entry
 * @param {import("./probe.mjs").PackageExports | undefined} found
 */
function checkExample({ specifier, example }, found) {
  const match = EXAMPLE.exec(example);
  const isEffectOnly = !example.includes(" from ");
  if (match === null || match[3] !== specifier || isEffectOnly !== isStyleSheet(specifier)) {
    throw new CatalogueError(
      `catalogue.toml: the example of "${specifier}" must be import { names } from "${specifier}"; or import name from it.`,
    );
  }
  const missing = match[2]?.split(", ").find((name) => !found?.values.includes(name));
  if (missing !== undefined || (match[1] !== undefined && !found?.hasDefault)) {
    throw new CatalogueError(
      `catalogue.toml: the example of "${specifier}" imports ${missing ?? "a default export"}, which the package doesn't have.`,
    );
  }
}

/**
 * Keys in code-point order, so that equal input gives equal bytes.
 * @template T
 * @param {[string, T][]} entries
 * @returns {Record<string, T>}
 */
function sorted(entries) {
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
