// Applies changes within one transaction, and keeps the totals right. A change
// over a quota is refused alone; the rest of its batch is kept.

import {
  type Change,
  type DatabaseChange,
  type DocumentChange,
  itemChars,
  type Outcome,
  type Refusal,
} from "../../frame/changes.ts";
import { answer, below, type DocumentRow, type RecordRow, type ReplicaRow, type Totals } from "./database.ts";
import { type Place, replaceDocument, totalsOf } from "./documents.ts";
import { markUnsent } from "./unsent.ts";
import { weigh } from "./weigh.ts";

export class Writer {
  readonly #outcome: Outcome = { refused: [], documents: [] };

  private constructor(
    readonly app: string,
    readonly transaction: IDBTransaction,
    readonly totals: Totals,
    /** A server has a copy: what it lacks is noted. */
    readonly isReplicated: boolean,
  ) {}

  static async begin(app: string, transaction: IDBTransaction): Promise<Writer> {
    const [totals, replica] = await Promise.all([
      totalsOf(app, transaction),
      answer<ReplicaRow | undefined>(transaction.objectStore("replicas").get(app)),
    ]);
    return new Writer(app, transaction, totals, replica !== undefined);
  }

  async apply(changes: readonly Change[]): Promise<Outcome> {
    for (const [index, change] of changes.entries()) {
      // What lives as long as the page is kept elsewhere.
      if ("area" in change && change.area === "session") continue;
      const reason = await this.#one(change);
      if (reason) this.#outcome.refused.push({ index, reason });
    }
    this.transaction.objectStore("totals").put(this.totals, this.app);
    return this.#outcome;
  }

  #one(change: Change): Promise<Refusal | undefined> {
    switch (change.kind) {
      case "putItem":
        return this.#putItem(change.key, change.value);
      case "deleteItem":
        return this.#putItem(change.key, null);
      case "clearItems":
        this.transaction.objectStore("items").delete(below(this.app));
        this.totals.itemChars = 0;
        return Promise.resolve(undefined);
      case "createDocument":
      case "updateDocument":
      case "removeDocument":
        return this.#changeDocument(change);
      default:
        return this.#changeDatabase(change);
    }
  }

  async #putItem(key: string, value: string | null): Promise<Refusal | undefined> {
    const items = this.transaction.objectStore("items");
    const place = [this.app, key];
    const before = await answer<string | undefined>(items.get(place));
    const added = itemChars(key, value) - itemChars(key, before);
    if (added > 0 && this.totals.itemChars + added > LIMITS.STORAGE_MAX_CHARS) return "quota";
    this.totals.itemChars += added;
    if (value === null) items.delete(place);
    else items.put(value, place);
    return undefined;
  }

  async #changeDatabase(change: DatabaseChange): Promise<Refusal | undefined> {
    const { database } = change;
    const schemas = this.transaction.objectStore("schemas");
    switch (change.kind) {
      case "putSchema": {
        const others = await answer(schemas.getAllKeys(below(this.app)));
        const isNew = others.every((key) => (key as string[])[1] !== database);
        if (isNew && others.length >= LIMITS.DATA_MAX_STORES) return "quota";
        schemas.put(change.schema, [this.app, database]);
        return undefined;
      }
      case "deleteDatabase":
        schemas.delete([this.app, database]);
        await this.#drop(below(this.app, database));
        return undefined;
      case "clearStore":
        await this.#drop(below(this.app, database, change.store));
        return undefined;
      default:
        return this.#putRecord(change);
    }
  }

  async #drop(range: IDBKeyRange): Promise<void> {
    const records = this.transaction.objectStore("records");
    for (const row of await answer<RecordRow[]>(records.getAll(range))) this.totals.bytes -= row.bytes;
    records.delete(range);
  }

  async #putRecord(
    change: Extract<DatabaseChange, { kind: "putRecord" | "deleteRecord" }>,
  ): Promise<Refusal | undefined> {
    const records = this.transaction.objectStore("records");
    const place = [this.app, change.database, change.store, change.key];
    const before = (await answer<RecordRow | undefined>(records.get(place)))?.bytes ?? 0;
    if (change.kind === "deleteRecord") {
      this.totals.bytes -= before;
      records.delete(place);
      return undefined;
    }
    const bytes = (weigh(change.value) ?? 0) + (weigh(change.key) ?? 0);
    if (!this.#hasRoom(bytes - before)) return "quota";
    try {
      records.put({ value: change.value, bytes } satisfies RecordRow, place);
    } catch {
      // Something that travels over a port but can't be kept.
      return "failed";
    }
    this.totals.bytes += bytes - before;
    return undefined;
  }

  async #changeDocument(change: DocumentChange): Promise<Refusal | undefined> {
    const { collection, id } = change;
    const place: Place = [this.app, collection, id];
    const row = await answer<DocumentRow | undefined>(this.transaction.objectStore("documents").get(place));
    if (change.kind === "createDocument" ? row : !row) return row ? "exists" : "missing";
    const { collections } = this.totals;
    const count = collections.get(collection) ?? 0;
    const revision = (row?.revision ?? 0) + 1;
    if (change.kind === "removeDocument") {
      this.#replace(place, row, undefined);
      this.#outcome.documents.push({ collection, document: { id, revision, text: null } });
      return undefined;
    }
    if (!row) {
      const isFirst = count === 0;
      if (isFirst && collections.size >= LIMITS.APP_MAX_COLLECTIONS) return "quota";
      if (count >= LIMITS.COLLECTION_MAX_DOCUMENTS) return "quota";
    }
    const text = documentText(change, row);
    const added = text.length - (row?.text.length ?? 0);
    if (text.length > LIMITS.DOCUMENT_MAX_CHARS || !this.#hasRoom(added)) return "quota";
    this.#replace(place, row, { ...row, revision, text });
    this.#outcome.documents.push({ collection, document: { id, revision, text } });
    return undefined;
  }

  #replace(place: Place, before: DocumentRow | undefined, after: DocumentRow | undefined): void {
    replaceDocument(this.transaction, this.totals, place, before, after);
    if (this.isReplicated) markUnsent(this.transaction, place, before);
  }

  #hasRoom(added: number): boolean {
    return added <= 0 || this.totals.bytes + added <= LIMITS.DATA_MAX_BYTES;
  }
}

/** The document with the fields of the change; its id and times are never the app's to set. */
function documentText(
  change: Extract<DocumentChange, { fields: string }>,
  before: DocumentRow | undefined,
): string {
  const at = new Date(change.at).toISOString();
  const old = before ? (JSON.parse(before.text) as Record<string, unknown>) : {};
  const fields = JSON.parse(change.fields) as Record<string, unknown>;
  const { createdAt = at } = old;
  return JSON.stringify({ ...old, ...fields, id: change.id, createdAt, updatedAt: at });
}
