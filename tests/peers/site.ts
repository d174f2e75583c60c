// The folder and the server of the bench page: each engine's worker bundled
// and minified, with the wasm that it loads.

import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";
import { type BuildOptions, build } from "esbuild";

const require = createRequire(import.meta.url);

/** Ours: `wasm-bindgen --target web`'s script and wasm. */
export interface Bundler {
  script: string;
  wasm: string;
}

/** The wasm that a peer loads beside its worker's script. */
const WASM: Record<string, string> = {
  "esbuild-wasm": "esbuild-wasm/esbuild.wasm",
  "swc-wasm-web": "@swc/wasm-web/wasm_bg.wasm",
  "oxc-wasm": "@oxc-transform/binding-wasm32-wasi/transform.wasm32-wasi.wasm",
};

/** The address under which oxc's script looks for the script of its threads. */
const OXC_THREAD = "@oxc-transform/binding-wasm32-wasi/wasi-worker-browser.mjs";

/** Puts the page and its engines into `folder`, which is emptied first. */
export async function bundle(folder: string, engines: readonly string[], bundler: Bundler): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  const options: BuildOptions = {
    absWorkingDir: dirname(fileURLToPath(import.meta.url)),
    alias: { "cumulet-bundler": bundler.script },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "esnext",
    logLevel: "error",
  };
  const workers = Object.fromEntries(engines.map((name) => [`${name}/worker`, `engines/${name}.ts`]));
  await build({ ...options, entryPoints: { page: "engines/page.ts", ...workers }, outdir: folder });
  await build({ ...options, entryPoints: [OXC_THREAD], outfile: join(folder, "oxc-wasm", OXC_THREAD) });
  copyFileSync(bundler.wasm, join(folder, "cumulet", "bundler.wasm"));
  for (const [engine, module] of Object.entries(WASM)) {
    copyFileSync(require.resolve(module), join(folder, engine, basename(module)));
  }
  writeFileSync(
    join(folder, "index.html"),
    '<!doctype html><script type="module" src="/page.js"></script>\n',
  );
}

/** Brotli bytes, quality 11, of everything that an engine loads. */
export async function downloadBytes(folder: string, engine: string, cache: string): Promise<number> {
  mkdirSync(cache, { recursive: true });
  const root = join(folder, engine);
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const sizes = files.map((file) => brotliBytes(readFileSync(join(file.parentPath, file.name)), cache));
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** Compressing the large ones takes a minute: each content once. */
async function brotliBytes(content: Buffer, cache: string): Promise<number> {
  const known = join(cache, createHash("sha256").update(content).digest("hex"));
  if (!existsSync(known)) {
    const packed = await promisify(brotliCompress)(content, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_LGWIN]: 24,
        [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
      },
    });
    writeFileSync(known, String(packed.length));
  }
  return Number(readFileSync(known, "utf8"));
}

const TYPES: Record<string, string> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".wasm": "application/wasm",
};

/** Serves `folder` on the loopback address. */
export function serve(folder: string): Promise<Server> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const file = join(folder, pathname === "/" ? "index.html" : pathname);
    if (!existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      "Content-Type": TYPES[extname(file)] ?? "application/octet-stream",
      // Each start fetches and compiles anew.
      "Cache-Control": "no-store",
      // For shared memory, which oxc's threads need, and for fine clocks.
      "Cross-Origin-Opener-Policy": "same-origin",
      "Cross-Origin-Embedder-Policy": "require-corp",
    });
    response.end(readFileSync(file));
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}
