// Values as text, bounded in depth, in number of values and in bytes. Getters
// are not called: looking at a value must not change the app.

import { readableStack } from "./stack.ts";

const encoder = new TextEncoder();

/** Cuts to at most `bytes` of UTF-8, between characters. */
export function cut(text: string, bytes: number): string {
  if (text.length * 3 <= bytes) return text;
  const mark = "… (cut)";
  const room = new Uint8Array(bytes);
  if (encoder.encodeInto(text, room).read === text.length) return text;
  const { read } = encoder.encodeInto(text, room.subarray(0, Math.max(0, bytes - 12)));
  return text.slice(0, read) + mark;
}

export function byteLength(text: string): number {
  return encoder.encode(text).length;
}

/** A text in quotation marks, in at most `bytes` of UTF-8. */
export function quoted(text: string, bytes: number): string {
  return cut(JSON.stringify(text.slice(0, bytes)), bytes);
}

/** An object's own property; of one that is computed, nothing. */
export function ownValue(value: object, name: string): unknown {
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}

interface Budget {
  nodes: number;
  chars: number;
  seen: Set<object>;
}

/** One console argument. A string stays as it is, unless it is inside something. */
export function inspect(value: unknown, bytes: number): string {
  if (typeof value === "string") return cut(value, bytes);
  const budget: Budget = { nodes: LIMITS.CONSOLE_MAX_NODES, chars: bytes, seen: new Set() };
  let text: string;
  try {
    text = show(value, budget, 0);
  } catch {
    text = "(could not be shown)";
  }
  return cut(text, bytes);
}

/** Name, message and causes of what was thrown. */
export function describeError(thrown: unknown, bytes: number): string {
  try {
    if (!(thrown instanceof Error)) return cut(`Thrown: ${inspect(thrown, bytes)}`, bytes);
    let text = headline(thrown);
    let cause = thrown.cause;
    for (let depth = 0; cause !== undefined && depth < 3; depth++) {
      text += `\nCaused by: ${cause instanceof Error ? headline(cause) : inspect(cause, 1024)}`;
      cause = cause instanceof Error ? cause.cause : undefined;
    }
    return cut(text, bytes);
  } catch {
    return "Something was thrown that could not be shown.";
  }
}

function headline(error: Error): string {
  const name = String(error.name || "Error");
  const message = String(error.message);
  return message ? `${name}: ${message}` : name;
}

function show(value: unknown, budget: Budget, depth: number): string {
  budget.nodes--;
  switch (typeof value) {
    case "string":
      return depth === 0 ? value : spend(JSON.stringify(value.slice(0, budget.chars)), budget);
    case "bigint":
      return `${value}n`;
    case "symbol":
      return value.toString();
    case "function":
      return /^class\b/.test(Function.prototype.toString.call(value))
        ? `class ${nameOf(value)}`
        : `ƒ ${nameOf(value) || "(anonymous)"}()`;
    case "object":
      return value === null ? "null" : showObject(value, budget, depth);
    default:
      return Object.is(value, -0) ? "-0" : String(value);
  }
}

function showObject(value: object, budget: Budget, depth: number): string {
  if (budget.seen.has(value)) return "(circular)";
  const special = showSpecial(value);
  if (special !== undefined) return spend(special, budget);
  if (depth >= LIMITS.CONSOLE_MAX_DEPTH) return Array.isArray(value) ? "[…]" : "{…}";
  budget.seen.add(value);
  try {
    if (Array.isArray(value)) return `[${list(value.keys(), (key) => element(value, key), budget, depth)}]`;
    if (value instanceof Map) {
      const pair = ([key, entry]: [unknown, unknown]) =>
        `${show(key, budget, depth + 1)} => ${show(entry, budget, depth + 1)}`;
      return `Map(${value.size}) {${items(value.entries(), pair, budget)}}`;
    }
    if (value instanceof Set) {
      return `Set(${value.size}) {${items(value.values(), (entry) => show(entry, budget, depth + 1), budget)}}`;
    }
    if (ArrayBuffer.isView(value) && "length" in value) {
      const array = value as unknown as ArrayLike<unknown>;
      const first = Array.prototype.slice.call(array, 0, 20).join(", ");
      return `${constructorName(value)}(${array.length}) [${first}${array.length > 20 ? ", …" : ""}]`;
    }
    const name = constructorName(value);
    const body = list(
      Object.keys(value).values(),
      (key) => property(value, key, budget, depth),
      budget,
      depth,
    );
    return `${name && name !== "Object" ? `${name} ` : ""}{${body}}`;
  } finally {
    budget.seen.delete(value);
  }

  function element(array: unknown[], index: number): string {
    return index in array ? show(array[index], budget, depth + 1) : "(empty)";
  }
}

/** Objects whose text says more than their properties. */
function showSpecial(value: object): string | undefined {
  if (value instanceof Error)
    return typeof value.stack === "string" ? readableStack(value.stack) : headline(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString();
  if (value instanceof RegExp) return RegExp.prototype.toString.call(value);
  if (value instanceof Promise) return "Promise {…}";
  if (value instanceof WeakMap) return "WeakMap {…}";
  if (value instanceof WeakSet) return "WeakSet {…}";
  if (value instanceof Element) {
    const tag = value.tagName.toLowerCase();
    const id = value.id ? ` id="${value.id}"` : "";
    const classes = value.getAttribute("class");
    return `<${tag}${id}${classes ? ` class="${classes}"` : ""}>`;
  }
  if (value instanceof Node) return value.nodeName;
  if (value === window) return "Window";
  if (value instanceof URL) return value.href;
  if (typeof ownValue(value, "$$typeof") === "symbol" && Object.hasOwn(value, "props")) {
    const type = ownValue(value, "type");
    return `<${typeof type === "string" ? type : nameOf(type) || "…"} />`;
  }
  return undefined;
}

/** Name of a function or a component. */
function nameOf(value: unknown): string {
  if (typeof value !== "function" && (typeof value !== "object" || value === null)) return "";
  const name = ownValue(value, "displayName") ?? ownValue(value, "name");
  return typeof name === "string" ? name : "";
}

function property(value: object, key: string, budget: Budget, depth: number): string {
  const own = Object.getOwnPropertyDescriptor(value, key);
  const name = /^[\w$]+$/.test(key) ? key : JSON.stringify(key.slice(0, 200));
  return `${name}: ${own?.get ? "(getter)" : show(own?.value, budget, depth + 1)}`;
}

function list<Key>(keys: Iterable<Key>, text: (key: Key) => string, budget: Budget, depth: number): string {
  return depth > LIMITS.CONSOLE_MAX_DEPTH ? "…" : items(keys, text, budget);
}

function items<Item>(all: Iterable<Item>, text: (item: Item) => string, budget: Budget): string {
  const parts: string[] = [];
  for (const item of all) {
    if (budget.nodes <= 0 || budget.chars <= 0) {
      parts.push("…");
      break;
    }
    const part = text(item);
    budget.chars -= 2;
    parts.push(part);
  }
  return parts.join(", ");
}

function spend(text: string, budget: Budget): string {
  const shown = text.slice(0, Math.max(0, budget.chars));
  budget.chars -= shown.length;
  return shown;
}

function constructorName(value: object): string {
  const prototype = Object.getPrototypeOf(value);
  if (prototype === null) return "";
  const own = Object.getOwnPropertyDescriptor(prototype, "constructor")?.value;
  return nameOf(own);
}
