// @ts-check
/** What the builds of a site are told on their command line. */
import path from "node:path";
import { parseArgs } from "node:util";

/**
 * Absolute folders, and for whom to build.
 *
 * @param {string} script below this package, for the error
 * @returns {{ out: string, cache: string, profile: "dev" | "release" }}
 */
export function readArguments(script) {
  const { values } = parseArgs({
    options: {
      out: { type: "string" },
      cache: { type: "string" },
      profile: { type: "string", default: "dev" },
    },
  });
  const { out, profile } = values;
  if (out === undefined || (profile !== "dev" && profile !== "release")) {
    throw new Error(`Usage: node ${script} --out DIR [--cache DIR] [--profile dev|release]`);
  }
  const cache = values.cache ?? process.env.CUMULET_CACHE ?? path.join(out, "..", "esbuild-cache");
  return { out: path.resolve(out), cache: path.resolve(cache), profile };
}
