// The server's copy of an app's collections: what it lacks, and what it says.
// Changes are exchanged document by document; see protocol/src/data.rs.

import type { Outcome } from "../../frame/changes.ts";
import type { DocumentVersion, Exchange, Exchanged } from "../protocol.ts";
import {
  answer,
  below,
  type DocumentRow,
  done,
  entries,
  read,
  type ReplicaRow,
  type Totals,
  type UnsentRow,
  write,
} from "./database.ts";
import type { AppData } from "./appdata.ts";
import { type Place, replaceDocument, totalsOf } from "./documents.ts";
import { mergeDocuments } from "./merge.ts";
import { markUnsent } from "./unsent.ts";

/** What this tab sends of apps' collections, and what it is answered. */
export class Replica {
  /** Of each app, what the server was sent last. */
  readonly #sent = new Map<string, Sent>();
  /** Of each app, documents that the server has no room for, until the page closes. */
  readonly #refused = new Map<string, Set<string>>();

  constructor(readonly data: AppData) {}

  /** What the server lacks, as much as goes at once. */
  async unsent(app: string): Promise<Exchange> {
    const transaction = read(await this.data.open());
    const { exchange, sent } = await readUnsent(app, transaction, this.#refused.get(app) ?? new Set());
    this.#sent.set(app, sent);
    return exchange;
  }

  /** Puts the server's answer together with what is kept. True when there is more to send or to hear. */
  async merge(app: string, answered: Exchanged): Promise<boolean> {
    const sent = this.#sent.get(app);
    if (!sent) return true;
    this.#sent.delete(app);
    const refused = new Set(this.#refused.get(app));
    for (const { collection, id } of answered.refused) refused.add(nameOf([app, collection, id]));
    this.#refused.set(app, refused);
    const transaction = write(await this.data.open());
    const finished = done(transaction);
    // A request that fails aborts the transaction, which says why.
    finished.catch(() => {});
    const documents = await Merge.apply(app, answered, sent, transaction);
    const unsent = await answer(transaction.objectStore("unsent").count(below(app)));
    await finished;
    if (documents.length > 0) this.data.hear(app, documents);
    return answered.more || unsent > refused.size;
  }
}

/** What was sent last, for the answer. */
interface Sent {
  epoch: number;
  since: number;
  /** By place, as JSON. */
  texts: Map<string, string | null>;
}

/** What the server lacks, as much as goes at once. `refused` are places that it has no room for. */
async function readUnsent(
  app: string,
  transaction: IDBTransaction,
  refused: ReadonlySet<string>,
): Promise<{ exchange: Exchange; sent: Sent }> {
  const unsent = transaction.objectStore("unsent");
  const most = LIMITS.EXCHANGE_MAX_DOCUMENTS + refused.size;
  const [replica, keys, rows] = await Promise.all([
    answer<ReplicaRow | undefined>(transaction.objectStore("replicas").get(app)),
    answer(unsent.getAllKeys(below(app), most)),
    answer<UnsentRow[]>(unsent.getAll(below(app), most)),
  ]);
  const { epoch, since } = replica ?? { epoch: 0, since: 0 };
  const sent: Sent = { epoch, since, texts: new Map() };
  const changes: DocumentVersion[] = [];
  let room: number = LIMITS.EXCHANGE_MAX_CHARS;
  for (const [index, place] of (keys as Place[]).entries()) {
    const { revision } = rows[index] as UnsentRow;
    if (changes.length === LIMITS.EXCHANGE_MAX_DOCUMENTS) break;
    if (refused.has(nameOf(place))) continue;
    const text = (await documentAt(transaction, place))?.text ?? null;
    if (changes.length > 0 && (text?.length ?? 0) > room) break;
    room -= text?.length ?? 0;
    const [, collection, id] = place;
    changes.push({ collection, id, revision, text });
    sent.texts.set(nameOf(place), text);
  }
  return { exchange: { epoch, since, changes }, sent };
}

/** One answer of the server, within one transaction. */
class Merge {
  readonly #documents: Outcome["documents"] = [];

  private constructor(
    readonly app: string,
    readonly transaction: IDBTransaction,
    readonly totals: Totals,
    readonly sent: Sent,
  ) {}

  /** Puts the answer together with what is kept, and returns the documents that changed here. */
  static async apply(
    app: string,
    answered: Exchanged,
    sent: Sent,
    transaction: IDBTransaction,
  ): Promise<Outcome["documents"]> {
    const merge = new Merge(app, transaction, await totalsOf(app, transaction), sent);
    await merge.#advance(answered);
    for (const { collection, id, revision } of answered.taken) {
      await merge.#take([app, collection, id], revision);
    }
    for (const version of answered.documents) await merge.#hear(version);
    transaction.objectStore("totals").put(merge.totals, app);
    return merge.#documents;
  }

  async #advance({ epoch, since }: Exchanged): Promise<void> {
    const replicas = this.transaction.objectStore("replicas");
    const replica = await answer<ReplicaRow | undefined>(replicas.get(this.app));
    const isSame = replica?.epoch === epoch;
    // A server whose numbers went back was restored from an older copy.
    const isOlder = this.sent.epoch === epoch && since < this.sent.since;
    if (!isSame || isOlder) await this.#startAnew();
    const heard = isSame && !isOlder ? Math.max(since, replica.since) : since;
    replicas.put({ epoch, since: heard } satisfies ReplicaRow, this.app);
  }

  /** Nothing is known of the server's copy: all that is here may be missing there. */
  async #startAnew(): Promise<void> {
    this.transaction.objectStore("unsent").delete(below(this.app));
    const documents = this.transaction.objectStore("documents");
    for (const [key, { revision, text }] of await entries<DocumentRow>(documents, below(this.app))) {
      documents.put({ revision, text } satisfies DocumentRow, key);
      markUnsent(this.transaction, key as Place, undefined);
    }
  }

  /** The server has what was sent; here it may have changed since. */
  async #take(place: Place, revision: number): Promise<void> {
    const text = this.sent.texts.get(nameOf(place));
    if (text === undefined) return;
    const [row, unsent] = await this.#at(place);
    // Another tab heard of a later one.
    if (revision < (unsent?.revision ?? row?.server ?? 0)) return;
    this.#note(place, row, text, revision);
  }

  async #hear({ collection, id, revision, text }: DocumentVersion): Promise<void> {
    const place: Place = [this.app, collection, id];
    const [row, unsent] = await this.#at(place);
    // Another tab heard of it first. What was never at the server has no number.
    if (revision > 0 && revision <= (unsent?.revision ?? row?.server ?? 0)) return;
    const ours = row?.text ?? null;
    const merged = unsent ? mergeDocuments(unsent.base, ours, text) : text;
    let after: DocumentRow | undefined = row;
    if (merged !== ours) {
      const next = (row?.revision ?? 0) + 1;
      after = merged === null ? undefined : { revision: next, text: merged };
      replaceDocument(this.transaction, this.totals, place, row, after);
      this.#documents.push({ collection, document: { id, revision: next, text: merged } });
    }
    this.#note(place, after, text, revision);
  }

  /** Keeps that the server has `text` at `revision`. */
  #note(place: Place, row: DocumentRow | undefined, text: string | null, revision: number): void {
    const unsent = this.transaction.objectStore("unsent");
    if ((row?.text ?? null) !== text) {
      unsent.put({ base: text, revision } satisfies UnsentRow, place);
      return;
    }
    unsent.delete(place);
    if (row) this.transaction.objectStore("documents").put({ ...row, server: revision }, place);
  }

  async #at(place: Place): Promise<[DocumentRow | undefined, UnsentRow | undefined]> {
    return Promise.all([
      documentAt(this.transaction, place),
      answer<UnsentRow | undefined>(this.transaction.objectStore("unsent").get(place)),
    ]);
  }
}

function nameOf([, collection, id]: Place): string {
  return JSON.stringify([collection, id]);
}

function documentAt(transaction: IDBTransaction, place: Place): Promise<DocumentRow | undefined> {
  return answer<DocumentRow | undefined>(transaction.objectStore("documents").get(place));
}
