// @ts-check
/** Splitting, slicing, indexes, aliases and style sheets, with packages of a few lines. */
import assert from "node:assert/strict";
import { OWN_PACKAGES } from "../../build/own.mjs";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import vm from "node:vm";
import { makeDependencies } from "../../build/manifest.mjs";
import { planSlices } from "../../build/slice.mjs";
import { planSplit } from "../../build/split.mjs";
import { styleModule } from "../../build/styles.mjs";
import { packageTable } from "../../build/table.mjs";
import { ROOT, withLists } from "./built.mjs";
import { Frame } from "./fake-frame.mjs";

/** npm packages by name, files by path; all are version 1.0.0. @type {Record<string, Record<string, string>>} */
const PACKAGES = {
  icons: {
    "package.json": '{"module":"index.js","sideEffects":false}',
    "index.js": `
      export { default as Ant } from "./ant.js";
      export { default as Bee, default as OldBee } from "./bee.js";
      import * as all from "./all.js";
      export { all };
      export { create, made } from "./create.js";`,
    "create.js": "export const made = []; export const create = (name) => made.push(name) && { name };",
    "ant.js": 'import { create } from "./create.js"; export default create("ant");',
    "bee.js": 'import { create } from "./create.js"; export default create("bee");',
    "all.js": 'export { default as Ant } from "./ant.js"; export { default as Bee } from "./bee.js";',
    "index.d.ts": "export declare const Ant: object; export type Name = string;",
  },
  pack: {
    "package.json": "{}",
    "lib/package.json": '{"module":"index.mjs"}',
    "lib/index.mjs": "export const GenIcon = (data) => (props) => [data, props];",
    "fa/package.json": '{"module":"index.mjs"}',
    "fa/index.mjs": `// made by a program
import { GenIcon } from '../lib/index.mjs';
${["FaTwo", "FaOne", "FaThree"]
  .map((name) => `export function ${name} (props) {\n  return GenIcon("${name}")(props);\n};`)
  .join("\n")}
`,
  },
  sheet: {
    "package.json": '{"exports":{"./style.css":{"style":"./a.css"}}}',
    "a.css": ".a { background: url(dot.svg); }\n/* not served */",
    "dot.svg": "<svg/>",
    "far.css": '.a { background: url("https://example.org/a.png") }',
  },
  router: { "package.json": '{"module":"index.js"}', "index.js": "export const Route = 1;" },
};

const CATALOGUE = `
${[
  ["react", "useState"],
  ["react-dom", "createPortal"],
  ["react-dom/client", "createRoot"],
  ["pack/lib", "GenIcon"],
]
  .map(
    ([specifier, name]) => `[[package]]
specifier = "${specifier}"
status = "approved"
category = "core"
hint = "h"
example = 'import { ${name} } from "${specifier}";'
`,
  )
  .join("\n")}
[[package]]
specifier = "icons"
status = "approved"
category = "icons"
hint = "h"
example = 'import { Ant, Bee } from "icons";'
split = 1

[[package]]
specifier = "old-icons"
status = "approved"
alias_of = "icons"
hint = "h"
example = 'import { Ant } from "old-icons";'

[[package]]
specifier = "pack/fa"
status = "approved"
category = "icons"
hint = "h"
example = 'import { FaOne } from "pack/fa";'
slice = 2

[[package]]
specifier = "sheet/style.css"
status = "approved"
category = "misc"
hint = "h"
example = 'import "sheet/style.css";'

[[package]]
specifier = "router"
status = "compat"
category = "routing"
hint = "h"
example = 'import { Route } from "router";'
reason = "it is large"
replacement = "Use another."
`;

describe("a small catalogue", () => {
  /** @type {string} */
  let root;
  /** @type {import("../../build/manifest.mjs").Dependencies} */
  let made;

  const write = async (/** @type {string} */ file, /** @type {string} */ text) => {
    const place = path.join(root, file);
    await mkdir(path.dirname(place), { recursive: true });
    await writeFile(place, text);
  };

  before(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), "small-catalogue-"));
    /** @type {Record<string, string>} */
    const dependencies = {};
    await mkdir(path.join(root, "node_modules"));
    for (const name of ["react", "react-dom", "scheduler"]) {
      await symlink(path.join(ROOT, "node_modules", name), path.join(root, "node_modules", name));
      const manifest = await readFile(path.join(root, "node_modules", name, "package.json"), "utf8");
      dependencies[name] = JSON.parse(manifest).version;
    }
    for (const [name, files] of Object.entries(PACKAGES)) {
      dependencies[name] = "1.0.0";
      for (const [file, text] of Object.entries(files)) await write(`node_modules/${name}/${file}`, text);
      const manifest = JSON.parse(files["package.json"] ?? "{}");
      await write(
        `node_modules/${name}/package.json`,
        JSON.stringify({ ...manifest, version: "1.0.0", license: "MIT" }),
      );
    }
    await write("package.json", JSON.stringify({ dependencies }));
    await write("catalogue.toml", CATALOGUE);
    made = await makeDependencies(root, path.join(root, "cache"));
  });
  after(() => rm(root, { recursive: true }));

  /** @param {string} name @returns {any} */
  const readJson = (name) => JSON.parse(made.files.get(name)?.toString() ?? "null");

  it("gives the same bytes when it is built again, with nothing remembered", async () => {
    const again = await makeDependencies(root, path.join(root, "cache-2"));
    assert.deepEqual([...again.files.keys()].sort(), [...made.files.keys()].sort());
    for (const [name, content] of made.files) assert.ok(again.files.get(name)?.equals(content), name);
  });

  it("keeps the lists of split packages out of the manifest", () => {
    const served = readJson("manifest.json");
    for (const [specifier, stem] of [
      ["icons", "icons"],
      ["pack/fa", "pack-fa"],
    ]) {
      const entry = served.packages[specifier ?? ""];
      assert.match(entry.index, new RegExp(`^${stem}-[0-9a-f]{12}\\.index\\.json$`));
      assert.deepEqual([entry.exports, entry.types, entry.parts], [[], [], undefined]);
      assert.ok(made.files.has(`${entry.index}.br`) && made.files.has(`${entry.index}.gz`));
      const index = readJson(entry.index);
      assert.deepEqual(Object.keys(index), ["version", "exports", "types", "parts", "files"]);
      assert.equal(index.version, 1);
      assert.ok(index.files[entry.file], "the whole is used by this package only");
      for (const file of Object.keys(index.files)) assert.equal(served.files[file], undefined);
    }
    assert.deepEqual(readJson(served.packages.icons.index).exports, [
      "Ant",
      "Bee",
      "OldBee",
      "all",
      "create",
      "made",
    ]);
    assert.deepEqual(readJson(served.packages.icons.index).types, ["Name"]);
    assert.ok(
      served.files[served.packages["pack/lib"].file],
      "what another package is stays in the manifest",
    );
  });

  it("says everything that the indexes and the manifest hold together", () => {
    for (const [name, full] of /** @type {const} */ ([
      ["manifest.json", made.manifest],
      ["manifest.production.json", made.production],
    ])) {
      const lists = withLists(readJson(name), readJson);
      for (const [specifier, { index: _, ...entry }] of Object.entries(lists.packages)) {
        assert.deepEqual(entry, full.packages[specifier] ?? OWN_PACKAGES[specifier], specifier);
      }
      assert.deepEqual(Object.keys(lists.files).sort(), Object.keys(full.files).sort());
    }
  });

  it("serves an alias from the files of its target", () => {
    const { icons, "old-icons": old } = readJson("manifest.json").packages;
    assert.equal(old.aliasOf, "icons");
    for (const key of ["category", "version", "file", "index", "hasDefault"])
      assert.equal(old[key], icons[key]);
    assert.equal(icons.aliasOf, undefined);
  });

  it("says what to use in place of a package for opened projects", () => {
    const { router } = readJson("manifest.json").packages;
    assert.deepEqual(router.avoid, { reason: "it is large", replacement: "Use another." });
    assert.equal(router.inPrompt, false);
    assert.deepEqual(router.exports, ["Route"]);
  });

  it("loads parts one by one, which share what they share", () => {
    const { parts = [] } = made.manifest.packages.icons ?? {};
    assert.deepEqual(
      parts.map((part) => part.exports),
      [["all"], ["Ant"], ["Bee", "OldBee"], ["create", "made"]],
    );
    const frame = new Frame(made);
    frame.load(parts[2]?.file ?? "");
    const icons = frame.namespace("icons");
    assert.deepEqual(Object.keys(icons).sort(), ["Bee", "OldBee"]);
    const { Bee } = icons;
    frame.import("icons");
    assert.deepEqual(Object.keys(icons).sort(), ["Ant", "Bee", "OldBee", "all", "create", "made"]);
    assert.equal(icons.Bee, Bee);
    assert.deepEqual([...icons.made], ["bee", "ant", "bee"], "one list for the part and the whole");
  });

  it("loads slices one by one, and the whole from all of them", () => {
    const { parts = [], exports, file } = made.manifest.packages["pack/fa"] ?? {};
    assert.deepEqual(
      parts.map((part) => part.exports),
      [["FaOne", "FaThree"], ["FaTwo"]],
    );
    const frame = new Frame(made);
    frame.load(parts[1]?.file ?? "");
    assert.deepEqual([...frame.namespace("pack/fa").FaTwo("props")], ["FaTwo", "props"]);
    assert.deepEqual(Object.keys(frame.namespace("pack/fa")), ["FaTwo"]);
    assert.deepEqual(Object.keys(frame.import("pack/fa")).sort(), exports);
    for (const part of parts) assert.ok(made.manifest.files[file ?? ""]?.imports?.includes(part.file));
  });

  it("appends a style sheet when its file runs", () => {
    const frame = new Frame(made);
    /** @type {{ textContent: string }[]} */
    const sheets = [];
    frame.context.document = {
      createElement: (/** @type {string} */ tag) => ({ tag, textContent: "" }),
      head: { append: (/** @type {{ textContent: string }} */ sheet) => sheets.push(sheet) },
    };
    assert.deepEqual(Object.keys(frame.import("sheet/style.css")), []);
    frame.import("sheet/style.css");
    assert.deepEqual(
      sheets.map((sheet) => ({ ...sheet })),
      [{ tag: "style", textContent: ".a{background:url(data:image/svg+xml,<svg/>)}" }],
    );
    assert.equal(vm.runInContext("typeof document.head", frame.context), "object");
  });

  it("refuses a style sheet that needs the network", async () => {
    await assert.rejects(
      styleModule(root, "./node_modules/sheet/far.css"),
      /needs url\(https:\/\/example.org/,
    );
  });

  it("refuses to slice what isn't functions only", async () => {
    await write("node_modules/pack/fb/package.json", '{"module":"index.mjs"}');
    await write(
      "node_modules/pack/fb/index.mjs",
      `${PACKAGES.pack?.["fa/index.mjs"]}export const more = 1;\n`,
    );
    await assert.rejects(planSlices(root, "pack/fb", 2), /"pack\/fb" can't be sliced/);
  });

  it("takes the names of another package into one part, but for those that are the package's own", async () => {
    await write("node_modules/both/index.js", 'export * from "router-two"; export { a } from "./a.js";');
    await write("node_modules/both/a.js", "export const a = 1;");
    await write("node_modules/router-two/index.js", "export const a = 2, b = 3; export default 4;");
    const resolve = async (/** @type {string} */ name) => path.join(root, "node_modules", name, "index.js");
    const { parts } = await planSplit("both", 1, resolve);
    assert.deepEqual(
      parts.map((part) => part.map(({ name, file }) => [name, path.relative(root, file)])),
      [[["a", "node_modules/both/a.js"]], [["b", "node_modules/router-two/index.js"]]],
    );
  });

  it("is listed in a table with a line for each package", () => {
    const lines = packageTable(made, new Map([["icons@1.0.0", "2026-01-02"]])).split("\n");
    for (const specifier of Object.keys(made.manifest.packages)) {
      assert.ok(
        lines.some((line) => line.startsWith(`${specifier} `)),
        specifier,
      );
    }
    assert.ok(lines.some((line) => /^icons +1\.0\.0 +2026-01-02 .* MIT$/.test(line)));
    assert.ok(lines.some((line) => /^router +1\.0\.0 +unknown .* yes +MIT$/.test(line)));
    assert.ok(lines.includes("no package is bundled twice"));
  });

  it("refuses a second copy without a reason, and a reason without a copy", async () => {
    const manifest = JSON.parse(await readFile(path.join(root, "package.json"), "utf8"));
    for (const name of ["one", "two"]) {
      manifest.dependencies[name] = "1.0.0";
      await write(`node_modules/${name}/package.json`, '{"version":"1.0.0","module":"index.js"}');
      await write(`node_modules/${name}/index.js`, 'export { tiny } from "tiny";');
      await write(`node_modules/${name}/node_modules/tiny/package.json`, `{"version":"${name.length}.0.0"}`);
      await write(`node_modules/${name}/node_modules/tiny/index.js`, `export const tiny = "${name}";`);
    }
    await write("package.json", JSON.stringify(manifest));
    const entries = ["one", "two"].map(
      (name) => `
[[package]]
specifier = "${name}"
status = "approved"
category = "utils"
hint = "h"
example = 'import { tiny } from "${name}";'
`,
    );
    const copy = '\n[[second_copy]]\npackage = "tiny"\nreason = "they differ"\n';
    const cache = path.join(root, "cache");
    await write("catalogue.toml", CATALOGUE + entries.join(""));
    await assert.rejects(
      makeDependencies(root, cache),
      /tiny is bundled twice: node_modules\/one\/node_modules/,
    );
    await write("catalogue.toml", CATALOGUE + entries.join("") + copy);
    await makeDependencies(root, cache);
    await write("catalogue.toml", CATALOGUE + copy);
    await assert.rejects(makeDependencies(root, cache), /"tiny" has a \[\[second_copy\]\] table, but/);
  });
});
