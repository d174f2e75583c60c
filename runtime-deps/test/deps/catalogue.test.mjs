// @ts-check
/** Mistakes in catalogue.toml and in the installation are named with what to do. */
import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { builtinModules } from "node:module";
import os from "node:os";
import path from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { CatalogueError, parseCatalogue, readCatalogue } from "../../build/catalogue.mjs";
import { bottomUp } from "../../build/classic.mjs";
import { catalogueDocs } from "../../build/docs.mjs";

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

const GOOD = `
[[package]]
specifier = "clsx"
status = "approved"
category = "utils"
hint = "conditional class names"
example = 'import clsx from "clsx";'

[[package]]
specifiers = ["classnames", "classnames/bind"]
status = "blocked"
reason = "clsx does the same"
replacement = "Use clsx."
rewrite_to = "clsx"
`;

/** @param {string} find @param {string} replace @param {RegExp} message */
function assertMistake(find, replace, message) {
  assert.ok(GOOD.includes(find));
  assert.throws(
    () => parseCatalogue(GOOD.replace(find, replace)),
    (error) => error instanceof CatalogueError && message.test(error.message),
  );
}

describe("catalogue", () => {
  it("reads approved and blocked packages", () => {
    const { approved, blocked } = parseCatalogue(GOOD);
    assert.deepEqual(approved, [
      {
        specifier: "clsx",
        packageName: "clsx",
        version: "",
        category: "utils",
        hint: "conditional class names",
        example: 'import clsx from "clsx";',
        inPrompt: true,
        split: 0,
        isSlice: false,
        aliasOf: undefined,
        avoid: undefined,
      },
    ]);
    assert.deepEqual(
      blocked.map(({ specifier, rewriteTo }) => [specifier, rewriteTo]),
      [
        ["classnames", "clsx"],
        ["classnames/bind", "clsx"],
      ],
    );
  });

  it("reads aliases, packages for opened projects and second copies", () => {
    const { approved, secondCopies } = parseCatalogue(`${GOOD}
[[package]]
specifier = "clsx-old"
status = "approved"
alias_of = "clsx"
hint = "the older name"
example = 'import clsx from "clsx-old";'

[[package]]
specifier = "router/dom"
status = "compat"
category = "routing"
hint = "views by path"
example = 'import { Route } from "router/dom";'
reason = "it is large"
replacement = "Use another."

[[second_copy]]
package = "tiny"
reason = "two major versions"
`);
    const [, alias, compat] = approved;
    assert.deepEqual(
      [alias?.aliasOf, alias?.packageName, alias?.category, alias?.inPrompt],
      ["clsx", "clsx", "utils", true],
    );
    assert.deepEqual(compat?.avoid, { reason: "it is large", replacement: "Use another." });
    assert.deepEqual([compat?.packageName, compat?.inPrompt], ["router", false]);
    assert.deepEqual([...secondCopies], [["tiny", "two major versions"]]);
  });

  it("names the mistake and the entry", () => {
    assertMistake('hint = "conditional class names"', "", /"clsx" needs hint: one line of text/);
    assertMistake(
      'status = "approved"',
      'status = "maybe"',
      /"clsx" has the unknown status "maybe".*"approved", "compat" or/,
    );
    assertMistake('status = "approved"', "", /"clsx" has no status/);
    assertMistake('category = "utils"', 'category = "Utils and more"', /category must be one word/);
    assertMistake(
      'category = "utils"',
      'category = "utils"\nversion = "1.0.0"',
      /unknown key "version". Versions are pinned in package.json/,
    );
    assertMistake('category = "utils"', 'category = "utils"\nsplit = "8"', /split must be a whole number/);
    assertMistake(
      'category = "utils"',
      'category = "utils"\nsplit = 2\nslice = 2',
      /write split or slice, not both/,
    );
    assertMistake('category = "utils"', 'alias_of = "clsy"', /alias_of = "clsy", which isn't an approved/);
    assertMistake('category = "utils"', 'alias_of = "clsx"', /alias_of = "clsx", which isn't an approved/);
    assertMistake('category = "utils"', 'category = "utils"\nalias_of = "clsy"', /unknown key "category"/);
    assertMistake('status = "approved"', 'status = "compat"', /"clsx" needs reason/);
    assertMistake('reason = "clsx does the same"', 'hint = "x"', /unknown key "hint"/);
    assertMistake(
      'rewrite_to = "clsx"',
      'rewrite_to = "clsy"',
      /rewrite_to = "clsy", which isn't an approved package/,
    );
    assertMistake(
      '"classnames", "classnames/bind"',
      '"classnames", "classnames"',
      /"classnames" stands in it twice/,
    );
    assertMistake('reason = "clsx does the same"', "", /the entry of "classnames" needs reason/);
    assertMistake('reason = "clsx does the same"', "reason = ", /line \d+: not valid TOML/);
    assertMistake("[[package]]", "[[packages]]", /unknown key "packages"/);
  });

  it("takes versions from package.json and refuses another installed version", async () => {
    const root = await mkdtemp(path.join(os.tmpdir(), "catalogue-"));
    try {
      const install = async (/** @type {string} */ pinned, /** @type {string} */ installed) => {
        await writeFile(path.join(root, "package.json"), JSON.stringify({ dependencies: { clsx: pinned } }));
        await mkdir(path.join(root, "node_modules/clsx"), { recursive: true });
        const manifest = path.join(root, "node_modules/clsx/package.json");
        await writeFile(manifest, JSON.stringify({ version: installed }));
      };
      await writeFile(path.join(root, "catalogue.toml"), GOOD);
      await writeFile(path.join(root, "package.json"), "{}");
      await assert.rejects(readCatalogue(root), /no dependency "clsx". Run: npm install --save-exact clsx/);
      await install("^2.1.1", "2.1.1");
      await assert.rejects(readCatalogue(root), /"clsx" is "\^2.1.1". Pin one exact version/);
      await install("2.1.1", "2.1.0");
      await assert.rejects(readCatalogue(root), /pins 2.1.1, but 2.1.0 is installed. Run npm ci/);
      await install("2.1.1", "2.1.1");
      assert.equal((await readCatalogue(root)).approved[0]?.version, "2.1.1");
    } finally {
      await rm(root, { recursive: true });
    }
  });

  it("blocks every module of Node and recommends approved packages only", async () => {
    const { approved, blocked } = await readCatalogue(ROOT);
    const names = new Set(blocked.map(({ specifier }) => specifier));
    const builtins = builtinModules.filter(
      (name) => !name.startsWith("_") && !/^(inspector|path|util)\//.test(name),
    );
    const uncovered = builtins.filter((name) => !names.has(name) && !name.startsWith("stream/"));
    assert.deepEqual(uncovered, []);
    const usable = new Set(approved.map(({ specifier }) => specifier));
    for (const { specifier, replacement } of blocked) {
      for (const [, name] of replacement.matchAll(/from "([^"]+)"/g))
        assert.ok(usable.has(name ?? ""), specifier);
      assert.match(replacement, /\.$/, specifier);
    }
    for (const { specifier, avoid } of approved) if (avoid) assert.match(avoid.replacement, /\.$/, specifier);
  });

  it("is what docs/catalogue.md shows", async () => {
    const page = await readFile(path.join(ROOT, "../docs/catalogue.md"), "utf8");
    assert.ok(
      page === (await catalogueDocs(ROOT)),
      "docs/catalogue.md is out of date: run node build/deps.mjs --docs in runtime-deps",
    );
  });
});

describe("naming order", () => {
  /** @param {Record<string, string[]>} imports */
  const order = (imports) =>
    bottomUp(
      new Map(
        Object.entries(imports).map(([id, list]) => [
          id,
          { id, stem: id, code: "", imports: list, provides: undefined },
        ]),
      ),
    ).map((group) => group.map(({ id }) => id).sort());

  it("puts what is imported before what imports it", () => {
    assert.deepEqual(order({ a: ["b", "c"], b: ["c"], c: [] }), [["c"], ["b"], ["a"]]);
  });

  it("keeps files that import each other together", () => {
    assert.deepEqual(order({ a: ["b"], b: ["c"], c: ["b", "d"], d: [] }), [["d"], ["b", "c"], ["a"]]);
  });
});
