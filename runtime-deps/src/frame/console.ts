// Console capture: bounded text, sent in batches, and limited in rate, so that
// a loop that logs costs neither the studio nor the port its breath. The
// original console is called as well: the browser's own tools stay useful.

import { byteLength, cut, inspect } from "./inspect.ts";
import type { ConsoleEntry, ConsoleLevel, Send } from "./messages.ts";
import { projectFrames } from "./stack.ts";

const FLUSH_MS = 50;
/** Entries at once, and in the long run; the studio keeps 1,000 and shows fewer. */
const BURST = 200;
const PER_SECOND = 50;
/** Well below the bridge's limit for one message. */
const BATCH_CHARS = 96 * 1024;

/** Methods with the severity they are shown with. */
const METHODS: Record<string, ConsoleLevel> = {
  debug: "debug",
  log: "log",
  info: "info",
  warn: "warn",
  error: "error",
  dir: "log",
  table: "log",
  trace: "debug",
  group: "log",
  groupCollapsed: "log",
};

export class ConsoleCapture {
  #queue: ConsoleEntry[] = [];
  #chars = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #tokens = BURST;
  #refilled = performance.now();
  #dropped = 0;
  #busy = false;

  constructor(readonly send: Send) {}

  install(): void {
    const target = console as unknown as Record<string, (...args: unknown[]) => void>;
    for (const [method, level] of Object.entries(METHODS)) {
      const original = target[method];
      target[method] = (...args: unknown[]) => {
        original?.apply(console, args);
        this.#capture(level, args);
      };
    }
    const assert = target.assert;
    target.assert = (condition: unknown, ...args: unknown[]) => {
      assert?.call(console, condition, ...args);
      if (!condition) this.#capture("error", ["Assertion failed:", ...args]);
    };
  }

  /** A line of the runtime's own. */
  say(level: ConsoleLevel, text: string): void {
    this.#capture(level, [text]);
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#dropped > 0) {
      const text = `${this.#dropped} more console messages were left out: the app logs faster than they can be shown.`;
      this.#queue.push({ level: "warn", args: [text], location: null });
      this.#dropped = 0;
    }
    if (this.#queue.length === 0) return;
    this.send({ type: "consoleBatch", entries: this.#queue });
    this.#queue = [];
    this.#chars = 0;
  }

  #capture(level: ConsoleLevel, args: unknown[]): void {
    // A proxy in an argument may log while it is looked at.
    if (this.#busy) return;
    if (!this.#takeToken()) {
      this.#dropped++;
      this.#schedule();
      return;
    }
    this.#busy = true;
    try {
      const texts = boundedTexts(args);
      const entry = { level, args: texts, location: projectFrames(new Error().stack)[0] ?? null };
      this.#queue.push(entry);
      for (const text of texts) this.#chars += text.length;
    } finally {
      this.#busy = false;
    }
    if (this.#chars > BATCH_CHARS) this.flush();
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

/** The arguments as text, within all limits; what is left out is said. */
export function boundedTexts(args: unknown[]): string[] {
  const merged = substitute(args);
  const texts: string[] = [];
  let room = LIMITS.CONSOLE_MAX_CALL_BYTES;
  // The last place is kept for the line that says what is missing.
  const shown = merged.length > LIMITS.CONSOLE_MAX_ARGS ? LIMITS.CONSOLE_MAX_ARGS - 1 : merged.length;
  for (const value of merged.slice(0, shown)) {
    if (room < 64) break;
    const text = inspect(value, Math.min(room, LIMITS.CONSOLE_MAX_ARG_BYTES));
    room -= byteLength(text);
    texts.push(text);
  }
  const missing = merged.length - texts.length;
  if (missing > 0) texts.splice(LIMITS.CONSOLE_MAX_ARGS - 1, texts.length, `… ${missing} more`);
  return texts;
}

/** `%s` and its kin in the first argument; styles (`%c`) are dropped. */
function substitute(args: unknown[]): unknown[] {
  const [format, ...rest] = args;
  if (typeof format !== "string" || !format.includes("%")) return args;
  const text = format.replace(/%([sdifoOc%])/g, (whole, kind: string) => {
    if (kind === "%") return "%";
    if (rest.length === 0) return whole;
    const value = rest.shift();
    if (kind === "c") return "";
    if (kind === "d" || kind === "i") return String(Math.trunc(Number(value)));
    if (kind === "f") return String(Number(value));
    return inspect(value, 1024);
  });
  return [cut(text, LIMITS.CONSOLE_MAX_ARG_BYTES), ...rest];
}
