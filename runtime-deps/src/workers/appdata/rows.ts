// All rows of one app: copied before they are cleared, and put back when that
// is undone; told in numbers for the studio, or as JSON for the person.

import type { StoredSchema } from "../../frame/changes.ts";
import type { DataSummary } from "../protocol.ts";
import { answer, below, type DocumentRow, entries, type RecordRow, type Totals } from "./database.ts";

type Row<Value> = [key: IDBValidKey[], row: Value];

export interface Rows {
  totals: Totals | undefined;
  items: Row<string>[];
  schemas: Row<StoredSchema>[];
  records: Row<RecordRow>[];
  documents: Row<DocumentRow>[];
}

const TABLES = ["items", "schemas", "records", "documents"] as const;

export async function readRows(app: string, transaction: IDBTransaction): Promise<Rows> {
  const table = <Value>(name: (typeof TABLES)[number]) =>
    entries<Value>(transaction.objectStore(name), below(app));
  const [totals, items, schemas, records, documents] = await Promise.all([
    answer<Totals | undefined>(transaction.objectStore("totals").get(app)),
    table<string>("items"),
    table<StoredSchema>("schemas"),
    table<RecordRow>("records"),
    table<DocumentRow>("documents"),
  ]);
  return { totals, items, schemas, records, documents };
}

export function deleteRows(app: string, transaction: IDBTransaction): void {
  transaction.objectStore("totals").delete(app);
  for (const name of TABLES) transaction.objectStore(name).delete(below(app));
}

/** In place of what the app has by now. */
export function writeRows(app: string, rows: Rows, transaction: IDBTransaction): void {
  deleteRows(app, transaction);
  if (rows.totals) transaction.objectStore("totals").put(rows.totals, app);
  for (const name of TABLES) {
    for (const [key, row] of rows[name]) transaction.objectStore(name).put(row, key);
  }
}

/** What the studio lists: names and sizes, never the values. */
export function summaryOf(rows: Rows, unsent: number): DataSummary {
  const items = rows.items.map(([[, key], value]) => ({
    name: wellFormed(String(key)),
    bytes: String(key).length + value.length,
  }));
  const databases = rows.schemas.map(([[, name], schema]) => ({
    name: wellFormed(String(name)),
    stores: schema.stores.map((store) => {
      const own = rows.records.filter(([[, database, place]]) => database === name && place === store.name);
      const bytes = own.reduce((sum, [, row]) => sum + row.bytes, 0);
      return { name: wellFormed(store.name), count: own.length, bytes };
    }),
  }));
  const collections = new Map<string, { name: string; count: number; bytes: number }>();
  for (const [[, collection], row] of rows.documents) {
    const name = wellFormed(String(collection));
    const known = collections.get(name) ?? { name, count: 0, bytes: 0 };
    known.count++;
    known.bytes += row.text.length;
    collections.set(name, known);
  }
  return { items, databases, collections: [...collections.values()], unsent };
}

/** Half a surrogate pair is no text for the page. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\uFFFD");
}

/** Everything, as the JSON of one file. */
export async function exportOf(rows: Rows): Promise<string> {
  const databases = await Promise.all(
    rows.schemas.map(async ([[, name], { version, stores }]) => ({
      name,
      version,
      stores: await Promise.all(
        stores.map(async ({ name: store, keyPath, autoIncrement }) => ({
          name: store,
          keyPath,
          autoIncrement,
          records: await Promise.all(
            rows.records
              .filter(([[, database, place]]) => database === name && place === store)
              .map(async ([key, row]) => ({ key: await plain(key[3]), value: await plain(row.value) })),
          ),
        })),
      ),
    })),
  );
  const collections = new Map<string, unknown[]>();
  for (const [[, collection], row] of rows.documents) {
    const name = String(collection);
    const list = collections.get(name) ?? [];
    list.push(JSON.parse(row.text));
    collections.set(name, list);
  }
  const localStorage = Object.fromEntries(rows.items.map(([[, key], value]) => [key, value]));
  const all = { localStorage, databases, collections: Object.fromEntries(collections) };
  return `${JSON.stringify(all, null, 2)}\n`;
}

/** Values that JSON lacks say what they are under `$type`. */
async function plain(value: unknown, depth = 0): Promise<unknown> {
  if (value === undefined) return { $type: "undefined" };
  if (typeof value === "bigint") return { $type: "BigInt", value: String(value) };
  if (typeof value === "number" && !Number.isFinite(value)) return { $type: "Number", value: String(value) };
  if (typeof value !== "object" || value === null) return value;
  if (depth >= MAX_DEPTH) return { $type: "…" };
  const inner = (part: unknown) => plain(part, depth + 1);
  if (value instanceof Date) return { $type: "Date", value: value.getTime() };
  if (value instanceof RegExp) return { $type: "RegExp", value: String(value) };
  if (value instanceof Error) return { $type: "Error", value: `${value.name}: ${value.message}` };
  if (value instanceof Blob) {
    return { $type: "Blob", type: value.type, base64: base64(new Uint8Array(await value.arrayBuffer())) };
  }
  if (value instanceof ArrayBuffer) return { $type: "ArrayBuffer", base64: base64(new Uint8Array(value)) };
  if (ArrayBuffer.isView(value)) {
    const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    return { $type: value.constructor.name, base64: base64(bytes) };
  }
  if (value instanceof Map) {
    return { $type: "Map", value: await Promise.all([...value].map((pair) => Promise.all(pair.map(inner)))) };
  }
  if (value instanceof Set) return { $type: "Set", value: await Promise.all([...value].map(inner)) };
  if (Array.isArray(value)) return Promise.all(value.map(inner));
  const pairs = Object.entries(value).map(async ([key, part]) => [key, await inner(part)] as const);
  return Object.fromEntries(await Promise.all(pairs));
}

const MAX_DEPTH = 64;
const SLICE = 0x8000;

function base64(bytes: Uint8Array): string {
  let text = "";
  for (let start = 0; start < bytes.length; start += SLICE) {
    text += String.fromCharCode(...bytes.subarray(start, start + SLICE));
  }
  return btoa(text);
}
