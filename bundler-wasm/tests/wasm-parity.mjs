// Prints the build of every project as WebAssembly makes it, one line each, or
// its published site: the same lines as the examples build_fixtures of
// bundler-wasm and publish_projects of publish print natively, to be compared
// byte by byte.
//
//   node bundler-wasm/tests/wasm-parity.mjs GLUE.js WASM FOLDER MANIFEST
//
// GLUE.js and WASM are what `wasm-bindgen --target web` made of bundler-wasm/worker
// or of publish/worker.

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [glue, wasm, folder, manifestPath] = process.argv.slice(2);
if (manifestPath === undefined) {
  console.error("usage: node wasm-parity.mjs GLUE.js WASM FOLDER MANIFEST");
  process.exit(2);
}

const { default: init, Bundler, Publisher } = await import(pathToFileURL(path.resolve(glue)).href);
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

/** What `again` gives when the bundler or publisher has all that it takes. */
function whole(program, result, again) {
  const { missing } = JSON.parse(result);
  if (missing.length === 0) return result;
  for (const file of missing) {
    program.supply(file, readFileSync(path.join(path.dirname(manifestPath), file), "utf8"));
  }
  return whole(program, again(), again);
}

function build(files) {
  const bundler = new Bundler(manifest);
  const result = whole(bundler, bundler.build(files), () => bundler.build("{}"));
  bundler.free();
  return result;
}

/** Nothing for a project with errors. */
function publish(files) {
  const publisher = new Publisher(manifest);
  const { output, tailwind } = JSON.parse(
    whole(publisher, publisher.build(files), () => publisher.build(files)),
  );
  const isGood = output.entry !== null && output.diagnostics.every(({ severity }) => severity !== "error");
  const options = JSON.stringify({ sourceMaps: true });
  const site = isGood ? publisher.site(tailwind?.css ?? output.css, "", "", options) : undefined;
  publisher.free();
  return site;
}

for (const project of projects) {
  const files = JSON.stringify(read(project));
  const line = Publisher ? publish(files) : build(files);
  const name = path.relative(folder, project).replaceAll("\\", "/");
  if (line !== undefined) process.stdout.write(`${name} ${line}\n`);
}
