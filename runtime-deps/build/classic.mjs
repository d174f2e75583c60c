// @ts-check
/**
 * Makes classic scripts from esbuild's ES module outputs: each becomes a
 * `__cumulet.defineDependency(file, factory)` call, named by the hash of its
 * content.
 *
 * A file's content holds the names of the files it requires, so files are named
 * bottom-up; files that require each other in a circle are hashed together.
 */
import { createHash } from "node:crypto";
import path from "node:path";
import { transform } from "esbuild";

/**
 * @typedef {object} Module one ES module output
 * @property {string} id output name: `chunk-ABC.js`
 * @property {string} stem name for people: `react-dom`
 * @property {string} code
 * @property {boolean} [isCommonJs] whether the code is the body of a script as it stands
 * @property {string[]} imports ids
 * @property {{ category: string, specifier: string } | undefined} provides
 *
 * @typedef {object} Script
 * @property {string} id
 * @property {string} name by which other scripts require it
 * @property {string} file name below /deps/
 * @property {string} code
 * @property {string[]} imports files that must be defined before it runs, in loading order
 */

/** Hexadecimal digits of a content hash in a file name: 48 bits, enough for some hundred files. */
const HASH_DIGITS = 12;

/**
 * @param {Module[]} modules
 * @param {Map<string, Script>} [others] by id, scripts of another build of the same packages: what is
 *   built here goes by their names, so that files which only name a changed one are the same files
 * @returns {Promise<Map<string, Script>>} by id
 */
export async function classicScripts(modules, others = new Map()) {
  const byId = new Map(modules.map((module) => [module.id, module]));
  /** @type {Map<string, Script>} */
  const scripts = new Map();
  const counterpart = (/** @type {string} */ id) => others.get(id)?.id ?? id;
  const bodies = new Map(
    await Promise.all(
      modules.map(async (module) => /** @type {const} */ ([module.id, await commonJs(module, counterpart)])),
    ),
  );
  for (const circle of bottomUp(byId)) {
    for (const script of nameCircle(circle, bodies, scripts, others)) scripts.set(script.id, script);
  }
  return scripts;
}

/**
 * @param {Module} module
 * @param {(id: string) => string} counterpart
 */
async function commonJs({ id, code, isCommonJs, imports }, counterpart) {
  if (isCommonJs) return code;
  const { code: body, warnings } = await transform(inOrder(code, counterpart), {
    format: "cjs",
    target: "es2022",
    charset: "utf8",
    minify: true,
    legalComments: "none",
    logLevel: "silent",
  });
  if (warnings[0] !== undefined) throw new Error(`${id}: ${warnings[0].text}`);
  for (const imported of imports) {
    if (!body.includes(requireOf(`./${imported}`))) throw new Error(`${id}: lost its import of ${imported}`);
  }
  return body.trim();
}

/**
 * esbuild writes a chunk's imports in the order of the others' hashes. In that of what the other build
 * calls them, a chunk that only imports something else is the same in both.
 * @param {string} code
 * @param {(id: string) => string} counterpart
 */
function inOrder(code, counterpart) {
  const leading = /^(?:import(?:\{[^}]*\}from)?"\.\/[^"]+";)+/.exec(code)?.[0] ?? "";
  const statements = leading.match(/import(?:\{[^}]*\}from)?"\.\/[^"]+";/g) ?? [];
  const key = (/** @type {string} */ statement) => counterpart(/"\.\/([^"]+)"/.exec(statement)?.[1] ?? "");
  const sorted = statements.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
  return sorted.join("") + code.slice(leading.length);
}

/** @param {string} name */
function requireOf(name) {
  return `require("${name}")`;
}

/**
 * Names the files of one circle (nearly always a single file).
 * @param {Module[]} circle
 * @param {Map<string, string>} bodies by id
 * @param {Map<string, Script>} named scripts below
 * @param {Map<string, Script>} others
 * @returns {Script[]}
 */
function nameCircle(circle, bodies, named, others) {
  const inside = new Set(circle.map(({ id }) => id));
  const drafts = circle.map((module) => {
    let body = bodies.get(module.id) ?? "";
    for (const imported of module.imports) {
      const script = named.get(imported);
      if (script !== undefined) body = body.replaceAll(requireOf(`./${imported}`), requireOf(script.name));
    }
    return { module, body };
  });
  // esbuild's chunk names inside a circle depend on content alone, so they may be hashed.
  const together = drafts.map(({ module, body }) => script(module, module.stem, body)).join("\n");
  const names = new Map(
    drafts.map(({ module, body }) => {
      const hashed = circle.length === 1 ? together : `${script(module, module.stem, body)}\n${together}`;
      return [module.id, others.get(module.id)?.name ?? hashedName(module, hashed)];
    }),
  );
  const codes = drafts.map(({ module, body }) => {
    let final = body;
    for (const [id, name] of names) final = final.replaceAll(requireOf(`./${id}`), requireOf(name));
    return { module, code: script(module, names.get(module.id) ?? "", final) };
  });
  const files = new Map(
    codes.map(({ module, code }) => {
      const other = others.get(module.id);
      const differs = other !== undefined && other.code !== code;
      return [module.id, differs ? hashedName(module, code) : (names.get(module.id) ?? "")];
    }),
  );
  return codes.map(({ module, code }) => {
    const file = files.get(module.id) ?? "";
    return {
      id: module.id,
      name: names.get(module.id) ?? "",
      file,
      code,
      imports: loadingOrder(circle, named, files, inside).filter((name) => name !== file),
    };
  });
}

/** @param {Module} module @param {string} content */
function hashedName({ stem }, content) {
  return `${stem}-${createHash("sha256").update(content).digest("hex").slice(0, HASH_DIGITS)}.js`;
}

/**
 * Everything that the files of a circle need, dependencies first.
 * @param {Module[]} circle
 * @param {Map<string, Script>} named
 * @param {Map<string, string>} files of the circle
 * @param {Set<string>} inside ids of the circle
 */
function loadingOrder(circle, named, files, inside) {
  const order = new Set();
  for (const { imports } of circle) {
    for (const imported of imports) {
      const below = inside.has(imported) ? undefined : named.get(imported);
      if (below === undefined) continue;
      for (const file of below.imports) order.add(file);
      order.add(below.file);
    }
  }
  if (circle.length > 1) for (const file of files.values()) order.add(file);
  return /** @type {string[]} */ ([...order]);
}

/** @param {Module} module @param {string} name @param {string} body */
function script({ provides }, name, body) {
  const end = provides
    ? `\n__cumulet.provide(${JSON.stringify(provides.category)},${JSON.stringify(provides.specifier)},module.exports);`
    : "";
  return `__cumulet.defineDependency(${JSON.stringify(name)},function(require,exports,module){"use strict";${body}${end}\n});\n`;
}

/**
 * Strongly connected groups of modules, those without imports first (Tarjan).
 * @param {Map<string, Module>} modules by id
 * @returns {Module[][]}
 */
export function bottomUp(modules) {
  /** @type {Map<string, { index: number, low: number, open: boolean }>} */
  const marks = new Map();
  /** @type {Module[]} */
  const stack = [];
  /** @type {Module[][]} */
  const groups = [];
  /** @param {Module} module */
  const visit = (module) => {
    const mark = { index: marks.size, low: marks.size, open: true };
    marks.set(module.id, mark);
    stack.push(module);
    for (const id of module.imports) {
      const next = modules.get(id);
      if (next === undefined) throw new Error(`${module.id} imports ${id}, which isn't an output`);
      const seen = marks.get(id);
      if (seen === undefined) mark.low = Math.min(mark.low, visit(next).low);
      else if (seen.open) mark.low = Math.min(mark.low, seen.index);
    }
    if (mark.low === mark.index) {
      const group = stack.splice(stack.indexOf(module));
      for (const { id } of group) {
        const member = marks.get(id);
        if (member !== undefined) member.open = false;
      }
      groups.push(group);
    }
    return mark;
  };
  for (const id of [...modules.keys()].sort()) {
    const module = modules.get(id);
    if (module !== undefined && !marks.has(id)) visit(module);
  }
  return groups;
}

/**
 * Ids of the modules that an output imports.
 * @param {import("esbuild").Metafile["outputs"][string]} output
 */
export function importedIds(output) {
  return [
    ...new Set(
      output.imports.filter(({ external }) => !external).map(({ path: file }) => path.basename(file)),
    ),
  ];
}
