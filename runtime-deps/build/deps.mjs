// @ts-check
/**
 * Makes the dependency files from catalogue.toml:
 *
 *   node build/deps.mjs --out DIR [--cache DIR]   writes DIR/deps/*
 *   node build/deps.mjs --check [--cache DIR]     prints a table of the packages; with --out DIR of an
 *                                                 earlier build, it must give the same bytes
 *   node build/deps.mjs --docs                    writes docs/catalogue.md
 *
 * The cache folder (or CUMULET_CACHE) keeps compressed files and what was last
 * written, so that a build without changes takes no time.
 */
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { kit } from "../../kit/build.mjs";
import { CatalogueError, readCatalogue } from "./catalogue.mjs";
import { catalogueDocs } from "./docs.mjs";
import { makeDependencies } from "./manifest.mjs";
import { releaseDates } from "./releases.mjs";
import { packageTable, totals } from "./table.mjs";
import { differences, inputsHash, isUpToDate, writeFolder } from "./written.mjs";

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

const USAGE = "Usage: node build/deps.mjs (--out DIR | --check | --docs) [--cache DIR]";

async function main() {
  const started = performance.now();
  const { out, cache, check, docs } = readArguments();
  if (docs) await writeFile(path.join(ROOT, "../docs/catalogue.md"), await catalogueDocs(ROOT));
  if (out === undefined && !check) return;
  const seconds = () => ((performance.now() - started) / 1000).toFixed(1);
  const inputs = await inputsHash(ROOT, SCRIPTS, JSON.stringify(await kit()));
  const folder = out === undefined ? undefined : path.join(out, "deps");
  const isWritten = folder !== undefined && (await isUpToDate(folder, cache, inputs));
  if (isWritten && !check) {
    console.log(`dependency files: unchanged, ${seconds()} s`);
    return;
  }
  const dependencies = await makeDependencies(ROOT, path.join(cache, "compressed"), await kit());
  if (check) console.log(packageTable(dependencies, await releases(cache)));
  if (isWritten) await assertSame(folder, dependencies.files);
  if (folder !== undefined) {
    const isManifest = (/** @type {string} */ name) => name.startsWith("manifest.");
    await writeFolder(folder, cache, inputs, dependencies.files, isManifest);
  }
  console.log(`dependency files: ${totals(dependencies.manifest)}, ${seconds()} s`);
}

/** @param {string} folder @param {Map<string, Buffer>} files of another build with the same inputs */
async function assertSame(folder, files) {
  const [first, ...others] = await differences(folder, files);
  if (first !== undefined) {
    throw new CatalogueError(
      `Two builds of the same catalogue differ: ${first} and ${others.length} other files aren't what ${folder} has. Look at what changed in build/.`,
    );
  }
  console.log(`a second build gave the same ${files.size} files`);
}

/** @param {string} cache */
async function releases(cache) {
  return releaseDates((await readCatalogue(ROOT)).approved, cache);
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
  "bases bundle catalogue classic compress deps indexes inventory manifest own probe repairs settings slice split styles table written"
    .split(" ")
    .map((name) => `build/${name}.mjs`);

try {
  await main();
} catch (error) {
  const isMistake = error instanceof CatalogueError || (error instanceof TypeError && "code" in error);
  console.error(isMistake ? `${/** @type {Error} */ (error).message}` : error);
  process.exitCode = 1;
}
