// @ts-check
/** The dependency files of the whole catalogue, as they are served. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { before, describe, it } from "node:test";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { renderInChromium } from "./browser.mjs";
import { builtDependencies } from "./built.mjs";
import { definedName, Frame } from "./fake-frame.mjs";
import { PROOFS } from "./packages.mjs";
import { runInSandbox } from "./sandbox.mjs";

/** Every how manyth file is taken where looking at all of them takes too long. */
const SAMPLE = 25;

describe("dependency files", () => {
  /** @type {import("./built.mjs").Built} */
  let built;
  /** @type {import("./fake-frame.mjs").Loadable} */
  let preview;

  before(async () => {
    built = await builtDependencies();
    preview = { manifest: built.preview.full, files: built.preview.files };
  });

  it("have a manifest with exactly the fields of the protocol", () => {
    const { manifest, full } = built.preview;
    assert.deepEqual(Object.keys(manifest), ["version", "packages", "blocked", "files", "kit"]);
    assert.equal(manifest.version, 1);
    for (const [specifier, entry] of Object.entries(manifest.packages)) {
      const { parts, index, aliasOf, avoid, ...required } = entry;
      assert.deepEqual(
        Object.keys(required).sort(),
        ["category", "example", "exports", "file", "hasDefault", "hint", "inPrompt", "types", "version"],
        specifier,
      );
      assert.equal(parts, undefined, `${specifier}: parts are in the index`);
      if (index !== undefined) assert.deepEqual(entry.types, [], `${specifier}: types are in the index`);
      if (index !== undefined && !entry.inPrompt) assert.deepEqual(entry.exports, [], specifier);
      if (aliasOf !== undefined) assert.equal(manifest.packages[aliasOf]?.file, entry.file, specifier);
      if (avoid !== undefined) assert.equal(entry.inPrompt, false, specifier);
    }
    for (const [specifier, entry] of Object.entries(full.packages)) {
      assert.deepEqual(entry.exports, [...entry.exports].sort(), `${specifier}: exports are sorted`);
      assert.deepEqual(entry.types, [...entry.types].sort(), `${specifier}: types are sorted`);
      assert.ok(!entry.exports.includes("default"), `${specifier}: default stands apart`);
      const both = entry.types.filter((name) => entry.exports.includes(name));
      assert.deepEqual(both, [], specifier);
    }
    for (const [name, blocked] of Object.entries(manifest.blocked)) {
      const { rewriteTo, ...required } = blocked;
      assert.deepEqual(Object.keys(required), ["reason", "replacement"], name);
      assert.ok(rewriteTo === undefined || manifest.packages[rewriteTo], name);
      assert.equal(manifest.packages[name], undefined, `${name} is approved and blocked`);
    }
    for (const [file, entry] of Object.entries(full.files)) {
      assert.match(file, /^[a-z0-9-]+-[0-9a-f]{12}\.js$/);
      const { imports, ...required } = entry;
      assert.deepEqual(Object.keys(required), ["bytes", "gzip", "brotli", "integrity"], file);
      assert.ok(imports === undefined || imports.length > 0, file);
    }
  });

  it("are named in the manifests and their indexes, each one, and nothing else is", () => {
    const all = new Set();
    const indexes = new Set();
    for (const { full } of [built.preview, built.production]) {
      const named = Object.values(full.packages).flatMap(({ file, parts = [] }) => [
        file,
        ...parts.map((part) => part.file),
      ]);
      // What the runtime itself provides has no file.
      const files = named.filter((file) => file !== "");
      const reached = new Set(files.flatMap((file) => [file, ...(full.files[file]?.imports ?? [])]));
      assert.deepEqual([...reached].sort(), Object.keys(full.files).sort());
      for (const file of reached) all.add(file);
      for (const { index } of Object.values(full.packages)) if (index !== undefined) indexes.add(index);
    }
    const ending = (/** @type {string} */ end) => built.names.filter((name) => name.endsWith(end));
    assert.deepEqual([...all].sort(), ending(".js"));
    assert.deepEqual([...indexes].sort(), ending(".index.json"));
    for (const name of [...ending(".js"), ...ending(".json")]) {
      assert.ok(built.names.includes(`${name}.br`) && built.names.includes(`${name}.gz`), name);
    }
  });

  it("have true sizes, integrity and compressed copies", () => {
    const { full, files } = built.preview;
    const all = Object.entries({ ...full.files, ...built.production.full.files });
    for (const [name, { bytes, brotli, gzip, integrity }] of all.filter((_, index) => index % SAMPLE === 0)) {
      const [plain, small, zipped] = [files.get(name), files.get(`${name}.br`), files.get(`${name}.gz`)];
      assert.ok(plain && small && zipped, name);
      assert.deepEqual([plain.length, small.length, zipped.length], [bytes, brotli, gzip], name);
      assert.equal(`sha256-${createHash("sha256").update(plain).digest("base64")}`, integrity, name);
      assert.ok(brotliDecompressSync(small).equals(plain), name);
      assert.ok(gunzipSync(zipped).equals(plain), name);
    }
  });

  it("import only files that the manifest says must come before", () => {
    for (const { full, files } of [built.preview, built.production]) {
      const names = new Map(Object.keys(full.files).map((file) => [file, definedName(files.get(file))]));
      for (const [name, { imports = [] }] of Object.entries(full.files)) {
        const required = [...(files.get(name)?.toString() ?? "").matchAll(/(?<![.\w])require\("([^"]+)"\)/g)];
        const known = new Set(imports.map((file) => names.get(file)));
        for (const [, file] of required) assert.ok(known.has(file), `${name} requires ${file}`);
      }
    }
  });

  it("are the same for published apps, but for React", () => {
    const [manifest, production] = [built.preview.full, built.production.full];
    assert.deepEqual(Object.keys(production.packages), Object.keys(manifest.packages));
    const own = Object.keys(production.files).filter((file) => manifest.files[file] === undefined);
    assert.ok(own.length > 0 && own.length < 10, own.join(", "));
    const size = (/** @type {typeof manifest} */ { packages, files }) => {
      const file = packages["react-dom/client"]?.file ?? "";
      const all = [file, ...(files[file]?.imports ?? [])];
      return all.reduce((sum, name) => sum + (files[name]?.bytes ?? 0), 0);
    };
    assert.ok(size(production) < size(manifest) * 0.6);
  });

  it("hold one React, in its development build", () => {
    const { full, files } = built.preview;
    const holders = Object.keys(full.files).filter((file) => {
      const code = files.get(file)?.toString() ?? "";
      return code.includes("react.transitional.element") && code.includes("captureOwnerStack=");
    });
    assert.equal(holders.length, 1, `React's code is in ${holders.join(", ")}`);
  });

  it("give every licence its notice", () => {
    const notices = built.preview.files.get("licences.txt")?.toString() ?? "";
    for (const entry of notices.split(`\n${"-".repeat(72)}\n\n`)) {
      assert.match(entry, /^\S+ \S+\n\S.*\n/, "name, version and licence");
    }
    for (const name of ["react", "react-icons", "d3-array", "@hello-pangea/dnd"]) {
      assert.ok(notices.includes(`${name} `), name);
    }
  });

  it("run in the frame that apps have, and fill every name that the manifest promises", async () => {
    for (const served of [built.preview, built.production]) {
      // What the runtime itself provides has no file; its own tests hold it.
      const entries = Object.entries(served.full.packages).filter(([, { file }]) => file !== "");
      const packages = Object.fromEntries(entries);
      const { names, problems, sheets } = await runInSandbox(served, Object.keys(packages));
      assert.deepEqual(problems, []);
      for (const [specifier, { exports, hasDefault }] of Object.entries(packages)) {
        const promised = [...exports, ...(hasDefault ? ["default"] : [])].sort();
        assert.deepEqual(names[specifier], promised, specifier);
      }
      assert.ok(sheets >= Object.keys(packages).filter((name) => name.endsWith(".css")).length);
    }
  });

  it("work: uses of packages that need no document", () => {
    const frame = new Frame(preview);
    for (const [specifier, prove] of Object.entries(PROOFS)) prove(frame.import(specifier));
  });

  it("load one package without the others", () => {
    for (const [specifier, prove] of Object.entries(PROOFS)) prove(new Frame(preview).import(specifier));
  });

  it("fill a split package part by part, and the whole keeps what parts have filled", () => {
    const frame = new Frame(preview);
    const { parts = [], exports } = preview.manifest.packages["lucide-react"] ?? {};
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
    const frame = new Frame(preview);
    const react = frame.import("react");
    const jsx = frame.import("react/jsx-runtime");
    assert.equal(jsx.Fragment, react.Fragment);
    const loaded = [...frame.loaded];
    frame.import("zustand");
    const added = [...frame.loaded].filter((file) => !loaded.includes(file));
    assert.ok(!added.some((file) => file.startsWith("react-")), added.join(", "));
  });

  it("work together on one React in a browser", async () => {
    const { text, icons, bars, problems } = await renderInChromium(preview, Object.keys(PROOFS));
    assert.deepEqual(problems, []);
    for (const part of ["shared store", "moving text", "sortable item", "Mon"])
      assert.ok(text.includes(part), part);
    assert.equal(icons, 1);
    assert.equal(bars, 2);
  });

  it("tell types from values", () => {
    const { packages } = preview.manifest;
    assert.ok(packages.clsx?.types.includes("ClassValue"));
    assert.ok(packages.react?.types.includes("ReactNode"));
    assert.ok(packages["lucide-react"]?.types.includes("LucideIcon"));
    assert.ok(packages["react-hook-form"]?.types.includes("SubmitHandler"));
  });
});
