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

/**
 * All documents are about to be replaced by `rows`, in one transaction: those that are there go at the
 * server as well, and what comes in their place is put together with whatever is there by then.
 */
export async function markReplaced(
  app: string,
  rows: Rows | undefined,
  transaction: IDBTransaction,
): Promise<void> {
  const replica = await answer(transaction.objectStore("replicas").get(app));
  if (!replica) return;
  const documents = await entries<DocumentRow>(transaction.objectStore("documents"), below(app));
  for (const [key, row] of documents) markUnsent(transaction, key as Place, row);
  for (const [key] of rows?.documents ?? []) markUnsent(transaction, key as Place, undefined);
}

/** The app is gone, here and at the server. */
export function forgetUnsent(app: string, transaction: IDBTransaction): void {
  transaction.objectStore("replicas").delete(app);
  transaction.objectStore("unsent").delete(below(app));
}
