// Prints the build of every fixture project as the WebAssembly bundler makes
// it, one line each: the same lines as `cargo run -p bundler-wasm --example
// build_fixtures -- FOLDER MANIFEST` prints natively, to be compared byte by byte.
//
//   node bundler-wasm/tests/wasm-parity.mjs GLUE.js BUNDLER.wasm FOLDER MANIFEST
//
// GLUE.js and BUNDLER.wasm are what `wasm-bindgen --target web` made.

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [glue, wasm, folder, manifestPath] = process.argv.slice(2);
if (manifestPath === undefined) {
  console.error("usage: node wasm-parity.mjs GLUE.js BUNDLER.wasm FOLDER MANIFEST");
  process.exit(2);
}

const { default: init, Bundler } = await import(pathToFileURL(path.resolve(glue)).href);
await init({ module_or_path: readFileSync(wasm) });
const manifest = readFileSync(manifestPath, "utf8");

/** Folders below `root` that are called `input`. */
function inputs(root) {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((entry) => {
      const below = path.join(root, entry.name);
      return entry.name === "input" ? [below] : inputs(below);
    });
}

function read(root) {
  const files = {};
  for (const entry of readdirSync(root, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const full = path.join(entry.parentPath ?? entry.path, entry.name);
    files[path.relative(root, full).replaceAll("\\", "/")] = readFileSync(full, "utf8");
  }
  return files;
}

let projects = inputs(folder);
if (projects.length === 0) {
  projects = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => path.join(folder, entry.name));
}
// By path segments, as Rust sorts paths.
const key = (project) => project.split(path.sep).join("\0");
projects.sort((a, b) => (key(a) < key(b) ? -1 : 1));

for (const project of projects) {
  const bundler = new Bundler(manifest);
  const build = bundler.build(JSON.stringify(read(project)));
  const name = path.relative(folder, project).replaceAll("\\", "/");
  process.stdout.write(`${name} ${build}\n`);
  bundler.free();
}
