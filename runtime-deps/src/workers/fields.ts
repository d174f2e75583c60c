// Reads single fields of what a hostile frame sends: each of them either comes
// out as what it should be, or the message is refused.

/** Why a message is refused; the text names the limit. */
export class Refused extends Error {}

export type Fields = Record<string, unknown>;

export function plain(value: unknown): Fields {
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) {
    throw new Refused("a message that is not a plain object");
  }
  return value as Fields;
}

/** The own fields, all of them known. */
export function fieldsOf(value: unknown, known: readonly string[]): Fields {
  const source = plain(value);
  const fields: Fields = Object.create(null);
  for (const key of Object.keys(source)) {
    if (!known.includes(key)) throw new Refused("a message with an unknown field");
    fields[key] = source[key];
  }
  return fields;
}

/** Well-formed text: JSON with half a surrogate pair is not readable for the page. */
export function text(value: unknown, maxChars: number): string {
  if (typeof value !== "string") throw new Refused("a field that should be text");
  if (value.length > maxChars) throw new Refused(`a text of more than ${maxChars} characters`);
  return wellFormed(value);
}

const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

function wellFormed(value: string): string {
  return value.replace(LONE_SURROGATE, "\uFFFD");
}

export function flag(value: unknown): boolean {
  if (typeof value !== "boolean") throw new Refused("a field that should be true or false");
  return value;
}

export function count(value: unknown, max = Number.MAX_SAFE_INTEGER): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0 || value > max) {
    throw new Refused("a field that should be a whole number");
  }
  return value;
}

export function oneOf<Value extends string>(value: unknown, allowed: readonly Value[]): Value {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw new Refused("a field with an unknown value");
  return found;
}

export function blob(value: unknown, maxBytes: number): Blob {
  if (!(value instanceof Blob)) throw new Refused("a content that is none");
  if (value.size > maxBytes) throw new Refused("a content over its limit");
  return value;
}

export function list<Item>(value: unknown, max: number, read: (item: unknown) => Item): Item[] {
  if (!Array.isArray(value)) throw new Refused("a field that should be a list");
  if (value.length > max) throw new Refused(`a list of more than ${max} items`);
  const items: Item[] = [];
  for (let index = 0; index < value.length; index++) items.push(read(value[index]));
  return items;
}
