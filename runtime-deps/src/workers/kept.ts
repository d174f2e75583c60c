// The browser's copy of the folder of dependency files: scripts, which the
// bridge worker checks and runs (files.ts), and the lists of packages that the
// bundler reads. All are named by their content; the service worker leaves them be.

/** Throws where the browser refuses one, as private windows do. */
export function openKeptFiles(): Promise<Cache> {
  return caches.open("cumulet-deps-1");
}

/** Text of a list: as kept, otherwise from `load`, and kept from then on. */
export async function keptList(address: string, load: () => Promise<string>): Promise<string> {
  let cache: Cache;
  try {
    cache = await openKeptFiles();
    const kept = await (await cache.match(address))?.text();
    if (kept !== undefined && (await isNamedBy(kept, address))) return kept;
  } catch {
    return load();
  }
  const text = await load();
  // A full disk costs the next visit a download, not this one its app.
  cache.put(address, new Response(text)).catch(() => {});
  return text;
}

/** Whether the hash in a list's name is its text's: `NAME-HASH.index.json`, `NAME-HASH.kit.json`. */
async function isNamedBy(text: string, address: string): Promise<boolean> {
  const hash = /-([\da-f]{12})\.\w+\.json$/.exec(address)?.[1];
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  const hex = Array.from(digest.subarray(0, 6), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hash === hex;
}
