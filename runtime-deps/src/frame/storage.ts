// localStorage and sessionStorage in memory: an opaque origin has none. The
// bridge keeps their content between frames. Caches stay as the browser gives
// them: refused. IndexedDB: frame/indexeddb.

import { type Area, type Change, itemChars } from "./changes.ts";
import type { Journal } from "./journal.ts";

/** Hears of one key and its new value, null when it was removed; of no key when all are gone. */
type OnChange = (key: string | null, value: string | null) => void;

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

  get length(): number {
    return this.#values.size;
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
    this.onChange(key, value);
  }

  delete(key: string): void {
    const value = this.#values.get(key);
    if (value === undefined) return;
    this.#chars -= itemChars(key, value);
    this.#values.delete(key);
    this.onChange(key, null);
  }

  clear(): void {
    if (this.#values.size === 0) return;
    this.#values.clear();
    this.#chars = 0;
    this.onChange(null, null);
  }

  /** What another tab did, which is kept already. Returns the value before. */
  adopt(key: string, value: string | null): string | null {
    const before = this.get(key);
    this.#chars += itemChars(key, value) - itemChars(key, before);
    if (value === null) this.#values.delete(key);
    else this.#values.set(key, value);
    return before;
  }

  #put(key: string, value: string): void {
    const added = itemChars(key, value) - itemChars(key, this.get(key));
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

type Items = [key: string, value: string][];

/** Puts the storages in place; what changes goes to the journal. Returns who hears of other tabs. */
export function installStorage(local: Items, session: Items, journal: Journal): (changes: Change[]) => void {
  const content = (area: Area, items: Items) =>
    new StorageContent(items, (key, value) => {
      if (key === null) journal.clearItems(area);
      else journal.setItem(area, key, value);
    });
  const shared = content("local", local);
  const storage = storageObject(shared);
  expose("localStorage", storage);
  expose("sessionStorage", storageObject(content("session", session)));
  return (changes) => {
    for (const change of changes) adoptChange(shared, storage, change);
  };
}

/** As the browser does for a change of another tab: the value is there, then the event. */
function adoptChange(content: StorageContent, storageArea: Storage, change: Change): void {
  let what: StorageEventInit = { key: null, oldValue: null, newValue: null };
  if (change.kind === "putItem" || change.kind === "deleteItem") {
    const { key } = change;
    const newValue = change.kind === "putItem" ? change.value : null;
    what = { key, oldValue: content.adopt(key, newValue), newValue };
  } else if (change.kind === "clearItems") {
    for (const key of content.keys()) content.adopt(key, null);
  } else return;
  const event = new StorageEvent("storage", { ...what, url: document.URL });
  // The constructor takes none but the browser's own storages.
  Object.defineProperty(event, "storageArea", { value: storageArea });
  window.dispatchEvent(event);
}

/**
 * `document.cookie` throws in an opaque origin. Libraries that look for one must not fail: cookies
 * are there until the app starts anew, and the first that is set says so.
 */
export function installCookies(notify: (text: string) => void): void {
  const cookies = new Map<string, string>();
  let hasTold = false;
  Object.defineProperty(document, "cookie", {
    configurable: true,
    get: () => [...cookies].map(([name, value]) => `${name}=${value}`).join("; "),
    set(text: unknown) {
      if (!hasTold) {
        hasTold = true;
        notify(
          "Cookies are not kept in the preview: they are gone when the app starts anew. Use localStorage.",
        );
      }
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
