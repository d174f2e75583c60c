// Checks console calls: values are trees of a hostile frame's making.

import type {
  ConsoleEntry,
  ConsoleForm,
  ConsoleLevel,
  ConsoleNode,
  ConsoleValue,
  StackFrame,
  ValueKind,
} from "../frame/messages.ts";
import { count, fieldsOf, list, oneOf, Refused, text } from "./fields.ts";

const MAX_FILE_CHARS = 400;
const MAX_NAME_CHARS = 400;
const LEVELS: readonly ConsoleLevel[] = ["debug", "log", "info", "warn", "error"];
const FORMS: readonly ConsoleForm[] = ["line", "table", "group", "closed_group", "clear"];
const KINDS: readonly ValueKind[] = ["string", "number", "keyword", "function", "object", "error", "element"];

/** What is left of one call's limits. */
interface Allowance {
  nodes: number;
  chars: number;
}

/** A checked copy. Throws [`Refused`]. */
export function consoleEntry(value: unknown): ConsoleEntry {
  const fields = fieldsOf(value, ["level", "form", "indent", "args", "location"]);
  const left = { nodes: LIMITS.CONSOLE_MAX_NODES, chars: LIMITS.CONSOLE_MAX_CALL_BYTES };
  const { location } = fields;
  return {
    level: oneOf(fields.level, LEVELS),
    form: oneOf(fields.form, FORMS),
    indent: count(fields.indent, LIMITS.CONSOLE_MAX_GROUPS),
    args: list(fields.args, LIMITS.CONSOLE_MAX_ARGS, (arg) => consoleValue(arg, left)),
    location: location === null || location === undefined ? null : stackFrame(location),
  };
}

/** A checked copy. Throws [`Refused`]. */
export function stackFrame(value: unknown): StackFrame {
  const fields = fieldsOf(value, ["function", "file", "line", "column"]);
  return {
    function: text(fields.function, MAX_NAME_CHARS),
    file: text(fields.file, MAX_FILE_CHARS),
    line: count(fields.line, 0xffff_ffff),
    column: count(fields.column, 0xffff_ffff),
  };
}

function consoleValue(value: unknown, left: Allowance): ConsoleValue {
  return typeof value === "string"
    ? spend(value, LIMITS.CONSOLE_MAX_ARG_BYTES, left)
    : consoleNode(value, 0, left);
}

/** Goes no deeper than the limit, whatever comes. */
function consoleNode(value: unknown, depth: number, left: Allowance): ConsoleNode {
  if (depth > LIMITS.CONSOLE_MAX_DEPTH) throw new Refused("a console value that is too deep");
  if (--left.nodes < 0) throw new Refused("a console call with too many values");
  const fields = fieldsOf(value, ["kind", "text", "entries", "isCut"]);
  const node: ConsoleNode = {
    kind: oneOf(fields.kind, KINDS),
    text: spend(fields.text, LIMITS.CONSOLE_MAX_ARG_BYTES, left),
  };
  if (fields.entries !== undefined) {
    node.entries = list(fields.entries, left.nodes, (entry): [string, ConsoleNode] => {
      if (!Array.isArray(entry) || entry.length !== 2) throw new Refused("a console value without a name");
      const name = spend(entry[0], LIMITS.CONSOLE_MAX_KEY_CHARS, left);
      return [name, consoleNode(entry[1], depth + 1, left)];
    });
  }
  if (fields.isCut !== undefined) {
    if (fields.isCut !== true) throw new Refused("a field that should be true or absent");
    node.isCut = true;
  }
  return node;
}

function spend(value: unknown, maxChars: number, left: Allowance): string {
  const read = text(value, maxChars);
  left.chars -= read.length;
  if (left.chars < 0) throw new Refused("a console call that is too large");
  return read;
}
