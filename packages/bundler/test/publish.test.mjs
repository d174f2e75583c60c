// @ts-check
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { APP, copy, DOUBLE, FOLDER, load, productionManifest as manifest, read } from "./package.mjs";

const { publish } = await load();
const FILES = { "src/App.tsx": APP, "src/lib/double.ts": DOUBLE };

/** @param {Awaited<ReturnType<typeof publish>>} published */
function siteOf({ diagnostics, site }) {
  assert.deepEqual(diagnostics, []);
  assert.ok(site);
  return site;
}

/** @param {Record<string, unknown>} files @param {RegExp} pattern */
function find(files, pattern) {
  const found = Object.keys(files).filter((path) => pattern.test(path));
  assert.equal(found.length, 1, `${pattern} among ${Object.keys(files)}`);
  return /** @type {string} */ (found[0]);
}

test("a project becomes a site", async () => {
  const { files, dependencyFiles, maps } = siteOf(await publish({ files: FILES, manifest, sourceMaps: true }));
  const app = find(files, /^assets\/app-\w{12}\.js$/);
  find(files, /^assets\/runtime-\w{12}\.js$/);
  assert.match(String(files["index.html"]), new RegExp(`<script defer src="/${app}"></script>`));
  assert.doesNotMatch(String(files[app]), /refresh|\n./i);
  for (const file of dependencyFiles) assert.ok(file in manifest.files, file);
  const map = JSON.parse(maps[`${app}.map`] ?? "");
  assert.deepEqual(map.sources, ["src/lib/double.ts", "src/App.tsx"].sort());
});

test("the same project gives the same files", async () => {
  const again = { files: FILES, manifest };
  assert.deepEqual(await publish(again), await publish(again));
});

test("a project with errors is not published", async () => {
  const { diagnostics, site } = await publish({ files: { "src/App.tsx": APP }, manifest });
  assert.equal(site, null);
  assert.equal(diagnostics[0]?.code, "missing-file");
});

test("the caller compiles the style sheet for Tailwind", async () => {
  const files = { "src/App.tsx": 'export default () => <p className="md:p-4">x</p>;' };
  const tailwind = async (/** @type {{ candidates: string[] }} */ { candidates }) => {
    assert.ok(candidates.includes("md:p-4"));
    return ".md\\:p-4 {\n  padding: 1rem;\n}\n";
  };
  const { files: made } = siteOf(await publish({ files, manifest, tailwind }));
  assert.equal(made[find(made, /\.css$/)], ".md\\:p-4{padding:1rem}");
  await assert.rejects(publish({ files, manifest }), /uses Tailwind: give `tailwind`/);
});

test("large pictures are files of bytes", async () => {
  const bytes = new Uint8Array(6_000).fill(255);
  const files = {
    "src/main.ts": 'import url from "./photo.png";\nexport { url };',
    "src/photo.png": `data:image/png;base64,${Buffer.from(bytes).toString("base64")}`,
  };
  const { files: made } = siteOf(await publish({ files, manifest, base: "/shop/" }));
  const photo = find(made, /^assets\/photo-\w{12}\.png$/);
  assert.deepEqual(made[photo], bytes);
  assert.ok(String(made[find(made, /app-.*\.js$/)]).includes(`/shop/${photo}`));
});

test("the wasm may come as bytes or from an address", async () => {
  const address = pathToFileURL(join(FOLDER, "src/publish.wasm"));
  for (const wasm of [read("src/publish.wasm"), address, address.href]) {
    const fresh = await load(copy());
    siteOf(await fresh.publish({ files: FILES, manifest, wasm }));
  }
});

/** What wasm-bindgen's objects do when the wasm ends in a trap. */
const TRAPPED = `export default async () => {};
export class Publisher {
  build() {
    throw new WebAssembly.RuntimeError("unreachable");
  }
  free() {
    throw new Error("attempted to take ownership of Rust value while it was borrowed");
  }
}
`;

test("a trap is told as one", async () => {
  const folder = copy();
  writeFileSync(join(folder, "publish-glue.js"), TRAPPED);
  const { publish } = await load(folder);
  await assert.rejects(publish({ files: FILES, manifest }), /The bundler stopped \(unreachable\)/);
});

test("wrong input is named", async () => {
  const wrong = /** @type {any} */ (publish);
  await assert.rejects(wrong(), /options must be an object, not undefined/);
  await assert.rejects(wrong({ files: FILES }), /the manifest must be an object, not undefined/);
  await assert.rejects(wrong({ files: { a: 1 }, manifest }), /`a` must be a text, not of type number/);
  await assert.rejects(wrong({ files: FILES, manifest: {} }), /manifest: missing field `version`/);
  await assert.rejects(wrong({ files: FILES, manifest, base: "shop" }), /can't be the address of a site/);
});
