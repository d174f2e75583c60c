// Loops that never end. The bundler makes every loop ask, once in a while,
// whether it may go on (bundler-wasm/src/transform/loops.rs): one that has kept
// the page from everything else for too long gets an error at its place, and
// the app lives on.

export class LoopGuard {
  /** Set between tasks: the page had a pause. */
  #hadPause = true;
  /** When a loop asked first since then. */
  #firstAsked = 0;

  /** To be called from a timer, which only a pause lets run. */
  pause(): void {
    this.#hadPause = true;
  }

  /** Zero, from which the loop counts on. Throws when it has run for too long. */
  round(): number {
    const now = performance.now();
    if (this.#hadPause) {
      this.#hadPause = false;
      this.#firstAsked = now;
    } else if (now - this.#firstAsked > LIMITS.LOOP_MAX_MS) {
      // What handles the error may have loops of its own.
      this.#hadPause = true;
      const seconds = LIMITS.LOOP_MAX_MS / 1_000;
      throw new RangeError(
        `This loop was stopped: for ${seconds} seconds nothing else in the app could run. Let it end, or let it wait now and then.`,
      );
    }
    return 0;
  }
}
