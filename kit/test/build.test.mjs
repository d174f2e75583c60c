// @ts-check
/** What the bundler is given, and what keeps it whole. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { kit } from "../build.mjs";

const { version, files, theme } = await kit();
const paths = Object.keys(files);

/** Every module that a text imports, by name. @param {string} text */
const imports = (text) =>
  [...text.matchAll(/^(?:import|export)[^;]*? from "([^"]+)";$/gm)].map((found) => found[1] ?? "");

test("the same sources give the same bytes, in order of the paths", async () => {
  assert.equal(JSON.stringify(await kit()), JSON.stringify({ version, files, theme }));
  assert.deepEqual(paths, [...paths].sort());
});

test("files import each other by addresses that the kit has", () => {
  assert.ok(imports(files["src/components/ui/button.tsx"] ?? "").includes("@/lib/utils"));
  for (const [path, text] of Object.entries(files)) {
    for (const name of imports(text).filter((name) => name.startsWith("@/"))) {
      const stem = `src/${name.slice(2)}`;
      assert.ok(
        [`${stem}.ts`, `${stem}.tsx`].some((candidate) => candidate in files),
        `${path} imports ${name}`,
      );
    }
  }
});

test("files import the packages that the catalogue approves, and no others", () => {
  const approved =
    /^(?:@radix-ui\/react-[a-z-]+|react|class-variance-authority|clsx|tailwind-merge|lucide-react|cmdk|vaul|sonner|next-themes|react-day-picker|embla-carousel-react|recharts|react-hook-form|react-resizable-panels|input-otp)$/;
  for (const [path, text] of Object.entries(files)) {
    for (const name of imports(text).filter((name) => !name.startsWith("@/"))) {
      assert.match(name, approved, path);
    }
  }
});

test("the theme sets each colour for light and for dark, and maps it to Tailwind's names", () => {
  const rule = (/** @type {string} */ selector) =>
    new Set(
      [...(theme.split(`\n${selector} {`)[1]?.split("}")[0] ?? "").matchAll(/(--[a-z0-9-]+):/g)].map(
        (found) => found[1],
      ),
    );
  const light = rule(":root");
  light.delete("--radius");
  assert.ok(light.size > 30);
  assert.deepEqual([...rule(".dark")].sort(), [...light].sort());
  for (const name of light) assert.ok(theme.includes(`--color-${name?.slice(2)}: var(${name});`), name);
});
