// @ts-check
// Which declarations are collected for a catalogue, over packages made here.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { collectDeclarations, packageOfFile, withoutAttachments } from "../../build/declarations.mjs";
import { makeTypes } from "../../build/types.mjs";
import { ROOT } from "../runtime/load.mjs";

/** @type {string[]} */
const folders = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** A folder with these files in its node_modules. @param {Record<string, string | object>} files */
function installed(files) {
  const root = mkdtempSync(path.join(tmpdir(), "cumulet-types-"));
  folders.push(root);
  for (const [name, content] of Object.entries(files)) {
    const place = path.join(root, "node_modules", name);
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(place, typeof content === "string" ? content : JSON.stringify(content));
  }
  return root;
}

test("what a package's declarations import is collected, by package and nothing more", () => {
  const root = installed({
    "a/package.json": { name: "a", version: "1.0.0", types: "./index.d.ts", scripts: { build: "x" } },
    "a/index.d.ts": 'import { b } from "b/deep";\nexport * from "./own";\nexport const a: typeof b;\n',
    "a/own.d.ts": 'export type Own = import("@scope/c").C;\n',
    "a/unused.d.ts": "export {};\n",
    "b/package.json": { name: "b", exports: { "./deep": { types: "./dist/deep.d.mts", default: "./x.js" } } },
    "b/dist/deep.d.mts": '/// <reference types="d" />\nexport const b: D;\n',
    "b/x.js": "",
    "@types/scope__c/package.json": { name: "@types/scope__c", types: "index.d.ts" },
    "@types/scope__c/index.d.ts":
      'import type {} from "node:fs";\n/// <reference types="node" />\nexport type C = 1;\n',
    "@types/d/package.json": { name: "@types/d", types: "index.d.ts" },
    "@types/d/index.d.ts": '/// <reference path="more.d.ts" />\n/// <reference lib="webworker" />\n',
    "@types/d/more.d.ts": "interface D {}\n",
    "@types/node/package.json": { name: "@types/node", types: "index.d.ts" },
    "@types/node/index.d.ts": "declare const node: 1;\n",
    "@types/unasked/package.json": { name: "@types/unasked", types: "index.d.ts" },
    "@types/unasked/index.d.ts": "declare const unasked: 1;\n",
  });
  const { packages } = collectDeclarations(root, ["a"], {});
  assert.deepEqual([...packages.keys()], ["@scope/c", "a", "b", "d"]);
  assert.deepEqual(packages.get("a")?.needs, ["@scope/c", "b"]);
  assert.deepEqual(packages.get("b")?.needs, ["d"]);
  assert.deepEqual(Object.keys(packages.get("a")?.files ?? {}), [
    "node_modules/a/index.d.ts",
    "node_modules/a/own.d.ts",
    "node_modules/a/package.json",
  ]);
  assert.deepEqual(JSON.parse(packages.get("a")?.files["node_modules/a/package.json"] ?? ""), {
    name: "a",
    version: "1.0.0",
    types: "./index.d.ts",
  });
  const ofD = Object.keys(packages.get("d")?.files ?? {});
  assert.ok(ofD.includes("node_modules/@types/d/more.d.ts"));
  assert.ok(ofD.includes("lib/lib.webworker.d.ts"), "a library that only this package asks for");
});

test("a package without declarations may be anything, and a copy inside another one belongs to that", () => {
  const root = installed({
    "plain/package.json": { name: "plain", main: "index.js" },
    "plain/index.js": "",
    "outer/package.json": { name: "outer", types: "index.d.ts" },
    "outer/index.d.ts": 'export * from "inner";\n',
    "outer/node_modules/inner/package.json": { name: "inner", types: "index.d.ts" },
    "outer/node_modules/inner/index.d.ts": "export const inner: 2;\n",
  });
  const { packages, lib } = collectDeclarations(root, ["plain", "plain/sub", "outer"], {
    "own.d.ts": "// own",
  });
  assert.deepEqual(packages.get("plain")?.files, {
    "ambient/plain.d.ts": 'declare module "plain";\n',
    "ambient/plain__sub.d.ts": 'declare module "plain/sub";\n',
    "node_modules/plain/package.json": '{"name":"plain","main":"index.js"}',
  });
  assert.ok("node_modules/outer/node_modules/inner/index.d.ts" in (packages.get("outer")?.files ?? {}));
  assert.equal(lib["ambient/own.d.ts"], "// own");
  assert.ok("lib/lib.es2023.d.ts" in lib && "lib/lib.dom.d.ts" in lib && !("lib/lib.webworker.d.ts" in lib));
});

test("names of packages come from the paths of their files", () => {
  for (const [file, name] of [
    ["node_modules/react/index.d.ts", "react"],
    ["node_modules/@types/react/index.d.ts", "react"],
    ["node_modules/@types/scope__name/index.d.ts", "@scope/name"],
    ["node_modules/@scope/name/a/b.d.ts", "@scope/name"],
    ["node_modules/a/node_modules/b/c.d.ts", "a"],
  ]) {
    assert.equal(packageOfFile(file ?? ""), name);
  }
});

test("source maps and pictures in comments are left out, words stay", () => {
  const text =
    "/**\n * An icon.\n * @preview ![img](data:image/svg+xml;base64,AAAA) - https://x.y\n */\nexport const a: 1;\n";
  assert.equal(
    withoutAttachments(`${text}//# sourceMappingURL=a.d.ts.map`),
    text.replace("![img](data:image/svg+xml;base64,AAAA)", ""),
  );
});

test("equal input gives equal bytes, with the notices of all licences", async () => {
  const [first, second] = [await makeTypes(ROOT), await makeTypes(ROOT)];
  assert.deepEqual([...first.contents.keys()], [...second.contents.keys()]);
  for (const [name, content] of first.contents) assert.ok(second.contents.get(name)?.equals(content), name);
  const notices = first.contents.get("licences.txt")?.toString() ?? "";
  for (const name of ["typescript 5.9.3", "csstype "]) assert.ok(notices.includes(name), name);
});
