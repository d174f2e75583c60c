// Filters, sorts and pages documents in memory: a collection is at most 10,000.

/** A JSON document with what every document has. */
export interface Document {
  id: string;
  /** ISO 8601, as is `updatedAt`. */
  createdAt: string;
  updatedAt: string;
  [field: string]: unknown;
}

/** What a field must be; all that are given must hold. */
export interface Condition {
  eq?: unknown;
  ne?: unknown;
  gt?: number | string;
  gte?: number | string;
  lt?: number | string;
  lte?: number | string;
  in?: readonly unknown[];
  /** Part of a text, whatever the case, or an element of a list. */
  contains?: unknown;
  startsWith?: string;
}

export interface Query {
  where?: Record<string, unknown> | ((document: Document) => boolean);
  /** A field, or several; with `-` before it the largest come first. By default the oldest come first. */
  sort?: string | readonly string[];
  limit?: number;
  offset?: number;
}

export interface Page {
  items: Document[];
  /** Documents that match, on all pages. */
  total: number;
}

const DEFAULT_SORT = ["createdAt"];

/** Throws a `TypeError` that names what of the query can't be understood. */
export function runQuery(documents: readonly Document[], query: Query = {}): Page {
  const { where, sort = DEFAULT_SORT, limit, offset = 0 } = query;
  const matching = where ? documents.filter(matcher(where)) : [...documents];
  const fields = typeof sort === "string" ? [sort] : sort;
  matching.sort((a, b) => compareBy(fields, a, b));
  const end = limit === undefined ? undefined : offset + limit;
  return { items: matching.slice(offset, end), total: matching.length };
}

function matcher(where: NonNullable<Query["where"]>): (document: Document) => boolean {
  if (typeof where === "function") return where;
  const tests = Object.entries(where)
    // As in JSON, an undefined condition is none: where: { tag: chosen || undefined }
    .filter(([, wanted]) => wanted !== undefined)
    .map(([field, wanted]) => [field, testOf(field, wanted)] as const);
  return (document) => tests.every(([field, test]) => test(document[field]));
}

type Test = (value: unknown) => boolean;

const TESTS: { readonly [Name in keyof Required<Condition>]: (wanted: never) => Test } = {
  eq: (wanted: unknown) => (value) => isEqual(value, wanted),
  ne: (wanted: unknown) => (value) => !isEqual(value, wanted),
  gt: (wanted: unknown) => (value) => isComparable(value, wanted) && compare(value, wanted) > 0,
  gte: (wanted: unknown) => (value) => isComparable(value, wanted) && compare(value, wanted) >= 0,
  lt: (wanted: unknown) => (value) => isComparable(value, wanted) && compare(value, wanted) < 0,
  lte: (wanted: unknown) => (value) => isComparable(value, wanted) && compare(value, wanted) <= 0,
  in: (wanted: readonly unknown[]) => (value) => wanted.some((one) => isEqual(value, one)),
  contains: (wanted: unknown) => (value) => {
    if (Array.isArray(value)) return value.some((part) => isEqual(part, wanted));
    return typeof value === "string" && value.toLowerCase().includes(String(wanted).toLowerCase());
  },
  startsWith: (wanted: string) => (value) => typeof value === "string" && value.startsWith(wanted),
};

function testOf(field: string, wanted: unknown): Test {
  if (typeof wanted !== "object" || wanted === null || Array.isArray(wanted)) {
    return (value) => isEqual(value, wanted);
  }
  const tests = Object.entries(wanted).map(([name, operand]) => {
    if (!Object.hasOwn(TESTS, name)) {
      const known = Object.keys(TESTS).join(", ");
      throw new TypeError(`where.${field} has "${name}", which is none of ${known}.`);
    }
    return TESTS[name as keyof Condition](operand as never);
  });
  return (value) => tests.every((test) => test(value));
}

function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  // What is missing counts as null.
  if (a === undefined || a === null) return b === undefined || b === null;
  return typeof a === "object" && JSON.stringify(a) === JSON.stringify(b);
}

function isComparable(a: unknown, b: unknown): boolean {
  return typeof a === typeof b && (typeof a === "number" || typeof a === "string");
}

function compareBy(fields: readonly string[], a: Document, b: Document): number {
  for (const field of fields) {
    const isDescending = field.startsWith("-");
    const name = isDescending ? field.slice(1) : field;
    const order = compare(a[name], b[name]);
    if (order !== 0) return isDescending ? -order : order;
  }
  // Never by chance: pages must not overlap.
  return compare(a.id, b.id);
}

/** Numbers, texts and truth values among each other; what is missing comes last. */
function compare(a: unknown, b: unknown): number {
  if (a === b) return 0;
  const [rankA, rankB] = [rank(a), rank(b)];
  if (rankA !== rankB) return rankA - rankB;
  if (rankA === MISSING) return 0;
  return (a as number) < (b as number) ? -1 : 1;
}

const MISSING = 3;

function rank(value: unknown): number {
  const place = ["number", "string", "boolean"].indexOf(typeof value);
  return place < 0 ? MISSING : place;
}
