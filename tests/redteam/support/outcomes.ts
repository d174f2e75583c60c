import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "@playwright/test";
import type { Outcome } from "./harness";

/** Longest wait for an attack that says nothing: its document may be gone. */
const SILENT_MS = 1_800;
/** Time in which the network hears of what an attack began. */
const AFTER_MS = 500;

/** What attacks said of themselves, by the console: that works even where their document is gone. */
export class Outcomes {
  private readonly known = new Map<string, Outcome>();

  constructor(page: Page) {
    page.on("console", (message) => {
      const text = message.text();
      if (message.type() !== "debug" || !text.startsWith("red-team ")) return;
      const outcome = JSON.parse(text.slice("red-team ".length)) as Outcome;
      this.known.set(outcome.label, outcome);
    });
  }

  of(label: string): Outcome | undefined {
    return this.known.get(label);
  }

  /** Waits until these attacks are over, as far as can be seen. */
  async settle(labels: readonly string[], afterMs = AFTER_MS): Promise<void> {
    const over = Date.now() + SILENT_MS;
    while (Date.now() < over && labels.some((label) => !this.known.has(label))) {
      await sleep(50);
    }
    // Nothing tells that a packet was never sent, so there is a time for it to come.
    await sleep(afterMs);
  }
}
