// @ts-check
/**
 * Plans how a package whose entry only re-exports many independent modules
 * (lucide-react) is served: parts of a few modules each, and one whole file for
 * `import * as`. The whole file holds a second copy of the modules, so that it
 * isn't hundreds of requests. What many parts share, contexts and settings above
 * all, is the base: it exists once, in one file (bundle.mjs), and is used by
 * parts and whole alike. What only few parts share is in files between them.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import ts from "typescript";

/**
 * @typedef {{ name: string, file: string, local: string }} Reexport
 *   `local` is the name in `file`, `*` for its namespace
 *
 * @typedef {object} SplitPlan
 * @property {string} entry the package's entry file
 * @property {Reexport[][]} parts exports by part
 * @property {string[]} wholeOnly exports that only the whole file fills
 * @property {string[]} base files that parts and the whole use together, sorted; none imports another file of the package
 */

/** @typedef {(specifier: string) => Promise<string>} Resolve entry file of a package */

/**
 * @param {string} specifier the package
 * @param {number} modulesPerPart
 * @param {Resolve} resolve
 * @returns {Promise<SplitPlan>}
 */
export async function planSplit(specifier, modulesPerPart, resolve) {
  const entry = await resolve(specifier);
  const reexports = await reexportsOf(entry, resolve);
  /** @type {Map<string, Reexport[]>} */
  const byFile = new Map();
  for (const item of reexports.filter(({ name, local }) => name !== "default" && local !== "*")) {
    byFile.set(item.file, [...(byFile.get(item.file) ?? []), item]);
  }
  // Neighbours in the alphabet often belong together: arrow-left, arrow-right.
  const files = [...byFile.keys()].sort();
  /** @type {string[][]} */
  const groups = [];
  for (let i = 0; i < files.length; i += modulesPerPart) groups.push(files.slice(i, i + modulesPerPart));
  return {
    entry,
    parts: groups.map((group) => group.flatMap((file) => byFile.get(file) ?? [])),
    wholeOnly: reexports.filter(({ local }) => local === "*").map(({ name }) => name),
    base: await filesOfMany(groups),
  };
}

/** Share of a package's parts that must need a module before every part gets it. */
const MANY = 1 / 50;

/**
 * Files that many groups reach, at least two. What such a file imports is reached by as many.
 * @param {string[][]} groups
 */
async function filesOfMany(groups) {
  /** @type {Map<string, number>} */
  const groupCount = new Map();
  /** @type {Map<string, string[]>} */
  const importsByFile = new Map();
  for (const group of groups) {
    const reached = new Set(group);
    for (const file of reached) {
      const imports = importsByFile.get(file) ?? (await localImports(file));
      importsByFile.set(file, imports);
      for (const imported of imports) reached.add(imported);
    }
    for (const file of reached) groupCount.set(file, (groupCount.get(file) ?? 0) + 1);
  }
  const many = Math.max(2, groups.length * MANY);
  return [...groupCount].flatMap(([file, count]) => (count >= many ? [file] : [])).sort();
}

/** Relative imports of a file, as paths. @param {string} file */
async function localImports(file) {
  const { importedFiles } = ts.preProcessFile(await readFile(file, "utf8"), true, false);
  return importedFiles
    .filter(({ fileName }) => fileName.startsWith("."))
    .map(({ fileName }) => path.join(path.dirname(file), fileName));
}

/**
 * What an entry file exports, and from where.
 * @param {string} file
 * @param {Resolve} resolve
 * @returns {Promise<Reexport[]>}
 */
async function reexportsOf(file, resolve) {
  const source = ts.createSourceFile(file, await readFile(file, "utf8"), ts.ScriptTarget.ES2022);
  /** @type {Map<string, { file: string, local: string }>} */
  const imported = new Map();
  /** @type {Reexport[]} */
  const named = [];
  /** @type {Reexport[]} */
  const starred = [];
  for (const statement of source.statements) {
    if (ts.isImportDeclaration(statement)) collectImport(statement, file, imported);
    else if (!ts.isExportDeclaration(statement)) named.push(...ownExports(statement, file));
    else if (statement.exportClause === undefined) starred.push(...(await star(statement, file, resolve)));
    else named.push(...reexport(statement.exportClause, statement.moduleSpecifier, file, imported));
  }
  // What a module names itself hides what `export *` would bring; twice the same is brought once.
  const byName = new Map([...starred.reverse(), ...named].map((item) => [item.name, item]));
  return [...byName.values()];
}

/**
 * @param {ts.ImportDeclaration} statement
 * @param {string} file
 * @param {Map<string, { file: string, local: string }>} imported by local name
 */
function collectImport(statement, file, imported) {
  const target = targetOf(statement.moduleSpecifier, file);
  const bindings = statement.importClause?.namedBindings;
  if (target === undefined || bindings === undefined) return;
  if (ts.isNamespaceImport(bindings)) imported.set(bindings.name.text, { file: target, local: "*" });
  else {
    for (const { name, propertyName } of bindings.elements) {
      imported.set(name.text, { file: target, local: (propertyName ?? name).text });
    }
  }
}

/**
 * @param {ts.NamedExportBindings} exports
 * @param {ts.Expression | undefined} moduleSpecifier
 * @param {string} file
 * @param {Map<string, { file: string, local: string }>} imported
 * @returns {Reexport[]}
 */
function reexport(exports, moduleSpecifier, file, imported) {
  const target = moduleSpecifier && targetOf(moduleSpecifier, file);
  if (ts.isNamespaceExport(exports)) {
    return target === undefined ? [] : [{ name: exports.name.text, file: target, local: "*" }];
  }
  return exports.elements.map(({ name, propertyName }) => {
    const local = (propertyName ?? name).text;
    const origin = target === undefined ? imported.get(local) : undefined;
    return { name: name.text, file: origin?.file ?? target ?? file, local: origin?.local ?? local };
  });
}

/**
 * `export * from "./x"`, or from another package, whose names then go into one part.
 * @param {ts.ExportDeclaration} statement
 * @param {string} file
 * @param {Resolve} resolve
 * @returns {Promise<Reexport[]>}
 */
async function star({ moduleSpecifier }, file, resolve) {
  if (moduleSpecifier === undefined || !ts.isStringLiteral(moduleSpecifier)) return [];
  const target = targetOf(moduleSpecifier, file);
  const found = await reexportsOf(target ?? (await resolve(moduleSpecifier.text)), resolve);
  const names = found.filter(({ name }) => name !== "default");
  if (target !== undefined) return names;
  const entry = await resolve(moduleSpecifier.text);
  return names.map(({ name }) => ({ name, file: entry, local: name }));
}

/** Names that a statement declares and exports. @param {ts.Statement} statement @param {string} file */
function ownExports(statement, file) {
  if (!ts.canHaveModifiers(statement)) return [];
  const isExported = ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
  if (!isExported) return [];
  /** @type {string[]} */
  const names = [];
  if (ts.isVariableStatement(statement)) {
    for (const { name } of statement.declarationList.declarations)
      if (ts.isIdentifier(name)) names.push(name.text);
  } else if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) {
    if (statement.name !== undefined) names.push(statement.name.text);
  }
  return names.map((name) => ({ name, file, local: name }));
}

/** @param {ts.Expression} specifier @param {string} file */
function targetOf(specifier, file) {
  if (!ts.isStringLiteral(specifier) || !specifier.text.startsWith(".")) return undefined;
  return path.join(path.dirname(file), specifier.text);
}
