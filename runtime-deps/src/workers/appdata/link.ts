// One frame's way to what its app keeps: takes its batches in order, one after
// the other, and tells it what became of them and what other tabs change.

import type { Change } from "../../frame/changes.ts";
import type { ToFrame } from "../../frame/messages.ts";
import { Refused } from "../fields.ts";
import type { AppData, Elsewhere } from "./appdata.ts";

export class DataLink {
  #seq = 0;
  #waiting = 0;
  #closed = false;
  #last: Promise<void> = Promise.resolve();
  readonly #collections = new Set<string>();

  constructor(
    readonly app: string,
    readonly data: AppData,
    readonly tell: (message: ToFrame) => void,
  ) {}

  /** Nothing that comes later is kept. */
  close(): void {
    this.#closed = true;
  }

  /** Resolves when all that came so far is kept. */
  settled(): Promise<void> {
    return this.#last;
  }

  /** Throws [`Refused`] for a batch that is out of order or one too many. */
  store(seq: number, changes: Change[]): void {
    if (seq !== this.#seq + 1) throw new Refused("a batch out of order");
    if (this.#waiting >= LIMITS.DATA_MAX_UNACKNOWLEDGED) throw new Refused("batches without end");
    this.#seq = seq;
    this.#waiting++;
    this.#next(async () => {
      try {
        const outcome = await this.data.write(this.app, changes);
        this.#answer({ type: "stored", seq, ...outcome });
      } catch {
        const reason = "failed";
        const refused = changes.map((_, index) => ({ index, reason }) as const);
        this.#answer({ type: "stored", seq, refused, documents: [] });
      } finally {
        this.#waiting--;
      }
    });
  }

  /** Gives a collection's documents, and from then on what becomes of them in other tabs. */
  openCollection(collection: string): void {
    if (this.#collections.has(collection)) throw new Refused("a collection that is open");
    if (this.#collections.size >= LIMITS.APP_MAX_COLLECTIONS) throw new Refused("collections without end");
    this.#collections.add(collection);
    this.#next(async () => {
      // A browser that keeps nothing is told with the first change.
      const documents = await this.data.documents(this.app, collection).catch(() => []);
      this.#answer({ type: "collection", collection, documents });
    });
  }

  /** News of another tab with the same app. */
  hear({ changes, documents }: Elsewhere): void {
    const own = documents.filter(({ collection }) => this.#collections.has(collection));
    if (changes && (changes.length > 0 || own.length > 0)) {
      this.#next(async () => this.#answer({ type: "elsewhere", changes, documents: own }));
    }
  }

  #next(step: () => Promise<void>): void {
    this.#last = this.#last.then(() => (this.#closed ? undefined : step()));
  }

  #answer(message: ToFrame): void {
    if (!this.#closed) this.tell(message);
  }
}
