import { defineConfig } from "@playwright/test";
import { chromium, output } from "./support/environment";

/** The evaluation of a language model: one request after the other, since a model has one machine. */
export default defineConfig({
  testDir: "eval",
  outputDir: output("eval"),
  workers: 1,
  retries: 0,
  // A large local model writes for minutes.
  timeout: 900_000,
  expect: { timeout: 15_000 },
  reporter: process.env["PLAYWRIGHT_JSON_OUTPUT_NAME"] === undefined ? [["list"]] : [["list"], ["json"]],
  use: {
    viewport: { width: 1280, height: 800 },
    serviceWorkers: "block",
    launchOptions: chromium,
    actionTimeout: 30_000,
    screenshot: "on",
  },
});
