// Prints the published site of every project as WebAssembly makes it, one line
// each: the same lines as `cargo run -p publish --example publish_projects --
// FOLDER MANIFEST` prints natively, to be compared byte by byte.
//
//   node publish/tests/wasm-parity.mjs GLUE.js PUBLISH.wasm FOLDER MANIFEST
//
// GLUE.js and PUBLISH.wasm are what `wasm-bindgen --target web` made.

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [glue, wasm, folder, manifestPath] = process.argv.slice(2);
if (manifestPath === undefined) {
  console.error("usage: node wasm-parity.mjs GLUE.js PUBLISH.wasm FOLDER MANIFEST");
  process.exit(2);
}

const { default: init, Publisher } = await import(pathToFileURL(path.resolve(glue)).href);
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

// By path segments, as Rust sorts paths.
const key = (project) => project.split(path.sep).join("\0");
const projects = inputs(folder).sort((a, b) => (key(a) < key(b) ? -1 : 1));

for (const project of projects) {
  const publisher = new Publisher(manifest);
  const { output, tailwind } = JSON.parse(publisher.build(JSON.stringify(read(project))));
  const isGood = output.entry !== null && output.diagnostics.every(({ severity }) => severity !== "error");
  if (isGood) {
    const site = publisher.site(tailwind?.css ?? output.css, "", "", JSON.stringify({ sourceMaps: true }));
    const name = path.relative(folder, project).replaceAll("\\", "/");
    process.stdout.write(`${name} ${site}\n`);
  }
  publisher.free();
}
