// `console.count` and `console.time`: what they count and measure belongs to
// the frame, since the browser's own console doesn't tell.

import { inspect } from "./inspect.ts";
import type { ConsoleLevel } from "./messages.ts";

type Say = (level: ConsoleLevel, ...args: unknown[]) => void;

/** Labels that are kept; an app that makes one per call gets no more. */
const MAX_LABELS = 1_000;

export class Counters {
  readonly #counts = new Map<string, number>();
  readonly #timers = new Map<string, number>();

  constructor(readonly say: Say) {}

  readonly methods: Record<string, (...args: unknown[]) => void> = {
    count: (label) => {
      const name = nameOf(label);
      const times = (this.#counts.get(name) ?? 0) + 1;
      keep(this.#counts, name, times);
      this.say("log", `${name}: ${times}`);
    },
    countReset: (label) => {
      this.#counts.delete(nameOf(label));
    },
    time: (label) => {
      const name = nameOf(label);
      if (this.#timers.has(name)) this.say("warn", `The timer “${name}” runs already.`);
      else keep(this.#timers, name, performance.now());
    },
    timeLog: (label, ...args) => {
      this.#tell(nameOf(label), args);
    },
    timeEnd: (label) => {
      const name = nameOf(label);
      this.#tell(name, []);
      this.#timers.delete(name);
    },
  };

  #tell(name: string, args: unknown[]): void {
    const begun = this.#timers.get(name);
    if (begun === undefined) this.say("warn", `There is no timer “${name}”: start it with console.time.`);
    else this.say("log", `${name}: ${(performance.now() - begun).toFixed(1)} ms`, ...args);
  }
}

function nameOf(label: unknown): string {
  return label === undefined ? "default" : inspect(label, 200);
}

function keep(map: Map<string, number>, name: string, value: number): void {
  if (map.has(name) || map.size < MAX_LABELS) map.set(name, value);
}
