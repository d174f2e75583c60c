// The parts of fake-indexeddb (Apache-2.0) that its package doesn't declare: what
// is behind the standard's interfaces.

declare module "*/fake-indexeddb/build/esm/lib/Database.js" {
  import type ObjectStore from "*/fake-indexeddb/build/esm/lib/ObjectStore.js";
  export default class Database {
    constructor(name: string, version: number);
    readonly name: string;
    version: number;
    readonly rawObjectStores: Map<string, ObjectStore>;
  }
}

declare module "*/fake-indexeddb/build/esm/lib/Index.js" {
  import type ObjectStore from "*/fake-indexeddb/build/esm/lib/ObjectStore.js";
  export default class Index {
    constructor(
      store: ObjectStore,
      name: string,
      keyPath: string | string[],
      multiEntry: boolean,
      unique: boolean,
    );
    readonly name: string;
    readonly keyPath: string | string[];
    readonly multiEntry: boolean;
    readonly unique: boolean;
    initialized: boolean;
  }
}

declare module "*/fake-indexeddb/build/esm/lib/ObjectStore.js" {
  import type Database from "*/fake-indexeddb/build/esm/lib/Database.js";
  import type Index from "*/fake-indexeddb/build/esm/lib/Index.js";
  export interface StoreRecord {
    key: IDBValidKey;
    value: unknown;
  }
  export default class ObjectStore {
    constructor(database: Database, name: string, keyPath: string | string[] | null, autoIncrement: boolean);
    readonly rawDatabase: Database;
    readonly name: string;
    readonly keyPath: string | string[] | null;
    readonly autoIncrement: boolean;
    readonly keyGenerator: { num: number } | null;
    readonly rawIndexes: Map<string, Index>;
    readonly records: {
      get(key: IDBValidKey | IDBKeyRange): StoreRecord | undefined;
      values(range?: IDBValidKey | IDBKeyRange): Iterable<StoreRecord>;
    };
    storeRecord(record: StoreRecord, noOverwrite: boolean, rollbackLog?: object): IDBValidKey;
    deleteRecord(key: IDBValidKey | IDBKeyRange, rollbackLog?: object): void;
    clear(rollbackLog?: object): void;
  }
}

declare module "*/fake-indexeddb/build/esm/FDBTransaction.js" {
  import type Database from "*/fake-indexeddb/build/esm/lib/Database.js";
  export default class FDBTransaction {
    readonly mode: IDBTransactionMode;
    readonly db: { readonly _rawDatabase: Database };
    readonly _rollbackLog: object;
    _abort(name: string | null): void;
    _markFinished(): void;
  }
}

declare module "*/fake-indexeddb/build/esm/FDBFactory.js" {
  import type Database from "*/fake-indexeddb/build/esm/lib/Database.js";
  export default class FDBFactory {
    readonly _databases: Map<string, Database>;
  }
}
