// @ts-check
/**
 * Makes the declarations that the editor's language service loads:
 *
 *   node build/types.mjs --out DIR [--cache DIR]   writes DIR/types/*
 *
 * `types.json` names the files: one with TypeScript's own declarations and ours,
 * and one for each package. `licences.txt` holds the notices of all of them and
 * of TypeScript.
 */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { CatalogueError, readCatalogue } from "./catalogue.mjs";
import { compressAll } from "./compress.mjs";
import { collectDeclarations } from "./declarations.mjs";
import { licenceNotices, packageFolder, readPackage } from "./inventory.mjs";
import { inputsHash, isUpToDate, writeFolder } from "./written.mjs";

/**
 * @typedef {{ file: string, bytes: number }} TypesFile
 * @typedef {TypesFile & { needs: string[], specifiers: string[] }} TypesPackage
 * @typedef {{ version: 1, lib: TypesFile, packages: Record<string, TypesPackage> }} TypesIndex
 */

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const OWN = "src/types/cumulet.d.ts";
const SCRIPTS = ["catalogue", "compress", "declarations", "inventory", "types", "written"].map(
  (name) => `build/${name}.mjs`,
);

/**
 * @param {string} root the `runtime-deps` folder
 * @returns {Promise<{ index: TypesIndex, contents: Map<string, Buffer> }>} files by name, the index among them
 */
export async function makeTypes(root) {
  const { approved } = await readCatalogue(root);
  const specifiers = approved.map(({ specifier }) => specifier);
  const own = await readFile(path.join(root, OWN), "utf8");
  const { lib, packages } = collectDeclarations(root, specifiers, { "cumulet.d.ts": own });
  /** @type {Map<string, Buffer>} */
  const contents = new Map();
  const add = (/** @type {string} */ stem, /** @type {unknown} */ value) => {
    const content = Buffer.from(JSON.stringify(value));
    const hash = createHash("sha256").update(content).digest("hex").slice(0, 10);
    const file = `${stem}-${hash}.json`;
    contents.set(file, content);
    return { file, bytes: content.length };
  };
  /** @type {TypesIndex} */
  const index = { version: 1, lib: add("lib", { files: lib, needs: [] }), packages: {} };
  for (const [name, types] of packages) {
    index.packages[name] = {
      ...add(name.replace("@", "").replaceAll("/", "-"), types),
      needs: types.needs,
      specifiers: approved
        .filter(({ packageName }) => packageName === name)
        .map(({ specifier }) => specifier)
        .sort(),
    };
  }
  const files = [...packages.values()].flatMap((types) => Object.keys(types.files));
  const folders = new Set(files.map(packageFolder).filter((folder) => folder !== undefined));
  const all = [...folders].sort().map((folder) => readPackage(root, folder));
  const notices = await Promise.all([readPackage(root, "node_modules/typescript"), ...all]);
  contents.set("licences.txt", Buffer.from(licenceNotices(notices)));
  contents.set("types.json", Buffer.from(JSON.stringify(index)));
  return { index, contents };
}

async function main() {
  const started = performance.now();
  const { values } = parseArgs({ options: { out: { type: "string" }, cache: { type: "string" } } });
  if (values.out === undefined)
    throw new CatalogueError("Usage: node build/types.mjs --out DIR [--cache DIR]");
  const folder = path.resolve(values.out, "types");
  const cache = path.resolve(
    values.cache ?? process.env.CUMULET_CACHE ?? path.join(ROOT, "node_modules/.cache"),
    "types",
  );
  const seconds = () => ((performance.now() - started) / 1000).toFixed(1);
  const inputs = await inputsHash(ROOT, [OWN, ...SCRIPTS]);
  if (await isUpToDate(folder, cache, inputs)) {
    console.log(`declarations: unchanged, ${seconds()} s`);
    return;
  }
  const { index, contents } = await makeTypes(ROOT);
  const files = new Map(contents);
  for (const [name, { brotli, gzip }] of await compressAll(contents, path.join(cache, "compressed"))) {
    files.set(`${name}.br`, brotli).set(`${name}.gz`, gzip);
  }
  await writeFolder(folder, cache, inputs, files, (name) => name.startsWith("types.json"));
  const packed = [...files].reduce((sum, [name, { length }]) => sum + (name.endsWith(".br") ? length : 0), 0);
  const count = Object.keys(index.packages).length;
  console.log(`declarations: ${count} packages, ${(packed / 1000).toFixed(0)} kB Brotli, ${seconds()} s`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main().catch((error) => {
    console.error(error instanceof CatalogueError ? error.message : error);
    process.exitCode = 1;
  });
}
