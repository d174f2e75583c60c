// useAppData and appData: the app's collections of documents, kept by the
// bridge and live between tabs.

import type { Outcome } from "../changes.ts";
import type { Dependencies } from "../dependencies.ts";
import type { Journal } from "../journal.ts";
import type { CollectionContent, Send } from "../messages.ts";
import { Collection, type Fields, type Snapshot } from "./collection.ts";
import { AppDataError, checkedName } from "./documents.ts";
import { type Document, type Page, type Query, runQuery } from "./query.ts";

/** What of React the hook needs: the app's own copy. */
interface React {
  useSyncExternalStore(subscribe: Collection["subscribe"], snapshot: () => Snapshot): Snapshot;
  useMemo<Value>(make: () => Value, dependencies: unknown[]): Value;
}

/** A collection outside of components. */
export interface CollectionApi {
  list(query?: Query): Promise<Document[]>;
  query(query?: Query): Promise<Page>;
  get(id: string): Promise<Document | undefined>;
  create(fields: Fields): Promise<Document>;
  update(id: string, fields: Fields): Promise<Document>;
  remove(id: string): Promise<void>;
  /** Calls back after every change, of this tab or another. Returns what ends that. */
  subscribe(listener: () => void): () => void;
}

/** A collection in a component. */
export interface CollectionState extends Omit<CollectionApi, "subscribe"> {
  items: Document[];
  total: number;
  isLoading: boolean;
  error: AppDataError | undefined;
}

export class AppCollections {
  readonly #collections = new Map<string, { collection: Collection; api: CollectionApi }>();

  constructor(
    readonly journal: Journal,
    readonly send: Send,
    readonly dependencies: Dependencies,
  ) {}

  readonly appData = (name: string): CollectionApi => this.#open(name).api;

  readonly useAppData = (name: string, query: Query = {}): CollectionState => {
    const { collection, api } = this.#open(name);
    const { useSyncExternalStore, useMemo } = this.#react();
    const { documents, isLoading, error } = useSyncExternalStore(collection.subscribe, collection.snapshot);
    // A query that is written in place is a new object each time, but the same text.
    const { where } = query;
    const filter = typeof where === "function" ? where : undefined;
    const page = useMemo(() => runQuery(documents, query), [documents, filter, JSON.stringify(query)]);
    return useMemo(
      () => ({ ...withoutSubscribe(api), ...page, isLoading, error }),
      [api, page, isLoading, error],
    );
  };

  /** The answer to `openCollection`. */
  load({ collection, documents }: CollectionContent): void {
    this.#collections.get(collection)?.collection.load(documents);
  }

  /** Documents that changed, here or in another tab. */
  hear(documents: Outcome["documents"]): void {
    for (const { collection, document } of documents) {
      this.#collections.get(collection)?.collection.hear(document);
    }
  }

  #open(name: string): { collection: Collection; api: CollectionApi } {
    const known = this.#collections.get(name);
    if (known) return known;
    if (this.#collections.size >= LIMITS.APP_MAX_COLLECTIONS)
      throw new AppDataError("quota", name, undefined);
    const collection = new Collection(checkedName(name), this.journal);
    const api: CollectionApi = {
      list: async (query) => (await collection.query(query)).items,
      query: (query) => collection.query(query),
      get: (id) => collection.get(id),
      create: (fields) => collection.create(fields),
      update: (id, fields) => collection.update(id, fields),
      remove: (id) => collection.remove(id),
      subscribe: collection.subscribe,
    };
    const opened = { collection, api };
    this.#collections.set(name, opened);
    this.send({ type: "openCollection", collection: name });
    return opened;
  }

  #react(): React {
    const react = this.dependencies.packages.core?.react;
    if (react) return react as React;
    throw new Error('useAppData needs React: import it from "react", or use appData.');
  }
}

function withoutSubscribe({ subscribe: _, ...rest }: CollectionApi): Omit<CollectionApi, "subscribe"> {
  return rest;
}
