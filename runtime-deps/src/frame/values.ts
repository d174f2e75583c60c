// Values as trees that the studio can open: bounded in depth, in number of
// values and in bytes, level by level, so that the outer values come before
// what is in them. Getters are not called.

import { byteLength, cut, inspect, ownValue, quoted } from "./inspect.ts";
import type { ConsoleNode, ConsoleValue, ValueKind } from "./messages.ts";
import { readableStack } from "./stack.ts";

/** Shown of a value that can be opened. */
const PREVIEW_BYTES = 300;
/** The same inside of another. */
const INNER_BYTES = 120;
/** Values of one list, so that something is left for what is in them. */
const MAX_CHILDREN = 100;

/** What is left of a console call's limits. */
export interface Allowance {
  nodes: number;
  bytes: number;
}

interface Part {
  name: string;
  value: unknown;
  isGetter?: boolean;
}

interface Pending {
  value: object;
  node: ConsoleNode;
  depth: number;
  /** The objects that this one is in. */
  outer: Pending | undefined;
}

/** One argument; a text stays as it is. Takes from the allowance what it needs. */
export function argumentOf(value: unknown, allowance: Allowance): ConsoleValue {
  const room = Math.min(allowance.bytes, LIMITS.CONSOLE_MAX_ARG_BYTES);
  if (typeof value === "string") {
    const text = cut(value, room);
    allowance.bytes -= byteLength(text);
    return text;
  }
  return treeOf(value, allowance, LIMITS.CONSOLE_MAX_DEPTH, () => MAX_CHILDREN);
}

/** `console.table`: as many rows as there is room for with all their columns. */
export function tableOf(value: unknown, columns: unknown, allowance: Allowance): ConsoleValue {
  if (typeof value !== "object" || value === null) return argumentOf(value, allowance);
  const first = partsOf(value, false).next().value?.value;
  const width = typeof first === "object" && first !== null ? Math.min(Object.keys(first).length, 20) : 1;
  const rows = Math.max(1, Math.floor((allowance.nodes - 1) / (width + 1)));
  const isChosen = Array.isArray(columns);
  const tree = treeOf(value, allowance, 2, (depth) => (depth === 0 ? rows : isChosen ? MAX_CHILDREN : width));
  if (isChosen) {
    for (const [, row] of tree.entries ?? []) {
      if (row.entries) row.entries = row.entries.filter(([name]) => columns.includes(name));
    }
  }
  return tree;
}

/** `maxChildren` is what a value so deep may hold; the first is at 0. */
function treeOf(
  value: unknown,
  allowance: Allowance,
  maxDepth: number,
  maxChildren: (depth: number) => number,
): ConsoleNode {
  const root = nodeOf(value, allowance, undefined);
  const queue: Pending[] = [];
  const expect = (value: unknown, node: ConsoleNode, outer: Pending | undefined) => {
    if (isOpenable(value)) queue.push({ value, node, depth: outer ? outer.depth + 1 : 0, outer });
  };
  expect(value, root, undefined);
  for (let next = queue.shift(); next; next = queue.shift()) {
    const { value, node, depth } = next;
    try {
      for (const part of partsOf(value, next.outer !== undefined)) {
        const entries = node.entries ?? [];
        if (
          depth >= maxDepth ||
          entries.length >= maxChildren(depth) ||
          allowance.nodes < 1 ||
          allowance.bytes < 1
        ) {
          node.isCut = true;
          break;
        }
        const child = part.isGetter ? getter(allowance) : nodeOf(part.value, allowance, next);
        const name = part.name.slice(0, LIMITS.CONSOLE_MAX_KEY_CHARS);
        allowance.bytes -= byteLength(name);
        node.entries = entries;
        entries.push([name, child]);
        if (!part.isGetter && !isAround(part.value, next)) expect(part.value, child, next);
      }
    } catch {
      // Or what is in it.
      node.isCut = true;
    }
  }
  return root;
}

function nodeOf(value: unknown, allowance: Allowance, outer: Pending | undefined): ConsoleNode {
  allowance.nodes--;
  let node: ConsoleNode;
  try {
    const most = outer ? INNER_BYTES : value instanceof Error ? LIMITS.CONSOLE_MAX_ARG_BYTES : PREVIEW_BYTES;
    const bytes = Math.max(16, Math.min(allowance.bytes, most));
    const text = outer && isAround(value, outer) ? "(circular)" : textOf(value, bytes, outer !== undefined);
    node = { kind: kindOf(value), text };
  } catch {
    // A proxy may refuse to say what it is.
    node = { kind: "keyword", text: "(could not be shown)" };
  }
  allowance.bytes -= byteLength(node.text);
  return node;
}

function textOf(value: unknown, bytes: number, isInner: boolean): string {
  if (typeof value === "string") return quoted(value, bytes);
  const text = inspect(value, bytes);
  // Its stack is among what is in it.
  return isInner && value instanceof Error ? (text.split("\n", 1)[0] ?? "") : text;
}

function getter(allowance: Allowance): ConsoleNode {
  allowance.nodes--;
  return { kind: "keyword", text: "(getter)" };
}

function kindOf(value: unknown): ValueKind {
  switch (typeof value) {
    case "string":
    case "function":
      return typeof value as ValueKind;
    case "number":
    case "bigint":
      return "number";
    case "object":
      if (value === null) return "keyword";
      if (value instanceof Error) return "error";
      return value instanceof Node ? "element" : "object";
    default:
      return "keyword";
  }
}

function isOpenable(value: unknown): value is object {
  return typeof value === "object" && value !== null && value !== window;
}

function isAround(value: unknown, inner: Pending): boolean {
  for (let outer: Pending | undefined = inner; outer; outer = outer.outer) {
    if (outer.value === value) return true;
  }
  return false;
}

/** What is in an object, in the order in which it is shown; of an error alone, its text is the stack. */
function* partsOf(value: object, isInner: boolean): Generator<Part, undefined> {
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) yield own(value, String(index));
  } else if (value instanceof Map) {
    for (const [key, entry] of Map.prototype.entries.call(value)) {
      yield { name: typeof key === "string" ? key : inspect(key, INNER_BYTES), value: entry };
    }
  } else if (value instanceof Set) {
    let index = 0;
    for (const entry of Set.prototype.values.call(value)) yield { name: String(index++), value: entry };
  } else if (ArrayBuffer.isView(value) && "length" in value) {
    const array = value as unknown as ArrayLike<unknown>;
    for (let index = 0; index < array.length; index++) yield { name: String(index), value: array[index] };
  } else if (value instanceof Element) {
    for (const { name, value: text } of value.attributes) yield { name, value: text };
    yield* childrenOf(value);
  } else if (value instanceof Node) {
    yield* childrenOf(value);
  } else if (typeof ownValue(value, "$$typeof") === "symbol") {
    // Of a React element only what the app gave it.
    yield own(value, "key");
    yield own(value, "props");
  } else {
    if (value instanceof Error) {
      if (isInner)
        yield {
          name: "stack",
          value: typeof value.stack === "string" ? readableStack(value.stack) : value.stack,
        };
      for (const name of ["cause", "errors"]) if (Object.hasOwn(value, name)) yield own(value, name);
    }
    for (const name of Object.keys(value)) yield own(value, name);
  }
  return undefined;
}

function* childrenOf(node: Node): Generator<Part> {
  let index = 0;
  for (let child = node.firstChild; child; child = child.nextSibling) {
    const text = child.nodeType === Node.TEXT_NODE ? (child.nodeValue ?? "") : undefined;
    if (text?.trim() === "") continue;
    yield text === undefined ? { name: String(index), value: child } : { name: "text", value: text };
    index++;
  }
}

function own(value: object, name: string): Part {
  const property = Object.getOwnPropertyDescriptor(value, name);
  return { name, value: property?.value, isGetter: property?.get !== undefined };
}
