// Errors of the app on their way to the studio: bounded, and not repeated by
// an effect or a timer that throws for ever.

import { describeError } from "./inspect.ts";
import type { ErrorKind, Send } from "./messages.ts";
import { componentNames, projectFrames } from "./stack.ts";

const SAME_AGAIN_MS = 1_000;
const BURST = 10;
const PER_SECOND = 2;
/** Layout notices that browsers give as errors; nothing is broken. */
const HARMLESS = /^ResizeObserver loop/;

/** What a person does in an app, and handlers of the app answer. */
const DEEDS = ["click", "dblclick", "input", "change", "submit", "keydown", "keyup", "paste", "drop"];
const POINTS = ["pointerdown", "pointerup", "mousedown", "mouseup", "focusin", "focusout"];

export class ErrorReports {
  /** Revision that runs. */
  revision = 0;
  /** Errors since the start, sent or not: tells whether an update went well. */
  count = 0;
  #lastSent = new Map<string, number>();
  #tokens = BURST;
  #refilled = performance.now();
  /** The last thing that the person did. */
  #deed: Event | undefined;

  constructor(readonly send: Send) {}

  listen(): void {
    const note = (event: Event) => {
      this.#deed = event;
    };
    for (const type of [...DEEDS, ...POINTS]) window.addEventListener(type, note, true);
    window.addEventListener("error", (event) => {
      if (HARMLESS.test(event.message)) return;
      // While an event is on its way, it is one of its handlers that throws.
      const isHandler = this.#deed !== undefined && this.#deed.eventPhase !== Event.NONE;
      this.report(isHandler ? "event" : "uncaught", event.error ?? event.message, null, event);
    });
    window.addEventListener("unhandledrejection", (event) => this.report("promise", event.reason));
  }

  report(kind: ErrorKind, thrown: unknown, componentStack: unknown = null, event?: ErrorEvent): void {
    this.count++;
    const told = isOverQuota(thrown) ? "storage" : kind;
    const message =
      typeof thrown === "string" && event ? thrown : describeError(thrown, LIMITS.ERROR_MAX_BYTES);
    const stack = projectFrames(stackOf(thrown));
    // A script that doesn't parse has no stack, only the event's place.
    if (stack.length === 0 && event)
      stack.push(...projectFrames(`${event.filename}:${event.lineno}:${event.colno || 1}`));
    if (!this.#mayUse(`${told} ${message} ${stack[0]?.file}:${stack[0]?.line}`)) return;
    const components = componentNames(componentStack);
    this.send({ type: "error", kind: told, message, stack, components, revision: this.revision });
  }

  /** A new build: what was said about the last one may be said again. */
  begin(revision: number): void {
    this.revision = revision;
    this.#lastSent.clear();
  }

  #mayUse(key: string): boolean {
    const now = performance.now();
    if (now - (this.#lastSent.get(key) ?? Number.NEGATIVE_INFINITY) < SAME_AGAIN_MS) return false;
    this.#tokens = Math.min(BURST, this.#tokens + ((now - this.#refilled) / 1000) * PER_SECOND);
    this.#refilled = now;
    if (this.#tokens < 1) return false;
    this.#tokens--;
    if (this.#lastSent.size > 100) this.#lastSent.clear();
    this.#lastSent.set(key, now);
    return true;
  }
}

function isOverQuota(thrown: unknown): boolean {
  return thrown instanceof DOMException && thrown.name === "QuotaExceededError";
}

function stackOf(thrown: unknown): unknown {
  try {
    return (thrown as { stack?: unknown } | null)?.stack;
  } catch {
    return undefined;
  }
}
