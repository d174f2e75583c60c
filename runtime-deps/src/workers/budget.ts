// How much a frame may say. A frame that keeps to its own runtime never comes
// near these limits; one that doesn't is cut off.

/** Refills steadily, up to a burst. Times in milliseconds. */
export class TokenBucket {
  #tokens: number;
  #refilled: number;

  constructor(
    readonly perSecond: number,
    readonly burst: number,
    now: number,
  ) {
    this.#tokens = burst;
    this.#refilled = now;
  }

  take(now: number, tokens = 1): boolean {
    this.#tokens = Math.min(this.burst, this.#tokens + ((now - this.#refilled) / 1000) * this.perSecond);
    this.#refilled = now;
    if (this.#tokens < tokens) return false;
    this.#tokens -= tokens;
    return true;
  }
}

/** Refused messages after which the frame is expelled. */
const MAX_REFUSED = 5;
/** Messages over the budget, within a second, after which the frame is expelled at once. */
const MAX_EXCESS = 400;
/** Seconds with an excess, one soon after the other, after which it is expelled. */
const MAX_STRIKES = 2;
const STRIKE_MS = 1_000;
const FORGIVEN_AFTER_MS = 60_000;

/** Counts what a frame did wrong. */
export class Conduct {
  readonly #messages: TokenBucket;
  #refused = 0;
  #strikes = 0;
  #excess = 0;
  #struckAt = Number.NEGATIVE_INFINITY;

  constructor(now: number) {
    this.#messages = new TokenBucket(LIMITS.BRIDGE_MESSAGES_PER_SECOND, LIMITS.BRIDGE_BURST, now);
  }

  /** Whether a message is within the budget; a large one counts for several. */
  admit(now: number, tokens = 1): boolean {
    if (this.#messages.take(now, tokens)) return true;
    const since = now - this.#struckAt;
    if (since >= STRIKE_MS) {
      this.#strikes = since < FORGIVEN_AFTER_MS ? this.#strikes + 1 : 1;
      this.#struckAt = now;
      this.#excess = 0;
    }
    this.#excess++;
    return false;
  }

  refuse(): void {
    this.#refused++;
  }

  /** Why the frame must go, or undefined while it may stay. */
  verdict(): string | undefined {
    if (this.#refused >= MAX_REFUSED) return "it sent malformed messages";
    if (this.#strikes >= MAX_STRIKES || this.#excess > MAX_EXCESS) {
      return `it sent more than ${LIMITS.BRIDGE_MESSAGES_PER_SECOND} messages a second`;
    }
    return undefined;
  }
}
