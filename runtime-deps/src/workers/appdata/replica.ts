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
  /** Of each app, what the server didn't take: until it is something else, or the page closes. */
  readonly #refused = new Map<string, Texts>();

  constructor(readonly data: AppData) {}

  /** What the server lacks, as much as goes at once. */
  async unsent(app: string): Promise<Exchange> {
    const transaction = read(await this.data.open());
    const { exchange, sent } = await readUnsent(app, transaction, this.#refused.get(app) ?? new Map());
    this.#sent.set(app, sent);
    return exchange;
  }

  /** Puts the server's answer together with what is kept. True when there is more to send or to hear. */
  async merge(app: string, answered: Exchanged): Promise<boolean> {
    const sent = this.#sent.get(app);
    if (!sent) return false;
    this.#sent.delete(app);
    const refused: Texts = this.#refused.get(app) ?? new Map();
    for (const { collection, id } of answered.refused) {
      const name = nameOf([app, collection, id]);
      refused.set(name, sent.changes.get(name)?.text ?? null);
    }
    this.#refused.set(app, refused);
    const transaction = write(await this.data.open());
    const finished = done(transaction);
    // A request that fails aborts the transaction, which says why.
    finished.catch(() => {});
    const { documents, isBehind } = await Merge.apply(app, answered, sent, transaction);
    await finished;
    if (documents.length > 0) this.data.hear(app, documents);
    return answered.more || sent.isFull || isBehind;
  }

  /** The app is gone: an answer that is on its way says nothing any more. */
  forget(app: string): void {
    this.#sent.delete(app);
    this.#refused.delete(app);
  }
}

/** Of documents, by their places. */
type Texts = Map<string, string | null>;

/** What was sent last, for the answer. */
interface Sent {
  epoch: number;
  since: number;
  /** By place. */
  changes: Map<string, DocumentVersion>;
  /** There was more than goes at once. */
  isFull: boolean;
}

/** What the server lacks, as much as goes at once, without what it `refused`. */
async function readUnsent(
  app: string,
  transaction: IDBTransaction,
  refused: Texts,
): Promise<{ exchange: Exchange; sent: Sent }> {
  const unsent = transaction.objectStore("unsent");
  const most = LIMITS.EXCHANGE_MAX_DOCUMENTS + refused.size + 1;
  const [replica, keys, rows] = await Promise.all([
    answer<ReplicaRow | undefined>(transaction.objectStore("replicas").get(app)),
    answer(unsent.getAllKeys(below(app), most)),
    answer<UnsentRow[]>(unsent.getAll(below(app), most)),
  ]);
  const { epoch, since } = replica ?? { epoch: 0, since: 0 };
  const sent: Sent = { epoch, since, changes: new Map(), isFull: false };
  let room: number = LIMITS.EXCHANGE_MAX_CHARS;
  for (const [index, place] of (keys as Place[]).entries()) {
    const { revision } = rows[index] as UnsentRow;
    const text = (await documentAt(transaction, place))?.text ?? null;
    const name = nameOf(place);
    if (text !== null && refused.get(name) === text) continue;
    const isOver = sent.changes.size > 0 && (text?.length ?? 0) > room;
    if (isOver || sent.changes.size === LIMITS.EXCHANGE_MAX_DOCUMENTS) {
      sent.isFull = true;
      break;
    }
    room -= text?.length ?? 0;
    const [, collection, id] = place;
    sent.changes.set(name, { collection, id, revision, text });
  }
  return { exchange: { epoch, since, changes: [...sent.changes.values()] }, sent };
}

/** One answer of the server, within one transaction. */
class Merge {
  readonly #documents: Outcome["documents"] = [];
  /** All of the server's up to this number was heard before, 0 when nothing was. */
  #heard = 0;
  /** There is something to send that the server has to hear before it is in step. */
  #isBehind = false;

  private constructor(
    readonly app: string,
    readonly transaction: IDBTransaction,
    readonly totals: Totals,
    readonly sent: Sent,
  ) {}

  /** Puts the answer together with what is kept. `documents` are those that changed here. */
  static async apply(
    app: string,
    answered: Exchanged,
    sent: Sent,
    transaction: IDBTransaction,
  ): Promise<{ documents: Outcome["documents"]; isBehind: boolean }> {
    const merge = new Merge(app, transaction, await totalsOf(app, transaction), sent);
    if (!(await merge.#advance(answered))) return { documents: [], isBehind: false };
    for (const { collection, id, revision } of answered.taken) {
      await merge.#take([app, collection, id], revision);
    }
    for (const version of answered.documents) await merge.#hear(version);
    transaction.objectStore("totals").put(merge.totals, app);
    return { documents: merge.#documents, isBehind: merge.#isBehind };
  }

  /** False when the app was forgotten meanwhile. */
  async #advance({ epoch, since }: Exchanged): Promise<boolean> {
    const replicas = this.transaction.objectStore("replicas");
    const replica = await answer<ReplicaRow | undefined>(replicas.get(this.app));
    if (!replica && this.sent.epoch !== 0) return false;
    const isSame = replica?.epoch === epoch;
    // A server whose numbers went back was restored from an older copy.
    const isOlder = this.sent.epoch === epoch && since < this.sent.since;
    if (isSame && !isOlder) this.#heard = replica.since;
    else await this.#startAnew();
    replicas.put({ epoch, since: Math.max(since, this.#heard) } satisfies ReplicaRow, this.app);
    return true;
  }

  /** Nothing is known of the server's copy: all that is here may be missing there. */
  async #startAnew(): Promise<void> {
    this.#isBehind = true;
    this.transaction.objectStore("unsent").delete(below(this.app));
    const documents = this.transaction.objectStore("documents");
    for (const [key, { revision, text }] of await entries<DocumentRow>(documents, below(this.app))) {
      documents.put({ revision, text } satisfies DocumentRow, key);
      markUnsent(this.transaction, key as Place, undefined);
    }
  }

  /** The server has what was sent; here it may have changed since. */
  async #take(place: Place, revision: number): Promise<void> {
    const sent = this.sent.changes.get(nameOf(place));
    if (!sent) return;
    const [row, unsent] = await this.#at(place);
    // Another tab heard of a later one.
    if (revision < (unsent?.revision ?? row?.server ?? 0)) return;
    this.#note(place, row, sent.text, revision);
  }

  async #hear({ collection, id, revision, text }: DocumentVersion): Promise<void> {
    const place: Place = [this.app, collection, id];
    const [row, unsent] = await this.#at(place);
    // It stands in the way of what was sent, whatever its number: a server can be set back.
    const isInTheWay = unsent && this.sent.changes.get(nameOf(place))?.revision === unsent.revision;
    if (isInTheWay) this.#isBehind = true;
    // Otherwise another tab may have heard of it first, a removal included.
    else if (revision <= (unsent?.revision ?? row?.server ?? this.#heard)) return;
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
