// What the build puts into the service worker: the files of one build of the
// site, and the policies that they are served with.

export interface Release {
  /** Hash of everything below. */
  id: string;
  /** What the studio needs to open, edit and run apps: address → integrity. */
  files: Record<string, string>;
  /** Loaded by few, named by their content: kept once somebody has loaded them. */
  later: string[];
  /** Stands in the build's index.html and in no other's: the names of its files. */
  mark: string;
  /** headers.json. */
  headers: Record<"shell" | "host", Record<string, string>>;
}

declare const RELEASE: Release;

export const release = RELEASE;

export const PAGE = "/";
export const SHELL = "/sandbox/shell.html";

const FILES_ONLY = /^\/(api|assets|deps|sandbox|templates|types)\//;

/**
 * Address under which the release keeps what a request asks for; undefined for
 * what only the network has: the API, dependency files, which the bridge worker
 * keeps itself, and whatever else.
 */
export function addressOf({ method, mode, url }: Pick<Request, "method" | "mode" | "url">, origin: string) {
  const { origin: asked, pathname } = new URL(url);
  if (method !== "GET" || asked !== origin) return undefined;
  if (Object.hasOwn(release.files, pathname) || release.later.includes(pathname)) return pathname;
  const name = pathname.slice(pathname.lastIndexOf("/") + 1);
  // The studio's own router knows these, as the server's list of pages does.
  const isPage = mode === "navigate" && !name.includes(".") && !FILES_ONLY.test(pathname);
  return isPage ? PAGE : undefined;
}
