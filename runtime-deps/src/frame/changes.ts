// What an app changes in what is kept of it, as the frame tells the bridge and
// the bridge keeps it. Both sides share this.

/** `local` outlives the page; `session` lives as long as the studio's page. */
export type Area = "local" | "session";

export interface StoredIndex {
  name: string;
  keyPath: string | string[];
  multiEntry: boolean;
  unique: boolean;
}

export interface StoredStore {
  name: string;
  keyPath: string | string[] | null;
  autoIncrement: boolean;
  /** The key generator's last number. */
  generated: number;
  indexes: StoredIndex[];
}

/** A database of the app without its records. */
export interface StoredSchema {
  version: number;
  stores: StoredStore[];
}

/** A database of the app as it is restored. */
export interface StoredDatabase extends StoredSchema {
  name: string;
  /** Records by store, in the order of their keys. */
  records: Record<string, { key: IDBValidKey; value: unknown }[]>;
}

/** What an item of a storage counts, nothing when there is none. */
export function itemChars(key: string, value: string | null | undefined): number {
  return value == null ? 0 : key.length + value.length + LIMITS.STORAGE_ITEM_CHARS;
}

export type ItemChange =
  | { kind: "putItem"; area: Area; key: string; value: string }
  | { kind: "deleteItem"; area: Area; key: string }
  | { kind: "clearItems"; area: Area };

export type DatabaseChange =
  | { kind: "putSchema"; database: string; schema: StoredSchema }
  | { kind: "deleteDatabase"; database: string }
  | { kind: "putRecord"; database: string; store: string; key: IDBValidKey; value: unknown }
  | { kind: "deleteRecord"; database: string; store: string; key: IDBValidKey }
  | { kind: "clearStore"; database: string; store: string };

/** `fields` is a JSON object; `at` is the time of the change in milliseconds. */
export type DocumentChange =
  | { kind: "createDocument"; collection: string; id: string; fields: string; at: number }
  | { kind: "updateDocument"; collection: string; id: string; fields: string; at: number }
  | { kind: "removeDocument"; collection: string; id: string };

export type Change = ItemChange | DatabaseChange | DocumentChange;

/** A document as it is kept; the revision rises with each of its changes. */
export interface KeptDocument {
  id: string;
  revision: number;
  /** JSON of the whole document; null when it was removed. */
  text: string | null;
}

/** Why a change was not kept. */
export type Refusal = "quota" | "exists" | "missing" | "failed";

/** What became of one batch. */
export interface Outcome {
  /** Places in the batch of the changes that were not kept. */
  refused: { index: number; reason: Refusal }[];
  /** Documents that the batch changed, as they are now. */
  documents: { collection: string; document: KeptDocument }[];
}
