// @ts-check
/**
 * Writes the kit as one JSON file, which the bundler serves apps from:
 * `node kit/build.mjs --out FILE`. The same sources give the same bytes.
 */
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

const folder = path.dirname(fileURLToPath(import.meta.url));

/**
 * @typedef {object} Kit
 * @property {1} version Of this form, not of the components.
 * @property {Record<string, string>} files Path in a project → text, in order of the paths.
 * @property {string} theme The style sheet that goes after Tailwind's.
 */

/**
 * Reads the kit's sources.
 *
 * @returns {Promise<Kit>}
 */
export async function kit() {
  const sources = path.join(folder, "src");
  const found = await readdir(sources, { recursive: true, withFileTypes: true });
  const paths = found
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join("/"))
    // By code units: a locale's order differs between machines.
    .sort((a, b) => (a < b ? -1 : 1));
  /** @type {Record<string, string>} */
  const files = {};
  for (const name of paths) files[name] = await text(name);
  return { version: 1, files, theme: await text("theme.css") };
}

/**
 * A file's text, with the line ends that it has in the repository.
 *
 * @param {string} name
 */
async function text(name) {
  return (await readFile(path.join(folder, name), "utf8")).replaceAll("\r\n", "\n");
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { out } = parseArgs({ options: { out: { type: "string" } } }).values;
  if (!out) throw new Error("Say where to write: node kit/build.mjs --out FILE");
  await writeFile(out, `${JSON.stringify(await kit())}\n`);
}
