// Requests to the studio and their answers.

import type { Answer, Call, Send } from "../messages.ts";
import { SandboxError } from "./error.ts";

/** Calls in a second: more would be taken for a flood, together with all else that a frame says. */
const PER_SECOND = 40;

type AnswerOf<Type extends Answer["type"]> = Extract<Answer, { type: Type }>;

export class Calls {
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  /** When the calls of the last second were sent. */
  #sent: number[] = [];
  #pending = 0;
  #id = 0;

  constructor(readonly send: Send) {}

  /** The answer, of the type that the call is answered with. Rejects with a [`SandboxError`]. */
  async ask<Type extends Answer["type"]>(call: Call, type: Type): Promise<AnswerOf<Type>> {
    if (this.#pending >= LIMITS.BRIDGE_MAX_IN_FLIGHT) {
      const limit = `More than ${LIMITS.BRIDGE_MAX_IN_FLIGHT} calls of SandboxAPI wait for their answers.`;
      throw new SandboxError("too_many", `${limit} Await some of them before you ask for more.`);
    }
    this.#pending++;
    try {
      await this.#turn();
      const answer = await new Promise<Answer>((resolve) => {
        const id = ++this.#id;
        this.#waiting.set(id, resolve);
        this.send({ type: "request", id, call });
      });
      if (answer.type === "failed") throw new SandboxError(answer.code, answer.message);
      if (answer.type !== type) throw new SandboxError("unavailable", "The studio answered something else.");
      return answer as AnswerOf<Type>;
    } finally {
      this.#pending--;
    }
  }

  /** The first answer for an id counts. */
  settle(id: number, answer: Answer): void {
    this.#waiting.get(id)?.(answer);
    this.#waiting.delete(id);
  }

  async #turn(): Promise<void> {
    for (;;) {
      const now = performance.now();
      this.#sent = this.#sent.filter((sent) => now - sent < 1_000);
      const [oldest = now] = this.#sent;
      if (this.#sent.length < PER_SECOND) {
        this.#sent.push(now);
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, Math.ceil(oldest + 1_000 - now)));
    }
  }
}
