// @ts-check
/**
 * Loads dependency files the way the frame does: define all that a file needs,
 * run it once, collect what it provides. Runs in Node's `vm` and, as text, in
 * a browser page.
 */
import vm from "node:vm";

/**
 * Installs `__cumulet` and `AppDependencies` in the global scope of a realm.
 * Self-contained, because it is also sent to a browser as text.
 */
export function installFrame() {
  /** @type {Map<string, { factory: Function, module: { exports: any }, hasRun: boolean }>} */
  const files = new Map();
  /** @type {Record<string, Record<string, any>>} */
  const packages = {};
  const run = (/** @type {string} */ file) => {
    const entry = files.get(file);
    if (entry === undefined) throw new Error(`${file} was required, but not loaded before`);
    if (!entry.hasRun) {
      entry.hasRun = true;
      entry.factory(run, entry.module.exports, entry.module);
    }
    return entry.module.exports;
  };
  Object.assign(globalThis, {
    AppDependencies: packages,
    __cumulet: {
      run,
      defineDependency: (/** @type {string} */ file, /** @type {Function} */ factory) => {
        if (files.has(file)) throw new Error(`${file} was defined twice`);
        files.set(file, { factory, module: { exports: {} }, hasRun: false });
      },
      provide: (
        /** @type {string} */ category,
        /** @type {string} */ name,
        /** @type {object} */ exports,
      ) => {
        packages[category] ??= {};
        packages[category][name] ??= {};
        const { __esModule, ...own } = Object.getOwnPropertyDescriptors(exports);
        for (const [key, value] of Object.entries(own)) {
          if (!Object.hasOwn(packages[category][name], key)) {
            Object.defineProperty(packages[category][name], key, { ...value, configurable: true });
          }
        }
      },
    },
  });
}

/** The name that a script goes by. @param {Buffer} [code] */
export function definedName(code) {
  return /^__cumulet\.defineDependency\("([^"]+)"/.exec(code?.toString() ?? "")?.[1];
}

/**
 * @typedef {object} Loadable
 * @property {import("../../build/manifest.mjs").Manifest} manifest with the lists of its indexes
 * @property {{ get(name: string): Buffer | undefined }} files
 */

/** A realm with a frame in it, without document, window or process. */
export class Frame {
  /** @param {Loadable} dependencies */
  constructor(dependencies) {
    this.dependencies = dependencies;
    // No MessageChannel: React's scheduler would leave one open and Node would never end.
    const { console, setTimeout, clearTimeout, queueMicrotask, performance } = globalThis;
    const { URL, AbortController, TextEncoder, crypto } = globalThis;
    this.context = vm.createContext({
      ...{ console, setTimeout, clearTimeout, queueMicrotask, performance },
      ...{ URL, AbortController, TextEncoder, crypto },
    });
    vm.runInContext(`(${installFrame})()`, this.context);
    /** @type {Set<string>} */
    this.loaded = new Set();
  }

  /** Loads a file after what it imports, and runs it. @param {string} file */
  load(file) {
    for (const name of [...(this.dependencies.manifest.files[file]?.imports ?? []), file]) {
      if (this.loaded.has(name)) continue;
      const code = this.dependencies.files.get(name);
      if (code === undefined) throw new Error(`the manifest names ${name}, which isn't there`);
      vm.runInContext(code.toString(), this.context, { filename: name });
      this.loaded.add(name);
    }
    const name = definedName(this.dependencies.files.get(file));
    vm.runInContext(`__cumulet.run(${JSON.stringify(name)})`, this.context);
  }

  /** The namespace that a package's files have filled so far. @param {string} specifier @returns {any} */
  namespace(specifier) {
    const { category = "", aliasOf = specifier } = this.dependencies.manifest.packages[specifier] ?? {};
    return vm.runInContext("AppDependencies", this.context)[category]?.[aliasOf];
  }

  /** Loads a whole package. @param {string} specifier @returns {any} */
  import(specifier) {
    const entry = this.dependencies.manifest.packages[specifier];
    if (entry === undefined) throw new Error(`${specifier} is not in the manifest`);
    this.load(entry.file);
    return this.namespace(specifier);
  }
}
