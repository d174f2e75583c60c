// Console capture: bounded values, sent in batches, and limited in rate, so that
// a loop that logs costs neither the studio nor the port its breath. The
// original console is called as well: the browser's own tools stay useful.

import { inspect } from "./inspect.ts";
import type { ConsoleEntry, ConsoleForm, ConsoleLevel, ConsoleNode, ConsoleValue, Send } from "./messages.ts";
import { projectFrames } from "./stack.ts";
import { Counters } from "./timers.ts";
import { type Allowance, tableOf, argumentOf } from "./values.ts";

const FLUSH_MS = 50;
/** Entries at once, and in the long run: fewer than the bridge lets through, which would say nothing of it. */
const BURST = 300;
const PER_SECOND = 75;
/** Well below the bridge's limits for one message. */
const BATCH_CHARS = 96 * 1024;
const BATCH_ENTRIES = 200;
/** What a value takes in a message besides its texts. */
const NODE_CHARS = 64;

/** Methods with the severity that they are shown with. */
const LINES: Record<string, ConsoleLevel> = {
  debug: "debug",
  log: "log",
  info: "info",
  warn: "warn",
  error: "error",
  dir: "log",
  dirxml: "log",
  trace: "debug",
};

type Method = (...args: unknown[]) => void;

export class ConsoleCapture {
  #queue: ConsoleEntry[] = [];
  #chars = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #tokens = BURST;
  #refilled = performance.now();
  #dropped = 0;
  #busy = false;
  /** Groups that are open. */
  #indent = 0;

  constructor(readonly send: Send) {}

  install(): void {
    for (const [method, level] of Object.entries(LINES)) {
      this.#extend(method, (...args) => this.#line(level, args));
    }
    this.#extend("assert", (condition, ...args) => {
      const failed = "Assertion failed:";
      const [format, ...rest] = args;
      // Its first text may have directives, as that of every other method.
      const said = typeof format === "string" ? [`${failed} ${format}`, ...rest] : [failed, ...args];
      if (!condition) this.#line("error", said);
    });
    this.#extend("table", (...args) => this.#capture("log", "table", () => tableArgs(args)));
    this.#extend("group", (...args) => this.#group("group", args));
    this.#extend("groupCollapsed", (...args) => this.#group("closed_group", args));
    this.#extend("groupEnd", () => {
      this.#indent = Math.max(0, this.#indent - 1);
    });
    this.#extend("clear", () => {
      this.#indent = 0;
      this.#capture("log", "clear", () => []);
    });
    const counters = new Counters((level, ...args) => this.#line(level, args));
    for (const [method, own] of Object.entries(counters.methods)) this.#extend(method, own);
  }

  /** A line of the runtime's own. */
  say(level: ConsoleLevel, text: string): void {
    this.#line(level, [text]);
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#dropped > 0) {
      const text = `${this.#dropped} more console messages were left out: the app logs faster than they can be shown.`;
      this.#queue.push({ level: "warn", form: "line", indent: this.#indent, args: [text], location: null });
      this.#dropped = 0;
    }
    if (this.#queue.length === 0) return;
    this.send({ type: "consoleBatch", entries: this.#queue });
    this.#queue = [];
    this.#chars = 0;
  }

  #extend(method: string, own: Method): void {
    const target = console as unknown as Record<string, Method>;
    const original = target[method];
    target[method] = (...args) => {
      original?.apply(console, args);
      own(...args);
    };
  }

  #line(level: ConsoleLevel, args: unknown[]): void {
    this.#capture(level, "line", () => boundedValues(args));
  }

  #group(form: ConsoleForm, args: unknown[]): void {
    this.#capture("log", form, () => boundedValues(args.length > 0 ? args : ["Group"]));
    this.#indent = Math.min(LIMITS.CONSOLE_MAX_GROUPS, this.#indent + 1);
  }

  #capture(level: ConsoleLevel, form: ConsoleForm, look: () => ConsoleValue[]): void {
    // A proxy in an argument may log while it is looked at.
    if (this.#busy) return;
    if (!this.#takeToken()) {
      this.#dropped++;
      this.#schedule();
      return;
    }
    this.#busy = true;
    try {
      const args = look();
      const location = projectFrames(new Error().stack)[0] ?? null;
      this.#queue.push({ level, form, indent: this.#indent, args, location });
      for (const value of args) this.#chars += weigh(value);
    } finally {
      this.#busy = false;
    }
    if (this.#chars > BATCH_CHARS || this.#queue.length >= BATCH_ENTRIES) this.flush();
    else this.#schedule();
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => this.flush(), FLUSH_MS);
  }

  #takeToken(): boolean {
    const now = performance.now();
    this.#tokens = Math.min(BURST, this.#tokens + ((now - this.#refilled) / 1000) * PER_SECOND);
    this.#refilled = now;
    if (this.#tokens < 1) return false;
    this.#tokens--;
    return true;
  }
}

/** The arguments within all limits; what is left out is said. */
function boundedValues(args: unknown[]): ConsoleValue[] {
  const merged = substitute(args);
  const values: ConsoleValue[] = [];
  const left = callAllowance();
  // The last place is kept for the line that says what is missing.
  const shown = merged.length > LIMITS.CONSOLE_MAX_ARGS ? LIMITS.CONSOLE_MAX_ARGS - 1 : merged.length;
  for (const [index, value] of merged.slice(0, shown).entries()) {
    if (left.bytes < 1024) break;
    // Each gets the same part of what the ones before it left.
    const share = { ...left, nodes: Math.floor(left.nodes / (shown - index)) };
    const given = share.nodes;
    values.push(argumentOf(value, share));
    left.nodes -= given - share.nodes;
    left.bytes = share.bytes;
  }
  const missing = merged.length - values.length;
  if (missing > 0) values.splice(LIMITS.CONSOLE_MAX_ARGS - 1, values.length, `… ${missing} more`);
  return values;
}

function tableArgs([data, columns]: unknown[]): ConsoleValue[] {
  return [tableOf(data, columns, callAllowance())];
}

/** The last value that there is room for may be larger than what is left. */
function callAllowance(): Allowance {
  return { nodes: LIMITS.CONSOLE_MAX_NODES, bytes: LIMITS.CONSOLE_MAX_CALL_BYTES - 1024 };
}

/** `%s` and its kin in the first argument; styles (`%c`) are dropped, objects stay objects. */
function substitute(args: unknown[]): unknown[] {
  const [format, ...rest] = args;
  if (typeof format !== "string" || !format.includes("%")) return args;
  const values: unknown[] = [];
  let text = "";
  const end = () => {
    // Values stand apart as it is.
    if (text.trim() !== "") values.push(values.length > 0 ? text.trim() : text.trimEnd());
    text = "";
  };
  for (const [index, part] of format.split(/(%[sdifoOc%])/g).entries()) {
    // Every second part is a directive.
    if (index % 2 === 0) text += part;
    else if (part === "%%") text += "%";
    else if (rest.length === 0) text += part;
    else if (part === "%o" || part === "%O") {
      end();
      values.push(rest.shift());
    } else text += directive(part, rest.shift());
  }
  end();
  return values.length > 0 ? [...values, ...rest] : ["", ...rest];
}

function directive(kind: string, value: unknown): string {
  if (kind === "%c") return "";
  if (kind === "%s") return inspect(value, 1024);
  // An object would say what number it is by code of its own.
  const number = typeof value === "object" || typeof value === "symbol" ? Number.NaN : Number(value);
  return String(kind === "%f" ? number : Math.trunc(number));
}

/** Size in a message. */
function weigh(value: ConsoleValue): number {
  if (typeof value === "string") return value.length;
  const nodes: ConsoleNode[] = [value];
  let chars = 0;
  for (let node = nodes.pop(); node; node = nodes.pop()) {
    chars += node.text.length + NODE_CHARS;
    for (const [name, inner] of node.entries ?? []) {
      chars += name.length;
      nodes.push(inner);
    }
  }
  return chars;
}
