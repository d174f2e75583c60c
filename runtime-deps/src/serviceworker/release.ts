// What the build puts into the service worker: the files of one build of the
// site, and the policies that they are served with.

export interface Release {
  /** Hash of everything below. */
  id: string;
  /** What the studio needs to open, edit and run apps: address → integrity. The shell's has its query. */
  files: Record<string, string>;
  /** Loaded by few, named by their content, kept once somebody has loaded them: address → integrity. */
  later: Record<string, string>;
  /** Stands in the build's index.html and in no other's: the names of its files. */
  mark: string;
  /** headers.json; `page` are those of a host that has no word of its own, where the page asks models itself. */
  headers: Record<"shell" | "host" | "page", Record<string, string>>;
}

declare const RELEASE: Release;

export const release = RELEASE;

/** Of every file of the release. */
export const integrities = new Map(Object.entries({ ...release.files, ...release.later }));

export const PAGE = "/";
const SHELL = "/sandbox/shell.html";

const FILES_ONLY = /^\/(api|assets|deps|sandbox|templates|types)\//;

/** Whether an address is the shell's, of whatever build. */
export function isShell(address: string): boolean {
  return address.split("?")[0] === SHELL;
}

/**
 * Address under which the release keeps what a request asks for; undefined for
 * what only the network has: the API, dependency files, which the bridge worker
 * keeps itself, and whatever else.
 */
export function addressOf({ method, mode, url }: Pick<Request, "method" | "mode" | "url">, origin: string) {
  const { origin: asked, pathname, search } = new URL(url);
  if (method !== "GET" || asked !== origin) return undefined;
  // The shell's query says of which build it is: a page that was reloaded past
  // this worker may be newer, and its frame still comes here.
  const address = isShell(pathname) ? pathname + search : pathname;
  if (integrities.has(address)) return address;
  const name = pathname.slice(pathname.lastIndexOf("/") + 1);
  // The studio's own router knows these, as the server's list of pages does.
  const isPage = mode === "navigate" && !name.includes(".") && !FILES_ONLY.test(pathname);
  return isPage ? PAGE : undefined;
}
