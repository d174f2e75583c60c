import { chromium, output } from "./support/environment";
import { defineConfig } from "@playwright/test";

/** Stories in real Chromium against the real server; `cargo xtask test` sets the environment. */
export default defineConfig({
  testDir: "stories",
  outputDir: output("results"),
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [["list"], ["json"]],
  use: {
    viewport: { width: 1280, height: 800 },
    // Requests that it answers can't be intercepted; offline.spec.ts is about it.
    serviceWorkers: "block",
    launchOptions: chromium,
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
  },
});
