// `SandboxAPI.fetch`: what `fetch` does, by way of the studio and its server,
// since the frame has no network. The studio asks the person once per host.

import type { ConsoleCapture } from "../console.ts";
import type { OutsideRequest } from "../messages.ts";
import { fromBase64, toBase64 } from "./base64.ts";
import type { Calls } from "./calls.ts";
import { SandboxError } from "./error.ts";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];
/** Statuses that a Response can't have a body with. */
const WITHOUT_BODY = [204, 205, 304];

export type SandboxFetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

export function makeFetch(calls: Calls, log: ConsoleCapture): SandboxFetch {
  return async (input, init = {}) => {
    const signal = init.signal ?? (input instanceof Request ? input.signal : undefined);
    signal?.throwIfAborted();
    const request = await requestOf(input, init);
    signal?.throwIfAborted();
    const asked = calls.ask({ type: "fetch", request }, "response");
    const { response } = await (signal ? Promise.race([asked, aborted(signal)]) : asked);
    if (response.leftOut?.length) {
      const names = response.leftOut.join(", ");
      log.say("warn", `SandboxAPI.fetch left out headers that apps can't send: ${names}.`);
    }
    const body = WITHOUT_BODY.includes(response.status) ? null : fromBase64(response.body);
    const made = new Response(body, { status: response.status, headers: response.headers });
    Object.defineProperty(made, "url", { value: response.url });
    return made;
  };
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

/** As the browser reads it: it knows every form of body and what type that has. */
async function requestOf(input: string | URL | Request, init: RequestInit): Promise<OutsideRequest> {
  const url = addressOf(input);
  const method = (init.method ?? (input instanceof Request ? input.method : "GET")).toUpperCase();
  if (!METHODS.includes(method)) {
    throw new SandboxError("invalid", `SandboxAPI.fetch can't send ${method}: use ${METHODS.join(", ")}.`);
  }
  const given = new Headers(init.headers ?? (input instanceof Request ? input.headers : undefined));
  const source = init.body ?? (input instanceof Request ? input.body : null);
  if (source === null || source === undefined) return { url, method, headers: [...given] };
  const body = new Response(source);
  const type = body.headers.get("content-type");
  if (type !== null && !given.has("content-type")) given.set("content-type", type);
  const bytes = new Uint8Array(await body.arrayBuffer());
  if (bytes.length > LIMITS.FETCH_MAX_REQUEST_BYTES) {
    const limit = `${LIMITS.FETCH_MAX_REQUEST_BYTES / 1024} KB`;
    throw new SandboxError("too_large", `The body has more than ${limit}: send less at once.`);
  }
  return { url, method, headers: [...given], body: toBase64(bytes) };
}

/** Absolute only: a relative address would mean the studio's own. */
function addressOf(input: string | URL | Request): string {
  const text = input instanceof Request ? input.url : String(input);
  const url = URL.parse(text.startsWith("//") ? `https:${text}` : text);
  if (url === null || !/^https?:$/.test(url.protocol) || url.href.length > LIMITS.FETCH_MAX_URL_CHARS) {
    throw new SandboxError(
      "invalid",
      `SandboxAPI.fetch needs an absolute https address, not ${JSON.stringify(text.slice(0, 200))}.`,
    );
  }
  return url.href;
}
