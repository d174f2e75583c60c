// @ts-check
/**
 * Builds what runs around the apps, and the page's style sheet:
 *
 *   node build/runtime.mjs --out DIR [--cache DIR] [--profile dev|release]
 *
 * Writes DIR/assets/NAME-HASH.*, DIR/sandbox/shell.html, DIR/headers.json and
 * DIR/assets.json; for a release also .br and .gz beside each of them.
 */
import { createHash } from "node:crypto";
import { access, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { readArguments } from "./arguments.mjs";
import { compressAll } from "./compress.mjs";
import { makeEngine } from "./engine.mjs";
import { limitDefines, readLimits } from "./limits.mjs";
import { headers } from "./policies.mjs";
import { classicScript, makeSandbox } from "./sandbox.mjs";

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const REPOSITORY = path.resolve(ROOT, "..");

/** Browsers that Cumulet runs in: those with module workers and everything its wasm needs. */
const TARGETS = ["chrome111", "firefox114", "safari16.4"];

/** Logical name → file name without hash, source. @type {Record<string, [name: string, source: string]>} */
const ENTRIES = {
  start: ["start", "src/start/start.ts"],
  bundlerWorker: ["bundler-worker", "src/workers/bundler.ts"],
  bridgeWorker: ["bridge-worker", "src/workers/bridge.ts"],
  editor: ["editor", "src/editor/editor.ts"],
  typesWorker: ["types-worker", "src/types/worker.ts"],
  tailwind: ["tailwind", "src/tailwind/tailwind.ts"],
  style: ["style", "../frontend/styles/main.css"],
};

/** Classic scripts, for published apps. @type {typeof ENTRIES} */
const PUBLISHED = {
  published: ["published", "src/published/main.ts"],
  publishedDecorators: ["published-decorators", "src/published/decorators.ts"],
};

/** Written by other parts of the build, at fixed addresses. */
const FIXED = {
  manifest: "/deps/manifest.json",
  productionManifest: "/deps/manifest.production.json",
  types: "/types/types.json",
};

async function main() {
  const started = performance.now();
  const { out, cache, profile } = readArguments("build/runtime.mjs");
  const define = limitDefines(await readLimits(REPOSITORY));
  const engine = await makeEngine(ROOT, define);
  const [bundle, sandbox, ...published] = await Promise.all([
    bundleEntries({ ...define, ...engine.define }),
    makeSandbox(ROOT, define),
    ...Object.values(PUBLISHED).map(([, source]) => classicScript(path.join(ROOT, source), ROOT, define)),
  ]);
  /** @type {Record<string, string>} */
  const assets = bundle.assets;
  bundle.files.set(`assets/${engine.file}`, Buffer.from(engine.code));
  Object.entries(PUBLISHED).forEach(([logical, [name]], index) => {
    const script = published[index] ?? "";
    const file = `assets/${name}-${hashOf(script)}.js`;
    bundle.files.set(file, Buffer.from(script));
    assets[logical] = `/${file}`;
  });
  /** @type {Map<string, Buffer>} by path below DIR */
  const files = new Map(bundle.files);
  files.set("sandbox/shell.html", Buffer.from(sandbox.html));
  // A file without a hash in its name, since policies go by names. The query is
  // for the service worker, which may be older than the page that asks.
  assets.shell = `/sandbox/shell.html?v=${hashOf(sandbox.html)}`;
  files.set("headers.json", json(headers(sandbox.shellHash, sandbox.bootHash)));
  files.set("assets.json", json(assets));
  await removeOld(out, bundle.files);
  await writeAll(out, files);
  if (profile === "release") await writeCompressed(out, files, path.join(cache, "compressed"));
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const kilobytes = (sandbox.bootBytes / 1000).toFixed(1);
  console.log(`runtime: ${files.size} files, boot script ${kilobytes} kB, ${seconds} s`);
}

/** @param {Record<string, string>} define */
async function bundleEntries(define) {
  for (const [, source] of Object.values(ENTRIES)) {
    await access(path.join(ROOT, source)).catch(() => {
      throw new Error(`${path.join("runtime-deps", source)} is missing.`);
    });
  }
  const result = await build({
    entryPoints: Object.values(ENTRIES).map(([name, source]) => ({ in: source, out: name })),
    absWorkingDir: ROOT,
    bundle: true,
    format: "esm",
    target: TARGETS,
    minify: true,
    charset: "utf8",
    legalComments: "none",
    define: { ...define, "process.env.NODE_ENV": '"production"' },
    loader: { ".woff2": "file" },
    plugins: [latinFonts],
    outdir: "out",
    entryNames: "assets/[name]-[hash]",
    assetNames: "assets/[name]-[hash]",
    publicPath: "/",
    metafile: true,
    write: false,
    logLevel: "warning",
  });
  const { outputFiles = [], metafile } = result;
  if (metafile === undefined) throw new Error("esbuild gave no list of its outputs.");
  const base = path.join(ROOT, "out");
  const files = outputFiles.map(
    (file) => /** @type {const} */ ([relative(base, file.path), Buffer.from(file.contents)]),
  );
  return { files: new Map(files), assets: { ...addresses(metafile), ...FIXED } };
}

/** Logical name → address. @param {import("esbuild").Metafile} metafile */
function addresses(metafile) {
  /** @type {Record<string, string>} */
  const assets = {};
  for (const [name, [, source]] of Object.entries(ENTRIES)) {
    const output = Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint === source);
    if (!output) throw new Error(`${source} made no file.`);
    assets[name] = `/${relative("out", output[0])}`;
  }
  return assets;
}

/**
 * Fontsource's style sheets name a file for each script of the world; the
 * studio is in English, so only Latin and Latin extended are shipped.
 * @type {import("esbuild").Plugin}
 */
const latinFonts = {
  name: "latin-fonts",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]@fontsource(-variable)?[\\/].*\.css$/ }, async ({ path: file }) => {
      const css = await readFile(file, "utf8");
      const kept = css.replace(/@font-face\s*\{[^}]*\}/g, (face) =>
        /-latin(-ext)?-[^/]*\.woff2/.test(face) ? face : "",
      );
      return { contents: kept, loader: "css", resolveDir: path.dirname(file) };
    });
  },
};

/** As esbuild names its files: eight capital letters and digits. @param {string} text */
function hashOf(text) {
  return createHash("sha256").update(text).digest("hex").slice(0, 8).toUpperCase();
}

/** Earlier versions of the same files. @param {string} out @param {Map<string, Buffer>} fresh */
async function removeOld(out, fresh) {
  const folder = path.join(out, "assets");
  const present = await readdir(folder).catch(() => /** @type {string[]} */ ([]));
  const stem = (/** @type {string} */ name) =>
    name.replace(/-[A-Z0-9]{8}\.(js|css|woff2)(\.br|\.gz)?$/, ".$1");
  const stems = new Set([...fresh.keys()].map((file) => stem(path.basename(file))));
  for (const name of present) {
    const plain = name.replace(/\.(br|gz)$/, "");
    if (stem(name) !== name && stems.has(stem(name)) && !fresh.has(`assets/${plain}`)) {
      await rm(path.join(folder, name));
    }
  }
}

/** @param {string} out @param {Map<string, Buffer>} files */
async function writeAll(out, files) {
  for (const [file, content] of files) {
    const place = path.join(out, file);
    await mkdir(path.dirname(place), { recursive: true });
    await writeFile(place, content);
  }
}

/** @param {string} out @param {Map<string, Buffer>} files @param {string} cache */
async function writeCompressed(out, files, cache) {
  // Fonts are compressed already; headers.json is read by the server alone.
  const texts = new Map([...files].filter(([file]) => !file.endsWith(".woff2") && file !== "headers.json"));
  for (const [file, { brotli, gzip }] of await compressAll(texts, cache)) {
    await writeFile(path.join(out, `${file}.br`), brotli);
    await writeFile(path.join(out, `${file}.gz`), gzip);
  }
}

/** @param {string} base @param {string} file */
function relative(base, file) {
  return path.relative(base, file).replaceAll(path.sep, "/");
}

/** @param {unknown} value */
function json(value) {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
}

await main().catch((/** @type {Error} */ error) => {
  console.error(error.message);
  process.exitCode = 1;
});
