// @ts-check
/**
 * The limits of protocol/src/limits.rs as values for esbuild's `define`, so
 * that TypeScript and Rust enforce the same numbers.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";

/** @param {string} repository its root @returns {Promise<Record<string, number>>} by name */
export async function readLimits(repository) {
  const file = path.join(repository, "protocol/src/limits.rs");
  return parseLimits(await readFile(file, "utf8"));
}

/** @param {string} source of limits.rs @returns {Record<string, number>} */
export function parseLimits(source) {
  /** @type {Record<string, number>} */
  const limits = {};
  for (const [line, name = "", expression = ""] of source.matchAll(/^pub const (\w+): \w+ = ([^;]+);/gm)) {
    const factors = expression.split("*").map((factor) => factor.trim().replaceAll("_", ""));
    if (!factors.every((factor) => /^\d+$/.test(factor))) {
      throw new Error(`protocol/src/limits.rs: "${line}" is not a product of whole numbers.`);
    }
    limits[name] = factors.reduce((product, factor) => product * Number(factor), 1);
  }
  if (Object.keys(limits).length === 0) throw new Error("protocol/src/limits.rs holds no limits.");
  return limits;
}

/** @param {Record<string, number>} limits @returns {Record<string, string>} for esbuild's `define` */
export function limitDefines(limits) {
  return Object.fromEntries(Object.entries(limits).map(([name, value]) => [`LIMITS.${name}`, String(value)]));
}
