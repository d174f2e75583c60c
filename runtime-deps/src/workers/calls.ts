// Checks what an app asks of the studio (protocol::sandbox::Call).

import type { Call, OutsideRequest } from "../frame/messages.ts";
import { blob, count, type Fields, fieldsOf, list, oneOf, plain, Refused, text } from "./fields.ts";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"] as const;
const MAX_BODY_CHARS = Math.ceil(LIMITS.FETCH_MAX_REQUEST_BYTES / 3) * 4;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;
/** A header's name as HTTP has it, and a value without line breaks or other control characters. */
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const HEADER_VALUE = /^[^\p{Cc}]*$/u;

const READERS = new Map<string, readonly [keys: readonly string[], read: (fields: Fields) => Call]>([
  ["fetch", [["request"], ({ request }) => ({ type: "fetch", request: requestOf(request) })]],
  ["picture", [["url"], ({ url }) => ({ type: "picture", url: webAddress(url) })]],
  [
    "download",
    [
      ["name", "content"],
      (fields) => ({
        type: "download",
        name: fileName(fields.name),
        content: blob(fields.content, LIMITS.DOWNLOAD_MAX_BYTES),
      }),
    ],
  ],
  ["openExternal", [["url"], ({ url }) => ({ type: "openExternal", url: webAddress(url) })]],
  ["alert", [["text"], (fields) => ({ type: "alert", text: dialogText(fields.text) })]],
  ["confirm", [["text"], (fields) => ({ type: "confirm", text: dialogText(fields.text) })]],
  [
    "prompt",
    [
      ["text", "initial"],
      (fields) => ({ type: "prompt", text: dialogText(fields.text), initial: dialogText(fields.initial) }),
    ],
  ],
  [
    "print",
    [
      ["width", "height"],
      ({ width, height }) => ({
        type: "print",
        width: count(width, LIMITS.PRINT_MAX_PX),
        height: count(height, LIMITS.PRINT_MAX_PX),
      }),
    ],
  ],
  [
    "clipboardWrite",
    [["text"], (fields) => ({ type: "clipboardWrite", text: text(fields.text, LIMITS.CLIPBOARD_MAX_CHARS) })],
  ],
  ["clipboardRead", [[], () => ({ type: "clipboardRead" })]],
]);

/** A checked copy. Throws [`Refused`]. */
export function callOf(value: unknown): Call {
  const { type } = plain(value);
  const reader = typeof type === "string" ? READERS.get(type) : undefined;
  if (!reader) throw new Refused("a call of an unknown type");
  const [keys, read] = reader;
  return read(fieldsOf(value, ["type", ...keys]));
}

function requestOf(value: unknown): OutsideRequest {
  const fields = fieldsOf(value, ["url", "method", "headers", "body"]);
  const request: OutsideRequest = {
    url: webAddress(fields.url),
    method: oneOf(fields.method, METHODS),
    headers: list(fields.headers, LIMITS.FETCH_MAX_HEADERS, header),
  };
  if (fields.body === undefined) return request;
  const body = text(fields.body, MAX_BODY_CHARS);
  if (!BASE64.test(body)) throw new Refused("a body that is not Base64");
  return { ...request, body };
}

function header(value: unknown): [string, string] {
  if (!Array.isArray(value) || value.length !== 2) throw new Refused("a header that is no pair");
  const name = text(value[0], LIMITS.FETCH_MAX_HEADER_BYTES);
  const content = text(value[1], LIMITS.FETCH_MAX_HEADER_BYTES - name.length);
  if (!HEADER_NAME.test(name) || !HEADER_VALUE.test(content)) throw new Refused("a header that is none");
  return [name, content];
}

function webAddress(value: unknown): string {
  const given = text(value, LIMITS.FETCH_MAX_URL_CHARS);
  let url: URL;
  try {
    url = new URL(given);
  } catch {
    throw new Refused("an address that is none");
  }
  if (url.protocol !== "https:" && url.protocol !== "http:")
    throw new Refused("an address that is not http or https");
  return url.href;
}

function dialogText(value: unknown): string {
  return text(value, LIMITS.DIALOG_MAX_CHARS);
}

/** What would name a folder, end a line or turn the direction of writing is no part of a name. */
function fileName(value: unknown): string {
  const name = text(value, LIMITS.DOWNLOAD_NAME_MAX_CHARS);
  if (name.trim() === "" || /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}/\\:*?"<>|]|^\.|[. ]$/u.test(name)) {
    throw new Refused("a file name that is none");
  }
  return name;
}
