// localStorage and sessionStorage in memory: an opaque origin has none. The
// studio keeps localStorage's content between frames. IndexedDB and caches stay
// as the browser gives them: refused.

import type { Send } from "./messages.ts";

type OnChange = () => void;

/** Content of one storage. Keys are any strings, `__proto__` included. */
export class StorageContent {
  readonly #values = new Map<string, string>();
  #chars = 0;

  constructor(
    entries: Iterable<readonly [string, string]>,
    readonly onChange: OnChange = () => {},
  ) {
    for (const [key, value] of entries) this.#put(key, value);
  }

  get chars(): number {
    return this.#chars;
  }

  get length(): number {
    return this.#values.size;
  }

  entries(): [string, string][] {
    return [...this.#values];
  }

  keys(): string[] {
    return [...this.#values.keys()];
  }

  has(key: string): boolean {
    return this.#values.has(key);
  }

  get(key: string): string | null {
    return this.#values.get(key) ?? null;
  }

  set(key: string, value: string): void {
    if (this.#values.get(key) === value) return;
    this.#put(key, value);
    this.onChange();
  }

  delete(key: string): void {
    const value = this.#values.get(key);
    if (value === undefined) return;
    this.#chars -= key.length + value.length;
    this.#values.delete(key);
    this.onChange();
  }

  clear(): void {
    if (this.#values.size === 0) return;
    this.#values.clear();
    this.#chars = 0;
    this.onChange();
  }

  #put(key: string, value: string): void {
    const before = this.#values.get(key);
    const added = value.length + (before === undefined ? key.length : -before.length);
    if (this.#chars + added > LIMITS.STORAGE_MAX_CHARS) {
      const limit = `${LIMITS.STORAGE_MAX_CHARS / (1024 * 1024)} MB`;
      throw new DOMException(
        `Storing "${key.slice(0, 100)}" would exceed the app's ${limit}.`,
        "QuotaExceededError",
      );
    }
    this.#chars += added;
    this.#values.set(key, value);
  }
}

/** An object that behaves as a `Storage`, properties included. */
export function storageObject(content: StorageContent): Storage {
  const methods: Record<string, unknown> = {
    getItem: (key: unknown) => content.get(String(key)),
    setItem: (key: unknown, value: unknown) => content.set(String(key), String(value)),
    removeItem: (key: unknown) => content.delete(String(key)),
    clear: () => content.clear(),
    key: (index: unknown) => content.keys()[Number(index) || 0] ?? null,
  };
  const isKey = (name: string | symbol): name is string => typeof name === "string" && content.has(name);
  const prototype = typeof Storage === "function" ? Storage.prototype : Object.prototype;
  return new Proxy(Object.create(prototype) as Storage, {
    get(target, name) {
      if (name === "length") return content.length;
      if (typeof name === "string" && Object.hasOwn(methods, name)) return methods[name];
      if (isKey(name)) return content.get(name);
      return name === Symbol.toStringTag ? "Storage" : Reflect.get(target, name);
    },
    set(_target, name, value) {
      if (typeof name === "string") content.set(name, String(value));
      return true;
    },
    has: (target, name) => isKey(name) || Reflect.has(target, name),
    deleteProperty(_target, name) {
      if (typeof name === "string") content.delete(name);
      return true;
    },
    defineProperty(_target, name, descriptor) {
      if (typeof name === "string") content.set(name, String(descriptor.value));
      return true;
    },
    ownKeys: () => content.keys(),
    getOwnPropertyDescriptor: (_target, name) =>
      isKey(name)
        ? { value: content.get(name), writable: true, enumerable: true, configurable: true }
        : undefined,
  });
}

/** Puts the storages in place and tells the studio of changes, not at every keystroke. */
export function installStorage(entries: [string, string][], send: Send): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    send({ type: "storageChanged", entries: local.entries() });
  };
  const local = new StorageContent(entries, () => {
    // The whole content travels: the larger it is, the less often.
    timer ??= setTimeout(flush, local.chars > 256 * 1024 ? 2_000 : 50);
  });
  window.addEventListener("pagehide", flush);
  document.addEventListener("visibilitychange", flush);
  expose("localStorage", storageObject(local));
  expose("sessionStorage", storageObject(new StorageContent([])));
}

/** `document.cookie` throws in an opaque origin; libraries that only look for one must not fail. */
export function installCookies(): void {
  const cookies = new Map<string, string>();
  Object.defineProperty(document, "cookie", {
    configurable: true,
    get: () => [...cookies].map(([name, value]) => `${name}=${value}`).join("; "),
    set(text: unknown) {
      const [pair = "", ...attributes] = String(text).split(";");
      const at = pair.indexOf("=");
      const name = (at < 0 ? "" : pair.slice(0, at)).trim();
      const expired = attributes.some((attribute) => {
        const [key = "", value = ""] = attribute.trim().split("=");
        if (/^max-age$/i.test(key)) return Number(value) <= 0;
        return /^expires$/i.test(key) && Date.parse(value) < Date.now();
      });
      if (expired) cookies.delete(name);
      else cookies.set(name, pair.slice(at + 1).trim());
    },
  });
}

function expose(name: string, value: unknown): void {
  Object.defineProperty(window, name, { value, configurable: true, enumerable: true });
}
