// Texts of dependency files, fetched once and kept: for all frames to come in
// this worker's memory, for later visits in the Cache API. Each is checked
// against the integrity that the build gave along, so a changed file is never run.

import { openKeptFiles } from "./kept.ts";
import type { NeededFile } from "./protocol.ts";

/** Files are named by their content, so those of older releases stay behind: beyond this many the oldest go. */
const MAX_CACHED = 2_000;

/** A file that could not be had, and why. */
export class FileFailed extends Error {
  constructor(
    readonly file: string,
    message: string,
  ) {
    super(message);
  }
}

export class DependencyFiles {
  readonly #texts = new Map<string, Promise<string>>();
  #kept: Promise<Kept | undefined> | undefined;

  /** The file's text. Throws [`FileFailed`]; a failure is not kept, so the next try starts anew. */
  text(needed: NeededFile, depsUrl: string): Promise<string> {
    const address = new URL(needed.file, depsUrl).href;
    const known = this.#texts.get(address);
    if (known) return known;
    const text = this.#load(needed, address);
    this.#texts.set(address, text);
    text.catch(() => this.#texts.delete(address));
    return text;
  }

  async #load({ file, integrity }: NeededFile, address: string): Promise<string> {
    if (!integrity) throw new FileFailed(file, "no package has it; reload the page to get the newest list");
    this.#kept ??= openKept();
    const kept = await this.#kept;
    if (kept?.addresses.has(address)) {
      const bytes = await (await kept.cache.match(address).catch(() => undefined))?.arrayBuffer();
      if (bytes && (await matches(bytes, integrity))) return new TextDecoder().decode(bytes);
      await kept.cache.delete(address);
    }
    const response = await fetchChecked(file, address, integrity);
    // A full disk costs the next visit a download, not this one its app.
    kept?.cache.put(address, response.clone()).catch(() => {});
    return response.text();
  }
}

/** What earlier visits left. Looking an address up costs more than asking this list, above all where there is nothing. */
interface Kept {
  cache: Cache;
  addresses: Set<string>;
}

/** Undefined where the browser refuses one, as private windows do. */
async function openKept(): Promise<Kept | undefined> {
  try {
    const cache = await openKeptFiles();
    const requests = [...(await cache.keys())];
    const surplus = requests.splice(0, Math.max(0, requests.length - MAX_CACHED));
    await Promise.all(surplus.map((request) => cache.delete(request)));
    return { cache, addresses: new Set(requests.map(({ url }) => url)) };
  } catch {
    return undefined;
  }
}

/** Whether the bytes have this hash: `sha256-…`. */
async function matches(bytes: ArrayBuffer, integrity: string): Promise<boolean> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return integrity === `sha256-${btoa(String.fromCharCode(...digest))}`;
}

async function fetchChecked(file: string, address: string, integrity: string): Promise<Response> {
  try {
    const response = await fetch(address, { integrity });
    if (!response.ok) throw new FileFailed(file, `the server answered ${response.status}`);
    return response;
  } catch (error) {
    if (error instanceof FileFailed) throw error;
    throw new FileFailed(file, await whyFailed(address));
  }
}

/** A refused integrity and a dead network look alike: a second look tells them apart. Its text is not used. */
async function whyFailed(address: string): Promise<string> {
  try {
    const response = await fetch(address, { cache: "reload" });
    if (!response.ok) return `the server answered ${response.status}`;
    return "its content is not what the list of packages promises (integrity); reload the page to get matching files";
  } catch {
    return "the network can't be reached";
  }
}
