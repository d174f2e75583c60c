// Two changes of one document, made apart, put together by field.

type Fields = Record<string, unknown>;

/**
 * What becomes of a document that was `base`, is `ours` here and `theirs` at the server; JSON, null
 * where there is none. Different fields both keep their change; of the same one, the later counts.
 * A change is never lost to a removal.
 */
export function mergeDocuments(
  base: string | null,
  ours: string | null,
  theirs: string | null,
): string | null {
  if (ours === theirs || ours === base) return theirs;
  if (theirs === base || theirs === null) return ours;
  if (ours === null) return theirs;
  const [before, mine, other] = [fieldsOf(base), fieldsOf(ours), fieldsOf(theirs)];
  const isMineLater = String(mine.updatedAt ?? "") > String(other.updatedAt ?? "");
  const pairs = [...new Set([...Object.keys(other), ...Object.keys(mine)])].flatMap((name) => {
    const [was, here, there] = [before, mine, other].map((fields) => jsonOf(fields, name));
    const isMine = here !== was && (there === was || isMineLater);
    const from = isMine ? mine : other;
    return Object.hasOwn(from, name) ? [[name, from[name]] as const] : [];
  });
  const merged = JSON.stringify({ ...Object.fromEntries(pairs), ...created(other, mine) });
  if (merged.length <= LIMITS.DOCUMENT_MAX_CHARS) return merged;
  return isMineLater ? ours : theirs;
}

/** The server's document was there first. */
function created(other: Fields, mine: Fields): Fields {
  const createdAt = other.createdAt ?? mine.createdAt;
  return createdAt === undefined ? {} : { createdAt };
}

function fieldsOf(text: string | null): Fields {
  return text === null ? {} : (JSON.parse(text) as Fields);
}

/** Values are equal when their JSON is; undefined where there is none. */
function jsonOf(fields: Fields, name: string): string | undefined {
  return Object.hasOwn(fields, name) ? JSON.stringify(fields[name]) : undefined;
}
