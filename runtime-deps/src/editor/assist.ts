// What TypeScript knows, in the editor; without it, CodeMirror's own completion.

import { autocompletion } from "@codemirror/autocomplete";
import type { Extension } from "@codemirror/state";
import { completionSource } from "./completion.ts";
import { hover } from "./hover.ts";
import type { Types } from "./types.ts";

const SCRIPT = /\.([cm]?ts|tsx|[cm]?js|jsx)$/;

/** Whether TypeScript has something to say about a file. */
export function isScript(path: string): boolean {
  return SCRIPT.test(path);
}

/** Completion and hover of a file. */
export function assist(path: string, types: Types | undefined): Extension {
  if (!types?.isReady || !isScript(path)) return autocompletion();
  return [autocompletion({ override: [completionSource(path, types)] }), hover(path, types)];
}
