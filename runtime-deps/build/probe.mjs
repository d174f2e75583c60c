// @ts-check
/**
 * Finds out what a package exports: the names of values (from the code itself)
 * and the names of types (from its declarations).
 *
 * Values come from esbuild, which knows the names of every ES module, and for
 * CommonJS from loading the module in Node. Types come from the TypeScript
 * compiler: names that the declarations export and the code doesn't.
 */
import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { build } from "esbuild";
import ts from "typescript";
import { isStyleSheet } from "./catalogue.mjs";
import { bundleSettings } from "./settings.mjs";

/**
 * @typedef {object} PackageExports
 * @property {string[]} values sorted, without `default`
 * @property {string[]} types sorted
 * @property {boolean} hasDefault
 * @property {boolean} isCommonJs
 */

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;

/**
 * As [`probeExports`], but asks only when other packages are installed or
 * listed than the last time: the compiler reads some thousand declarations.
 * @param {string} root folder with node_modules
 * @param {import("./catalogue.mjs").ApprovedPackage[]} approved
 * @param {Map<string, import("./slice.mjs").Slices>} slices whose names are known
 * @param {string} cache folder, made when missing
 * @returns {Promise<Map<string, PackageExports>>}
 */
export async function cachedExports(root, approved, slices, cache) {
  const hash = createHash("sha256").update(approved.map(({ specifier }) => specifier).join("\n"));
  const folder = import.meta.dirname;
  for (const file of [
    path.join(root, "node_modules/.package-lock.json"),
    ...["probe.mjs", "settings.mjs", "slice.mjs"].map((name) => path.join(folder, name)),
  ]) {
    const content = await readFile(file).catch(() => undefined);
    if (content === undefined) return probeExports(root, approved, slices);
    hash.update("\0").update(content);
  }
  const file = path.join(cache, `exports-${hash.digest("hex").slice(0, 16)}.json`);
  try {
    return new Map(JSON.parse(await readFile(file, "utf8")));
  } catch {
    const found = await probeExports(root, approved, slices);
    await mkdir(cache, { recursive: true });
    await writeFile(file, JSON.stringify([...found]));
    return found;
  }
}

/**
 * @param {string} root folder with node_modules
 * @param {import("./catalogue.mjs").ApprovedPackage[]} approved
 * @param {Map<string, import("./slice.mjs").Slices>} slices whose names are known
 * @returns {Promise<Map<string, PackageExports>>}
 */
async function probeExports(root, approved, slices) {
  const scripts = approved.map(({ specifier }) => specifier).filter((specifier) => !isStyleSheet(specifier));
  const unknown = scripts.filter((specifier) => !slices.has(specifier));
  const [values, types] = [await probeValues(root, unknown), probeTypes(root, scripts)];
  for (const [specifier, { names }] of slices) values.set(specifier, { names, isCommonJs: false });
  /** @type {Map<string, PackageExports>} */
  const found = new Map();
  for (const { specifier } of approved) {
    const { names, isCommonJs } = values.get(specifier) ?? { names: [], isCommonJs: false };
    const known = new Set(names);
    found.set(specifier, {
      values: names.filter((name) => name !== "default").sort(),
      types: (types.get(specifier) ?? []).filter((name) => !known.has(name)).sort(),
      hasDefault: known.has("default"),
      isCommonJs,
    });
  }
  return found;
}

/**
 * @param {string} root
 * @param {string[]} specifiers
 * @returns {Promise<Map<string, { names: string[], isCommonJs: boolean }>>}
 */
async function probeValues(root, specifiers) {
  const result = await build({
    ...bundleSettings(root),
    entryPoints: specifiers.map((specifier, index) => ({ in: specifier, out: `probe-${index}` })),
    outdir: path.join(root, "probe"),
    minify: false,
    treeShaking: true,
  });
  /** @type {Map<string, { names: string[], isCommonJs: boolean }>} */
  const found = new Map();
  for (const [file, output] of Object.entries(result.metafile.outputs)) {
    const index = /probe-(\d+)\.js$/.exec(file)?.[1];
    const specifier = index === undefined ? undefined : specifiers[Number(index)];
    if (specifier === undefined || output.entryPoint === undefined) continue;
    const isCommonJs = result.metafile.inputs[output.entryPoint]?.format === "cjs";
    found.set(specifier, { names: isCommonJs ? commonJsNames(root, specifier) : output.exports, isCommonJs });
  }
  return found;
}

/**
 * Names on the exports of a CommonJS module. `default` is the whole exports
 * object, as with every bundler, unless the module says it was an ES module.
 * @param {string} root
 * @param {string} specifier
 */
function commonJsNames(root, specifier) {
  // React's packages choose their build when first loaded.
  process.env.NODE_ENV = "development";
  const exports = createRequire(path.join(root, "package.json"))(specifier);
  const names = Object.keys(exports).filter((name) => IDENTIFIER.test(name) && name !== "default");
  return exports.__esModule && !("default" in exports) ? names : [...names, "default"];
}

/**
 * @param {string} root
 * @param {string[]} specifiers
 * @returns {Map<string, string[]>} names of exports that the declarations give as types only
 */
function probeTypes(root, specifiers) {
  const probeFile = path.join(root, "probe.ts");
  const source = specifiers
    .map((specifier, i) => `import * as p${i} from ${JSON.stringify(specifier)};`)
    .join("\n");
  /** @type {ts.CompilerOptions} */
  const options = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    preserveSymlinks: true,
    skipLibCheck: true,
    noLib: true,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.getSourceFile = (file, ...rest) =>
    path.normalize(file) === probeFile
      ? ts.createSourceFile(file, source, ts.ScriptTarget.ES2022)
      : getSourceFile.call(host, file, ...rest);
  host.fileExists = (file) => path.normalize(file) === probeFile || fileExists.call(host, file);
  const program = ts.createProgram([probeFile], options, host);
  const checker = program.getTypeChecker();
  /** @type {Map<string, string[]>} */
  const found = new Map();
  for (const statement of program.getSourceFile(probeFile)?.statements ?? []) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const module = checker.getSymbolAtLocation(statement.moduleSpecifier);
    if (module === undefined) continue;
    const names = checker
      .getExportsOfModule(module)
      .filter(
        (symbol) => isTypeOnly(checker, symbol) && IDENTIFIER.test(symbol.name) && symbol.name !== "default",
      )
      .map((symbol) => symbol.name);
    found.set(statement.moduleSpecifier.text, [...new Set(names)]);
  }
  return found;
}

/** @param {ts.TypeChecker} checker @param {ts.Symbol} symbol */
function isTypeOnly(checker, symbol) {
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return (target.flags & ts.SymbolFlags.Value) === 0 && (target.flags & ts.SymbolFlags.Type) !== 0;
}
