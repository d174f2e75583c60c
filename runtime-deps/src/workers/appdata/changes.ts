// Checks what a frame wants kept. A change that the frame's own runtime would
// never send is refused with its whole message; a quota is no misconduct and
// left to the writer.

import {
  type Area,
  type Change,
  itemChars,
  type StoredIndex,
  type StoredSchema,
  type StoredStore,
} from "../../frame/changes.ts";
import { count, type Fields, fieldsOf, flag, list, oneOf, plain, Refused, text } from "../fields.ts";
import { weigh } from "./weigh.ts";

const AREAS: readonly Area[] = ["local", "session"];
const MAX_KEY_PATHS = 20;
const MAX_KEY_DEPTH = 8;
/** The largest time that a date has. */
const MAX_TIME = 8.64e15;

const READERS = new Map<string, readonly [keys: readonly string[], read: (fields: Fields) => Change]>([
  [
    "putItem",
    [
      ["area", "key", "value"],
      ({ area, key, value }) => {
        const put = { kind: "putItem", area: oneOf(area, AREAS), key: raw(key), value: raw(value) } as const;
        if (itemChars(put.key, put.value) > LIMITS.STORAGE_MAX_CHARS) {
          throw new Refused("an item of more than a storage's limit");
        }
        return put;
      },
    ],
  ],
  [
    "deleteItem",
    [["area", "key"], ({ area, key }) => ({ kind: "deleteItem", area: oneOf(area, AREAS), key: raw(key) })],
  ],
  ["clearItems", [["area"], ({ area }) => ({ kind: "clearItems", area: oneOf(area, AREAS) })]],
  [
    "putSchema",
    [
      ["database", "schema"],
      ({ database, schema }) => ({ kind: "putSchema", database: name(database), schema: readSchema(schema) }),
    ],
  ],
  [
    "deleteDatabase",
    [["database"], ({ database }) => ({ kind: "deleteDatabase", database: name(database) })],
  ],
  [
    "putRecord",
    [
      ["database", "store", "key", "value"],
      ({ database, store, key, value }) => ({
        kind: "putRecord",
        database: name(database),
        store: name(store),
        key: readKey(key),
        value: bounded(value, LIMITS.DATA_MAX_VALUE_BYTES),
      }),
    ],
  ],
  [
    "deleteRecord",
    [
      ["database", "store", "key"],
      ({ database, store, key }) => ({
        kind: "deleteRecord",
        database: name(database),
        store: name(store),
        key: readKey(key),
      }),
    ],
  ],
  [
    "clearStore",
    [
      ["database", "store"],
      ({ database, store }) => ({ kind: "clearStore", database: name(database), store: name(store) }),
    ],
  ],
  [
    "createDocument",
    [["collection", "id", "fields", "at"], (fields) => documentChange("createDocument", fields)],
  ],
  [
    "updateDocument",
    [["collection", "id", "fields", "at"], (fields) => documentChange("updateDocument", fields)],
  ],
  [
    "removeDocument",
    [
      ["collection", "id"],
      ({ collection, id }) => ({
        kind: "removeDocument",
        collection: collectionName(collection),
        id: documentId(id),
      }),
    ],
  ],
]);

/** Checked copies. Throws [`Refused`]. */
export function readChanges(value: unknown): Change[] {
  let room = LIMITS.DATA_MAX_BATCH_BYTES;
  return list(value, LIMITS.DATA_MAX_BATCH_CHANGES, (item) => {
    const change = readChange(item);
    room -= weigh(change) ?? Number.POSITIVE_INFINITY;
    if (room < 0) throw new Refused("a batch of more than its limit");
    return change;
  });
}

function readChange(value: unknown): Change {
  const { kind } = plain(value);
  const reader = typeof kind === "string" ? READERS.get(kind) : undefined;
  if (!reader) throw new Refused("a change of an unknown kind");
  const [keys, read] = reader;
  return read(fieldsOf(value, ["kind", ...keys]));
}

/** Any string, half surrogate pairs included: it never becomes JSON for the page. */
function raw(value: unknown, maxChars: number = LIMITS.STORAGE_MAX_CHARS): string {
  if (typeof value !== "string") throw new Refused("a field that should be text");
  if (value.length > maxChars) throw new Refused(`a text of more than ${maxChars} characters`);
  return value;
}

function name(value: unknown): string {
  return raw(value, LIMITS.DATA_MAX_NAME_CHARS);
}

function collectionName(value: unknown): string {
  return text(value, LIMITS.DATA_MAX_NAME_CHARS);
}

function documentId(value: unknown): string {
  const id = text(value, LIMITS.DOCUMENT_MAX_ID_CHARS);
  if (id === "") throw new Refused("a document without an id");
  return id;
}

function documentChange(kind: "createDocument" | "updateDocument", fields: Fields): Change {
  const json = text(fields.fields, LIMITS.DOCUMENT_MAX_CHARS);
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    throw new Refused("a document that is no JSON");
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    throw new Refused("a document that is no object");
  }
  checkDepth(parsed);
  return {
    kind,
    collection: collectionName(fields.collection),
    id: documentId(fields.id),
    fields: SURROGATE.test(json) ? JSON.stringify(wellFormed(parsed)) : json,
    at: count(fields.at, MAX_TIME),
  };
}

/** As JSON writes half of a character, which the server takes for no JSON. */
const SURROGATE = /\\ud[89a-f]/i;

/** With the sign for what can't be shown in the place of half characters, as where an app cut a text. */
function wellFormed(value: unknown): unknown {
  if (typeof value === "string") return value.replace(/\p{Surrogate}/gu, "\uFFFD");
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(wellFormed);
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [wellFormed(key) as string, wellFormed(part)]),
  );
}

/** Bounded, and no key that could reach a prototype where somebody assigns by it. */
function checkDepth(value: unknown, depth = 1): void {
  if (typeof value !== "object" || value === null) return;
  if (depth > LIMITS.DOCUMENT_MAX_DEPTH) throw new Refused("a document that is nested too deeply");
  for (const key of Object.keys(value)) {
    if (key === "__proto__") throw new Refused("a document with a field named __proto__");
    checkDepth((value as Record<string, unknown>)[key], depth + 1);
  }
}

/** What the browser takes for a key, of bounded size: anything else would fail the whole batch. */
function readKey(value: unknown): IDBValidKey {
  const key = bounded(value, LIMITS.DATA_MAX_KEY_BYTES);
  if (!isKey(key)) throw new Refused("a key that is none");
  return key;
}

function isKey(value: unknown, depth = 1): value is IDBValidKey {
  if (typeof value === "string") return true;
  if (typeof value === "number") return !Number.isNaN(value);
  if (value instanceof Date) return !Number.isNaN(value.getTime());
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return true;
  if (!Array.isArray(value) || depth > MAX_KEY_DEPTH) return false;
  for (let index = 0; index < value.length; index++) {
    if (!isKey(value[index], depth + 1)) return false;
  }
  return true;
}

function bounded(value: unknown, maxBytes: number): unknown {
  const bytes = weigh(value);
  if (bytes === undefined) throw new Refused("a value that can't be kept");
  if (bytes > maxBytes) throw new Refused(`a value of more than ${maxBytes} bytes`);
  return value;
}

function readSchema(value: unknown): StoredSchema {
  const fields = fieldsOf(value, ["version", "stores"]);
  return { version: count(fields.version), stores: list(fields.stores, LIMITS.DATA_MAX_STORES, readStore) };
}

function readStore(value: unknown): StoredStore {
  const fields = fieldsOf(value, ["name", "keyPath", "autoIncrement", "generated", "indexes"]);
  return {
    name: name(fields.name),
    keyPath: fields.keyPath === null ? null : keyPath(fields.keyPath),
    autoIncrement: flag(fields.autoIncrement),
    generated: count(fields.generated, 2 ** 53),
    indexes: list(fields.indexes, LIMITS.DATA_MAX_STORES, readIndex),
  };
}

function readIndex(value: unknown): StoredIndex {
  const fields = fieldsOf(value, ["name", "keyPath", "multiEntry", "unique"]);
  return {
    name: name(fields.name),
    keyPath: keyPath(fields.keyPath),
    multiEntry: flag(fields.multiEntry),
    unique: flag(fields.unique),
  };
}

function keyPath(value: unknown): string | string[] {
  return Array.isArray(value) ? list(value, MAX_KEY_PATHS, name) : name(value);
}
