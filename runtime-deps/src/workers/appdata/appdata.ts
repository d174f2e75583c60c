// What generated apps keep: localStorage, databases and collections in the
// studio's IndexedDB, sessionStorage in memory. Apps are told apart by the id
// that the page connected their port with; no message of an app names one.

import type { Change, KeptDocument, Outcome, StoredDatabase, StoredSchema } from "../../frame/changes.ts";
import type { DataSummary } from "../protocol.ts";
import {
  answer,
  below,
  type DocumentRow,
  done,
  entries,
  openDatabase,
  read,
  type RecordRow,
  type Totals,
  write,
} from "./database.ts";
import { type Place, replaceDocument, totalsOf } from "./documents.ts";
import { forgetUnsent, markCleared, markRestored } from "./unsent.ts";
import { deleteRows, exportOf, type Rows, readRows, summaryOf, writeRows } from "./rows.ts";
import { Sessions } from "./sessions.ts";
import { Writer } from "./writer.ts";

type Items = [key: string, value: string][];

/** What another tab did to an app; `changes` are those of localStorage, null that all of it changed. */
export interface Elsewhere {
  app: string;
  changes: Change[] | null;
  documents: Outcome["documents"];
}

export class AppData {
  #database: Promise<IDBDatabase> | undefined;
  readonly #sessions = new Sessions();
  /** Of each app, what was cleared last. */
  readonly #cleared = new Map<string, Rows>();
  readonly #tabs = new BroadcastChannel("cumulet-data");

  /** `onElsewhere` hears what other tabs and the server change, `onDocuments` whose documents this tab changes. */
  constructor(
    readonly onElsewhere: (news: Elsewhere) => void,
    readonly onDocuments: (app: string) => void = () => {},
  ) {
    this.#tabs.onmessage = ({ data }: MessageEvent<Elsewhere>) => onElsewhere(data);
    // While the first frame boots.
    this.open().catch(() => {});
  }

  /** The app's `localStorage`. */
  async localItems(app: string): Promise<Items> {
    const store = read(await this.open()).objectStore("items");
    const rows = await entries<string>(store, below(app));
    return rows.map(([key, value]) => [String(key[1]), value]);
  }

  /** The app's `sessionStorage`. */
  sessionItems(app: string): Items {
    return this.#sessions.items(app);
  }

  /** The app's own IndexedDB. */
  async databases(app: string): Promise<{ databases: StoredDatabase[]; bytes: number }> {
    const transaction = read(await this.open());
    const [totals, schemas, records] = await Promise.all([
      answer<Totals | undefined>(transaction.objectStore("totals").get(app)),
      entries<StoredSchema>(transaction.objectStore("schemas"), below(app)),
      entries<RecordRow>(transaction.objectStore("records"), below(app)),
    ]);
    const databases = new Map<unknown, StoredDatabase>();
    for (const [[, name], schema] of schemas) {
      databases.set(name, { ...schema, name: String(name), records: Object.create(null) });
    }
    for (const [key, row] of records) {
      const [, name, store, recordKey] = key as [string, string, string, IDBValidKey];
      const database = databases.get(name);
      if (!database) continue;
      database.records[store] ??= [];
      database.records[store].push({ key: recordKey, value: row.value });
    }
    return { databases: [...databases.values()], bytes: totals?.bytes ?? 0 };
  }

  async documents(app: string, collection: string): Promise<KeptDocument[]> {
    const store = read(await this.open()).objectStore("documents");
    const rows = await entries<DocumentRow>(store, below(app, collection));
    return rows.map(([key, row]) => ({ id: String(key[2]), revision: row.revision, text: row.text }));
  }

  /** Keeps a batch in one transaction. Rejects when nothing of it could be kept. */
  async write(app: string, changes: readonly Change[]): Promise<Outcome> {
    const over = this.#sessions.write(app, changes);
    if (changes.every((change) => "area" in change && change.area === "session")) {
      return { refused: over, documents: [] };
    }
    const transaction = write(await this.open());
    const finished = done(transaction);
    // A request that fails aborts the transaction, which says why.
    finished.catch(() => {});
    const writer = await Writer.begin(app, transaction);
    const outcome = await writer.apply(changes);
    await finished;
    const refused = new Set(outcome.refused.map(({ index }) => index));
    const items = changes.filter(
      (change, index) => "area" in change && change.area === "local" && !refused.has(index),
    );
    if (items.length > 0 || outcome.documents.length > 0) {
      this.#tell({ app, changes: items, documents: outcome.documents });
    }
    if (outcome.documents.length > 0) this.onDocuments(app);
    return { ...outcome, refused: [...over, ...outcome.refused] };
  }

  /** The app is gone, and so is what it kept. */
  async forget(app: string): Promise<void> {
    this.#cleared.delete(app);
    this.#sessions.forget(app);
    await this.#delete(app, async (transaction) => forgetUnsent(app, transaction));
  }

  async summary(app: string): Promise<DataSummary> {
    const transaction = read(await this.open());
    const [rows, unsent] = await Promise.all([
      readRows(app, transaction),
      answer(transaction.objectStore("unsent").count(below(app))),
    ]);
    return summaryOf(rows, unsent);
  }

  /** JSON of one file. */
  async export(app: string): Promise<string> {
    return exportOf(await this.#rows(app));
  }

  /** Deletes what the app keeps, and holds it until the page closes, for [`AppData.restore`]. */
  async clear(app: string): Promise<void> {
    this.#cleared.set(app, await this.#rows(app));
    this.#sessions.forget(app);
    await this.#delete(app, (transaction) => markCleared(app, transaction));
    this.onDocuments(app);
  }

  async restore(app: string): Promise<void> {
    const rows = this.#cleared.get(app);
    if (!rows) return;
    this.#cleared.delete(app);
    const transaction = write(await this.open());
    const finished = done(transaction);
    finished.catch(() => {});
    const heard = await markRestored(app, rows, transaction);
    writeRows(app, rows, transaction);
    const totals = await totalsOf(app, transaction);
    for (const [place, row] of heard) {
      const key = JSON.parse(place) as Place;
      const before = await answer<DocumentRow | undefined>(transaction.objectStore("documents").get(key));
      replaceDocument(transaction, totals, key, before, row);
    }
    transaction.objectStore("totals").put(totals, app);
    await finished;
    this.#tell({ app, changes: null, documents: [] });
    this.onDocuments(app);
  }

  /** `first` says in the same transaction what becomes of the server's copy. */
  async #delete(app: string, first: (transaction: IDBTransaction) => Promise<void>): Promise<void> {
    const transaction = write(await this.open());
    const finished = done(transaction);
    finished.catch(() => {});
    await first(transaction);
    deleteRows(app, transaction);
    await finished;
    this.#tell({ app, changes: null, documents: [] });
  }

  async #rows(app: string): Promise<Rows> {
    return readRows(app, read(await this.open()));
  }

  /** Tells all tabs, this one included, what the server changed. */
  hear(app: string, documents: Outcome["documents"]): void {
    const news = { app, changes: [], documents };
    this.#tell(news);
    this.onElsewhere(news);
  }

  /** The database. A failure is not kept: the next try opens anew. */
  open(): Promise<IDBDatabase> {
    if (this.#database) return this.#database;
    const opening = openDatabase().then((database) => {
      // Another tab may want a newer version, and the browser may close it.
      const forgetIt = () => {
        this.#database = undefined;
      };
      database.onversionchange = () => {
        database.close();
        forgetIt();
      };
      database.onclose = forgetIt;
      return database;
    });
    opening.catch(() => {
      this.#database = undefined;
    });
    this.#database = opening;
    return opening;
  }

  #tell(news: Elsewhere): void {
    this.#tabs.postMessage(news);
  }
}
