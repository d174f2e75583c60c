// What React's development build knows of an element: the fiber that stands
// behind it, the components around it, and where the call that made it is
// written. React keeps the stack of that call with each fiber, so compiled
// modules carry nothing for it, and a cloned element keeps the place of the
// first one.

import type { StackFrame } from "./messages.ts";
import { BOUNDARY_NAME, projectFrames } from "./stack.ts";

/** The fields of a fiber that are looked at; React's own, so each may be missing in another version. */
interface Fiber {
  type?: unknown;
  return?: Fiber | null;
  _debugStack?: { stack?: unknown } | null;
}

/** Where an element is written, and in which components it is; innermost first. */
export interface Origin {
  components: string[];
  places: StackFrame[];
}

/** Fibers that are walked through; more of them is no app but a loop. */
const MAX_FIBERS = 2_000;

/** Of an element of the page. `files` are those that a place may be in. */
export function originOf(element: Element, files: ReadonlySet<string>): Origin {
  const origin: Origin = { components: [], places: [] };
  let fiber = fiberOf(element);
  for (let count = 0; fiber && count < MAX_FIBERS; count++) {
    const name = componentName(fiber.type);
    if (name && name !== BOUNDARY_NAME && origin.components.length < LIMITS.PICK_MAX_COMPONENTS) {
      origin.components.push(name.slice(0, LIMITS.PICK_MAX_NAME_CHARS));
    }
    const place = placeOf(fiber, files);
    if (place && origin.places.length < LIMITS.PICK_MAX_COMPONENTS) origin.places.push(place);
    fiber = fiber.return ?? null;
  }
  return origin;
}

/** The nearest one: what a library puts into the page by itself has none. */
function fiberOf(element: Element): Fiber | null {
  for (let node: Element | null = element; node; node = node.parentElement) {
    const key = Object.keys(node).find((name) => name.startsWith("__reactFiber$"));
    if (key) return (node as unknown as Record<string, Fiber>)[key] ?? null;
  }
  return null;
}

/** Of function, class, memo and forwardRef components; elements of HTML have none. */
function componentName(type: unknown): string | undefined {
  if (typeof type === "function") return nameOf(type);
  if (typeof type !== "object" || type === null) return undefined;
  const { displayName, type: inner, render } = type as Record<string, unknown>;
  if (typeof displayName === "string" && displayName) return displayName;
  return componentName(inner ?? render);
}

function nameOf(component: object): string | undefined {
  const { displayName, name } = component as Record<string, unknown>;
  const shown = displayName ?? name;
  return typeof shown === "string" && shown ? shown : undefined;
}

/**
 * The caller of React's function that made the element: the first line of the stack is the message,
 * the second that function. A caller that isn't the project's made the element itself, whoever
 * rendered it.
 */
function placeOf({ _debugStack: stack }: Fiber, files: ReadonlySet<string>): StackFrame | undefined {
  const lines = typeof stack?.stack === "string" ? stack.stack.split("\n", 3) : [];
  const [place] = projectFrames(lines.at(-1));
  return place && files.has(place.file) ? place : undefined;
}
