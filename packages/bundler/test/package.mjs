// @ts-check
// The package as `cargo xtask package` makes it, for the tests.

import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { pathToFileURL } from "node:url";

/** Folder of the built package. */
export const FOLDER = process.env.CUMULET_PACKAGE ?? "";
if (FOLDER === "") throw new Error("CUMULET_PACKAGE is not set: run `cargo xtask test --only parity`");

/** @param {string} name below the package */
export const read = (name) => readFileSync(join(FOLDER, name));

/** @returns {Promise<typeof import("../src/index.js")>} the package's functions */
export const load = (folder = join(FOLDER, "src")) => import(pathToFileURL(join(folder, "index.js")).href);

/** A copy of the package's scripts, which has loaded no wasm. */
export function copy() {
  const folder = mkdtempSync(join(tmpdir(), "cumulet-bundler-"));
  after(() => rmSync(folder, { recursive: true }));
  cpSync(join(FOLDER, "src"), folder, { recursive: true });
  return folder;
}

/** @type {import("../src/index.js").Manifest} */
export const manifest = JSON.parse(read("manifest.json").toString());

/** @type {import("../src/index.js").Manifest} */
export const productionManifest = JSON.parse(read("manifest.production.json").toString());

export const APP = `import { useState } from "react";
import { double } from "./lib/double";
export default function App() {
  const [count, setCount] = useState<number>(1);
  return <button onClick={() => setCount(double(count))}>{count}</button>;
}
`;
export const DOUBLE = "export const double = (n: number): number => n * 2;\n";
