// The files of the comparison: sources that npm packages ship, and the syntax
// cases of test262-parser-tests.

import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** Folder that all paths start from. */
export const root = path.join(import.meta.dirname, "node_modules");

/** Modules written as JavaScript; most other `.js` in packages was made by tools. */
const JAVASCRIPT_SOURCES =
  /^(three\/(src|examples\/jsm)|(tldraw|@tldraw\/\w+)\/dist-esm|preact(\/\w+)?\/src)\//;

/** Which cases there are. In `fail` and `early` none is valid. */
const TEST262_FOLDERS = ["pass", "pass-explicit", "fail", "early"];

/**
 * Every file once, whatever number of packages has a copy.
 * @returns {{ path: string, text: string, loader: string, isCase: boolean }[]}
 */
export function corpus() {
  const seen = new Set();
  const files = [];
  for (const file of [...packageSources(), ...test262Cases()]) {
    const text = readFileSync(path.join(root, file.path), "utf8");
    const key = createHash("sha1").update(`${file.loader} ${file.isCase} ${text}`).digest("hex");
    if (seen.has(key)) continue;
    seen.add(key);
    files.push({ ...file, text });
  }
  return files;
}

function packageSources() {
  return readdirSync(root, { recursive: true })
    .filter((name) => !name.startsWith("test262-parser-tests") && isSource(name))
    .sort()
    .map((name) => ({ path: name, loader: loaderOf(name), isCase: false }));
}

function isSource(name) {
  return (
    (/\.(tsx?|jsx)$/.test(name) && !name.endsWith(".d.ts")) ||
    (/\.m?js$/.test(name) && JAVASCRIPT_SOURCES.test(name))
  );
}

/** As ours: JSX is allowed in every JavaScript file. */
function loaderOf(name) {
  const ending = path.extname(name).slice(1);
  return ending === "js" || ending === "mjs" ? "jsx" : ending;
}

function test262Cases() {
  return TEST262_FOLDERS.flatMap((folder) => {
    const place = `test262-parser-tests/${folder}`;
    return readdirSync(path.join(root, place))
      .filter((name) => name.endsWith(".js"))
      .sort()
      .map((name) => ({ path: `${place}/${name}`, loader: "js", isCase: true }));
  });
}
