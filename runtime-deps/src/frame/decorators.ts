// Decorators, for the classes that the bundler writes (transform/decorators.rs):
// a class with decorators has one of these objects, which its own body calls
// while it is made. The standard's kind follows the TC39 proposal of November
// 2023, TypeScript's older kind (`experimentalDecorators`) TypeScript. No DOM here.

type Callable = (this: unknown, ...args: unknown[]) => unknown;
type Class = Callable & { prototype: object };
type Key = string | symbol;

/** What reaches a private member, from inside the class. */
interface PrivateAccess {
  has(object: unknown): boolean;
  get?(object: unknown): unknown;
  set?(object: unknown, value: unknown): void;
  /** Of an accessor: what reaches the value itself. */
  read?(object: unknown): unknown;
  write?(object: unknown, value: unknown): void;
}

interface Element<Decorators> {
  /** `method`, `getter`, `setter`, `accessor`, `field`; of the older kind also `constructor`. */
  kind: string;
  isStatic: boolean;
  isPrivate: boolean;
  name: Key;
  decorators: Decorators;
  /** Key of a method that stands where the decorators stood, so that they are evaluated in order. */
  hidden: symbol;
}

/** What both kinds have in common: elements are told in the order of the text. */
class Elements<Decorators, Extra extends object> {
  /** The class, or what its decorators put in its place. */
  target: unknown;
  readonly elements: (Element<Decorators> & Extra)[] = [];

  constructor(readonly extra: () => Extra) {}

  /** An element with decorators: a computed method key in its place, which `clean` removes again. */
  add(words: string, name: unknown, decorators: Decorators): symbol {
    const hidden = Symbol(words);
    this.elements.push({
      kind: words.slice(words.lastIndexOf(" ") + 1),
      isStatic: words.startsWith("static "),
      isPrivate: words.includes("private "),
      name: name as Key,
      decorators,
      hidden,
      ...this.extra(),
    });
    return hidden;
  }

  /** The key of the last element, when it is computed; objects become one once. */
  key(value: unknown): Key {
    this.#last.name = (Object(value) === value ? toKey(value) : value) as Key;
    return this.#last.name;
  }

  get name(): Key {
    return this.#last.name;
  }

  get hidden(): symbol {
    return this.#last.hidden;
  }

  get #last(): Element<Decorators> {
    return this.elements[this.elements.length - 1] as Element<Decorators>;
  }

  clean(target: Class): void {
    for (const { hidden } of this.elements) {
      Reflect.deleteProperty(target.prototype, hidden);
      Reflect.deleteProperty(target, hidden);
    }
  }
}

/** What the decorators of an element made of it. */
interface Made {
  /** They turn the first value into the one that is set. */
  initializers: Callable[];
  /** They run when it is set. */
  extras: Callable[];
  get: Callable | undefined;
  set: Callable | undefined;
  /** A private method, or what a static accessor holds. */
  value: unknown;
}

export class StandardDecorators extends Elements<Callable[], Made> {
  #metadata: object = {};
  readonly #extras: Record<"instance" | "static" | "class", Callable[]> = {
    instance: [],
    static: [],
    class: [],
  };

  constructor(readonly decorators: Callable[] = []) {
    super(() => ({ initializers: [], extras: [], get: undefined, set: undefined, value: undefined }));
  }

  /** Calls all decorators, once all of them and all keys are known. Gives the class that counts. */
  apply(made: Class, name = "", privates: PrivateAccess[] = []): unknown {
    const inherited = (Object.getPrototypeOf(made) as Record<symbol, object | undefined>)[metadataKey()];
    this.#metadata = Object.create(inherited ?? null);
    for (const element of this.elements) element.name = toKey(element.name);
    const own = [...privates];
    const accesses = new Map(
      this.elements.filter(({ isPrivate }) => isPrivate).map((element) => [element, own.shift()]),
    );
    for (const isField of [false, true]) {
      for (const isStatic of [true, false]) {
        for (const element of this.elements) {
          if ((element.kind === "field") !== isField || element.isStatic !== isStatic) continue;
          this.#decorate(element, isStatic ? made : made.prototype, accesses.get(element));
        }
      }
    }
    this.clean(made);
    this.target = made;
    for (const decorator of this.decorators.toReversed()) {
      const context = this.#context("class", name, this.#extras.class);
      const replacement = result(decorator(this.target, context.object));
      context.close();
      this.target = replacement ?? this.target;
    }
    Object.defineProperty(this.target, metadataKey(), {
      value: this.#metadata,
      configurable: true,
      enumerable: true,
      writable: true,
    });
    return this.target;
  }

  /** What static methods left to be run, when the class has its name. */
  statics(): void {
    run(this.#extras.static, this.target);
  }

  /** What the class's own decorators left to be run, when all else is done. */
  end(): void {
    run(this.#extras.class, this.target);
  }

  /** What methods left to be run for each new object. */
  begin(object: unknown): void {
    run(this.#extras.instance, object);
  }

  /** The first value of a field or an accessor. */
  init(index: number, object: unknown, value?: unknown): unknown {
    return this.#at(index).initializers.reduce(
      (before, initializer) => initializer.call(object, before),
      value,
    );
  }

  /** What a field or an accessor left to be run when it has its value. */
  after(index: number, object: unknown): void {
    run(this.#at(index).extras, object);
  }

  method(index: number): unknown {
    return this.#at(index).value;
  }

  get(index: number, object: unknown): unknown {
    return this.#at(index).get?.call(object);
  }

  set(index: number, object: unknown, value: unknown): void {
    this.#at(index).set?.call(object, value);
  }

  /** A static field of a class that may be replaced: it belongs to what replaces it. */
  define(index: number, value?: Callable): void {
    const { name } = this.#at(index);
    const first = this.init(index, this.target, value?.call(this.target));
    Object.defineProperty(this.target, name, {
      value: first,
      writable: true,
      enumerable: true,
      configurable: true,
    });
    this.after(index, this.target);
  }

  /** A static accessor of such a class. */
  store(index: number, value?: Callable): void {
    this.write(index, this.init(index, this.target, value?.call(this.target)));
    this.after(index, this.target);
  }

  read(index: number): unknown {
    return this.#at(index).value;
  }

  write(index: number, value: unknown): void {
    this.#at(index).value = value;
  }

  /** A static block of such a class. */
  run(block: Callable): void {
    block.call(this.target);
  }

  #at(index: number): Element<Callable[]> & Made {
    return this.elements[index] as Element<Callable[]> & Made;
  }

  #decorate(element: Element<Callable[]> & Made, home: object, inside: PrivateAccess | undefined): void {
    const { kind, name, isStatic, isPrivate } = element;
    const own = this.#found(element, home, inside);
    const part = ({ method: "value", getter: "get", setter: "set" } as const)[kind];
    const access = accessOf(element, inside);
    const shared = this.#extras[isStatic ? "static" : "instance"];
    for (const decorator of element.decorators.toReversed()) {
      const value = part ? own[part] : kind === "accessor" ? { get: own.get, set: own.set } : undefined;
      const context = this.#context(kind, name, part ? shared : element.extras);
      Object.assign(context.object, { static: isStatic, private: isPrivate, access });
      const returned = decorator(value, context.object);
      context.close();
      if (part) Object.assign(own, { [part]: result(returned) ?? own[part] });
      else if (kind === "field") element.initializers.unshift(...some(result(returned)));
      else if (returned !== undefined) {
        if (typeof returned !== "object" || returned === null) throw new TypeError("Object expected");
        const { get, set, init } = returned as Record<string, unknown>;
        Object.assign(own, { get: result(get) ?? own.get, set: result(set) ?? own.set });
        element.initializers.unshift(...some(result(init)));
      }
    }
    Object.assign(element, { get: own.get, set: own.set, value: own.value });
    if (!isPrivate && kind !== "field" && element.decorators.length > 0) {
      Object.defineProperty(home, name, own);
    }
  }

  /** What the class itself made of an element. */
  #found(
    { kind, name, isPrivate, hidden }: Element<unknown>,
    home: object,
    inside?: PrivateAccess,
  ): PropertyDescriptor {
    if (kind === "field") return {};
    if (!isPrivate) return Object.getOwnPropertyDescriptor(home, name) ?? {};
    if (kind === "accessor") {
      const own = {
        get(this: unknown) {
          return inside?.read?.(this);
        },
        set(this: unknown, value: unknown) {
          inside?.write?.(this, value);
        },
      };
      return own;
    }
    const own = Object.getOwnPropertyDescriptor(home, hidden) ?? {};
    for (const [made, prefix] of [
      [own.value, ""],
      [own.get, "get "],
      [own.set, "set "],
    ]) {
      if (made) Object.defineProperty(made, "name", { value: prefix + String(name), configurable: true });
    }
    return own;
  }

  #context(kind: string, name: Key, extras: Callable[]): { object: object; close(): void } {
    let isOpen = true;
    const addInitializer = (initializer: unknown) => {
      if (!isOpen) throw new TypeError("Already initialized");
      if (typeof initializer !== "function") throw new TypeError("Function expected");
      extras.push(initializer as Callable);
    };
    const close = () => {
      isOpen = false;
    };
    return { object: { kind, name, metadata: this.#metadata, addInitializer }, close };
  }
}

/** Decorators of the older kind are evaluated when the class is there: they come as functions. */
export class LegacyDecorators extends Elements<() => (Callable | undefined)[], object> {
  constructor(readonly decorators: () => (Callable | undefined)[] = () => []) {
    super(() => ({}));
  }

  /** `@decorator` of a parameter. */
  param(index: number, decorator: Callable): Callable {
    return (target, key) => decorator(target, key, index);
  }

  apply(made: Class): unknown {
    this.clean(made);
    const members = this.elements.filter(({ kind }) => kind !== "constructor");
    for (const isStatic of [false, true]) {
      for (const member of members) {
        if (member.isStatic === isStatic) this.#decorate(member, isStatic ? made : made.prototype);
      }
    }
    const parameters = this.elements.filter(({ kind }) => kind === "constructor");
    const decorators = [...this.decorators(), ...parameters.flatMap((element) => element.decorators())];
    this.target = decorators.reduceRight((before: unknown, decorator) => decorator?.(before) || before, made);
    return this.target;
  }

  #decorate({ kind, name, decorators }: Element<() => (Callable | undefined)[]>, home: object): void {
    const own = kind === "field" ? undefined : Object.getOwnPropertyDescriptor(home, name);
    const made = decorators().reduceRight(
      (before: unknown, decorator) => decorator?.(home, name, before) || before,
      own,
    );
    if (made) Object.defineProperty(home, name, made);
  }
}

/** What emitted code calls of this. */
export const helpers = {
  decorate: (...given: ConstructorParameters<typeof StandardDecorators>) => new StandardDecorators(...given),
  decorateLegacy: (...given: ConstructorParameters<typeof LegacyDecorators>) =>
    new LegacyDecorators(...given),
};

function accessOf({ kind, name }: Element<unknown>, inside: PrivateAccess | undefined): object {
  const has = inside?.has ?? ((object: unknown) => name in (object as object));
  const get = inside?.get ?? ((object: unknown) => (object as Record<Key, unknown>)[name]);
  const set =
    inside?.set ??
    ((object: unknown, value: unknown) => {
      (object as Record<Key, unknown>)[name] = value;
    });
  if (kind === "method" || kind === "getter") return { has, get };
  return kind === "setter" ? { has, set } : { has, get, set };
}

/** What a decorator gave: a function or nothing. */
function result(returned: unknown): Callable | undefined {
  if (returned === undefined || typeof returned === "function") return returned as Callable | undefined;
  throw new TypeError("Function expected");
}

function some(initializer: Callable | undefined): Callable[] {
  return initializer === undefined ? [] : [initializer];
}

function run(functions: Callable[], object: unknown): void {
  for (const each of functions) each.call(object);
}

function toKey(value: unknown): Key {
  return typeof value === "symbol" ? value : `${value}`;
}

/** No browser has the symbol yet; libraries look for it under this name. */
function metadataKey(): symbol {
  return (Symbol as unknown as Record<string, symbol>).metadata ?? Symbol.for("Symbol.metadata");
}
