// @ts-check
/**
 * Makes the dependency files from catalogue.toml:
 *
 *   node build/deps.mjs --out DIR [--cache DIR]   writes DIR/deps/*
 *   node build/deps.mjs --check [--cache DIR]     prints a table of the packages
 *
 * The cache folder (or CUMULET_CACHE) keeps compressed files and what was last
 * written, so that a build without changes takes no time.
 */
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { CatalogueError } from "./catalogue.mjs";
import { makeDependencies } from "./manifest.mjs";
import { packageTable, totals } from "./table.mjs";
import { inputsHash, isUpToDate, writeFolder } from "./written.mjs";

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

const USAGE = "Usage: node build/deps.mjs (--out DIR | --check) [--cache DIR]";

async function main() {
  const started = performance.now();
  const { out, cache, check } = readArguments();
  const seconds = () => ((performance.now() - started) / 1000).toFixed(1);
  const inputs = await inputsHash(ROOT, SCRIPTS);
  const folder = out === undefined ? undefined : path.join(out, "deps");
  if (folder !== undefined && !check && (await isUpToDate(folder, cache, inputs))) {
    console.log(`dependency files: unchanged, ${seconds()} s`);
    return;
  }
  const dependencies = await makeDependencies(ROOT, path.join(cache, "compressed"));
  if (check) console.log(packageTable(dependencies));
  if (folder !== undefined) {
    const isManifest = (/** @type {string} */ name) => name.startsWith("manifest.");
    await writeFolder(folder, cache, inputs, dependencies.files, isManifest);
  }
  console.log(`dependency files: ${totals(dependencies.manifest)}, ${seconds()} s`);
}

function readArguments() {
  const { values } = parseArgs({
    options: {
      out: { type: "string" },
      cache: { type: "string" },
      check: { type: "boolean", default: false },
    },
  });
  if (values.out === undefined && !values.check) throw new CatalogueError(USAGE);
  return {
    out: values.out === undefined ? undefined : path.resolve(values.out),
    cache: path.resolve(
      values.cache ?? process.env.CUMULET_CACHE ?? path.join(ROOT, "node_modules/.cache"),
      "dependency-files",
    ),
    check: values.check,
  };
}

/** The modules of this build; others in the folder have no part in it. */
const SCRIPTS = "bundle catalogue classic compress deps inventory manifest probe settings split table written"
  .split(" ")
  .map((name) => `build/${name}.mjs`);

try {
  await main();
} catch (error) {
  const isMistake = error instanceof CatalogueError || (error instanceof TypeError && "code" in error);
  console.error(isMistake ? `${/** @type {Error} */ (error).message}` : error);
  process.exitCode = 1;
}
