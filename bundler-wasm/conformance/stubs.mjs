// Stand-ins for everything that a module imports and that isn't there: a stub
// has every member, can be called, constructed, extended and iterated, and
// writes down what it was called with.

/** A loop over stubs never ends by itself: it is stopped where both sides stop. */
const OPERATIONS_PER_TASK = 5_000;

/** Members that would make a stub something that it isn't. */
const ABSENT = new Set(["then", "toJSON", "asymmetricMatch"]);

export class Stubs {
  /** Calls since the last `takeCalls`, as text. */
  #calls = [];
  #labels = new WeakMap();
  #packages = new Map();
  #operations = 0;
  #describe;

  /** @param {(value: unknown) => string} describe text of an argument */
  constructor(describe) {
    this.#describe = describe;
  }

  /** What stands for a package or a missing file. */
  package(specifier) {
    const known = this.#packages.get(specifier);
    if (known !== undefined) return known;
    // esbuild copies a namespace: the copy has the same prototype, so the members live there.
    const members = this.#create(specifier, Object.create(null));
    const namespace = Object.create(members);
    this.#packages.set(specifier, namespace);
    return namespace;
  }

  /** An argument for a function that is tried out. */
  argument(index) {
    return this.#create(`argument ${index}`, function stub() {});
  }

  /** Name of a stub; `undefined` for other values. */
  label(value) {
    const own = this.#labels.get(value);
    if (own !== undefined || Reflect.ownKeys(value).length > 0) return own;
    const prototype = Object.getPrototypeOf(value);
    return prototype === null ? undefined : this.#labels.get(prototype);
  }

  /** Starts another task, which may do as much as the last one could. */
  takeCalls() {
    const calls = this.#calls;
    this.#calls = [];
    this.#operations = 0;
    return calls;
  }

  #count() {
    this.#operations += 1;
    if (this.#operations > OPERATIONS_PER_TASK) throw new Error("too much for a stub");
  }

  #create(label, target) {
    const members = new Map();
    const child = (key) => {
      this.#count();
      if (!members.has(key))
        members.set(
          key,
          this.#create(`${label}.${String(key)}`, function stub() {}),
        );
      return members.get(key);
    };
    const called = (how, args) => {
      this.#count();
      this.#calls.push(`${how}${label}(${args.map((value) => this.#describe(value)).join(", ")})`);
      return this.#create(`${label}()`, function stub() {});
    };
    const stub = new Proxy(target, {
      get: (_, key) => {
        if (members.has(key)) return members.get(key);
        if (key === "__esModule") return true;
        if (key === Symbol.toPrimitive) return () => label;
        if (key === Symbol.iterator) return () => [][Symbol.iterator]();
        if (typeof key === "symbol" || ABSENT.has(key)) return undefined;
        return child(key);
      },
      set: (_, key, value) => {
        members.set(key, value);
        return true;
      },
      has: () => true,
      ownKeys: () =>
        Reflect.ownKeys(target).filter((key) => !Reflect.getOwnPropertyDescriptor(target, key).configurable),
      apply: (_, __, args) => called("", args),
      construct: (_, args) => called("new ", args),
    });
    this.#labels.set(stub, label);
    return stub;
  }
}
