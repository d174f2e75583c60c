// One collection: what the bridge confirmed, with the changes that are on their
// way on top. A change shows at once; when it is refused it is taken away again,
// and whatever came meanwhile stays.

import type { DocumentChange, KeptDocument } from "../changes.ts";
import type { Journal } from "../journal.ts";
import { AppDataError, checkedFields, checkedId, newId } from "./documents.ts";
import { type Document, type Page, type Query, runQuery } from "./query.ts";

export type Fields = Record<string, unknown>;

/** What the screen shows of a collection; a new object after each change. */
export interface Snapshot {
  documents: readonly Document[];
  isLoading: boolean;
  /** Of the last change that was not kept; undefined again with the next that is. */
  error: AppDataError | undefined;
}

export class Collection {
  readonly #confirmed = new Map<string, { revision: number; document: Document }>();
  readonly #pending = new Set<DocumentChange>();
  readonly #listeners = new Set<() => void>();
  readonly #loaded: Promise<void>;
  #finishLoading = () => {};
  #isLoading = true;
  #error: AppDataError | undefined;
  #snapshot: Snapshot | undefined;
  /** Undefined when it must be made anew. */
  #view: Map<string, Document> | undefined;
  #isTelling = false;

  constructor(
    readonly name: string,
    readonly journal: Journal,
  ) {
    this.#loaded = new Promise((resolve) => {
      this.#finishLoading = resolve;
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The same object until something changes. */
  readonly snapshot = (): Snapshot => {
    this.#snapshot ??= {
      documents: [...this.#shown().values()],
      isLoading: this.#isLoading,
      error: this.#error,
    };
    return this.#snapshot;
  };

  async query(query?: Query): Promise<Page> {
    await this.#loaded;
    return runQuery(this.snapshot().documents, query);
  }

  async get(id: string): Promise<Document | undefined> {
    await this.#loaded;
    return this.#shown().get(id);
  }

  create(fields: Fields): Promise<Document> {
    return this.#change(() => {
      const id = fields.id === undefined ? newId() : checkedId(fields.id);
      return {
        kind: "createDocument",
        collection: this.name,
        id,
        fields: checkedFields(fields),
        at: Date.now(),
      };
    });
  }

  update(id: string, fields: Fields): Promise<Document> {
    return this.#change(() => ({
      kind: "updateDocument",
      collection: this.name,
      id: checkedId(id),
      fields: checkedFields(fields),
      at: Date.now(),
    }));
  }

  async remove(id: string): Promise<void> {
    await this.#change(() => ({ kind: "removeDocument", collection: this.name, id: checkedId(id) }));
  }

  /** What was kept when the collection was opened. */
  load(documents: readonly KeptDocument[]): void {
    for (const document of documents) this.hear(document);
    this.#isLoading = false;
    this.#finishLoading();
    this.#invalidate();
  }

  /** A document as it is kept now. News that is older than what is known comes too late. */
  hear({ id, revision, text }: KeptDocument): void {
    const shown = this.#view?.get(id);
    if (text === null) {
      this.#confirmed.delete(id);
      if (shown) this.#invalidate();
      return;
    }
    if (revision <= (this.#confirmed.get(id)?.revision ?? 0)) return;
    // What is on the screen already stays the same object, and nothing is drawn again.
    const isShown = shown !== undefined && JSON.stringify(shown) === text;
    this.#confirmed.set(id, { revision, document: isShown ? shown : (JSON.parse(text) as Document) });
    if (!isShown) this.#invalidate();
  }

  /** The promise may be left alone: what fails is in the snapshot too. */
  #change(make: () => DocumentChange): Promise<Document> {
    const made = new Promise<Document>((resolve, reject) => {
      const change = make();
      const view = this.#shown();
      this.#pending.add(change);
      applyTo(view, change);
      const shown = view.get(change.id);
      this.#tell();
      this.journal.add([change], ([refusal]) => {
        this.#pending.delete(change);
        if (refusal) {
          reject(new AppDataError(refusal, this.name, change.id));
          this.#invalidate();
          return;
        }
        if (this.#error) {
          this.#error = undefined;
          this.#tell();
        }
        resolve((this.#confirmed.get(change.id)?.document ?? shown) as Document);
      });
    });
    return quiet(made, (error) => this.#fail(error));
  }

  #fail(error: unknown): void {
    if (!(error instanceof AppDataError)) return;
    this.#error = error;
    this.#tell();
  }

  #shown(): Map<string, Document> {
    if (this.#view) return this.#view;
    const view = new Map<string, Document>();
    for (const [id, { document }] of this.#confirmed) view.set(id, document);
    for (const change of this.#pending) applyTo(view, change);
    this.#view = view;
    return view;
  }

  #invalidate(): void {
    this.#view = undefined;
    this.#tell();
  }

  /** Once for all that changes in a task. */
  #tell(): void {
    this.#snapshot = undefined;
    if (this.#isTelling) return;
    this.#isTelling = true;
    queueMicrotask(() => {
      this.#isTelling = false;
      for (const listener of this.#listeners) listener();
    });
  }
}

/** As the bridge does it. */
function applyTo(view: Map<string, Document>, change: DocumentChange): void {
  const { id } = change;
  const before = view.get(id);
  if (change.kind === "removeDocument") {
    view.delete(id);
    return;
  }
  if ((change.kind === "createDocument") === (before !== undefined)) return;
  const at = new Date(change.at).toISOString();
  const fields = JSON.parse(change.fields) as Fields;
  view.set(id, { ...before, ...fields, id, createdAt: before?.createdAt ?? at, updatedAt: at });
}

/** A rejection that nobody waits for is no error of the app: the snapshot has it. */
function quiet<Value>(promise: Promise<Value>, onError: (error: unknown) => void): Promise<Value> {
  promise.catch(onError);
  return promise;
}
