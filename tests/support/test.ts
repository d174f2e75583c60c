import { test as base } from "@playwright/test";
import { expect } from "./expect";
import { ScriptedProvider } from "./provider";
import { CumuletServer } from "./server";
import { Studio } from "./studio";

interface WorkerFixtures {
  provider: ScriptedProvider;
  server: CumuletServer;
}

interface TestFixtures {
  studio: Studio;
  /** Console errors and uncaught exceptions of our own page; empty at the end of every test. */
  pageErrors: string[];
}

/** A real server and a scripted model for each Playwright worker, a fresh browser profile for each test. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  provider: [
    async ({}, use) => {
      const provider = await ScriptedProvider.start();
      await use(provider);
      await provider.stop();
    },
    { scope: "worker" },
  ],
  server: [
    async ({ provider }, use) => {
      const server = await CumuletServer.start(provider.address);
      await use(server);
      await server.stop();
    },
    { scope: "worker" },
  ],
  baseURL: async ({ server }, use) => use(server.address),
  pageErrors: [
    async ({ page }, use) => {
      const errors: string[] = [];
      // What the app in the frame throws is the app's own, and shown by the studio.
      const isApps = (text: string | undefined) => text?.includes("cumulet:///") ?? false;
      page.on("pageerror", (error) => {
        if (!isApps(error.stack)) {
          errors.push(String(error));
        }
      });
      page.on("console", (message) => {
        const { url } = message.location();
        if (message.type() === "error" && !isApps(url) && !isApps(message.text()) && !url.startsWith("about:srcdoc")) {
          errors.push(`${message.text()} (${url})`);
        }
      });
      await use(errors);
      expect(errors, "console errors of the page").toEqual([]);
    },
    { auto: true },
  ],
  studio: async ({ page }, use) => use(new Studio(page)),
});

export { expect };
