// Documents in place, counted as they come and go.

import { answer, type DocumentRow, type Totals } from "./database.ts";

export type Place = [app: string, collection: string, id: string];

export async function totalsOf(app: string, transaction: IDBTransaction): Promise<Totals> {
  const kept = await answer<Totals | undefined>(transaction.objectStore("totals").get(app));
  return kept ?? { itemChars: 0, bytes: 0, collections: new Map() };
}

/** Puts one in place of what was there, or removes that. `totals` is the caller's to put back. */
export function replaceDocument(
  transaction: IDBTransaction,
  totals: Totals,
  place: Place,
  before: DocumentRow | undefined,
  after: DocumentRow | undefined,
): void {
  const documents = transaction.objectStore("documents");
  if (after) documents.put(after, place);
  else documents.delete(place);
  totals.bytes += (after?.text.length ?? 0) - (before?.text.length ?? 0);
  const [, collection] = place;
  const count = (totals.collections.get(collection) ?? 0) + (after ? 1 : 0) - (before ? 1 : 0);
  if (count > 0) totals.collections.set(collection, count);
  else totals.collections.delete(collection);
}
