// A value as text, deep enough to tell two compilers' outputs apart and without
// what may differ: the source of functions.

const MAX_DEPTH = 4;
const MAX_NODES = 1_000;

/** Members that every function has, or that its kind tells. */
const FUNCTION_MEMBERS = new Set(["length", "name", "prototype", "arguments", "caller"]);

/**
 * @param {unknown} value
 * @param {(value: object) => string | undefined} label name of values that aren't looked into
 */
export function fingerprint(value, label) {
  return describe(value, { label, seen: new Map() }, 0);
}

/** An error without the names that compilers give to modules and bindings. */
export function describeError(error) {
  const text =
    typeof error === "object" && error !== null ? `${error.name}: ${error.message}` : String(error);
  return text.replaceAll(/\(0 ?, ?([^)]*)\)/g, "$1").replaceAll(/[\w$]+\.(?=[\w$]+ is not )/g, "");
}

function describe(value, state, depth) {
  if (typeof value === "symbol") return String(value);
  if (typeof value === "string") return JSON.stringify(value);
  if (value === null || (typeof value !== "object" && typeof value !== "function")) {
    return Object.is(value, -0) ? "-0" : `${String(value)}${typeof value === "bigint" ? "n" : ""}`;
  }
  const label = state.label(value);
  if (label !== undefined) return `<${label}>`;
  const earlier = state.seen.get(value);
  if (earlier !== undefined) return `#${earlier}`;
  if (depth > MAX_DEPTH || state.seen.size > MAX_NODES) return "…";
  state.seen.set(value, state.seen.size);
  return typeof value === "function" ? ofFunction(value, state, depth) : ofObject(value, state, depth);
}

function ofFunction(value, state, depth) {
  const isClass = /^class\b/.test(Function.prototype.toString.call(value));
  const head = `${isClass ? "class" : "function"} ${ownName(value)}/${ownLength(value)}`;
  const statics = members(value, state, depth, (key) => !FUNCTION_MEMBERS.has(key));
  if (!isClass) return `${head}${statics === "" ? "" : ` {${statics}}`}`;
  const parent = Object.getPrototypeOf(value);
  // Every realm has a prototype of functions of its own, without a name.
  const heritage =
    parent === null || ownName(parent) === "" ? "" : ` extends ${describe(parent, state, depth + 1)}`;
  return `${head}${heritage} {${statics}} {${members(value.prototype, state, depth, (key) => key !== "constructor")}}`;
}

/** React Refresh hands a function over as `_c = …`, which names it when it has no name. */
function ownName(value) {
  const name = Object.getOwnPropertyDescriptor(value, "name")?.value;
  return typeof name === "string" && !/^_c\d*$/.test(name) ? name : "";
}

function ownLength(value) {
  const length = Object.getOwnPropertyDescriptor(value, "length")?.value;
  return typeof length === "number" ? length : "";
}

function ofObject(value, state, depth) {
  const tag = Object.prototype.toString.call(value).slice(8, -1);
  if (ArrayBuffer.isView(value)) return `${tag}(${value.byteLength})`;
  const inner = (each) => describe(each, state, depth + 1);
  switch (tag) {
    case "Array":
      return `[${Array.from(value, inner).join(", ")}]`;
    case "Map":
      return `Map {${Array.from(value, ([key, each]) => `${inner(key)} => ${inner(each)}`).join(", ")}}`;
    case "Set":
      return `Set {${Array.from(value, inner).join(", ")}}`;
    case "Date":
    case "RegExp":
      return `${tag} ${String(value)}`;
    case "Error":
      return describeError(value);
    default: {
      const prototype = Object.getPrototypeOf(value);
      const owner =
        prototype === null ? undefined : Object.getOwnPropertyDescriptor(prototype, "constructor")?.value;
      const name = typeof owner === "function" && ownName(owner) !== "Object" ? `${ownName(owner)} ` : "";
      return `${name}${tag === "Object" ? "" : `${tag} `}{${members(value, state, depth, () => true)}}`;
    }
  }
}

function members(value, state, depth, isShown) {
  return Reflect.ownKeys(value)
    .filter(isShown)
    .map((key) => {
      const { get, set, value: held } = Object.getOwnPropertyDescriptor(value, key);
      const text = get || set ? `${get ? "get" : ""}${set ? "set" : ""}` : describe(held, state, depth + 1);
      return `${String(key)}: ${text}`;
    })
    .join(", ");
}
