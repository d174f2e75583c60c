// What an app has asked for and isn't answered yet. How many may wait is
// limited, ids rise, and the first answer wins.

import type { Answer, Call } from "../frame/messages.ts";
import { Refused } from "./fields.ts";
import type { PageCall } from "./protocol.ts";

/** A download's content is read from its address a little after the page was told to take it. */
const KEEP_CONTENT_MS = 60_000;

/** A request that goes on to the page, or the answer that it gets at once. */
export type Admitted = { call: PageCall } | { answer: Answer };

export class Requests {
  /** Waiting requests; of a download, the address of its content. */
  readonly #waiting = new Map<number, { url?: string; size: number }>();
  #lastId = 0;
  #contentBytes = 0;

  /** Throws [`Refused`] for an id that was there already. */
  admit(id: number, call: Call): Admitted {
    if (id <= this.#lastId) throw new Refused("a request that was there already");
    this.#lastId = id;
    if (this.#waiting.size >= LIMITS.BRIDGE_MAX_IN_FLIGHT) {
      return tooMany(`More than ${LIMITS.BRIDGE_MAX_IN_FLIGHT} calls of SandboxAPI wait for their answers.`);
    }
    if (call.type !== "download") {
      this.#waiting.set(id, { size: 0 });
      return { call };
    }
    const { name, content } = call;
    if (this.#contentBytes + content.size > LIMITS.DOWNLOAD_MAX_BYTES) {
      return tooMany("Other downloads of the app wait for an answer.");
    }
    // The frame's type would let a browser show the content instead of saving it.
    const url = URL.createObjectURL(content.slice(0, content.size, "application/octet-stream"));
    this.#contentBytes += content.size;
    this.#waiting.set(id, { url, size: content.size });
    return { call: { type: "download", name, size: content.size, url } };
  }

  /** Whether the request waited; afterwards it doesn't. */
  settle(id: number): boolean {
    const request = this.#waiting.get(id);
    if (!request) return false;
    this.#waiting.delete(id);
    const { url, size } = request;
    if (url !== undefined) {
      this.#contentBytes -= size;
      setTimeout(() => URL.revokeObjectURL(url), KEEP_CONTENT_MS);
    }
    return true;
  }

  /** The frame is going away: nobody hears the answers. */
  clear(): void {
    for (const id of [...this.#waiting.keys()]) this.settle(id);
  }
}

function tooMany(what: string): Admitted {
  const message = `${what} Wait for some of them before you ask for more.`;
  return { answer: { type: "failed", code: "too_many", message } };
}
