import { join } from "node:path";

/** Reads a variable that `cargo xtask` sets, or says how to get it set. */
export function required(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === "") {
    throw new Error(`${name} is not set: run the stories with \`cargo xtask test --only browser\``);
  }
  return value;
}

/** A folder for what the runs leave behind, outside the clone. */
export function output(name: string): string {
  return join(required("CUMULET_TEST_OUTPUT"), name);
}

/** How Chromium starts: quiet, and without reaching for the network. */
export const chromium = {
  executablePath: required("CHROMIUM"),
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};
