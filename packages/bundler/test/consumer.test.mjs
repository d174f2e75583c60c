// @ts-check
// The package in somebody else's project, packed and unpacked as npm does it.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { FOLDER } from "./package.mjs";

const folder = mkdtempSync(join(tmpdir(), "cumulet-consumer-"));
after(() => rmSync(folder, { recursive: true }));
const run = (/** @type {string} */ program, /** @type {string[]} */ ...args) =>
  execFileSync(program, args, { cwd: folder, encoding: "utf8" });

const [packed] = JSON.parse(run("npm", "pack", "--json", FOLDER));
const place = join(folder, "node_modules/cumulet-bundler");
mkdirSync(place, { recursive: true });
run("tar", "--extract", "--file", packed.filename, "--directory", place, "--strip-components", "1");
writeFileSync(join(folder, "package.json"), '{ "type": "module" }');

test("everything that is needed is packed, with its licences", () => {
  const files = new Set(packed.files.map((/** @type {{ path: string }} */ { path }) => path));
  const sources = ["index.js", "index.d.ts", "wasm.js", "glue.js", "bundler.wasm"];
  const forPublishing = ["publish-glue.js", "publish.wasm", "published.js", "published-decorators.js"];
  const inSrc = [...sources, "publish.js", ...forPublishing].map((name) => `src/${name}`);
  const data = ["manifest.json", "manifest.production.json", "example/index.html"];
  for (const name of [...inSrc, ...data, "README.md", "LICENSE-MIT", "LICENSE-APACHE"]) {
    assert.ok(files.has(name), name);
  }
  const description = JSON.parse(readFileSync(join(place, "package.json"), "utf8"));
  assert.match(description.version, /^\d+\.\d+\.\d+$/);
  assert.notEqual(description.version, "0.0.0");
  assert.equal(description.license, "MIT OR Apache-2.0");
  assert.equal(description.private, undefined);
  assert.equal(description.scripts, undefined);
});

test("the README's example for Node runs", () => {
  const [, example = ""] =
    /## In Node\n\n```js\n([\s\S]*?)```/.exec(readFileSync(join(place, "README.md"), "utf8")) ?? [];
  writeFileSync(join(folder, "example.js"), example);
  assert.match(
    run("node", "example.js"),
    /^error: src\/App\.tsx: There is no file for `\.\/gone`[\s\S]*> 1 \| import "\.\/gone"/,
  );
});

/** Lines that must compile, and after `@ts-expect-error` lines that must not. */
const CONSUMER = `import { createBundler, init, transform, type Manifest } from "cumulet-bundler";
await init(new URL("https://example.org/bundler.wasm"));
declare const manifest: Manifest;
const bundler = createBundler({ manifest });
const { modules, tailwind } = bundler.build({ "src/App.tsx": "", "src/old.ts": null });
export const codes: string[] = modules.map((module) => module.code);
export const classes: string[] | undefined = tailwind?.candidates;
export const line: number | undefined = transform("a.ts", "").diagnostics[0]?.span?.line;
// @ts-expect-error
transform("a.ts");
// @ts-expect-error
createBundler({});
// @ts-expect-error
bundler.build({ "src/App.tsx": 1 });
// @ts-expect-error
modules[0].text;
`;

for (const [module, resolution] of [
  ["NodeNext", "NodeNext"],
  ["ESNext", "Bundler"],
]) {
  test(`its types are found with ${resolution} and hold mistakes up`, () => {
    const tsc = fileURLToPath(new URL("../node_modules/typescript/bin/tsc", import.meta.url));
    writeFileSync(join(folder, "consumer.ts"), CONSUMER);
    const options = ["--strict", "--noEmit", "--skipLibCheck", "--target", "ES2022", "--lib", "ES2022,DOM"];
    const how = ["--module", String(module), "--moduleResolution", String(resolution)];
    assert.equal(run("node", tsc, ...options, ...how, "consumer.ts"), "");
  });
}
