// @ts-check
/**
 * Collects the TypeScript declarations that the approved packages need, for the
 * editor: every file that TypeScript reads when an app imports them, each with
 * the package that an import names. Nothing is type-checked here.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import ts from "typescript";
import { packageNameOf } from "./catalogue.mjs";

/**
 * @typedef {object} PackageTypes
 * @property {Record<string, string>} files text by path: `node_modules/…`, `lib/…`, `ambient/…`
 * @property {string[]} needs names of other packages
 *
 * @typedef {{ lib: Record<string, string>, packages: Map<string, PackageTypes> }} Declarations
 */

/** What an app may count on, and what a project's own `lib` may ask for besides. */
const LIBS = [
  "lib.es2023.d.ts",
  "lib.esnext.d.ts",
  "lib.dom.d.ts",
  "lib.dom.iterable.d.ts",
  "lib.dom.asynciterable.d.ts",
];

/** Node.js isn't there in an app, so neither are its globals. */
const WITHOUT = new Set(["node"]);

/** What resolving looks at; the rest of a package.json can be long. */
const MANIFEST_KEYS = [
  "name",
  "version",
  "type",
  "types",
  "typings",
  "main",
  "exports",
  "imports",
  "typesVersions",
];

/** @type {ts.CompilerOptions} */
const OPTIONS = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  preserveSymlinks: true,
  types: [],
};

const DECLARATION = /\.(d\.[cm]?ts|[cm]?tsx?)$/;

/**
 * @param {string} root folder with node_modules
 * @param {string[]} specifiers approved ones
 * @param {Record<string, string>} ambient our own declarations, text by file name
 * @returns {Declarations}
 */
export function collectDeclarations(root, specifiers, ambient) {
  return new Collector(root).collect(specifiers, ambient);
}

/**
 * The package whose import brings a file along: that of `@types/x` is `x`, and a
 * package inside of another one belongs to it.
 * @param {string} file below the root
 */
export function packageOfFile(file) {
  const name = packageNameOf(file.slice("node_modules/".length));
  if (!name.startsWith("@types/")) return name;
  const plain = name.slice("@types/".length);
  return plain.includes("__") ? `@${plain.replace("__", "/")}` : plain;
}

/** A text without what the editor has no use for: source maps, and pictures in comments. @param {string} text */
export function withoutAttachments(text) {
  return text
    .replace(/^\/\/[#@] ?sourceMappingURL=.*$/gm, "")
    .replace(/!\[[^\]\n]*\]\(data:[^)\s]*\)/g, "")
    .trimEnd()
    .concat("\n");
}

class Collector {
  /** @type {Map<string, PackageTypes & { needs: string[] }>} */
  #packages = new Map();
  /** @type {Record<string, string>} */
  #lib = {};
  /** Manifests that resolving read, by path below the root. @type {Set<string>} */
  #manifests = new Set();
  /** @type {Set<string>} */
  #seen = new Set();
  /** Files found and not read yet, below the root. @type {string[]} */
  #queue = [];
  #libFolder = path.dirname(createRequire(import.meta.url).resolve("typescript"));

  /** @param {string} root */
  constructor(root) {
    this.root = root;
    this.cache = ts.createModuleResolutionCache(root, (name) => name, OPTIONS);
    /** @type {ts.ModuleResolutionHost} */
    this.host = {
      fileExists: ts.sys.fileExists,
      directoryExists: ts.sys.directoryExists,
      getDirectories: ts.sys.getDirectories,
      readFile: (file) => {
        const text = ts.sys.readFile(file);
        const found = this.#below(file);
        if (text !== undefined && found.endsWith("/package.json")) this.#manifests.add(found);
        return text;
      },
    };
  }

  /** @param {string[]} specifiers @param {Record<string, string>} ambient @returns {Declarations} */
  collect(specifiers, ambient) {
    for (const lib of LIBS) this.#takeLib(lib, this.#lib);
    for (const [name, text] of Object.entries(ambient)) this.#lib[`ambient/${name}`] = text;
    for (const specifier of [...specifiers].sort()) this.#takeSpecifier(specifier);
    for (let file = this.#queue.pop(); file !== undefined; file = this.#queue.pop()) this.#read(file);
    this.#takeManifests();
    const packages = [...this.#packages].sort(([a], [b]) => (a < b ? -1 : 1));
    return {
      lib: sorted(this.#lib),
      packages: new Map(
        packages.map(([name, { files, needs }]) => [
          name,
          { files: sorted(files), needs: [...new Set(needs)].filter((need) => need !== name).sort() },
        ]),
      ),
    };
  }

  /** @param {string} specifier */
  #takeSpecifier(specifier) {
    const own = this.#package(packageNameOf(specifier));
    const file = this.#resolve(specifier, path.join(this.root, "app.ts"), ts.ModuleKind.ESNext);
    if (file !== undefined) {
      own.needs.push(packageOfFile(file));
    } else {
      const name = `ambient/${specifier.replaceAll("/", "__")}.d.ts`;
      own.files[name] = `declare module ${JSON.stringify(specifier)};\n`;
    }
  }

  /** Reads one declaration file, and finds what it needs. @param {string} file below the root */
  #read(file) {
    const absolute = path.join(this.root, file);
    const text = withoutAttachments(readFileSync(absolute, "utf8"));
    const owner = this.#package(packageOfFile(file));
    owner.files[file] = text;
    const found = ts.preProcessFile(text, true, false);
    for (const { fileName } of found.libReferenceDirectives) {
      this.#takeLib(`lib.${fileName.toLowerCase()}.d.ts`, owner.files);
    }
    for (const { fileName } of found.referencedFiles) {
      const place = path.resolve(path.dirname(absolute), fileName);
      if (ts.sys.fileExists(place)) owner.needs.push(packageOfFile(this.#found(place)));
    }
    for (const { fileName } of found.typeReferenceDirectives) {
      if (WITHOUT.has(fileName)) continue;
      const { resolvedTypeReferenceDirective } = ts.resolveTypeReferenceDirective(
        fileName,
        absolute,
        OPTIONS,
        this.host,
      );
      const place = resolvedTypeReferenceDirective?.resolvedFileName;
      if (place !== undefined) owner.needs.push(packageOfFile(this.#found(place)));
    }
    // A file that requires may mean the CommonJS half of a package.
    /** @type {(ts.ModuleKind.ESNext | ts.ModuleKind.CommonJS)[]} */
    const modes = /\brequire\(|\.cts$/.test(text + file)
      ? [ts.ModuleKind.ESNext, ts.ModuleKind.CommonJS]
      : [ts.ModuleKind.ESNext];
    for (const { fileName } of found.importedFiles) {
      for (const mode of modes) {
        const place = this.#resolve(fileName, absolute, mode);
        if (place !== undefined) owner.needs.push(packageOfFile(place));
      }
    }
  }

  /**
   * @param {string} specifier
   * @param {string} from absolute path of the importer
   * @param {ts.ResolutionMode} mode
   * @returns {string | undefined} the declarations' file, below the root
   */
  #resolve(specifier, from, mode) {
    const { resolvedModule } = ts.resolveModuleName(
      specifier,
      from,
      OPTIONS,
      this.host,
      this.cache,
      undefined,
      mode,
    );
    const place = resolvedModule?.resolvedFileName;
    if (place === undefined || !DECLARATION.test(place)) return undefined;
    const file = this.#below(place);
    return WITHOUT.has(packageOfFile(file)) ? undefined : this.#found(place);
  }

  /** Notes a file that is to be read. @param {string} place absolute @returns {string} below the root */
  #found(place) {
    const file = this.#below(place);
    if (!this.#seen.has(file)) {
      this.#seen.add(file);
      this.#queue.push(file);
    }
    return file;
  }

  /** One of TypeScript's own files and those that it refers to, unless every app has them. @param {string} name @param {Record<string, string>} into */
  #takeLib(name, into) {
    const key = `lib/${name}`;
    if (key in this.#lib || key in into) return;
    const place = path.join(this.#libFolder, name);
    if (!ts.sys.fileExists(place)) return;
    const text = readFileSync(place, "utf8");
    into[key] = text;
    for (const [, lib] of text.matchAll(/^\/\/\/ <reference lib="([^"]+)"/gm)) {
      this.#takeLib(`lib.${lib}.d.ts`, into);
    }
  }

  #takeManifests() {
    for (const file of this.#manifests) {
      const owner = this.#packages.get(packageOfFile(file));
      if (owner === undefined) continue;
      const manifest = JSON.parse(readFileSync(path.join(this.root, file), "utf8"));
      owner.files[file] = JSON.stringify(
        Object.fromEntries(MANIFEST_KEYS.filter((key) => key in manifest).map((key) => [key, manifest[key]])),
      );
    }
  }

  /** @param {string} name */
  #package(name) {
    const known = this.#packages.get(name);
    if (known !== undefined) return known;
    /** @type {PackageTypes} */
    const made = { files: {}, needs: [] };
    this.#packages.set(name, made);
    return made;
  }

  /** @param {string} place absolute */
  #below(place) {
    return path.relative(this.root, place).replaceAll(path.sep, "/");
  }
}

/** Keys in code-point order, so that equal input gives equal bytes. @param {Record<string, string>} entries */
function sorted(entries) {
  return Object.fromEntries(Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1)));
}
