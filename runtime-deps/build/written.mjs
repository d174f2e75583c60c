// @ts-check
/**
 * Files that a build writes into one folder, and the note of what they were made
 * from, so that a build without changes takes no time.
 */
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";

/**
 * Hash of everything that a result depends on.
 * @param {string} root the `runtime-deps` folder
 * @param {string[]} scripts the modules of the build; others in the folder have no part in it
 * @param {string} [more] what comes from elsewhere
 */
export async function inputsHash(root, scripts, more = "") {
  // npm's record of what is installed, of packages whose files nobody edits.
  const installed = "node_modules/.package-lock.json";
  const hash = createHash("sha256").update(process.versions.node);
  for (const file of ["catalogue.toml", "package.json", "package-lock.json", installed, ...scripts]) {
    hash.update(`\0${file}\0`).update(await readFile(path.join(root, file)).catch(() => ""));
  }
  return hash.update(more).digest("hex");
}

/** Where it is noted what was last written to a folder. @param {string} folder @param {string} cache */
function stampFile(folder, cache) {
  return path.join(cache, `written-${createHash("sha256").update(folder).digest("hex").slice(0, 16)}.json`);
}

/** @param {string} folder @param {string} cache @param {string} inputs */
export async function isUpToDate(folder, cache, inputs) {
  try {
    const stamp = JSON.parse(await readFile(stampFile(folder, cache), "utf8"));
    if (stamp.inputs !== inputs) return false;
    const sizes = /** @type {[string, number][]} */ (Object.entries(stamp.sizes));
    const checks = sizes.map(async ([name, size]) => (await stat(path.join(folder, name))).size === size);
    return (await Promise.all(checks)).every(Boolean);
  } catch {
    return false;
  }
}

/**
 * Writes the files, those that name others last, and removes those of earlier builds.
 * @param {string} folder
 * @param {string} cache
 * @param {string} inputs
 * @param {Map<string, Buffer>} files
 * @param {(name: string) => boolean} isIndex
 */
export async function writeFolder(folder, cache, inputs, files, isIndex) {
  await mkdir(folder, { recursive: true });
  await mkdir(cache, { recursive: true });
  const names = [...files.keys()].sort((a, b) => Number(isIndex(a)) - Number(isIndex(b)));
  // Names hold the hash of the content, so a file of the same size is the same file.
  const present = await sizesIn(folder);
  for (const name of names) {
    const content = files.get(name) ?? Buffer.alloc(0);
    const isHashed = /-[0-9a-f]{12}\.(js|json|index\.json|kit\.json)(\.|$)/.test(name);
    if (!isHashed || present.get(name) !== content.length) await writeFile(path.join(folder, name), content);
  }
  for (const name of await readdir(folder)) {
    if (!files.has(name)) await rm(path.join(folder, name), { recursive: true });
  }
  const sizes = Object.fromEntries([...files].map(([name, { length }]) => [name, length]));
  await writeFile(stampFile(folder, cache), JSON.stringify({ inputs, sizes }));
}

/**
 * Names of files that aren't what a folder has.
 * @param {string} folder
 * @param {Map<string, Buffer>} files
 */
export async function differences(folder, files) {
  const names = [...files].map(async ([name, content]) => {
    const present = await readFile(path.join(folder, name)).catch(() => undefined);
    return present?.equals(content) ? [] : [name];
  });
  return (await Promise.all(names)).flat();
}

/** Sizes of the files of a folder, by name. @param {string} folder */
async function sizesIn(folder) {
  const names = await readdir(folder);
  const sizes = names.map(
    async (name) => /** @type {const} */ ([name, (await stat(path.join(folder, name))).size]),
  );
  return new Map(await Promise.all(sizes));
}
