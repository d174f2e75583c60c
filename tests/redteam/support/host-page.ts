import type { Page } from "@playwright/test";

/** The studio's own page under attack: whether it answers, and what it says of errors. */
export class HostPage {
  /** Errors and dialogs that the page should not have. */
  readonly errors: string[] = [];
  readonly dialogs: string[] = [];
  readonly downloads: string[] = [];
  readonly popups: string[] = [];

  constructor(readonly page: Page) {
    // What comes of the app's scripts is the app's own.
    const isApps = (text: string | undefined) => /cumulet:\/\/\/|blob:null|about:srcdoc/.test(text ?? "");
    page.on("pageerror", (error) => {
      if (!isApps(error.stack) && /\/assets\//.test(error.stack ?? "")) this.errors.push(String(error.stack));
    });
    page.on("console", (message) => {
      const { url } = message.location();
      if (message.type() === "error" && url.includes("/assets/"))
        this.errors.push(`${message.text()} (${url})`);
    });
    page.on("dialog", async (dialog) => {
      this.dialogs.push(`${dialog.type()}: ${dialog.message()}`);
      await dialog.dismiss();
    });
    page.on("download", (download) => this.downloads.push(download.url()));
    page.on("popup", (popup) => this.popups.push(popup.url()));
  }

  /** Begins to measure how late the page's own timers are. */
  async watchGap(): Promise<void> {
    await this.page.evaluate(() => {
      const probe = window as unknown as { longestGap: number; probeTimer: number };
      clearInterval(probe.probeTimer);
      probe.longestGap = 0;
      let last = performance.now();
      probe.probeTimer = window.setInterval(() => {
        const now = performance.now();
        probe.longestGap = Math.max(probe.longestGap, now - last);
        last = now;
      }, 10);
    });
  }

  /** The longest time between two timers that should be 10 ms apart, in milliseconds. */
  async longestGap(): Promise<number> {
    return this.page.evaluate(() => (window as unknown as { longestGap: number }).longestGap);
  }

  /** Whether the page's prototypes are as they were. */
  async isUnpolluted(): Promise<boolean> {
    return this.page.evaluate(
      () => Reflect.ownKeys({}).length === 0 && ({} as Record<string, unknown>).polluted === undefined,
    );
  }
}
