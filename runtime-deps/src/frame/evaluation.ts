// Modules that await at their top level, and those that import them. The rules
// are ECMAScript's (InnerModuleEvaluation and what follows it): a module runs
// when all that it imports is done, modules that become ready together run in
// the order in which they were reached, and those of a cycle don't wait for
// each other. Where nothing awaits, none of this is used.

import type { ModuleRecord, Registry } from "./registry.ts";

/** One evaluation of a module that waits for something. */
export interface Evaluation {
  readonly record: ModuleRecord;
  /** Place on the stack while it is on it, and the lowest place that it leads back to. */
  readonly index: number;
  low: number;
  /** Place among all that wait; 0 for what ran at once. */
  order: number;
  /** How many of its imports aren't done. */
  pending: number;
  /** Those that wait for it. */
  readonly waiters: Set<Evaluation>;
  /** The first of its cycle: who imports one of the cycle waits for this one. */
  root: Evaluation;
  /** Its own code has begun to run. */
  hasBegun: boolean;
  isDone: boolean;
  /** Resolves when it is done, failed or given up. */
  readonly done: Promise<void>;
  readonly finish: () => void;
}

export class Evaluator {
  #count = 0;

  constructor(readonly registry: Registry) {}

  /** Runs what a module needs, and itself; a promise when something of it awaits. */
  evaluate(record: ModuleRecord): Promise<void> | undefined {
    if (record.state === "defined") {
      const awaiting = this.#awaiting(record);
      if (!awaiting.has(record)) return undefined;
      const stack: Evaluation[] = [];
      try {
        this.#visit(record, awaiting, stack);
      } catch (error) {
        for (const evaluation of stack) this.#reject(evaluation, error);
      }
    }
    return pendingRoot(record)?.done;
  }

  /** Gives an evaluation up, with those that wait for it: their modules run anew when next required. */
  forget(record: ModuleRecord): void {
    const { evaluation } = record;
    record.state = "defined";
    record.evaluation = undefined;
    if (!evaluation || evaluation.isDone) return;
    evaluation.isDone = true;
    evaluation.finish();
    for (const waiter of evaluation.waiters) if (!waiter.isDone) this.forget(waiter.record);
  }

  /** The modules below one that have to wait, as far as they haven't run. */
  #awaiting(root: ModuleRecord): Set<ModuleRecord> {
    const importers = new Map<ModuleRecord, ModuleRecord[]>([[root, []]]);
    const awaiting = new Set<ModuleRecord>();
    for (const record of importers.keys()) {
      const isNew = record.state === "defined";
      if (isNew ? record.awaits : pendingRoot(record)) awaiting.add(record);
      if (!isNew) continue;
      for (const other of this.#imported(record)) {
        const known = importers.get(other);
        if (known) known.push(record);
        else importers.set(other, [record]);
      }
    }
    for (const record of awaiting) {
      for (const importer of importers.get(record) as ModuleRecord[]) awaiting.add(importer);
    }
    return awaiting;
  }

  /** What isn't there is told by the module itself, when it requires it. */
  #imported({ staticImports }: ModuleRecord): ModuleRecord[] {
    const { records } = this.registry;
    return staticImports.map((id) => records.get(id)).filter((record) => record !== undefined);
  }

  /** Depth first; throws what a module throws that runs at once. */
  #visit(record: ModuleRecord, awaiting: Set<ModuleRecord>, stack: Evaluation[]): void {
    const evaluation = newEvaluation(record, stack.length);
    stack.push(evaluation);
    record.state = "waiting";
    record.evaluation = evaluation;
    for (const other of this.#imported(record)) {
      this.registry.link(other, record);
      if (other.state === "defined" && awaiting.has(other)) this.#visit(other, awaiting, stack);
      else this.registry.require(other.id);
      this.#await(evaluation, other, stack);
    }
    if (evaluation.pending > 0 || record.awaits) {
      evaluation.order = ++this.#count;
      if (evaluation.pending === 0) this.#begin(evaluation);
    } else {
      this.registry.run(record);
      evaluation.isDone = true;
      evaluation.finish();
    }
    if (evaluation.low === evaluation.index) {
      for (const member of stack.splice(evaluation.index)) member.root = evaluation;
    }
  }

  /** Makes an evaluation wait for an import, unless that is done or comes later in the same cycle. */
  #await(evaluation: Evaluation, { evaluation: other }: ModuleRecord, stack: Evaluation[]): void {
    if (!other) return;
    const isOnStack = stack[other.index] === other;
    if (isOnStack) evaluation.low = Math.min(evaluation.low, other.low);
    const awaited = isOnStack ? other : other.root;
    if (!isOnStack && awaited.record.state === "failed") throw awaited.record.error;
    if (awaited.order === 0 || awaited.isDone || awaited.waiters.has(evaluation)) return;
    awaited.waiters.add(evaluation);
    evaluation.pending++;
  }

  /** Runs a module that awaits. */
  #begin(evaluation: Evaluation): void {
    const { record } = evaluation;
    const { registry } = this;
    const isCurrent = () => record.evaluation === evaluation;
    evaluation.hasBegun = true;
    const before = Object.getOwnPropertyDescriptors(record.exports);
    const running = registry.enter(record, isCurrent);
    const own = Object.getOwnPropertyDescriptors(record.exports);
    // In an update, the app on the screen reads the old bindings until the new ones have values.
    const isUpdate = Object.keys(before).length > 0;
    if (isUpdate) registry.restore(record, before);
    Promise.resolve(running).then(
      () => {
        if (!isCurrent()) return;
        if (isUpdate) registry.restore(record, own);
        this.#fulfil(evaluation);
      },
      (error) => {
        if (!isCurrent()) return;
        registry.restore(record, before);
        this.#reject(evaluation, error);
      },
    );
  }

  #fulfil(evaluation: Evaluation): void {
    if (!this.#complete(evaluation, () => this.registry.finish(evaluation.record))) return;
    const ready = new Set<Evaluation>();
    this.#gather(evaluation, ready);
    for (const next of [...ready].sort((a, b) => a.order - b.order)) {
      if (next.isDone) continue;
      if (next.record.awaits) this.#begin(next);
      else this.#complete(next, () => this.registry.run(next.record));
    }
  }

  #complete(evaluation: Evaluation, last: () => void): boolean {
    try {
      last();
    } catch (error) {
      this.#reject(evaluation, error);
      return false;
    }
    evaluation.isDone = true;
    evaluation.finish();
    return true;
  }

  /** Those that wait for nothing else any more, through modules that don't await themselves. */
  #gather({ waiters }: Evaluation, ready: Set<Evaluation>): void {
    for (const waiter of waiters) {
      if (waiter.isDone || ready.has(waiter)) continue;
      waiter.pending--;
      if (waiter.pending > 0) continue;
      ready.add(waiter);
      if (!waiter.record.awaits) this.#gather(waiter, ready);
    }
  }

  #reject(evaluation: Evaluation, error: unknown): void {
    if (evaluation.isDone) return;
    evaluation.isDone = true;
    evaluation.record.state = "failed";
    evaluation.record.error = error;
    for (const waiter of evaluation.waiters) this.#reject(waiter, error);
    evaluation.finish();
  }
}

function newEvaluation(record: ModuleRecord, index: number): Evaluation {
  let finish = () => {};
  const done = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const evaluation: Omit<Evaluation, "root"> = {
    record,
    index,
    low: index,
    order: 0,
    pending: 0,
    waiters: new Set(),
    hasBegun: false,
    isDone: false,
    done,
    finish,
  };
  return Object.assign(evaluation, { root: evaluation }) as Evaluation;
}

/** What one waits for who imports a module, if that isn't done. */
function pendingRoot({ evaluation }: ModuleRecord): Evaluation | undefined {
  return evaluation && !evaluation.root.isDone ? evaluation.root : undefined;
}
