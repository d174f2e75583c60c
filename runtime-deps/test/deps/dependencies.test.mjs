// @ts-check
/** The dependency files as a whole, made once for all tests of this file. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { copyFile, mkdtemp, rm, symlink } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { makeDependencies } from "../../build/manifest.mjs";
import { packageTable } from "../../build/table.mjs";
import { renderInChromium } from "./browser.mjs";
import { definedName, Frame } from "./fake-frame.mjs";
import { PROOFS } from "./packages.mjs";

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

describe("dependency files", () => {
  /** @type {import("../../build/manifest.mjs").Dependencies} */
  let dependencies;
  /** @type {string} */
  let temporary;
  /** @type {string} */
  let cache;

  before(async () => {
    temporary = await mkdtemp(path.join(os.tmpdir(), "dependency-files-"));
    const { CUMULET_CACHE } = process.env;
    cache = path.join(CUMULET_CACHE ?? temporary, "dependency-files/compressed");
    dependencies = await makeDependencies(ROOT, cache);
  });
  after(() => rm(temporary, { recursive: true }));

  it("have a manifest with exactly the fields of the protocol", () => {
    const { manifest } = dependencies;
    assert.deepEqual(Object.keys(manifest), ["version", "packages", "blocked", "files"]);
    assert.equal(manifest.version, 1);
    for (const [specifier, entry] of Object.entries(manifest.packages)) {
      const { parts, ...required } = entry;
      assert.deepEqual(
        Object.keys(required).sort(),
        ["category", "example", "exports", "file", "hasDefault", "hint", "inPrompt", "types", "version"],
        specifier,
      );
      assert.deepEqual(entry.exports, [...entry.exports].sort(), `${specifier}: exports are sorted`);
      assert.deepEqual(entry.types, [...entry.types].sort(), `${specifier}: types are sorted`);
      assert.ok(!entry.exports.includes("default"), `${specifier}: default stands apart`);
      for (const part of parts ?? []) assert.deepEqual(Object.keys(part), ["file", "exports"]);
    }
    for (const [name, blocked] of Object.entries(manifest.blocked)) {
      const { rewriteTo, ...required } = blocked;
      assert.deepEqual(Object.keys(required), ["reason", "replacement"], name);
      assert.ok(rewriteTo === undefined || manifest.packages[rewriteTo], name);
    }
    for (const [file, entry] of Object.entries(manifest.files)) {
      assert.match(file, /^[a-z0-9-]+-[0-9a-f]{12}\.js$/);
      const { imports, ...required } = entry;
      assert.deepEqual(Object.keys(required), ["bytes", "gzip", "brotli", "integrity"], file);
      assert.ok(imports === undefined || imports.length > 0, file);
    }
  });

  it("are named in the manifest, each one, and nothing else is", () => {
    const { manifest, production, files } = dependencies;
    const all = new Set();
    for (const { packages, files } of [manifest, production]) {
      const named = Object.values(packages).flatMap(({ file, parts = [] }) => [
        file,
        ...parts.map((part) => part.file),
      ]);
      const reached = new Set(named.flatMap((file) => [file, ...(files[file]?.imports ?? [])]));
      assert.deepEqual([...reached].sort(), Object.keys(files).sort());
      for (const file of reached) all.add(file);
    }
    const scripts = [...files.keys()].filter((name) => name.endsWith(".js")).sort();
    assert.deepEqual([...all].sort(), scripts);
    assert.equal(JSON.stringify(manifest), files.get("manifest.json")?.toString());
    assert.equal(JSON.stringify(production), files.get("manifest.production.json")?.toString());
  });

  it("have true sizes, integrity and compressed copies", () => {
    const { manifest, production, files } = dependencies;
    for (const [name, { bytes, brotli, gzip, integrity }] of Object.entries({
      ...manifest.files,
      ...production.files,
    })) {
      const [plain, small, zipped] = [files.get(name), files.get(`${name}.br`), files.get(`${name}.gz`)];
      assert.ok(plain && small && zipped, name);
      assert.deepEqual([plain.length, small.length, zipped.length], [bytes, brotli, gzip], name);
      assert.equal(`sha256-${createHash("sha256").update(plain).digest("base64")}`, integrity, name);
      assert.ok(brotliDecompressSync(small).equals(plain), name);
      assert.ok(gunzipSync(zipped).equals(plain), name);
    }
  });

  it("import only files that the manifest says must come before", () => {
    const { manifest, production, files } = dependencies;
    for (const [name, { imports = [] }] of [manifest, production].flatMap(({ files }) =>
      Object.entries(files),
    )) {
      const required = [...(files.get(name)?.toString() ?? "").matchAll(/(?<![.\w])require\("([^"]+)"\)/g)];
      const known = imports.map((file) => definedName(files.get(file)));
      for (const [, file] of required) assert.ok(known.includes(file), `${name} requires ${file}`);
    }
  });

  it("are the same for published apps, but for React", () => {
    const { manifest, production, files, bundled } = dependencies;
    assert.deepEqual(Object.keys(production.packages), Object.keys(manifest.packages));
    const own = Object.keys(production.files).filter((file) => manifest.files[file] === undefined);
    assert.ok(own.length > 0 && own.length < 10, own.join(", "));
    const size = (/** @type {typeof manifest} */ { packages, files }) => {
      const file = packages["react-dom/client"]?.file ?? "";
      return [file, ...(files[file]?.imports ?? [])].reduce(
        (sum, name) => sum + (files[name]?.bytes ?? 0),
        0,
      );
    };
    assert.ok(size(production) < size(manifest) * 0.6);
    const frame = new Frame({ manifest: production, production, files, bundled });
    for (const [specifier, { exports, hasDefault }] of Object.entries(production.packages)) {
      const names = Object.keys(frame.import(specifier));
      assert.deepEqual(names.sort(), [...exports, ...(hasDefault ? ["default"] : [])].sort(), specifier);
    }
  });

  it("are the same bytes when built elsewhere, with node_modules as a link", async () => {
    const elsewhere = await mkdtemp(path.join(temporary, "elsewhere-"));
    for (const file of ["catalogue.toml", "package.json"]) {
      await copyFile(path.join(ROOT, file), path.join(elsewhere, file));
    }
    await symlink(path.join(ROOT, "node_modules"), path.join(elsewhere, "node_modules"));
    const again = await makeDependencies(elsewhere, cache);
    assert.deepEqual([...again.files.keys()].sort(), [...dependencies.files.keys()].sort());
    for (const [name, content] of dependencies.files) {
      assert.ok(again.files.get(name)?.equals(content), `${name} differs`);
    }
  });

  it("hold one React, in its development build, and no second copy of any package", () => {
    const names = dependencies.bundled.map(({ name }) => name);
    assert.deepEqual(names, [...new Set(names)]);
    const withReact = [...dependencies.files].filter(
      ([name, content]) => name.endsWith(".js") && content.includes("react.transitional.element"),
    );
    const holders = withReact.filter(([, content]) => content.includes("captureOwnerStack="));
    assert.equal(holders.length, 1, `React's code is in ${holders.map(([name]) => name).join(", ")}`);
  });

  it("give every licence its notice", () => {
    const notices = dependencies.files.get("licences.txt")?.toString() ?? "";
    for (const { name, version, licence } of dependencies.bundled) {
      assert.ok(licence !== "", `${name} says no licence`);
      assert.ok(notices.includes(`${name} ${version}\n${licence}\n`), name);
    }
  });

  it("fill every name that the manifest promises, package by package", () => {
    const frame = new Frame(dependencies);
    for (const [specifier, { exports, hasDefault }] of Object.entries(dependencies.manifest.packages)) {
      const names = Object.keys(frame.import(specifier));
      assert.deepEqual(names.sort(), [...exports, ...(hasDefault ? ["default"] : [])].sort(), specifier);
    }
  });

  it("work: one use of every approved package", () => {
    assert.deepEqual(Object.keys(PROOFS).sort(), Object.keys(dependencies.manifest.packages).sort());
    const frame = new Frame(dependencies);
    for (const [specifier, prove] of Object.entries(PROOFS)) prove(frame.import(specifier));
  });

  it("load one package without the others", () => {
    for (const specifier of Object.keys(dependencies.manifest.packages)) {
      PROOFS[specifier]?.(new Frame(dependencies).import(specifier));
    }
  });

  it("fill a split package part by part, and the whole keeps what parts have filled", () => {
    const frame = new Frame(dependencies);
    const { parts = [], exports } = dependencies.manifest.packages["lucide-react"] ?? {};
    assert.deepEqual(parts.flatMap((part) => part.exports).sort(), exports);
    const partOf = (/** @type {string} */ name) => parts.find((part) => part.exports.includes(name));
    const home = partOf("Home");
    const trash = partOf("Trash2");
    assert.ok(home && trash && home !== trash);
    frame.load(home.file);
    const icons = frame.namespace("lucide-react");
    assert.deepEqual(Object.keys(icons).sort(), home.exports);
    assert.equal(icons.Home, icons.House, "an old name is the same icon");
    frame.load(trash.file);
    assert.deepEqual(Object.keys(icons).sort(), [...home.exports, ...trash.exports].sort());
    const { House } = icons;
    frame.import("lucide-react");
    assert.equal(icons.House, House);
    assert.equal(Object.keys(icons).length, exports?.length);
  });

  it("share one React between packages", () => {
    const frame = new Frame(dependencies);
    const react = frame.import("react");
    const jsx = frame.import("react/jsx-runtime");
    assert.equal(jsx.Fragment, react.Fragment);
    const loaded = [...frame.loaded];
    frame.import("zustand");
    const added = [...frame.loaded].filter((file) => !loaded.includes(file));
    assert.ok(!added.some((file) => file.startsWith("react-")), added.join(", "));
  });

  it("work together on one React in a browser", async () => {
    const { text, icons, bars, problems } = await renderInChromium(dependencies);
    assert.deepEqual(problems, []);
    for (const part of ["shared store", "moving text", "sortable item", "Mon"])
      assert.ok(text.includes(part), part);
    assert.equal(icons, 1);
    assert.equal(bars, 2);
  });

  it("tell types from values", () => {
    const { packages } = dependencies.manifest;
    assert.ok(packages.clsx?.types.includes("ClassValue"));
    assert.ok(packages.react?.types.includes("ReactNode"));
    assert.ok(packages["lucide-react"]?.types.includes("LucideIcon"));
    assert.ok(packages["react-hook-form"]?.types.includes("SubmitHandler"));
    for (const [specifier, { exports, types }] of Object.entries(packages)) {
      const both = types.filter((name) => exports.includes(name));
      assert.deepEqual(both, [], specifier);
    }
  });

  it("are listed in a table with a line for each package", () => {
    const lines = packageTable(dependencies).split("\n");
    for (const [specifier, { version }] of Object.entries(dependencies.manifest.packages)) {
      assert.ok(
        lines.some((line) => line.startsWith(`${specifier} `) && line.includes(version)),
        specifier,
      );
    }
    assert.ok(lines.includes("no package is bundled twice"));
  });
});
