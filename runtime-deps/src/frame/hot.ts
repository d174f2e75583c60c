// Replacing modules in a running app: which modules run again, and where the
// change stops. A changed module that is no refresh boundary (hooks, helpers,
// data) runs again together with its importers, up to the boundaries.

import type { Bindings, ModuleRecord, Registry } from "./registry.ts";

export type Outcome =
  /** How many modules ran again. */
  | { kind: "applied"; ran: number }
  | { kind: "reload"; reason: string }
  | { kind: "failed"; error: unknown }
  /** The next update came before a module had ended its await; it takes this one along. */
  | { kind: "superseded" };

/** Waits for modules that await; resolves to false when that is no longer worth it. */
export type Wait = (pending: Promise<unknown>) => Promise<boolean>;

type Steps = Generator<Promise<unknown>, Outcome, boolean>;

export class HotUpdates {
  /** Modules of an update that threw or was superseded: they run again with the next one. */
  #retry = new Set<string>();

  /**
   * @param root the app's entry
   * @param mounted whether the runtime itself shows the entry's default export, and so can take a new one
   */
  constructor(
    readonly registry: Registry,
    readonly root: string,
    readonly mounted: boolean,
  ) {}

  /**
   * Runs again what depends on the changed modules, whose factories are already the new ones; at
   * once, if none of them awaits.
   */
  apply(changed: Iterable<string>, wait: Wait): Outcome | Promise<Outcome> {
    const steps = this.#steps(changed);
    const first = steps.next();
    return first.done ? first.value : finish(steps, first.value, wait);
  }

  *#steps(changed: Iterable<string>): Steps {
    const done = new Set<string>();
    let start = this.#live([...changed, ...this.#retry]);
    this.#retry.clear();
    const forced = new Set<string>();
    const bindings = new Map<ModuleRecord, Bindings>();
    while (start.length > 0) {
      const plan = this.#plan(start, forced, done);
      if ("reason" in plan) return { kind: "reload", reason: plan.reason };
      const signatures = new Map([...plan.tops].map((record) => [record, record.boundary] as const));
      for (const record of plan.stale) {
        this.registry.forget(record);
        if (!bindings.has(record)) bindings.set(record, Object.getOwnPropertyDescriptors(record.exports));
      }
      const tops = [...plan.tops].map((record) => record.id);
      const pending = tops.map((id) => this.registry.evaluate(id)).filter((each) => each !== undefined);
      if (pending.length > 0 && !(yield Promise.all(pending))) {
        this.#takeBack(bindings);
        for (const record of bindings.keys()) this.registry.forget(record);
        return { kind: "superseded" };
      }
      try {
        for (const id of tops) this.registry.require(id);
      } catch (error) {
        this.#takeBack(bindings);
        return { kind: "failed", error };
      }
      for (const record of plan.stale) done.add(record.id);
      // A boundary that lost its shape no longer stops the change: its importers run too.
      start = [];
      for (const [record, before] of signatures) {
        if (before === null || sameSignature(before, record.boundary)) continue;
        if (this.mounted && record.id === this.root) continue;
        forced.add(record.id);
        start.push(record);
      }
    }
    return { kind: "applied", ran: done.size };
  }

  /** Gives modules their old bindings back: the app on the screen goes on with them. */
  #takeBack(bindings: Map<ModuleRecord, Bindings>): void {
    for (const [record, before] of bindings) {
      this.#retry.add(record.id);
      this.registry.restore(record, before);
    }
  }

  /** Those that have run: the others run when they are first required. */
  #live(ids: string[]): ModuleRecord[] {
    const records = new Set<ModuleRecord>();
    for (const id of ids) {
      const record = this.registry.records.get(id);
      if (record && (record.state !== "defined" || this.#retry.has(id))) records.add(record);
    }
    return [...records];
  }

  #plan(
    start: ModuleRecord[],
    forced: Set<string>,
    done: Set<string>,
  ): { stale: Set<ModuleRecord>; tops: Set<ModuleRecord> } | { reason: string } {
    const stale = new Set(start.filter((record) => !done.has(record.id)));
    const tops = new Set<ModuleRecord>();
    const queue = [...start];
    for (let record = queue.pop(); record; record = queue.pop()) {
      const stops = record.boundary !== null && !forced.has(record.id);
      if (stops || (this.mounted && record.id === this.root)) {
        tops.add(record);
        continue;
      }
      if (record.id === this.root) {
        return { reason: `${record.id} starts the app, so the change needs a fresh start.` };
      }
      if (record.dynamic) {
        return { reason: `${record.id} is imported dynamically, so the change needs a fresh start.` };
      }
      for (const id of record.importers) {
        const importer = this.registry.records.get(id);
        if (!importer || stale.has(importer) || done.has(id)) continue;
        stale.add(importer);
        queue.push(importer);
      }
    }
    return { stale, tops };
  }
}

async function finish(steps: Steps, first: Promise<unknown>, wait: Wait): Promise<Outcome> {
  for (let pending = first; ; ) {
    const step = steps.next(await wait(pending));
    if (step.done) return step.value;
    pending = step.value;
  }
}

function sameSignature(before: readonly unknown[], after: readonly unknown[] | null): boolean {
  return (
    after !== null && before.length === after.length && before.every((part, index) => part === after[index])
  );
}
