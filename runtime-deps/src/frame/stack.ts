// Stacks of thrown errors: only the frames in project modules, whose scripts
// name themselves cumulet:///PATH. Positions are those of the compiled module.

import type { StackFrame } from "./messages.ts";

const PLACE = /cumulet:\/\/\/(.+?):(\d+):(\d+)\)?$/;
/** Scripts of packages and of the frame itself. */
const FOREIGN = /(blob:null\/[\w-]+|about:srcdoc):\d+:\d+\)?$/;
const MAX_FRAMES = 30;
const MAX_NAME_CHARS = 200;

/** Understands the forms of V8 (`at name (place)`) and of Firefox and Safari (`name@place`). */
export function projectFrames(stack: unknown): StackFrame[] {
  if (typeof stack !== "string") return [];
  const frames: StackFrame[] = [];
  for (const line of stack.split("\n", 200)) {
    const place = PLACE.exec(line.trim());
    if (!place) continue;
    const [whole, file, row, column] = place;
    frames.push({
      function: functionName(line.trim().slice(0, -whole.length)),
      file: decode(file as string),
      line: Number(row),
      column: Number(column),
    });
    if (frames.length === MAX_FRAMES) break;
  }
  return frames;
}

/** For people: the project's places by their paths, without those of packages, which have no names here. */
export function readableStack(stack: string): string {
  const lines = stack.split("\n").filter((line) => !FOREIGN.test(line));
  return lines.join("\n").replaceAll("cumulet:///", "");
}

/** Names in React's component stack, innermost first. */
export function componentNames(stack: unknown): string[] {
  if (typeof stack !== "string") return [];
  const names: string[] = [];
  for (const line of stack.split("\n", 200)) {
    const name = /^\s*(?:at\s+)?([^\s@(]+)/.exec(line)?.[1];
    if (name && !name.includes("://") && name !== BOUNDARY_NAME) names.push(name.slice(0, MAX_NAME_CHARS));
    if (names.length === 50) break;
  }
  return names;
}

/** Name of the runtime's own error boundary, left out of what the person sees. */
export const BOUNDARY_NAME = "CumuletBoundary";

function functionName(head: string): string {
  const name = head
    .replace(/^at\s+/, "")
    .replace(/^(async|new)\s+/, "")
    .replace(/\s*\[as .*\]/, "")
    .replace(/[\s(@]+$/, "")
    .replace(/^(Object|Module|Window)\./, "");
  return name === "<anonymous>" ? "" : name.slice(0, MAX_NAME_CHARS);
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
