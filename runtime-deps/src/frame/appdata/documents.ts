// What may be a document, and what is said when it may not.

import type { Refusal } from "../changes.ts";

export type AppDataErrorCode = Refusal | "invalid";

/** Why a change was not kept. */
export class AppDataError extends Error {
  override readonly name = "AppDataError";

  constructor(
    readonly code: AppDataErrorCode,
    readonly collection: string,
    readonly id: string | undefined,
    message = sentenceOf(code, collection, id),
  ) {
    super(message);
  }
}

function sentenceOf(code: AppDataErrorCode, collection: string, id: string | undefined): string {
  switch (code) {
    case "quota":
      return `"${collection}" is full, or the app's data is: remove documents first.`;
    case "exists":
      return `"${collection}" has a document "${id}" already: update it instead.`;
    case "missing":
      return `"${collection}" has no document "${id}": it was removed, maybe in another tab.`;
    case "failed":
      return "The browser couldn't keep the change: its storage is full or refused.";
    case "invalid":
      return `"${collection}" can't keep this.`;
  }
}

export function checkedName(name: unknown): string {
  const isFit = typeof name === "string" && name !== "" && name.length <= LIMITS.DATA_MAX_NAME_CHARS;
  if (isFit && !/\p{Surrogate}/u.test(name)) return name;
  throw new AppDataError("invalid", String(name), undefined, "A collection's name is a short text.");
}

export function checkedId(id: unknown): string {
  const isFit = typeof id === "string" && id !== "" && id.length <= LIMITS.DOCUMENT_MAX_ID_CHARS;
  if (isFit && !/\p{Surrogate}/u.test(id)) return id;
  throw new AppDataError("invalid", "", undefined, "A document's id is a short text.");
}

/** JSON of the fields. Throws [`AppDataError`] for what JSON doesn't hold or what is too large. */
export function checkedFields(fields: unknown): string {
  const refuse = (why: string): never => {
    throw new AppDataError("invalid", "", undefined, `A document ${why}.`);
  };
  if (typeof fields !== "object" || fields === null || Array.isArray(fields)) {
    return refuse("is an object with fields");
  }
  let json = "";
  try {
    json = JSON.stringify(fields);
  } catch (error) {
    return refuse(`must be JSON: ${error instanceof Error ? error.message : error}`);
  }
  const parsed: unknown = JSON.parse(json ?? "null");
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed))
    return refuse("is an object with fields");
  if (json.length > LIMITS.DOCUMENT_MAX_CHARS) {
    return refuse(`has at most ${LIMITS.DOCUMENT_MAX_CHARS / 1024} KB`);
  }
  if (!isShallow(parsed)) return refuse(`is nested at most ${LIMITS.DOCUMENT_MAX_DEPTH} deep`);
  return json;
}

/** Also false for a field that could reach a prototype. */
function isShallow(value: unknown, depth = 1): boolean {
  if (typeof value !== "object" || value === null) return true;
  if (depth > LIMITS.DOCUMENT_MAX_DEPTH) return false;
  return Object.entries(value).every(([key, part]) => key !== "__proto__" && isShallow(part, depth + 1));
}

const ID_BYTES = 12;

export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(ID_BYTES));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
