// What the server lacks of an app's documents is noted as they change.

import { answer, below, type DocumentRow, entries, type UnsentRow } from "./database.ts";
import type { Place } from "./documents.ts";
import type { Rows } from "./rows.ts";

/** Notes that the server lacks a change; the first one since it was told says what it has. */
export function markUnsent(transaction: IDBTransaction, place: Place, before: DocumentRow | undefined): void {
  const row: UnsentRow = { base: before?.text ?? null, revision: before?.server ?? 0 };
  transaction.objectStore("unsent").add(row, place).onerror = (event) => {
    // It is noted already. A failed request would end the transaction.
    event.preventDefault();
    event.stopPropagation();
  };
}

/** All documents are about to go in this transaction: they are to go at the server as well. */
export async function markCleared(app: string, transaction: IDBTransaction): Promise<void> {
  if (!(await isReplicated(app, transaction))) return;
  const documents = await entries<DocumentRow>(transaction.objectStore("documents"), below(app));
  for (const [key, row] of documents) markUnsent(transaction, key as Place, row);
}

/**
 * `rows` are about to be put back in this transaction, and are put together with what the server has by
 * then. Returns what came from there meanwhile, by the work of others: it stays as it is.
 */
export async function markRestored(
  app: string,
  rows: Rows,
  transaction: IDBTransaction,
): Promise<Map<string, DocumentRow>> {
  const heard = new Map<string, DocumentRow>();
  if (!(await isReplicated(app, transaction))) return heard;
  const [documents, unsent] = await Promise.all([
    entries<DocumentRow>(transaction.objectStore("documents"), below(app)),
    answer(transaction.objectStore("unsent").getAllKeys(below(app))),
  ]);
  const changed = new Set(unsent.map((key) => JSON.stringify(key)));
  for (const [key, row] of documents) {
    if (changed.has(JSON.stringify(key))) continue;
    heard.set(JSON.stringify(key), row);
  }
  for (const [key] of rows.documents) {
    if (!heard.has(JSON.stringify(key))) markUnsent(transaction, key as Place, undefined);
  }
  return heard;
}

async function isReplicated(app: string, transaction: IDBTransaction): Promise<boolean> {
  return (await answer(transaction.objectStore("replicas").get(app))) !== undefined;
}

/** The app is gone, here and at the server. */
export function forgetUnsent(app: string, transaction: IDBTransaction): void {
  transaction.objectStore("replicas").delete(app);
  transaction.objectStore("unsent").delete(below(app));
}
