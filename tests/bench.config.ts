import { defineConfig } from "@playwright/test";
import { chromium, output } from "./support/environment";

/** Measurements, one at a time; `cargo xtask bench` names one and sets the environment. */
export default defineConfig({
  testMatch: ["bench/*.bench.ts", "peers/*.bench.ts"],
  outputDir: output("bench"),
  workers: 1,
  retries: 0,
  timeout: 300_000,
  expect: { timeout: 30_000 },
  reporter: [["list"]],
  use: { viewport: { width: 1280, height: 800 }, launchOptions: chromium, actionTimeout: 30_000 },
});
