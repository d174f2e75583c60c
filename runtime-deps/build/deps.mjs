// @ts-check
/**
 * Makes the dependency files from catalogue.toml:
 *
 *   node build/deps.mjs --out DIR [--cache DIR]   writes DIR/deps/*
 *   node build/deps.mjs --check [--cache DIR]     prints a table of the packages
 *   node build/deps.mjs --docs                    writes docs/catalogue.md
 *
 * The cache folder (or CUMULET_CACHE) keeps compressed files and what was last
 * written, so that a build without changes takes no time.
 */
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { CatalogueError, readCatalogue } from "./catalogue.mjs";
import { catalogueDocs } from "./docs.mjs";
import { makeDependencies } from "./manifest.mjs";
import { packageTable, totals } from "./table.mjs";

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

const USAGE = "Usage: node build/deps.mjs (--out DIR | --check | --docs) [--cache DIR]";

async function main() {
  const started = performance.now();
  const { out, cache, check, docs } = readArguments();
  if (docs)
    await writeFile(path.join(ROOT, "../docs/catalogue.md"), catalogueDocs(await readCatalogue(ROOT)));
  if (out === undefined && !check) return;
  const seconds = () => ((performance.now() - started) / 1000).toFixed(1);
  const inputs = await inputsHash(ROOT);
  if (out !== undefined && !check && (await isUpToDate(out, cache, inputs))) {
    console.log(`dependency files: unchanged, ${seconds()} s`);
    return;
  }
  const dependencies = await makeDependencies(ROOT, path.join(cache, "compressed"));
  if (check) console.log(packageTable(dependencies));
  if (out !== undefined) await writeAll(out, cache, inputs, dependencies.files);
  console.log(`dependency files: ${totals(dependencies.manifest)}, ${seconds()} s`);
}

function readArguments() {
  const { values } = parseArgs({
    options: {
      out: { type: "string" },
      cache: { type: "string" },
      check: { type: "boolean", default: false },
      docs: { type: "boolean", default: false },
    },
  });
  if (values.out === undefined && !values.check && !values.docs) throw new CatalogueError(USAGE);
  return {
    out: values.out === undefined ? undefined : path.resolve(values.out),
    cache: path.resolve(
      values.cache ?? process.env.CUMULET_CACHE ?? path.join(ROOT, "node_modules/.cache"),
      "dependency-files",
    ),
    check: values.check,
    docs: values.docs,
  };
}

/** The modules of this build; others in the folder have no part in it. */
const SCRIPTS =
  "bundle catalogue classic compress deps indexes inventory manifest probe settings slice split styles table"
    .split(" ")
    .map((name) => `build/${name}.mjs`);

/** Hash of everything that the result depends on. @param {string} root */
async function inputsHash(root) {
  // npm's record of what is installed, of packages whose files nobody edits.
  const installed = "node_modules/.package-lock.json";
  const hash = createHash("sha256").update(process.versions.node);
  for (const file of ["catalogue.toml", "package.json", "package-lock.json", installed, ...SCRIPTS]) {
    hash.update(`\0${file}\0`).update(await readFile(path.join(root, file)).catch(() => ""));
  }
  return hash.digest("hex");
}

/** Where it is noted what was last written to a folder. @param {string} out @param {string} cache */
function stampFile(out, cache) {
  return path.join(cache, `written-${createHash("sha256").update(out).digest("hex").slice(0, 16)}.json`);
}

/** @param {string} out @param {string} cache @param {string} inputs */
async function isUpToDate(out, cache, inputs) {
  try {
    const stamp = JSON.parse(await readFile(stampFile(out, cache), "utf8"));
    if (stamp.inputs !== inputs) return false;
    const sizes = /** @type {[string, number][]} */ (Object.entries(stamp.sizes));
    const checks = sizes.map(
      async ([name, size]) => (await stat(path.join(out, "deps", name))).size === size,
    );
    return (await Promise.all(checks)).every(Boolean);
  } catch {
    return false;
  }
}

/**
 * Writes the files, the manifest last, and removes those of earlier builds.
 * @param {string} out
 * @param {string} cache
 * @param {string} inputs
 * @param {Map<string, Buffer>} files
 */
async function writeAll(out, cache, inputs, files) {
  const folder = path.join(out, "deps");
  await mkdir(folder, { recursive: true });
  const isManifest = (/** @type {string} */ name) => name.startsWith("manifest.");
  const names = [...files.keys()].sort((a, b) => Number(isManifest(a)) - Number(isManifest(b)));
  // Names hold the hash of the content, so a file of the same size is the same file.
  const present = await sizesIn(folder);
  for (const name of names) {
    const content = files.get(name) ?? Buffer.alloc(0);
    const isHashed = /-[0-9a-f]{12}\.(js|index\.json)(\.|$)/.test(name);
    if (!isHashed || present.get(name) !== content.length) await writeFile(path.join(folder, name), content);
  }
  for (const name of await readdir(folder)) {
    if (!files.has(name)) await rm(path.join(folder, name), { recursive: true });
  }
  const sizes = Object.fromEntries([...files].map(([name, { length }]) => [name, length]));
  await writeFile(stampFile(out, cache), JSON.stringify({ inputs, sizes }));
}

/** Sizes of the files of a folder, by name. @param {string} folder */
async function sizesIn(folder) {
  const names = await readdir(folder);
  const sizes = names.map(
    async (name) => /** @type {const} */ ([name, (await stat(path.join(folder, name))).size]),
  );
  return new Map(await Promise.all(sizes));
}

try {
  await main();
} catch (error) {
  const isMistake = error instanceof CatalogueError || (error instanceof TypeError && "code" in error);
  console.error(isMistake ? `${/** @type {Error} */ (error).message}` : error);
  process.exitCode = 1;
}
