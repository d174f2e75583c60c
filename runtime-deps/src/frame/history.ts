// The app's own address and history, in memory. This frame's document has no
// web address: `pushState` throws for every one, and entries of the real history
// would trap the studio's Back button. Real is only the hash, so hash routers
// work unchanged; everything else of `location` is in `AppLocation`, which the
// app's modules and its routers get instead of the browser's.

import { AppLocation } from "./location.ts";

/** The app's addresses begin with it, wherever the studio is. */
const ORIGIN = "http://localhost";
/** The document's own address. */
const DOCUMENT = "about:srcdoc";
/** Changes of the address are told together, in milliseconds: scrolling pages replace theirs all the time. */
const TELL_MS = 50;

/** Where the app is. */
export interface AppPlace {
  /** Path, query and hash. */
  path: string;
  canGoBack: boolean;
  canGoForward: boolean;
}

interface Surroundings {
  /** Where the app starts. */
  path: string;
  tell(place: AppPlace): void;
  /** Follows an address that isn't the app's. */
  leave(address: string): void;
  /** Starts the app anew where it is. */
  reload(): void;
}

interface HistoryEntry {
  state: unknown;
  url: URL;
}

export class AppHistory {
  readonly location = new AppLocation(this);
  readonly #entries: HistoryEntry[];
  #index = 0;
  /** What `location.hash` of the browser was when it was looked at last. */
  #shownHash: string;
  #told = "";
  #telling = false;

  constructor(readonly surroundings: Surroundings) {
    const url = URL.parse(surroundings.path, ORIGIN) ?? new URL(ORIGIN);
    this.#entries = [{ state: null, url: url.origin === ORIGIN ? url : new URL(ORIGIN) }];
    this.#shownHash = location.hash;
    this.#show();
    // Of hash links, and of code that has the browser's own `location`.
    for (const type of ["popstate", "hashchange"]) window.addEventListener(type, () => this.#adopt(), true);
    this.#install();
  }

  /** The present address, whole. */
  get url(): URL {
    this.#adopt();
    return new URL(this.#current.url);
  }

  reload(): void {
    this.surroundings.reload();
  }

  /** Goes to an address as a link does. A router hears of it; nothing is loaded. */
  visit(address: string, replaces = false): void {
    const url = this.#resolve(address);
    if (!url) {
      this.surroundings.leave(address);
      return;
    }
    const from = this.url;
    this.#put({ state: null, url }, replaces);
    this.#announce(from);
  }

  /** Moves among the entries, as far as there are some. */
  go(delta: unknown): void {
    const steps = Math.trunc(Number(delta)) || 0;
    const next = Math.min(this.#entries.length - 1, Math.max(0, this.#index + steps));
    if (next === this.#index) return;
    setTimeout(() => {
      const from = this.url;
      this.#index = Math.min(next, this.#entries.length - 1);
      this.#show();
      this.#announce(from);
    });
  }

  get #current(): HistoryEntry {
    return this.#entries[this.#index] as HistoryEntry;
  }

  #install(): void {
    const change = (replaces: boolean) => (state: unknown, _title: unknown, address?: unknown) => {
      const present = this.url;
      const url = address === undefined || address === null ? present : this.#resolve(String(address));
      if (!url) {
        throw new DOMException(`${String(address)} isn't an address of this app`, "SecurityError");
      }
      this.#put({ state: structuredClone(state) ?? null, url }, replaces);
    };
    const own: PropertyDescriptorMap = {
      pushState: { value: change(false), writable: true },
      replaceState: { value: change(true), writable: true },
      go: { value: (delta: unknown) => this.go(delta) },
      back: { value: () => this.go(-1) },
      forward: { value: () => this.go(1) },
      state: {
        get: () => {
          this.#adopt();
          return this.#current.state;
        },
      },
      length: { get: () => this.#entries.length },
    };
    for (const descriptor of Object.values(own)) descriptor.configurable = true;
    Object.defineProperties(history, own);
  }

  #put(entry: HistoryEntry, replaces: boolean): void {
    if (replaces) this.#entries[this.#index] = entry;
    else {
      this.#entries.splice(this.#index + 1, this.#entries.length, entry);
      this.#index = this.#entries.length - 1;
    }
    this.#show();
  }

  /** A hash that the browser has and the history doesn't is a new entry. */
  #adopt(): void {
    if (location.hash === this.#shownHash) return;
    this.#shownHash = location.hash;
    const url = new URL(this.#current.url);
    url.hash = this.#shownHash;
    this.#put({ state: null, url }, false);
  }

  #show(): void {
    const { hash } = this.#current.url;
    if (hash !== location.hash) {
      try {
        replaceState.call(history, null, "", DOCUMENT + hash);
      } catch {
        // Only what the browser's `location.hash` reads is lost; the entry itself is kept.
      }
    }
    this.#shownHash = location.hash;
    this.#tell();
  }

  #announce(from: URL): void {
    const { state, url } = this.#current;
    window.dispatchEvent(new PopStateEvent("popstate", { state }));
    if (url.hash === from.hash) return;
    window.dispatchEvent(new HashChangeEvent("hashchange", { oldURL: from.href, newURL: url.href }));
  }

  #tell(): void {
    if (this.#telling) return;
    this.#telling = true;
    setTimeout(() => {
      this.#telling = false;
      const { pathname, search, hash } = this.url;
      const place: AppPlace = {
        path: (pathname + search + hash).slice(0, LIMITS.APP_PATH_MAX_CHARS),
        canGoBack: this.#index > 0,
        canGoForward: this.#index < this.#entries.length - 1,
      };
      const text = JSON.stringify(place);
      if (text !== this.#told) this.surroundings.tell(place);
      this.#told = text;
    }, TELL_MS);
  }

  /** The app's own addresses: relative ones, and what code makes of the document's and its base's. */
  #resolve(address: string): URL | undefined {
    const present = this.url;
    const url = URL.parse(
      address.startsWith(DOCUMENT) ? address.slice(DOCUMENT.length) : address,
      present.href,
    );
    if (url?.origin === ORIGIN) return url;
    if (!url || url.origin !== URL.parse(document.baseURI)?.origin) return undefined;
    return new URL(url.pathname + url.search + url.hash, ORIGIN);
  }
}

const { replaceState } = History.prototype;
