// @ts-check
/**
 * Writes DIR/sw.js, the service worker of a site that is complete otherwise:
 *
 *   node build/serviceworker.mjs --out DIR [--cache DIR] [--profile dev|release]
 *
 * It holds the names and hashes of the site's files, and the policies.
 */
import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { readArguments } from "./arguments.mjs";
import { compressAll } from "./compress.mjs";
import { classicScript } from "./sandbox.mjs";

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

/** Assets that the studio opens and works without; kept when they were used. */
const LATER = ["typesWorker", "publishJs", "publishWasm", "published", "publishedDecorators"];

/** What the studio loads besides its assets, the shell, templates and icons. */
const FIXED = ["/", "/app.webmanifest", "/deps/manifest.json", "/types/types.json"];

async function main() {
  const { out, cache, profile } = readArguments("build/serviceworker.mjs");
  const release = await describe(out);
  const script = await classicScript(path.join(ROOT, "src/serviceworker/main.ts"), ROOT, {
    RELEASE: JSON.stringify(release),
  });
  await writeFile(path.join(out, "sw.js"), script);
  if (profile === "release") {
    const files = new Map([["sw.js", Buffer.from(script)]]);
    for (const [file, { brotli, gzip }] of await compressAll(files, path.join(cache, "compressed"))) {
      await writeFile(path.join(out, `${file}.br`), brotli);
      await writeFile(path.join(out, `${file}.gz`), gzip);
    }
  }
  console.log(`service worker: ${Object.keys(release.files).length} files`);
}

/** @param {string} out @returns {Promise<import("../src/serviceworker/release.ts").Release>} */
async function describe(out) {
  const assets = await json(path.join(out, "assets.json"));
  const later = LATER.flatMap((name) => assets[name] ?? []);
  const addresses = [
    ...FIXED,
    assets.shell,
    ...(await filesOf(out, "assets")).filter((address) => !later.includes(address)),
    ...(await filesOf(out, "templates")),
    ...(await filesOf(out, "")).filter((address) => /\.(svg|png)$/.test(address)),
  ];
  const { shell, host, direct } = await json(path.join(out, "headers.json"));
  const mark = JSON.stringify(assets);
  const page = await readFile(path.join(out, "index.html"), "utf8");
  if (!page.includes(mark)) throw new Error("index.html and assets.json are of different builds.");
  const described = {
    files: await integrities(out, addresses),
    later: await integrities(out, later),
    mark,
    headers: { shell, host, page: direct },
  };
  const id = createHash("sha256").update(JSON.stringify(described)).digest("hex").slice(0, 12);
  return { id, ...described };
}

/** Address → hash of the file there. @param {string} out @param {string[]} addresses */
async function integrities(out, addresses) {
  /** @type {Record<string, string>} */
  const hashes = {};
  for (const address of addresses.sort()) {
    const file = address === "/" ? "index.html" : address.replace(/\?.*/, "");
    const content = await readFile(path.join(out, file));
    hashes[address] = `sha256-${createHash("sha256").update(content).digest("base64")}`;
  }
  return hashes;
}

/** Addresses of the files in one folder of the site. @param {string} out @param {string} folder */
async function filesOf(out, folder) {
  const entries = await readdir(path.join(out, folder), { withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !/\.(br|gz)$/.test(entry.name))
    .map(({ name }) => path.posix.join("/", folder, name));
}

/** @param {string} file */
async function json(file) {
  return JSON.parse(await readFile(file, "utf8"));
}

await main().catch((/** @type {Error} */ error) => {
  console.error(error.message);
  process.exitCode = 1;
});
