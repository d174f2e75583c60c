// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { APP, copy, DOUBLE, FOLDER, load, manifest, read } from "./package.mjs";

const bundler = await load();
await bundler.init();

const FILES = { "src/App.tsx": APP, "src/lib/double.ts": DOUBLE };

test("a build gives modules, and the next one only what changed", () => {
  const project = bundler.createBundler({ manifest });
  const first = project.build(FILES);
  assert.deepEqual(first.diagnostics, []);
  assert.deepEqual(first.entry, { id: "src/App.tsx", mount: true });
  assert.deepEqual(
    first.modules.map(({ id }) => id),
    ["src/lib/double.ts", "src/App.tsx"],
  );
  assert.deepEqual(first.modules[1]?.imports, ["src/lib/double.ts"]);
  assert.equal(first.tailwind, null);
  assert.ok(first.dependencies.some(({ specifier }) => specifier === "react"));
  for (const { file, integrity } of first.dependencyFiles) assert.equal(integrity, manifest.files[file]?.integrity, file);

  const next = project.build({ "src/lib/double.ts": DOUBLE.replace("2", "3") });
  assert.deepEqual(
    next.modules.map(({ id }) => id),
    ["src/lib/double.ts"],
  );
  assert.match(next.modules[0]?.code ?? "", /n \* 3/);
  project.free();
});

test("a deleted file is missed by its importers", () => {
  const project = bundler.createBundler({ manifest });
  project.build(FILES);
  const { diagnostics, modules } = project.build({ "src/lib/double.ts": null });
  assert.deepEqual(modules, []);
  const [missing] = diagnostics;
  assert.equal(missing?.code, "missing-file");
  assert.deepEqual(missing?.span, { line: 2, column: 24, endLine: 2, endColumn: 38 });
  assert.match(missing?.frame ?? "", /> 2 \| import \{ double \}/);
  project.free();
});

test("positions lead back to the sources", () => {
  const project = bundler.createBundler({ manifest });
  const { modules } = project.build(FILES);
  const lines = (modules[1]?.code ?? "").split("\n");
  const line = lines.findIndex((text) => text.includes("useState)(1)") || text.includes("useState(1)"));
  const column = (lines[line] ?? "").indexOf("useState");
  const [found, unknown] = project.resolvePositions([
    { file: "src/App.tsx", line: line + 1, column: column + 1 },
    { file: "src/Gone.tsx", line: 1, column: 1 },
  ]);
  assert.equal(found?.file, "src/App.tsx");
  assert.equal(found?.line, 4);
  assert.match(found?.frame ?? "", /> 4 \|/);
  assert.equal(unknown, null);
  project.free();
});

test("a style sheet for Tailwind comes with its classes", () => {
  const project = bundler.createBundler({ manifest });
  const { css, tailwind } = project.build({
    "src/App.tsx": 'export default () => <p className="md:p-4">x</p>;',
  });
  assert.equal(css, "");
  assert.match(tailwind?.css ?? "", /@import "tailwindcss"/);
  assert.ok(tailwind?.candidates.includes("md:p-4"));
  project.free();
});

test("bundlers don't share files, and reset forgets them", () => {
  const one = bundler.createBundler({ manifest });
  const other = bundler.createBundler({ manifest });
  one.build(FILES);
  assert.equal(other.build({}).diagnostics[0]?.code, "no-entry");
  one.reset();
  assert.equal(one.build({}).diagnostics[0]?.code, "no-entry");
  one.free();
  other.free();
});

test("one file is transformed by itself", () => {
  const { code, specifiers, exports, diagnostics } = bundler.transform("src/App.tsx", APP);
  assert.deepEqual(diagnostics, []);
  assert.deepEqual(specifiers, ["react", "./lib/double"]);
  assert.deepEqual(exports, ["default"]);
  assert.match(code, /__cumulet\.define\("src\/App\.tsx"/);
  assert.ok(!code.includes("<number>"));
  const broken = bundler.transform("src/App.tsx", "const 1;");
  assert.equal(broken.code, "");
  assert.equal(broken.diagnostics[0]?.severity, "error");
});

test("a check counts what it finds", () => {
  const { errors, warnings, diagnostics, dependencyFiles } = bundler.check(FILES, manifest);
  assert.deepEqual([errors, warnings, diagnostics.length], [0, 0, 0]);
  assert.ok(dependencyFiles.length > 0);
  const bad = bundler.check({ "src/App.tsx": APP }, manifest);
  assert.equal(bad.errors, 1);
  assert.equal(bad.diagnostics.length, 1);
});

test("wrong input is named", () => {
  const wrong = /** @type {any} */ (bundler);
  const project = wrong.createBundler({ manifest });
  const said = (/** @type {() => unknown} */ call, /** @type {RegExp} */ message) => {
    assert.throws(call, (error) => error instanceof Error && message.test(error.message));
  };
  said(() => wrong.createBundler(), /options must be an object, not undefined/);
  said(() => wrong.createBundler({}), /the manifest must be an object, not undefined/);
  said(() => wrong.createBundler({ manifest: JSON.stringify(manifest) }), /the manifest must be an object/);
  said(() => wrong.createBundler({ manifest: {} }), /manifest: missing field `version`/);
  said(() => project.build("src/App.tsx"), /changes must be an object/);
  said(() => project.build(["src/App.tsx"]), /changes must be an object, not an array/);
  said(
    () => project.build({ "src/App.tsx": 1 }),
    /`src\/App\.tsx` must be a text or null, not of type number/,
  );
  said(() => project.build({ "src/App.tsx": undefined }), /must be a text or null, not undefined/);
  said(() => project.build({ "src/App.tsx": "\ud800" }), /changes: /);
  said(() => project.resolvePositions({}), /positions must be an array/);
  said(() => project.resolvePositions([{ file: "src/App.tsx" }]), /positions: missing field `line`/);
  said(() => wrong.transform(1, ""), /path must be a text/);
  said(() => wrong.transform("src/App.tsx", null), /the text of `src\/App\.tsx` must be a text, not null/);
  said(() => wrong.check({ "src/App.tsx": null }, manifest), /must be a text, not null/);
  // None of it did harm.
  assert.deepEqual(project.build(FILES).diagnostics, []);
  project.free();
  project.free();
  said(() => project.build({}), /has been freed/);
});

test("hostile code is a finding, not a failure", () => {
  for (const text of ["(".repeat(100_000), "</script>\u2028\0", "import '../../../etc/passwd'"]) {
    assert.ok(bundler.check({ "src/App.tsx": text }, manifest).errors > 0);
  }
  const codes = bundler.check({ "../App.tsx": "" }, manifest).diagnostics.map(({ code }) => code);
  assert.ok(codes.includes("invalid-path"));
  const proto = JSON.parse('{ "__proto__": "export {}" }');
  assert.equal(bundler.check(proto, manifest).diagnostics[0]?.code, "no-entry");
});

test("nothing works before the wasm is loaded, and the error says so", async () => {
  const fresh = await load(copy());
  assert.throws(() => fresh.transform("a.ts", ""), /call `await init\(\)` first/);
  assert.throws(() => fresh.check({}, manifest), /call `await init\(\)` first/);
});

test("the wasm may come as bytes, as a module, or from an address", async () => {
  const bytes = read("src/bundler.wasm");
  const address = pathToFileURL(`${FOLDER}/src/bundler.wasm`);
  const answer = () => new Response(bytes, { headers: { "Content-Type": "application/wasm" } });
  const sources = [bytes, await WebAssembly.compile(bytes), address, address.href, answer(), undefined];
  for (const source of sources) {
    const fresh = await load(copy());
    await Promise.all([fresh.init(source), fresh.init(source)]);
    assert.deepEqual(fresh.transform("a.ts", "export const a = 1;").exports, ["a"]);
  }
});

test("a wasm that can't be loaded is named, and another try may succeed", async () => {
  const fresh = await load(copy());
  const bad = [new Uint8Array([1, 2, 3]), new URL("file:///nowhere/bundler.wasm"), "bundler.wasm"];
  for (const source of bad) {
    await assert.rejects(fresh.init(source), /^Error: The bundler's wasm could not be loaded: /);
  }
  await fresh.init();
  assert.deepEqual(fresh.transform("a.ts", "").diagnostics, []);
});
