// @ts-check
/** The Tailwind compiler as the bundler worker gets it: bundled by esbuild. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const TAILWIND = '@import "tailwindcss";\n';

describe("Tailwind compiler", () => {
  /** @type {() => import("../../src/tailwind/tailwind.ts").TailwindCompiler} */
  let createCompiler;
  /** @type {string} */
  let folder;

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "tailwind-"));
    const outfile = path.join(folder, "tailwind.mjs");
    await build({
      absWorkingDir: ROOT,
      entryPoints: ["src/tailwind/tailwind.ts"],
      bundle: true,
      format: "esm",
      platform: "browser",
      preserveSymlinks: true,
      outfile,
    });
    ({ createCompiler } = await import(pathToFileURL(outfile).href));
  });
  after(() => rm(folder, { recursive: true }));

  /** @param {string} css @param {string[]} [candidates] */
  const compile = (css, candidates = []) => createCompiler().compile(css, candidates);

  it("makes the reset, the theme and the utilities that are named, and no others", async () => {
    const css = await compile(TAILWIND, [
      "p-4",
      "hover:bg-red-500",
      "md:flex",
      "dark:text-white",
      "not-a-class",
    ]);
    assert.match(css, /box-sizing: border-box/);
    assert.match(css, /--color-red-500: oklch/);
    assert.match(css, /\.p-4 \{\s+padding: calc\(var\(--spacing\) \* 4\)/);
    assert.match(css, /\.hover\\:bg-red-500/);
    assert.match(css, /@media \(width >= 48rem\)/);
    assert.match(css, /prefers-color-scheme: dark/);
    assert.ok(!css.includes("not-a-class") && !css.includes(".p-5"));
  });

  it("takes arbitrary values and variants", async () => {
    const css = await compile(TAILWIND, ["w-[13px]", "[&>p]:mt-2", "bg-[#1da1f2]/50", "grid-cols-[1fr_2fr]"]);
    assert.match(css, /width: 13px/);
    assert.match(css, /> ?p \{\s+margin-top/);
    assert.match(css, /#1da1f2/);
    assert.match(css, /grid-template-columns: 1fr 2fr/);
  });

  it("takes @theme, @apply, @utility and plain CSS", async () => {
    const css = await compile(
      `${TAILWIND}@theme { --color-brand: #123456; }\n@utility glow { box-shadow: 0 0 9px red; }\n` +
        ".card { @apply bg-brand p-2; }\nbody { margin: 1px; }",
      ["text-brand", "glow"],
    );
    assert.match(css, /--color-brand: #123456/);
    assert.match(css, /\.card \{\s+background-color: var\(--color-brand\)/);
    assert.match(css, /\.text-brand/);
    assert.match(css, /\.glow/);
    assert.match(css, /margin: 1px/);
  });

  it("takes the parts of Tailwind alone, and the directives of version 3", async () => {
    const parts = await compile('@import "tailwindcss/theme.css";\n@import "tailwindcss/utilities.css";', [
      "flex",
    ]);
    assert.ok(parts.includes(".flex") && !parts.includes("border-box"));
    const old = await compile("@tailwind base;\n@tailwind components;\n@tailwind utilities;", ["p-4"]);
    assert.match(old, /border-box/);
    assert.match(old, /\.p-4/);
  });

  it("keeps what it knows of a style sheet and adds new candidates", async () => {
    const compiler = createCompiler();
    const first = await compiler.compile(TAILWIND, ["p-4"]);
    assert.equal(await compiler.compile(TAILWIND, ["p-4"]), first);
    const second = await compiler.compile(TAILWIND, ["p-4", "m-1"]);
    assert.ok(second.includes(".p-4") && second.includes(".m-1"));
    const other = await compiler.compile(`${TAILWIND}.x { color: red }`, ["m-1"]);
    assert.ok(other.includes(".x") && !other.includes(".p-4"));
  });

  it("forgets classes once many are no longer used", async () => {
    const compiler = createCompiler();
    const many = Array.from({ length: 600 }, (_, index) => `w-[${index}px]`);
    await compiler.compile(TAILWIND, many);
    const css = await compiler.compile(TAILWIND, ["p-4"]);
    assert.ok(css.includes(".p-4") && !css.includes("599px"));
  });

  it("names mistakes, with the line where the syntax is at fault", async () => {
    const compiler = createCompiler();
    /** @param {string} css @param {RegExp} message */
    const rejects = (css, message) => assert.rejects(compiler.compile(css, []), { name: "Error", message });
    await rejects(`${TAILWIND}.a {\n color: red;\n`, /^line 2: Missing closing } at \.a/);
    await rejects(".a { color }", /^line 1: Invalid declaration: `color`/);
    await rejects(".a { @apply nonsense; }", /^Cannot apply unknown utility class `nonsense`\. Use a class/);
    await rejects('@import "./other.css";', /@import "\.\/other\.css" can't be loaded: only "tailwindcss"/);
    await rejects(
      '@plugin "@tailwindcss/typography";',
      /@plugin "@tailwindcss\/typography" can't be loaded: .*@theme/,
    );
    await rejects(
      '@config "./tailwind.config.js";',
      /@config ".*" can't be loaded: .* without a configuration file/,
    );
    assert.ok((await compiler.compile(TAILWIND, ["flex"])).includes(".flex"), "works on after a mistake");
  });
});
