// @ts-check
/**
 * Puts the base of a split package into one module. esbuild would make a chunk
 * for every set of parts that share something, hundreds for a package like
 * lodash-es: the base is bundled beforehand, and its files only re-export it.
 */
import path from "node:path";
import { build } from "esbuild";
import { bundleSettings } from "./settings.mjs";

/**
 * @param {string} root folder with node_modules
 * @param {Map<string, import("./split.mjs").SplitPlan>} splits
 * @param {import("./settings.mjs").Form} form
 * @returns {Promise<import("esbuild").Plugin>}
 */
export async function basesPlugin(root, splits, form) {
  /** @type {Map<string, string>} text of a file of a base */
  const facades = new Map();
  /** @type {Map<string, { entry: string, text: string }>} */
  const bases = new Map();
  for (const [specifier, { entry, base }] of splits) {
    // Of a file in two bases, the first has it.
    const files = base.filter((file) => !facades.has(file));
    if (files.length === 0) continue;
    const names = await exportsOf(root, files, form);
    const alias = (/** @type {string} */ file, /** @type {string} */ name) =>
      `${name}_${files.indexOf(file)}`;
    bases.set(specifier, { entry, text: await bundleBase(root, files, names, alias, form) });
    for (const file of files) {
      const list = names.get(file)?.map((name) => `${alias(file, name)} as ${name}`) ?? [];
      facades.set(file, `export { ${list.join(", ")} } from ${JSON.stringify(`base:${specifier}`)};`);
    }
  }
  return {
    name: "bases",
    setup(build) {
      build.onResolve({ filter: /^base:/ }, ({ path: namespace }) => ({
        // Relative, as in the whole files: esbuild orders by it.
        path: path.relative(root, bases.get(namespace.slice("base:".length))?.entry ?? ""),
        namespace,
        sideEffects: false,
      }));
      build.onLoad({ filter: /.*/, namespace: "file" }, ({ path: file }) => {
        const contents = facades.get(file);
        return contents === undefined ? undefined : { contents, loader: "js" };
      });
      for (const [specifier, { entry, text }] of bases) {
        build.onLoad({ filter: /.*/, namespace: `base:${specifier}` }, () => ({
          contents: text,
          resolveDir: path.dirname(entry),
          loader: "js",
        }));
      }
    },
  };
}

/**
 * One module with all exports of the files.
 * @param {string} root
 * @param {string[]} files
 * @param {Map<string, string[]>} names
 * @param {(file: string, name: string) => string} alias
 * @param {import("./settings.mjs").Form} form
 */
async function bundleBase(root, files, names, alias, form) {
  const contents = files.map((file) => {
    const list = names.get(file)?.map((name) => `${name} as ${alias(file, name)}`) ?? [];
    return `export { ${list.join(", ")} } from ${JSON.stringify(file)};`;
  });
  const { outputFiles } = await build({
    ...bundleSettings(root, form),
    stdin: { contents: contents.join("\n"), resolveDir: root },
    splitting: false,
    packages: "external",
    outdir: "unused",
  });
  return outputFiles[0]?.text ?? "";
}

/**
 * @param {string} root
 * @param {string[]} files
 * @param {import("./settings.mjs").Form} form
 * @returns {Promise<Map<string, string[]>>} names by file
 */
async function exportsOf(root, files, form) {
  const { metafile } = await build({
    ...bundleSettings(root, form),
    entryPoints: files,
    outdir: "unused",
    packages: "external",
  });
  return new Map(
    Object.values(metafile.outputs).flatMap(({ entryPoint, exports }) =>
      entryPoint === undefined ? [] : [[path.join(root, entryPoint), exports]],
    ),
  );
}
