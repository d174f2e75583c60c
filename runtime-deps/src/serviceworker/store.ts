// The files of one build, kept in a cache of their own. Files of two builds
// never mix: each is taken only with the integrity that its build promises, and
// a cache is complete before anything is served from it.

import { integrities, isShell, PAGE, release } from "./release.ts";
import { scope } from "./scope.ts";

const PREFIX = "cumulet-site-";
const NAME = `${PREFIX}${release.id}${scope.CUMULET_VARIANT ?? ""}`;
/** Downloads at once: the page may be loading packages meanwhile. */
const AT_ONCE = 4;

/** Gets every file of the release. Throws when one can't be had: the release is then not used. */
export async function fill(): Promise<void> {
  const cache = await caches.open(NAME);
  const older = await openOlder();
  const addresses = Object.keys(release.files);
  const work = async () => {
    for (let address = addresses.shift(); address !== undefined; address = addresses.shift()) {
      if (await cache.match(address)) continue;
      await cache.put(address, (await keptBy(older, address)) ?? (await download(address)));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  for (const address of Object.keys(release.later)) {
    const kept = await keptBy(older, address);
    if (kept) await cache.put(address, kept);
  }
}

/** Removes what earlier releases kept; no page uses it any more. */
export async function removeOlder(): Promise<void> {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== NAME);
  await Promise.all(names.map((name) => caches.delete(name)));
}

/** A file of the release: as kept, otherwise from the network. */
export async function answer(address: string, request: Request): Promise<Response> {
  // A browser that refuses its storage is served as if there were no worker.
  const cache = await caches.open(NAME).catch(() => undefined);
  const kept = await cache?.match(address).catch(() => undefined);
  if (kept) return kept;
  const response = await download(address).catch(() => undefined);
  // What isn't the release's file is the page's to judge, and never kept.
  if (!response) return fetch(request);
  // A full disk costs the next visit a download, not this one its file.
  if (Object.hasOwn(release.later, address)) cache?.put(address, response.clone()).catch(() => {});
  return response;
}

async function openOlder(): Promise<Cache[]> {
  const names = await caches.keys();
  const older = names.filter((name) => name.startsWith(PREFIX) && name !== NAME);
  return Promise.all(older.map((name) => caches.open(name)));
}

/** The same file as an earlier release had it: only where its name says that it is the same. */
async function keptBy(older: Cache[], address: string): Promise<Response | undefined> {
  if (!/^\/assets\//.test(address)) return undefined;
  for (const cache of older) {
    const kept = await cache.match(address);
    if (kept) return kept;
  }
  return undefined;
}

async function download(address: string): Promise<Response> {
  // A server may add to the page what only it knows, so there its names count, not its bytes.
  const checked = address === PAGE ? {} : { integrity: integrities.get(address) ?? "" };
  const response = await fetch(address, { ...checked, cache: "no-cache" });
  if (!response.ok) throw new Error(`${address}: the server answered ${response.status}`);
  if (address === PAGE && !(await response.clone().text()).includes(release.mark)) {
    throw new Error("the server has another build of the page by now");
  }
  return dressed(address, response);
}

/**
 * The response with the site's policies, also from a host that applies none:
 * the shell's exactly, the others' where the host has no word of its own.
 */
function dressed(address: string, response: Response): Response {
  const { shell, host, page } = release.headers;
  const headers = new Headers(isShell(address) ? shell : address === PAGE ? page : host);
  if (!isShell(address)) {
    for (const name of Object.keys(host)) {
      const own = response.headers.get(name);
      if (own !== null) headers.set(name, own);
    }
  }
  headers.set("Content-Type", response.headers.get("Content-Type") ?? "");
  return new Response(response.body, { headers });
}
