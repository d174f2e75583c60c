// Declarations of packages: fetched when a project first imports them, then kept
// in memory, and for the next visit in the browser's cache by their hashes.

import type { TypesContent, TypesIndex } from "./index.ts";

const CACHE = "cumulet-types";

/** `@scope/name/sub/path` → `@scope/name`. */
export function packageNameOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

export class Declarations {
  readonly #files = new Map<string, string>();
  readonly #loading = new Map<string, Promise<void>>();
  /** Packages that couldn't be had: whatever is imported from them may be anything. */
  readonly #failed = new Set<string>();
  #index: TypesIndex | undefined;
  #specifiers = new Set<string>();

  /** `onFiles` hears that there are more files than before. */
  constructor(
    readonly indexUrl: string,
    readonly onFiles: () => void,
    readonly fetchText: (url: string) => Promise<string> = fetchKept,
  ) {}

  /** Texts by absolute path. */
  get files(): ReadonlyMap<string, string> {
    return this.#files;
  }

  /** What an app may import. */
  get specifiers(): ReadonlySet<string> {
    return this.#specifiers;
  }

  /** Loads the list, and what every project needs. */
  async start(): Promise<void> {
    const index = JSON.parse(await fetchFresh(this.indexUrl, this.fetchText)) as TypesIndex;
    this.#index = index;
    this.#specifiers = new Set(Object.values(index.packages).flatMap(({ specifiers }) => specifiers));
    this.#add(await this.#content(index.lib.file));
    await forgetOthers(
      this.indexUrl,
      [index.lib, ...Object.values(index.packages)].map(({ file }) => file),
    );
  }

  /** Whether an app may import this package. */
  has(name: string): boolean {
    return this.#index !== undefined && Object.hasOwn(this.#index.packages, name);
  }

  /** Loads packages, and all that they need, unless they are there. Those that can't be had aren't awaited again. */
  async load(names: Iterable<string>): Promise<void> {
    await Promise.all([...this.#withNeeds(names)].map((name) => this.#load(name)));
  }

  /** Lets packages that couldn't be had be tried again. */
  retry(): void {
    for (const name of this.#failed) {
      this.#loading.delete(name);
      this.#files.delete(anything(name));
    }
    this.#failed.clear();
  }

  #load(name: string): Promise<void> {
    const known = this.#loading.get(name);
    if (known) return known;
    const file = this.#index?.packages[name]?.file ?? "";
    const loading = this.#content(file).then(
      (content) => this.#add(content),
      () => {
        this.#failed.add(name);
        this.#files.set(anything(name), `declare module "${name}";\ndeclare module "${name}/*";\n`);
        this.onFiles();
      },
    );
    this.#loading.set(name, loading);
    return loading;
  }

  #withNeeds(names: Iterable<string>): Set<string> {
    const all = new Set([...names].filter((name) => this.has(name)));
    // A set that grows while it is walked is walked to its end.
    for (const name of all) {
      for (const need of this.#index?.packages[name]?.needs ?? []) all.add(need);
    }
    return all;
  }

  #add({ files }: TypesContent): void {
    for (const [path, text] of Object.entries(files)) this.#files.set(`/${path}`, text);
    this.onFiles();
  }

  async #content(file: string): Promise<TypesContent> {
    return JSON.parse(await this.fetchText(new URL(file, this.indexUrl).href)) as TypesContent;
  }
}

function anything(name: string): string {
  return `/ambient/missing/${name.replaceAll("/", "__")}.d.ts`;
}

/** The list has no hash in its name: it is never taken from the cache. */
async function fetchFresh(url: string, fetchText: (url: string) => Promise<string>): Promise<string> {
  return fetchText === fetchKept ? textOf(await fetch(url), url) : fetchText(url);
}

async function fetchKept(url: string): Promise<string> {
  // Not there in pages that aren't served securely.
  const cache = await globalThis.caches?.open(CACHE).catch(() => undefined);
  const kept = await cache?.match(url).catch(() => undefined);
  if (kept) return kept.text();
  const response = await fetch(url);
  const copy = response.clone();
  const text = await textOf(response, url);
  // A full disk only means to fetch again.
  await cache?.put(url, copy).catch(() => undefined);
  return text;
}

async function textOf(response: Response, url: string): Promise<string> {
  if (!response.ok) throw new Error(`${url} could not be loaded: the server answered ${response.status}`);
  return response.text();
}

/** Removes files of earlier versions from the cache. */
async function forgetOthers(indexUrl: string, files: string[]): Promise<void> {
  const cache = await globalThis.caches?.open(CACHE).catch(() => undefined);
  if (!cache) return;
  const wanted = new Set(files.map((file) => new URL(file, indexUrl).href));
  const present = await cache.keys().catch(() => []);
  await Promise.all(present.filter(({ url }) => !wanted.has(url)).map((request) => cache.delete(request)));
}
