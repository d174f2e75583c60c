// How much room a structured clone takes, about: what quotas are counted in.
// Runs in the frame and in the bridge, where the value is a stranger's: it is
// walked without recursion, never called and never written to.

/** Values nested in one value; more than that is refused. */
const MAX_PARTS = 200_000;
const HEAD_BYTES = 8;

/** Bytes, or undefined when it holds something that can't be kept. */
export function weigh(value: unknown): number | undefined {
  const seen = new Set<object>();
  const left: unknown[] = [value];
  let bytes = 0;
  let parts = 0;
  while (left.length > 0) {
    if (++parts > MAX_PARTS) return undefined;
    const part = left.pop();
    bytes += HEAD_BYTES;
    if (typeof part === "string") bytes += part.length;
    else if (typeof part === "bigint") bytes += part.toString(16).length;
    else if (typeof part === "object" && part !== null) {
      if (seen.has(part)) continue;
      seen.add(part);
      const own = weighObject(part, left);
      if (own === undefined) return undefined;
      bytes += own;
    } else if (typeof part === "function" || typeof part === "symbol") return undefined;
  }
  return bytes;
}

/** Its own bytes; what it holds goes to `left`. */
function weighObject(value: object, left: unknown[]): number | undefined {
  if (ArrayBuffer.isView(value)) {
    left.push(value.buffer);
    return 0;
  }
  if (value instanceof ArrayBuffer) return value.byteLength;
  if (value instanceof Blob) return value.size + value.type.length;
  if (value instanceof RegExp) return value.source.length;
  if (value instanceof Date || value instanceof Boolean || value instanceof Number) return 0;
  if (value instanceof String) return value.length;
  if (typeof ImageData === "function" && value instanceof ImageData) return value.data.byteLength;
  if (value instanceof Error) return `${value.name}${value.message}${value.stack}`.length;
  if (value instanceof Map) {
    for (const [key, part] of value) left.push(key, part);
    return 0;
  }
  if (value instanceof Set) {
    for (const part of value) left.push(part);
    return 0;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  const isOrdinary = Array.isArray(value) || prototype === Object.prototype || prototype === null;
  if (!isOrdinary) return undefined;
  let bytes = 0;
  for (const key of Object.keys(value)) {
    bytes += key.length;
    left.push((value as Record<string, unknown>)[key]);
  }
  return bytes;
}
