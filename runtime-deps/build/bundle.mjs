// @ts-check
/**
 * Bundles every approved package in one esbuild run, so that what they share,
 * React first of all, lands in shared chunks and exists once. The result is ES
 * modules; classic.mjs makes the served scripts from them.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";
import { basesPlugin } from "./bases.mjs";
import { CatalogueError, isStyleSheet } from "./catalogue.mjs";
import { bundleSettings } from "./settings.mjs";
import { sliceModules } from "./slice.mjs";
import { planSplit } from "./split.mjs";
import { styleModule } from "./styles.mjs";

/**
 * @typedef {object} Entry
 * @property {string} name file name without hash and extension
 * @property {string} specifier
 * @property {string} source ES module
 * @property {string[] | undefined} exports names that it fills, of a part
 * @property {"whole" | "part"} kind
 *
 * @typedef {object} Plain packages that are put together without esbuild's bundler
 * @property {Entry[]} entries
 * @property {import("./classic.mjs").Module[]} modules
 *
 * @typedef {object} Bundle
 * @property {Entry[]} entries
 * @property {Map<string, import("./split.mjs").SplitPlan>} splits by specifier
 * @property {import("esbuild").OutputFile[]} outputs ES modules
 * @property {import("esbuild").Metafile} metafile
 */

/**
 * @param {string} root folder with node_modules
 * @param {import("./catalogue.mjs").ApprovedPackage[]} approved
 * @param {Map<string, import("./probe.mjs").PackageExports>} exportsBySpecifier
 * @param {import("./settings.mjs").Form} form
 * @returns {Promise<Bundle>}
 */
export async function bundlePackages(root, approved, exportsBySpecifier, form) {
  const bundled = approved.filter((entry) => !entry.isSlice && !isStyleSheet(entry.specifier));
  const splits = await planSplits(root, bundled);
  const entries = bundled.flatMap((entry) => {
    const found = exportsBySpecifier.get(entry.specifier);
    if (found === undefined) throw new CatalogueError(`"${entry.specifier}" could not be read.`);
    return entriesOf(root, entry.specifier, found, splits.get(entry.specifier));
  });
  assertDistinct(approved);
  const settings = bundleSettings(root, form);
  const result = await build({
    ...settings,
    entryPoints: entries.map(({ name }) => ({ in: `entry:${name}`, out: name })),
    outdir: path.join(root, "deps"),
    chunkNames: "chunk-[hash]",
    minify: true,
    plugins: [
      await basesPlugin(root, splits, form),
      ...settings.plugins,
      entriesPlugin(root, entries),
      wholePlugin(root, splits),
    ],
  });
  const [warning] = result.warnings;
  if (warning !== undefined) {
    throw new CatalogueError(`${warning.location?.file ?? "a package"}: ${warning.text}`);
  }
  return { entries, splits, outputs: result.outputFiles, metafile: result.metafile };
}

/**
 * Style sheets and sliced packages, which are the same in every form.
 * @param {string} root
 * @param {import("./catalogue.mjs").ApprovedPackage[]} approved
 * @param {Map<string, import("./slice.mjs").Slices>} slices by specifier
 * @returns {Promise<Plain>}
 */
export async function plainPackages(root, approved, slices) {
  /** @type {Plain} */
  const plain = { entries: [], modules: [] };
  for (const { specifier, category } of approved) {
    const parts = slices.get(specifier);
    /** @type {import("./classic.mjs").Module[]} */
    let modules = [];
    if (parts !== undefined) modules = sliceModules({ specifier, category }, parts, fileStem);
    else if (isStyleSheet(specifier)) {
      const stem = fileStem(specifier);
      const code = await styleModule(root, specifier);
      const provides = { category, specifier };
      modules = [{ id: `${stem}.js`, stem, code, isCommonJs: true, imports: [], provides }];
    }
    plain.modules.push(...modules);
    plain.entries.push(
      ...modules.map(({ stem }, index) => ({
        name: stem,
        specifier,
        source: "",
        exports: index === 0 ? undefined : parts?.parts[index - 1]?.names,
        kind: index === 0 ? /** @type {const} */ ("whole") : /** @type {const} */ ("part"),
      })),
    );
  }
  return plain;
}

/** Files are named by their package. @param {import("./catalogue.mjs").ApprovedPackage[]} approved */
function assertDistinct(approved) {
  const seen = new Map();
  for (const { specifier } of approved) {
    const stem = fileStem(specifier);
    if (seen.has(stem)) {
      throw new CatalogueError(`"${specifier}" and "${seen.get(stem)}" would be files of one name, ${stem}.`);
    }
    seen.set(stem, specifier);
  }
}

/** `@dnd-kit/core` → `dnd-kit-core`. @param {string} specifier */
export function fileStem(specifier) {
  return specifier
    .replace(/^@/, "")
    .replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
    .replace(/[^a-z0-9]+/g, "-");
}

/**
 * @param {string} root
 * @param {import("./catalogue.mjs").ApprovedPackage[]} approved
 */
async function planSplits(root, approved) {
  /** @type {Map<string, import("./split.mjs").SplitPlan>} */
  const plans = new Map();
  for (const { specifier, split } of approved) {
    if (split === 0) continue;
    plans.set(specifier, await planSplit(specifier, split, (wanted) => entryFile(root, wanted)));
  }
  return plans;
}

/** The file that an import of a package means. @param {string} root @param {string} specifier */
async function entryFile(root, specifier) {
  const { metafile } = await build({
    ...bundleSettings(root),
    alias: {},
    bundle: false,
    splitting: false,
    entryPoints: [specifier],
    outdir: "unused",
  });
  const entry = Object.values(metafile.outputs)[0]?.entryPoint;
  if (entry === undefined) throw new CatalogueError(`"${specifier}" has no entry that could be split.`);
  return path.join(root, entry);
}

/** @param {string} root @param {string} file */
function relativeTo(root, file) {
  return `./${path.relative(root, file).replaceAll(path.sep, "/")}`;
}

/**
 * @param {string} root
 * @param {string} specifier
 * @param {import("./probe.mjs").PackageExports} found
 * @param {import("./split.mjs").SplitPlan | undefined} plan
 * @returns {Entry[]}
 */
function entriesOf(root, specifier, found, plan) {
  const from = JSON.stringify(plan === undefined ? specifier : `whole:${specifier}`);
  /** @type {Entry} */
  const whole = {
    name: fileStem(specifier),
    specifier,
    source: [
      // The names of CommonJS exports are known only to who runs it.
      found.isCommonJs ? `export { ${found.values.join(", ")} } from ${from};` : `export * from ${from};`,
      found.hasDefault ? `export { default } from ${from};` : "",
    ].join("\n"),
    exports: undefined,
    kind: "whole",
  };
  const parts = (plan?.parts ?? []).map((part, index) => ({
    name: `${fileStem(specifier)}-${index + 1}`,
    specifier,
    source: [
      ...additionsTo(part),
      ...part.map(
        ({ name, file, local }) =>
          `export { ${local} as ${name} } from ${JSON.stringify(relativeTo(root, file))};`,
      ),
    ].join("\n"),
    exports: part.map(({ name }) => name).sort(),
    kind: /** @type {const} */ ("part"),
  }));
  return [whole, ...parts];
}

/** Packages of a barrel that add to another one by being there: transitions are methods of d3's selections. */
const ADDITIONS = new Map([["d3-selection", "d3-transition"]]);

/** Imports that a part has for their effect. @param {import("./split.mjs").Reexport[]} part */
function additionsTo(part) {
  const files = part.map(({ file }) => file.split(path.sep));
  return [...ADDITIONS]
    .filter(([changed]) => files.some((segments) => segments.includes(changed)))
    .map(([, added]) => `import ${JSON.stringify(added)};`);
}

/**
 * Serves the generated entries.
 * @param {string} root
 * @param {Entry[]} entries
 * @returns {import("esbuild").Plugin}
 */
function entriesPlugin(root, entries) {
  const sources = new Map(entries.map(({ name, source }) => [name, source]));
  return {
    name: "entries",
    setup(build) {
      build.onResolve({ filter: /^entry:/ }, ({ path: name }) => ({
        path: name.slice("entry:".length),
        namespace: "entry",
      }));
      build.onLoad({ filter: /.*/, namespace: "entry" }, ({ path: name }) => ({
        contents: sources.get(name) ?? "",
        resolveDir: root,
        loader: "js",
      }));
    },
  };
}

/**
 * Gives the whole file of a split package its own copy of the modules, except
 * of those in the base. The copies' paths are relative to the root: esbuild
 * orders by them, and the output mustn't depend on where the folder lies.
 * @param {string} root
 * @param {Map<string, import("./split.mjs").SplitPlan>} splits
 * @returns {import("esbuild").Plugin}
 */
function wholePlugin(root, splits) {
  return {
    name: "whole-packages",
    setup(build) {
      for (const [specifier, plan] of splits) {
        const namespace = `whole:${specifier}`;
        const base = new Set(plan.base);
        const copy = (/** @type {string} */ file) => ({
          path: path.relative(root, file),
          namespace,
          sideEffects: false,
        });
        build.onResolve({ filter: /^whole:/ }, ({ path: wanted }) =>
          wanted === namespace ? copy(plan.entry) : undefined,
        );
        build.onResolve({ filter: /^\./, namespace }, ({ path: relative, importer }) => {
          const file = path.join(root, path.dirname(importer), relative);
          return base.has(file) ? { path: file, sideEffects: false } : copy(file);
        });
        build.onLoad({ filter: /.*/, namespace }, async ({ path: relative }) => {
          const file = path.join(root, relative);
          const contents = await readFile(file, "utf8");
          return { contents, resolveDir: path.dirname(file), loader: "js" };
        });
      }
    },
  };
}
