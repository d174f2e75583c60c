// npm packages: dependency files run once and fill the global `AppDependencies`.

type Namespace = Record<string, unknown>;
type DependencyFactory = (
  require: (file: string) => unknown,
  exports: Namespace,
  module: { exports: unknown },
) => unknown;

export class Dependencies {
  readonly packages: Record<string, Record<string, unknown>> = Object.create(null);
  readonly #files = new Map<
    string,
    { factory: DependencyFactory; module: { exports: unknown }; hasRun: boolean }
  >();

  define(file: string, factory: DependencyFactory): void {
    if (!this.#files.has(file)) this.#files.set(file, { factory, module: { exports: {} }, hasRun: false });
  }

  /** Runs a file unless it has run; cycles between files see what is there so far. */
  run(file: string): unknown {
    const entry = this.#files.get(file);
    if (!entry) throw new Error(`The dependency file ${file} was not loaded.`);
    if (!entry.hasRun) {
      entry.hasRun = true;
      entry.factory((other) => this.run(other), entry.module.exports as Namespace, entry.module);
    }
    return entry.module.exports;
  }

  /**
   * Fills `AppDependencies.category["name"]`. The files of a split package add to one namespace,
   * which is an object of its own so that no file sees what another one adds.
   */
  provide(category: string, name: string, exports: unknown): void {
    this.packages[category] ??= Object.create(null) as Record<string, unknown>;
    const packages = this.packages[category];
    if (exports === null || typeof exports !== "object") {
      packages[name] ??= exports;
      return;
    }
    packages[name] ??= Object.create(null);
    const target = packages[name] as object;
    const source = exports as Namespace;
    for (const key of Reflect.ownKeys(source)) {
      if (Object.hasOwn(target, key)) continue;
      const own = Object.getOwnPropertyDescriptor(source, key);
      if (!own) continue;
      // A getter is a live binding of the package; a value stays as it is and reads faster.
      const { enumerable = false } = own;
      const read = own.get ? { get: () => source[key as string] } : { value: own.value, writable: true };
      Object.defineProperty(target, key, { ...read, enumerable, configurable: true });
    }
  }
}
