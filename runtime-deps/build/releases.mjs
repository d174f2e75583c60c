// @ts-check
/**
 * When the pinned version of a package was released, as the registry says.
 * Answers are kept, since they never change; without network they are unknown.
 */
import { execFile } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Questions at once; npm starts a process for each. */
const PARALLEL = 3;

/** After so many failures in a row there is no registry to ask. */
const GIVE_UP_AFTER = 3;

/**
 * @param {{ packageName: string, version: string }[]} packages
 * @param {string} cache folder
 * @returns {Promise<Map<string, string>>} by `name@version`: `2026-03-01`, or `unknown`
 */
export async function releaseDates(packages, cache) {
  const file = path.join(cache, "releases.json");
  /** @type {Record<string, string>} */
  const known = await readFile(file, "utf8").then(JSON.parse, () => ({}));
  const wanted = new Map(packages.map((item) => [`${item.packageName}@${item.version}`, item]));
  const queue = [...wanted].filter(([key]) => known[key] === undefined);
  let failures = 0;
  const work = async () => {
    for (let next = queue.shift(); next !== undefined && failures < GIVE_UP_AFTER; next = queue.shift()) {
      const date = await releaseDate(next[1]);
      failures = date === undefined ? failures + 1 : 0;
      if (date !== undefined) known[next[0]] = date;
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
  await mkdir(cache, { recursive: true });
  await writeFile(file, JSON.stringify(known));
  return new Map([...wanted.keys()].map((key) => [key, known[key] ?? "unknown"]));
}

/** @param {{ packageName: string, version: string }} item @returns {Promise<string | undefined>} */
async function releaseDate({ packageName, version }) {
  try {
    const { stdout } = await run("npm", ["view", packageName, "time", "--json"], { timeout: 20_000 });
    return /^\d{4}-\d\d-\d\d/.exec(String(JSON.parse(stdout)[version]))?.[0];
  } catch {
    return undefined;
  }
}
