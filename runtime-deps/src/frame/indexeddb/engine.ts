// IndexedDB in the frame: fake-indexeddb in memory, restored from what the
// bridge kept, and every committed transaction told to the journal. A script of
// its own, for apps that may need it.
//
// The library has no hooks for this, so three methods of its inside are wrapped:
// those by which records change and transactions end. The library's version is
// exact, and the tests would show a change.

import {
  IDBCursor,
  IDBCursorWithValue,
  IDBDatabase,
  IDBFactory,
  IDBIndex,
  IDBKeyRange,
  IDBObjectStore,
  IDBOpenDBRequest,
  IDBRequest,
  IDBTransaction,
  IDBVersionChangeEvent,
} from "fake-indexeddb";
import FDBFactory from "../../../node_modules/fake-indexeddb/build/esm/FDBFactory.js";
import FDBTransaction from "../../../node_modules/fake-indexeddb/build/esm/FDBTransaction.js";
import Database from "../../../node_modules/fake-indexeddb/build/esm/lib/Database.js";
import Index from "../../../node_modules/fake-indexeddb/build/esm/lib/Index.js";
import ObjectStore from "../../../node_modules/fake-indexeddb/build/esm/lib/ObjectStore.js";
import { weigh } from "../../workers/appdata/weigh.ts";
import type { DatabaseChange, StoredDatabase, StoredSchema } from "../changes.ts";

/** Tells the journal of one committed transaction. */
type Commit = (changes: DatabaseChange[]) => void;

type StoreRecord = Parameters<ObjectStore["storeRecord"]>[0];

const CLASSES = {
  IDBCursor,
  IDBCursorWithValue,
  IDBDatabase,
  IDBFactory,
  IDBIndex,
  IDBKeyRange,
  IDBObjectStore,
  IDBOpenDBRequest,
  IDBRequest,
  IDBTransaction,
  IDBVersionChangeEvent,
};

/** Changes of the transactions that run, by their rollback logs. */
const open = new WeakMap<object, DatabaseChange[]>();
/** Stores by database as they were when it was told last. */
const told = new WeakMap<Database, Map<ObjectStore, string>>();

let used = 0;

/** Puts IndexedDB in place. `bytes` is what the app takes so far. */
export function install(databases: StoredDatabase[], bytes: number, commit: Commit): void {
  const factory = new FDBFactory();
  for (const database of databases) factory._databases.set(database.name, restore(database));
  used = bytes;
  watchRecords();
  watchTransactions(commit);
  watchDeletion(factory, commit);
  const names = { ...CLASSES, indexedDB: factory };
  for (const [name, value] of Object.entries(names)) {
    Object.defineProperty(window, name, { value, configurable: true, writable: true });
  }
}

function restore({ name, version, stores, records }: StoredDatabase): Database {
  const database = new Database(name, version);
  for (const { name: storeName, keyPath, autoIncrement, generated, indexes } of stores) {
    const store = new ObjectStore(database, storeName, keyPath, autoIncrement);
    for (const { name: indexName, keyPath: path, multiEntry, unique } of indexes) {
      const index = new Index(store, indexName, path, multiEntry, unique);
      index.initialized = true;
      store.rawIndexes.set(indexName, index);
    }
    for (const { key, value } of records[storeName] ?? []) store.storeRecord({ key, value }, false);
    if (store.keyGenerator) store.keyGenerator.num = generated;
    database.rawObjectStores.set(storeName, store);
  }
  told.set(database, storesOf(database));
  return database;
}

/** A record that changes without a rollback log is put back after an abort, which nobody is told of. */
function watchRecords(): void {
  const { storeRecord, deleteRecord, clear } = ObjectStore.prototype;
  ObjectStore.prototype.storeRecord = function (record, noOverwrite, log) {
    const bytes = log ? checkSizes(record) : sizeOf(record);
    const before = record.key === undefined ? undefined : this.records.get(record.key);
    const key = storeRecord.call(this, record, noOverwrite, log);
    used += bytes - (before ? sizeOf(before) : 0);
    note(log, { kind: "putRecord", ...place(this), key, value: record.value });
    return key;
  };
  ObjectStore.prototype.deleteRecord = function (key, log) {
    const doomed = [...this.records.values(key instanceof IDBKeyRange ? key : IDBKeyRange.only(key))];
    deleteRecord.call(this, key, log);
    for (const record of doomed) {
      used -= sizeOf(record);
      note(log, { kind: "deleteRecord", ...place(this), key: record.key });
    }
  };
  ObjectStore.prototype.clear = function (log) {
    for (const record of this.records.values()) used -= sizeOf(record);
    clear.call(this, log);
    note(log, { kind: "clearStore", ...place(this) });
  };
}

function place(store: ObjectStore): { database: string; store: string } {
  return { database: store.rawDatabase.name, store: store.name };
}

function note(log: object | undefined, change: DatabaseChange): void {
  if (!log) return;
  const changes = open.get(log) ?? [];
  open.set(log, changes);
  changes.push(change);
}

function sizeOf({ key, value }: StoreRecord): number {
  return (weigh(key) ?? 0) + (weigh(value) ?? 0);
}

/** Throws what fails the request, and with it the app's transaction. */
function checkSizes({ key, value }: StoreRecord): number {
  const keyBytes = key === undefined ? 0 : weigh(key);
  const bytes = weigh(value);
  if (keyBytes === undefined || bytes === undefined) {
    throw new DOMException("The value holds something that the preview can't keep.", "DataCloneError");
  }
  const kilobytes = (limit: number) => `${limit / 1024} KB`;
  if (keyBytes > LIMITS.DATA_MAX_KEY_BYTES)
    refuse(`a key of more than ${kilobytes(LIMITS.DATA_MAX_KEY_BYTES)}`);
  if (bytes > LIMITS.DATA_MAX_VALUE_BYTES) {
    refuse(`a value of more than ${kilobytes(LIMITS.DATA_MAX_VALUE_BYTES)}`);
  }
  if (used + bytes + keyBytes > LIMITS.DATA_MAX_BYTES) {
    refuse(`more than ${LIMITS.DATA_MAX_BYTES / (1024 * 1024)} MB in one app`);
  }
  return bytes + keyBytes;
}

function refuse(what: string): never {
  throw new DOMException(`The preview doesn't keep ${what}.`, "QuotaExceededError");
}

function watchTransactions(commit: Commit): void {
  const { _abort, _markFinished } = FDBTransaction.prototype;
  FDBTransaction.prototype._abort = function (name) {
    open.delete(this._rollbackLog);
    aborted.add(this);
    _abort.call(this, name);
  };
  FDBTransaction.prototype._markFinished = function () {
    const changes = open.get(this._rollbackLog) ?? [];
    open.delete(this._rollbackLog);
    if (!aborted.has(this) && this.mode !== "readonly") tell(this, changes, commit);
    _markFinished.call(this);
  };
}

const aborted = new WeakSet<FDBTransaction>();

function tell({ mode, db }: FDBTransaction, changes: DatabaseChange[], commit: Commit): void {
  const database = db._rawDatabase;
  const name = database.name;
  const schema: DatabaseChange = { kind: "putSchema", database: name, schema: schemaOf(database) };
  if (mode !== "versionchange") {
    // A number that was given out is never given again, so it is kept too.
    const hasGenerated = changes.some(
      (change) => change.kind === "putRecord" && database.rawObjectStores.get(change.store)?.keyGenerator,
    );
    if (changes.length > 0) commit(hasGenerated ? [...changes, schema] : changes);
    return;
  }
  const before = told.get(database) ?? new Map<ObjectStore, string>();
  const now = storesOf(database);
  told.set(database, now);
  const isMoved = [...before].some(([store, storeName]) => now.get(store) !== storeName);
  // A store that went away or has another name takes its records along: all is told anew.
  commit(
    isMoved
      ? [{ kind: "deleteDatabase", database: name }, schema, ...allRecords(database)]
      : [schema, ...changes],
  );
}

function storesOf(database: Database): Map<ObjectStore, string> {
  return new Map([...database.rawObjectStores].map(([name, store]) => [store, name]));
}

function schemaOf(database: Database): StoredSchema {
  const stores = [...database.rawObjectStores].map(([name, store]) => ({
    name,
    keyPath: store.keyPath,
    autoIncrement: store.autoIncrement === true,
    generated: store.keyGenerator?.num ?? 0,
    indexes: [...store.rawIndexes].map(([index, { keyPath, multiEntry, unique }]) => ({
      name: index,
      keyPath,
      multiEntry: multiEntry === true,
      unique: unique === true,
    })),
  }));
  return { version: database.version, stores };
}

function* allRecords(database: Database): Iterable<DatabaseChange> {
  for (const [store, { records }] of database.rawObjectStores) {
    for (const { key, value } of records.values()) {
      yield { kind: "putRecord", database: database.name, store, key, value };
    }
  }
}

function watchDeletion(factory: FDBFactory, commit: Commit): void {
  const databases = factory._databases;
  const remove = databases.delete.bind(databases);
  databases.delete = (name) => {
    for (const store of databases.get(name)?.rawObjectStores.values() ?? []) {
      for (const record of store.records.values()) used -= sizeOf(record);
    }
    commit([{ kind: "deleteDatabase", database: name }]);
    return remove(name);
  };
}
