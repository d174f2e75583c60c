// The browser's IndexedDB behind promises, and the rows that are kept in it.
// The database is the studio's, of this browser's profile: another viewer has
// another one. The first part of every key is the app.

const NAME = "cumulet-data";
/** 2 added what is known of the server's copy: `replicas` and `unsent`. */
const VERSION = 2;

const STORES = ["totals", "items", "schemas", "records", "documents", "replicas", "unsent"] as const;

/** What an app takes, kept beside its rows so that no quota needs a count. */
export interface Totals {
  /** Keys and values of `localStorage`, in UTF-16 code units. */
  itemChars: number;
  /** Records and documents, in bytes. */
  bytes: number;
  /** Number of documents by collection. */
  collections: Map<string, number>;
}

export interface RecordRow {
  value: unknown;
  bytes: number;
}

export interface DocumentRow {
  /** Rises with each change in this browser. */
  revision: number;
  text: string;
  /** Revision at the server of a document that has no {@link UnsentRow}. */
  server?: number;
}

/** How far an app's documents are in step with the server's; none before the first exchange. */
export interface ReplicaRow {
  epoch: number;
  since: number;
}

/** A document that changed, or was removed, since the server was told last. */
export interface UnsentRow {
  /** What the server had then; null for nothing. */
  base: string | null;
  /** Its revision there. */
  revision: number;
}

/** Throws the browser's `DOMException` where it refuses a database. */
export async function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open(NAME, VERSION);
  request.onupgradeneeded = () => {
    for (const name of STORES) {
      if (!request.result.objectStoreNames.contains(name)) request.result.createObjectStore(name);
    }
  };
  return answer(request);
}

/** The result of a request. */
export function answer<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Resolves when all that was asked for is written. */
export function done(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}

export function write(database: IDBDatabase): IDBTransaction {
  return database.transaction(STORES, "readwrite");
}

export function read(database: IDBDatabase): IDBTransaction {
  return database.transaction(STORES, "readonly");
}

/** All keys that begin with these parts: the text after one text is that text with a zero behind it. */
export function below(...prefix: [string, ...string[]]): IDBKeyRange {
  const last = prefix.length - 1;
  const end = prefix.map((part, index) => (index === last ? `${part}\0` : part));
  return IDBKeyRange.bound(prefix, end, false, true);
}

/** Keys and values in a range. */
export async function entries<Row>(
  store: IDBObjectStore,
  range: IDBKeyRange,
): Promise<[key: IDBValidKey[], row: Row][]> {
  const [keys, rows] = await Promise.all([answer(store.getAllKeys(range)), answer(store.getAll(range))]);
  return keys.map((key, index) => [key as IDBValidKey[], rows[index] as Row]);
}
