// Tells the bridge what the app wants kept, in batches: those of a quiet app at
// the end of its task, those of an app that writes without pause every 50 ms.
// One batch is on the way at a time, so that such an app waits for the disk, not
// the studio.

import { weigh } from "../workers/appdata/weigh.ts";
import { TokenBucket } from "../workers/budget.ts";
import type { Area, Change, Refusal } from "./changes.ts";
import type { Send, Stored } from "./messages.ts";

/** Batches that may go at once; together with what else a frame says, fewer than the bridge lets through. */
const PROMPT_PER_SECOND = 40;
const PROMPT_BURST = 50;

/** Changes that belong together, and who hears what became of them. */
interface Group {
  changes: Change[];
  done: (refusals: Refusal[]) => void;
}

/** Of a storage, what changed since the last batch: only a key's last value travels. */
class ItemChanges {
  #cleared = false;
  readonly #values = new Map<string, string | null>();

  constructor(readonly area: Area) {}

  get isEmpty(): boolean {
    return !this.#cleared && this.#values.size === 0;
  }

  set(key: string, value: string | null): void {
    this.#values.delete(key);
    this.#values.set(key, value);
  }

  clear(): void {
    this.#cleared = true;
    this.#values.clear();
  }

  take(): Change[] {
    const { area } = this;
    const changes: Change[] = this.#cleared ? [{ kind: "clearItems", area }] : [];
    for (const [key, value] of this.#values) {
      changes.push(
        value === null ? { kind: "deleteItem", area, key } : { kind: "putItem", area, key, value },
      );
    }
    this.#cleared = false;
    this.#values.clear();
    return changes;
  }
}

export class Journal {
  readonly #items = { local: new ItemChanges("local"), session: new ItemChanges("session") };
  readonly #groups: Group[] = [];
  readonly #sent = new Map<number, Group[]>();
  #seq = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isScheduled = false;
  #hasTold = false;
  readonly #prompt = new TokenBucket(PROMPT_PER_SECOND, PROMPT_BURST, performance.now());

  constructor(
    readonly send: Send,
    /** Hears, once, that the browser doesn't keep what it was given. */
    readonly onLoss: (reason: Refusal) => void,
  ) {
    // The last moment: what waits goes out, whatever is on the way.
    window.addEventListener("pagehide", () => this.#flushAll());
    document.addEventListener("visibilitychange", () => this.#flushAll());
  }

  /** A value of a storage, null when it was removed. */
  setItem(area: Area, key: string, value: string | null): void {
    this.#items[area].set(key, value);
    this.#schedule();
  }

  clearItems(area: Area): void {
    this.#items[area].clear();
    this.#schedule();
  }

  /** Changes that are kept together where they fit one batch. */
  add(changes: Change[], done: Group["done"]): void {
    this.#groups.push({ changes, done });
    this.#schedule();
  }

  acknowledge(stored: Stored): void {
    const groups = this.#sent.get(stored.seq) ?? [];
    this.#sent.delete(stored.seq);
    const reasons = new Map(stored.refused.map(({ index, reason }) => [index, reason]));
    let index = 0;
    for (const { changes, done } of groups) {
      const refusals = changes.map(() => reasons.get(index++)).filter((reason) => reason !== undefined);
      done(refusals);
    }
    this.#schedule();
  }

  #schedule(): void {
    if (this.#isScheduled || this.#timer !== undefined || this.#sent.size > 0) return;
    if (this.#isEmpty()) return;
    if (!this.#prompt.take(performance.now())) {
      this.#timer = setTimeout(() => this.#flush(), LIMITS.DATA_BATCH_MS);
      return;
    }
    this.#isScheduled = true;
    queueMicrotask(() => this.#flush());
  }

  #isEmpty(): boolean {
    return this.#groups.length === 0 && this.#items.local.isEmpty && this.#items.session.isEmpty;
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isScheduled = false;
    // The bridge takes no more; what waits goes with the next answer.
    if (this.#sent.size >= LIMITS.DATA_MAX_UNACKNOWLEDGED) return;
    this.#collectItems();
    const batch = this.#groups.splice(0, this.#countThatFit());
    if (batch.length === 0) return;
    this.#seq++;
    this.#sent.set(this.#seq, batch);
    this.send({ type: "store", seq: this.#seq, changes: batch.flatMap(({ changes }) => changes) });
  }

  /** Groups of the next batch; a first one that is too large is divided. */
  #countThatFit(): number {
    let bytes = 0;
    let changes = 0;
    for (let count = 0; count < this.#groups.length; count++) {
      const group = this.#groups[count] as Group;
      changes += group.changes.length;
      for (const change of group.changes) bytes += weigh(change) ?? 0;
      if (bytes <= LIMITS.DATA_MAX_BATCH_BYTES && changes <= LIMITS.DATA_MAX_BATCH_CHANGES) continue;
      if (count > 0) return count;
      this.#groups.splice(0, 1, ...halves(group));
      return this.#countThatFit();
    }
    return this.#groups.length;
  }

  #flushAll(): void {
    this.#collectItems();
    while (this.#groups.length > 0 && this.#sent.size < LIMITS.DATA_MAX_UNACKNOWLEDGED) this.#flush();
  }

  #collectItems(): void {
    const changes = [...this.#items.local.take(), ...this.#items.session.take()];
    if (changes.length === 0) return;
    this.#groups.push({ changes, done: (refusals) => this.mourn(refusals) });
  }

  /** Tells of a first loss; the app learns of none, as with a disk that fails. */
  mourn(refusals: Refusal[]): void {
    const [reason] = refusals;
    if (!reason || this.#hasTold) return;
    this.#hasTold = true;
    this.onLoss(reason);
  }
}

/** A group that is too large for one batch, as two. */
function halves({ changes, done }: Group): [Group, Group] {
  const middle = Math.ceil(changes.length / 2);
  return [
    { changes: changes.slice(0, middle), done },
    { changes: changes.slice(middle), done },
  ];
}
