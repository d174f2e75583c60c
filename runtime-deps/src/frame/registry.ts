// The registry of project modules: factories by path, run when first required,
// with live bindings and cycles, and replaceable one by one. No DOM here. What
// has to wait for a top-level await goes through `evaluation.ts`.

import { type Evaluation, Evaluator } from "./evaluation.ts";

export type Exports = Record<string, unknown>;
type Getters = Record<string, () => unknown>;

/** What a factory gets as `__module`. */
export interface ModuleContext {
  id: string;
  refreshReg: (type: unknown, name: string) => void;
  refreshSig: () => unknown;
}

export type Factory = (require: (id: string) => Exports, exports: Exports, module: ModuleContext) => unknown;

export interface ModuleRecord {
  readonly id: string;
  factory: Factory;
  /** The factory is an async function. */
  awaits: boolean;
  /** Modules that run before it does, in their order. */
  staticImports: readonly string[];
  /** One object for the life of the frame: importers keep it across replacements. */
  readonly exports: Exports;
  state: "defined" | "running" | "waiting" | "run" | "failed";
  /** Its last run, when it had to wait. */
  evaluation: Evaluation | undefined;
  /** Why it failed. */
  error: unknown;
  /** Modules that required it when they ran last. */
  readonly importers: Set<string>;
  readonly imports: Set<string>;
  /** Reached by `import()`, whose callers are not known. */
  dynamic: boolean;
  /** What identifies its components when it is a refresh boundary, otherwise null. */
  boundary: readonly unknown[] | null;
}

/** The exports of one run of a module. */
export type Bindings = ReturnType<typeof Object.getOwnPropertyDescriptors<Exports>>;

/** What React Refresh adds to running a module. */
export interface RunHooks {
  context(id: string): ModuleContext;
  /** After a run: the boundary's signature, null when the module is none. */
  boundary(id: string, exports: Exports): readonly unknown[] | null;
}

/** A module that was required but never defined. */
export class MissingModule extends Error {
  constructor(id: string) {
    super(`${id} is not part of the app`);
    this.name = "MissingModule";
  }
}

export class Registry {
  readonly records = new Map<string, ModuleRecord>();
  /** Namespaces that pass on another's names, by the other: names may come later, in cycles. */
  readonly #stars = new WeakMap<object, Set<Exports>>();

  readonly #evaluator = new Evaluator(this);
  /** Until a module awaits, nobody looks for one. */
  #anyAwaits = false;

  constructor(readonly hooks: RunHooks) {}

  define(id: string, factory: Factory): void {
    const awaits = Object.prototype.toString.call(factory) === "[object AsyncFunction]";
    this.#anyAwaits ||= awaits;
    const record = this.records.get(id);
    if (record) {
      Object.assign(record, { factory, awaits });
      return;
    }
    this.records.set(id, {
      id,
      factory,
      awaits,
      staticImports: [],
      exports: namespace(),
      state: "defined",
      evaluation: undefined,
      error: undefined,
      importers: new Set(),
      imports: new Set(),
      dynamic: false,
      boundary: null,
    });
  }

  /** Says what runs before a module does: without it, importers don't wait for a module that awaits. */
  order(id: string, staticImports: readonly string[]): void {
    const record = this.records.get(id);
    if (record) record.staticImports = staticImports;
  }

  remove(id: string): void {
    const record = this.records.get(id);
    if (record) {
      this.forget(record);
      this.#forgetImports(record);
    }
    this.records.delete(id);
  }

  /** Defines live getters; own names win over those of `export *`. */
  export(exports: Exports, getters: Getters): void {
    for (const name of Object.keys(getters)) defineGetter(exports, name, getters[name] as () => unknown);
    this.#passOn(exports);
  }

  star(target: Exports, source: unknown): void {
    if (source === null || (typeof source !== "object" && typeof source !== "function")) return;
    const targets = this.#stars.get(source) ?? new Set();
    this.#stars.set(source, targets.add(target));
    this.#copyNames(target, source as Exports);
  }

  require(id: string, importer?: string): Exports {
    const record = this.records.get(id);
    if (!record) throw new MissingModule(id);
    const asking = importer === undefined ? undefined : this.records.get(importer);
    if (asking) this.link(record, asking);
    if (record.state === "defined") {
      if (record.awaits) this.evaluate(id);
      else this.run(record);
    }
    if (record.state === "failed") throw record.error;
    return record.exports;
  }

  /** Runs a module and its imports if one of them awaits: the promise resolves when they are done or failed. */
  evaluate(id: string): Promise<void> | undefined {
    const record = this.#anyAwaits ? this.records.get(id) : undefined;
    return record && this.#evaluator.evaluate(record);
  }

  /** Ids of modules whose own await hasn't ended yet. */
  unfinished(): string[] {
    const records = [...this.records.values()];
    return records.filter(({ evaluation }) => evaluation?.hasBegun && !evaluation.isDone).map(({ id }) => id);
  }

  /** `import()`: the module when it has run, as a promise. */
  async import(id: string): Promise<Exports> {
    const record = this.records.get(id);
    if (record) record.dynamic = true;
    // Again, when an update came between.
    for (let pending = this.evaluate(id); pending; pending = this.evaluate(id)) await pending;
    return this.require(id);
  }

  /** The value of a file's module; undefined when the app has no such file. A change of it needs a fresh start. */
  address(id: string): string | undefined {
    const record = this.records.get(id);
    if (!record) return undefined;
    record.dynamic = true;
    const { default: url } = this.require(id);
    return typeof url === "string" ? url : undefined;
  }

  /** Lets modules, all that import them, and all that failed run again when next required. */
  reset(ids: Iterable<string>): void {
    const queue = [...ids];
    for (const record of this.records.values()) if (record.state === "failed") queue.push(record.id);
    const seen = new Set<string>();
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      const record = this.records.get(id);
      if (!record || seen.has(id)) continue;
      seen.add(id);
      this.forget(record);
      queue.push(...record.importers);
    }
  }

  /** Lets one module run again when next required. */
  forget(record: ModuleRecord): void {
    this.#evaluator.forget(record);
  }

  link(record: ModuleRecord, importer: ModuleRecord): void {
    record.importers.add(importer.id);
    importer.imports.add(record.id);
  }

  /** Gives a module the bindings of an earlier run, which the app on the screen still reads. */
  restore({ exports }: ModuleRecord, bindings: Bindings): void {
    clear(exports);
    Object.defineProperties(exports, bindings);
  }

  run(record: ModuleRecord): void {
    const before = Object.getOwnPropertyDescriptors(record.exports);
    record.state = "running";
    try {
      this.enter(record);
      this.finish(record);
    } catch (error) {
      this.restore(record, before);
      record.state = "failed";
      record.error = error;
      throw error;
    }
  }

  /** Calls the factory. What a run registers that is no longer `isCurrent` is left out. */
  enter(record: ModuleRecord, isCurrent?: () => boolean): unknown {
    const { id, exports } = record;
    clear(exports);
    this.#forgetImports(record);
    const context = this.hooks.context(id);
    const refreshReg: ModuleContext["refreshReg"] = (type, name) => {
      if (isCurrent?.()) context.refreshReg(type, name);
    };
    return record.factory(
      (other) => this.require(other, id),
      exports,
      isCurrent ? { ...context, refreshReg } : context,
    );
  }

  finish(record: ModuleRecord): void {
    record.state = "run";
    record.boundary = this.hooks.boundary(record.id, record.exports);
  }

  #forgetImports(record: ModuleRecord): void {
    for (const id of record.imports) this.records.get(id)?.importers.delete(record.id);
    record.imports.clear();
  }

  #copyNames(target: Exports, source: Exports): void {
    let added = false;
    for (const name of Object.keys(source)) {
      if (name === "default" || name === "__esModule" || Object.hasOwn(target, name)) continue;
      defineGetter(target, name, () => source[name]);
      added = true;
    }
    if (added) this.#passOn(target);
  }

  #passOn(source: Exports): void {
    for (const target of this.#stars.get(source) ?? []) this.#copyNames(target, source);
  }
}

function namespace(): Exports {
  const exports: Exports = Object.create(null);
  Object.defineProperty(exports, Symbol.toStringTag, { value: "Module" });
  return exports;
}

function clear(exports: Exports): void {
  for (const name of Object.keys(exports)) delete exports[name];
}

function defineGetter(exports: Exports, name: string, get: () => unknown): void {
  Object.defineProperty(exports, name, { get, enumerable: true, configurable: true });
}
