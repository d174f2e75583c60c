// The page's end of the types worker: keeps the project's files for it, starts it
// when the browser has time, and starts it anew when it dies.

import type { Answers, Changes, FromTypes, Question, ToTypes } from "../types/messages.ts";

export type TypesStatus = "off" | "loading" | "ready" | "failed";

export interface TypesOptions {
  workerUrl: string;
  /** Address of types.json. */
  indexUrl: string;
  /** Called with every change; `reason` says why it failed. */
  onStatus: (status: TypesStatus, reason: string) => void;
}

/** Workers that died one after the other before nothing new is tried. */
const MAX_DEATHS = 3;
/** Longest wait for a moment in which the browser has nothing to do, in milliseconds. */
const IDLE_TIMEOUT_MS = 5_000;

type Waiting = (answer: Answers[keyof Answers] | undefined) => void;

export class Types {
  readonly #options: TypesOptions;
  readonly #files = new Map<string, string>();
  #extra: Record<string, string> = {};
  /** Changes that the worker hasn't got yet; with nothing in it, all is told. */
  #untold: Changes = {};
  #worker: Worker | undefined;
  #status: TypesStatus = "off";
  #deaths = 0;
  #request = 0;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Set<() => void>();

  constructor(options: TypesOptions) {
    this.#options = options;
  }

  get isReady(): boolean {
    return this.#status === "ready";
  }

  /** Hears when the worker is ready or gone, and when files change. Returns what ends it. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes another project's files. @param files JSON text: text by path */
  open(files: string): void {
    this.#files.clear();
    this.#untold = {};
    this.#post({ type: "reset" });
    this.change(files);
  }

  /** Takes changes. @param changes JSON text: text by path, null deletes */
  change(changes: string): void {
    for (const [path, text] of Object.entries(JSON.parse(changes) as Changes)) {
      if (text === null) this.#files.delete(path);
      else this.#files.set(path, text);
      this.#untold[path] = text;
    }
    this.#notify();
  }

  /** Takes files that stand in for those which the project lacks. @param files JSON text: text by path */
  setExtra(files: string): void {
    this.#extra = JSON.parse(files) as Record<string, string>;
    this.#post({ type: "extraFiles", files: this.#extra });
    this.#notify();
  }

  /** Starts the worker as soon as the browser has time, unless it is there. */
  startWhenIdle(): void {
    if (this.#status !== "off") return;
    const start = () => {
      if (this.#status === "off") this.#start();
    };
    if ("requestIdleCallback" in globalThis) requestIdleCallback(start, { timeout: IDLE_TIMEOUT_MS });
    else setTimeout(start, IDLE_TIMEOUT_MS);
  }

  /**
   * Type errors of all files as JSON text, a list of `Finding`; starts the worker
   * at once where it isn't there. Undefined when a newer check took its place, or
   * when the worker failed, which `onStatus` says.
   */
  async checkAll(): Promise<string | undefined> {
    if (this.#status === "off" || this.#status === "failed") {
      this.#deaths = 0;
      this.#start();
    }
    const answer = await this.ask({ kind: "checkAll" }).answer;
    return answer && JSON.stringify(answer);
  }

  /** Asks the worker. The answer is undefined when there is none: a newer question came, or the worker died. */
  ask<Kind extends keyof Answers>(
    question: Question & { kind: Kind },
  ): { answer: Promise<Answers[Kind] | undefined>; cancel(): void } {
    const request = ++this.#request;
    const answer = new Promise<Answers[keyof Answers] | undefined>((resolve) => {
      this.#waiting.set(request, resolve);
    });
    this.#tell();
    this.#post({ type: "ask", request, question });
    return {
      answer: answer as Promise<Answers[Kind] | undefined>,
      cancel: () => this.#post({ type: "cancel", request }),
    };
  }

  #start(): void {
    this.#setStatus("loading");
    const worker = new Worker(this.#options.workerUrl, { type: "module", name: "types" });
    this.#worker = worker;
    worker.addEventListener("message", ({ data }: MessageEvent<string>) => {
      if (this.#worker === worker) this.#hear(JSON.parse(data) as FromTypes);
    });
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      if (this.#worker === worker) this.#died(event.message || "it couldn't be loaded");
    });
    this.#untold = Object.fromEntries(this.#files);
    this.#post({ type: "start", indexUrl: this.#options.indexUrl });
    this.#post({ type: "extraFiles", files: this.#extra });
    this.#tell();
  }

  #hear(message: FromTypes): void {
    switch (message.type) {
      case "ready":
        this.#setStatus("ready");
        return;
      case "answer":
        this.#deaths = 0;
        this.#resolve(message.request, message.answer);
        return;
      case "refused":
        console.warn(`TypeScript had no answer: ${message.message}`);
        this.#resolve(message.request, undefined);
        return;
      case "dropped":
        this.#resolve(message.request, undefined);
        return;
      case "failed":
        this.#died(message.message);
        return;
    }
  }

  #died(reason: string): void {
    const wasReady = this.#status === "ready";
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#deaths++;
    // One that never came up would not come up again either.
    if (wasReady && this.#deaths < MAX_DEATHS) this.#start();
    else this.#setStatus("failed", reason);
    for (const request of [...this.#waiting.keys()]) this.#resolve(request, undefined);
  }

  #resolve(request: number, answer: Answers[keyof Answers] | undefined): void {
    this.#waiting.get(request)?.(answer);
    this.#waiting.delete(request);
  }

  #setStatus(status: TypesStatus, reason = ""): void {
    this.#status = status;
    this.#options.onStatus(status, reason);
    this.#notify();
  }

  #notify(): void {
    for (const listener of this.#listeners) listener();
  }

  /** Sends what changed. Only before questions: most changes are followed by another one. */
  #tell(): void {
    if (!this.#worker || Object.keys(this.#untold).length === 0) return;
    this.#post({ type: "files", changes: this.#untold });
    this.#untold = {};
  }

  #post(message: ToTypes): void {
    this.#worker?.postMessage(JSON.stringify(message));
    // Nobody would ever answer.
    if (!this.#worker && message.type === "ask") this.#resolve(message.request, undefined);
  }
}
