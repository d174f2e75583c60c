// A fresh realm in which the modules of one package run, compiled by either
// side. What a module does is told by its exports and by its calls to stubs.

import path from "node:path";
import vm from "node:vm";
import { describeError, fingerprint } from "./fingerprint.mjs";
import { decoratorsIn } from "./runtime.mjs";
import { Stubs } from "./stubs.mjs";

/** Ends a module that never gets ready, on the slowest machine. */
const LOAD_MS = 60_000;

/** Ends a loop that a function is in because of its strange arguments; long, for a busy machine. */
const TRY_MS = 10_000;

/** Modules with functions that never return when they are called with stubs. */
const ENDLESS =
  /^(effect\/src\/BigInt\.ts|@rjsf\/utils\/src\/(dateRangeOptions|useAltDateWidgetProps|index)\.tsx?|three\/(src\/animation\/AnimationUtils|examples\/jsm\/(Addons|misc\/TubePainter|inspector\/extensions\/color-grading\/LUTMath))\.js)$/;

/** Stands for the outcome of a task that was stopped. */
export const RAN_TOO_LONG = "ran too long";

/** Functions with more parameters than this aren't tried out. */
const MAX_ARGUMENTS = 4;

/** Some packages ship their tests. */
const TEST_GLOBALS = ["describe", "it", "test", "beforeEach", "afterEach", "beforeAll", "afterAll"];

/** Time and chance, the same in every realm. */
const PRELUDE = `{
  const now = 1.7e12;
  const RealDate = Date;
  globalThis.Date = class Date extends RealDate {
    constructor(...args) { if (args.length > 0) super(...args); else super(Date.now()); }
    static now() { return now; }
  };
  globalThis.performance = { now: () => now };
  Math.random = () => 0.5;
}`;

export class Sandbox {
  #sources;
  #evaluate;
  #records = new Map();
  #markers = new WeakMap();
  #stubs = new Stubs((value) => this.#describe(value));
  #context;
  #task = new vm.Script("__task()");
  #Promise;
  #defined;

  /**
   * @param {"ours" | "theirs"} side
   * @param {Map<string, string>} sources compiled code by path
   */
  constructor(side, sources) {
    this.#sources = sources;
    this.#evaluate = side === "ours" ? this.#evaluateOurs : this.#evaluateTheirs;
    const nothing = () => 0;
    this.#context = vm.createContext(
      {
        __DEV__: true,
        // Names that esbuild's output has around it.
        ...{ require: {}, module: {} },
        navigator: { userAgent: "", platform: "", language: "en", maxTouchPoints: 0 },
        ...Object.fromEntries(TEST_GLOBALS.map((name) => [name, nothing])),
        console: Object.fromEntries(
          ["log", "info", "debug", "warn", "error", "trace"].map((name) => [name, nothing]),
        ),
        ...{ setTimeout: nothing, setInterval: nothing, clearTimeout: nothing, clearInterval: nothing },
        ...{
          queueMicrotask: nothing,
          URL,
          URLSearchParams,
          TextEncoder,
          TextDecoder,
          AbortController,
          structuredClone,
        },
        AppDependencies: new Proxy(
          {},
          { get: () => new Proxy({}, { get: (_, name) => this.#stubs.package(name) }) },
        ),
        __cumulet: {
          env: { MODE: "development", DEV: true },
          location: new URL("http://localhost/"),
          round: () => 0,
          define: (_, factory) => {
            this.#defined = factory;
          },
          export: (exports, getters) => {
            for (const name of Object.keys(getters)) expose(exports, name, getters[name]);
          },
          star: (exports, from) => {
            for (const name of Object.keys(from)) {
              if (name !== "default" && !(name in exports)) expose(exports, name, () => from[name]);
            }
          },
          import: (id) => this.#Promise.resolve().then(() => this.#load(id)),
        },
      },
      // Promises settle within the time of their task.
      { microtaskMode: "afterEvaluate" },
    );
    vm.runInContext(PRELUDE, this.#context);
    Object.assign(this.#context.__cumulet, decoratorsIn(this.#context));
    this.#Promise = vm.runInContext("Promise", this.#context);
  }

  /** Runs a module, with what it imports; the text of what happened. */
  run(id) {
    const outcome = this.#attempt(() => this.#load(id), LOAD_MS);
    return { threw: outcome.error !== undefined, lines: [outcome.error ?? "ran", ...outcome.calls] };
  }

  /** A module's exports as they are now. */
  exports(id) {
    const { exports } = this.#records.get(id);
    const names = Object.keys(exports).sort();
    return names.map((name) => {
      const { error, value } = this.#attempt(() => this.#describe(exports[name]), LOAD_MS);
      return `${name}: ${error ?? value}`;
    });
  }

  /** What exported functions and classes do when they are called with stubs. */
  tryOut(id) {
    if (ENDLESS.test(id)) return [];
    const { exports } = this.#records.get(id);
    const lines = [];
    for (const name of Object.keys(exports).sort()) {
      const outcome = this.#attempt(() => this.#call(exports[name]), TRY_MS);
      if (outcome.value === null) continue;
      lines.push(`${name}(…): ${outcome.error ?? outcome.value}`, ...outcome.calls);
    }
    return lines;
  }

  /** `null` for what isn't tried out. */
  #call(value) {
    if (typeof value !== "function" || this.#stubs.label(value) !== undefined || value.length > MAX_ARGUMENTS)
      return null;
    const args = Array.from({ length: value.length }, (_, index) => this.#stubs.argument(index));
    const isClass = /^class\b/.test(Function.prototype.toString.call(value));
    return this.#describe(isClass ? new value(...args) : value(...args));
  }

  #describe(value) {
    return fingerprint(value, (object) => this.#stubs.label(object) ?? this.#moduleLabel(object));
  }

  /** Both the exports themselves and esbuild's copies of them have the module's marker as prototype. */
  #moduleLabel(object) {
    const prototype = Object.getPrototypeOf(object);
    return prototype === null ? undefined : this.#markers.get(prototype);
  }

  #attempt(task, timeout) {
    let value;
    let error;
    this.#stubs.takeCalls();
    this.#context.__task = () => {
      value = task();
    };
    try {
      this.#task.runInContext(this.#context, { timeout });
    } catch (thrown) {
      error =
        thrown?.code === "ERR_SCRIPT_EXECUTION_TIMEOUT" ? RAN_TOO_LONG : `threw ${describeError(thrown)}`;
    }
    return { value, error, calls: this.#stubs.takeCalls() };
  }

  #load(id) {
    const found = this.#find(id);
    if (found === undefined) return this.#stubs.package(id);
    let record = this.#records.get(found);
    if (record === undefined) {
      record = { exports: undefined, error: undefined };
      this.#records.set(found, record);
      this.#setExports(found, record, {});
      try {
        this.#evaluate(found, record);
      } catch (error) {
        record.error = { error };
      }
    }
    if (record.error !== undefined) throw record.error.error;
    return record.exports;
  }

  #setExports(id, record, exports) {
    const marker = Object.create(null);
    this.#markers.set(marker, `module ${id}`);
    record.exports = Object.setPrototypeOf(exports, marker);
  }

  /** The source that an import means: `a/b.js` may stand for `a/b.ts`, `a/b` for `a/b/index.ts`. */
  #find(id) {
    const bare = id.replace(/\.m?jsx?$/, "");
    const endings = [".ts", ".tsx", ".mjs", ".js", ".jsx"];
    return [id, ...[id, bare, `${id}/index`].flatMap((stem) => endings.map((ending) => stem + ending))].find(
      (name) => this.#sources.has(name),
    );
  }

  #evaluateOurs(id, record) {
    new vm.Script(this.#sources.get(id), { filename: id }).runInContext(this.#context);
    const module = { refreshReg: () => {}, refreshSig: () => (type) => type };
    this.#defined((specifier) => this.#load(specifier), record.exports, module);
  }

  #evaluateTheirs(id, record) {
    const text = `(function (require, module) { "use strict"; ${this.#sources.get(id)}\n})`;
    const factory = new vm.Script(text, { filename: id }).runInContext(this.#context);
    const require = (specifier) =>
      this.#load(specifier.startsWith(".") ? path.posix.join(path.posix.dirname(id), specifier) : specifier);
    const setExports = (exports) => this.#setExports(id, record, exports);
    const module = {
      get exports() {
        return record.exports;
      },
      set exports(exports) {
        setExports(exports);
      },
    };
    factory(require, module);
  }
}

function expose(exports, name, get) {
  Object.defineProperty(exports, name, { enumerable: true, configurable: true, get });
}
