import { defineConfig } from "@playwright/test";
import { chromium, output } from "./support/environment";

/** Switches that would keep attacks from firing: QUIC, lookups and connections in advance. */
const UNWANTED = ["--disable-quic", "--disable-background-networking"];
const args = chromium.args.filter((argument) => !UNWANTED.includes(argument));

/**
 * Attacks on the studio from inside the app, in a network of its own (`support/alone.sh`);
 * `cargo xtask test --only redteam` sets all of it up.
 */
export default defineConfig({
  testDir: "redteam",
  outputDir: output("redteam"),
  globalSetup: "./redteam/support/setup.ts",
  // One receiver has the ports, and figures of one studio mean something.
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: [["list"], ["json"], ["./redteam/support/reporter.ts"]],
  use: {
    viewport: { width: 1280, height: 800 },
    launchOptions: {
      executablePath: chromium.executablePath,
      ignoreDefaultArgs: ["--disable-background-networking"],
      // The receiver's certificate is nobody's; a small heap is full before long.
      args: [
        ...args,
        "--ignore-certificate-errors",
        "--use-fake-device-for-media-stream",
        "--js-flags=--max-old-space-size=512",
      ],
    },
    screenshot: "only-on-failure",
    actionTimeout: 20_000,
  },
});
