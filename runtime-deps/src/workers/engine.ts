// Where the engine of the frame's IndexedDB lies, beside this worker's own file.

import type { NeededFile } from "./protocol.ts";

/** Put in by the build (build/engine.mjs). */
declare const INDEXED_DB_ENGINE: NeededFile;

export const ENGINE: NeededFile = INDEXED_DB_ENGINE;

/** Whether a script may use IndexedDB, as itself or through a package: a word in a comment costs 13 kB, no more. */
export function mentionsIndexedDb(code: string): boolean {
  return code.includes("indexedDB") || code.includes("IDBKeyRange");
}
