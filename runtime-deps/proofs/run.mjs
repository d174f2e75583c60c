// @ts-check
/**
 * Proves that every package of a built site works where apps run: compiled by
 * the bundler, in the sandboxed frame, in Chromium.
 *
 *   CUMULET_SITE=DIR CHROMIUM=FILE [CUMULET_PROOFS_OUT=FILE] node proofs/run.mjs
 *
 * `--test-name-pattern` in front of the script chooses proofs. CUMULET_PROOFS_OUT
 * gets the counts and what was noted about the sandbox, as JSON.
 */
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, describe, it } from "node:test";
import { chromium } from "playwright-core";
import { barrelCases, languageCases } from "./harness/barrels.mjs";
import { FOLDER, gaps, readCases, sandboxNotes } from "./harness/cases.mjs";
import { readPackages } from "./harness/packages.mjs";
import { serveSite } from "./harness/site.mjs";
import { holdsReact, Stage } from "./harness/stage.mjs";

/** Pages at a time, each with one proof. */
const PAGES = 2;

const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const MAIN = 'import * as proof from "./proof";\nimport { run } from "./harness/harness";\nrun(proof);\n';

/** @param {string} name */
function required(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the proofs with \`cargo xtask test --only proofs\``);
  return value;
}

const site = path.resolve(required("CUMULET_SITE"));
const source = (/** @type {string} */ file) => readFile(path.join(FOLDER, "harness", file), "utf8");
const [packages, written, harness, host] = await Promise.all([
  readPackages(site),
  readCases(),
  source("harness.ts"),
  source("host.js"),
]);
const cases = [...written, ...barrelCases(packages), ...languageCases(packages.keys())];
const server = await serveSite(site, host);
const browser = await chromium.launch({ executablePath: required("CHROMIUM"), args: ARGUMENTS });

/** Pages that no proof is on. @type {Promise<Stage>[]} */
const free = Array.from({ length: PAGES }, () => Stage.open(browser, server.origin));
/** @type {Map<string, boolean>} */
const copies = new Map();
/** Names of the proofs that were run, and whether they hold. @type {Map<string, boolean>} */
const holds = new Map();

/** @param {string} file */
async function isCopyOfReact(file) {
  const known = copies.get(file) ?? holdsReact(await readFile(path.join(site, "deps", file), "utf8"));
  copies.set(file, known);
  return known;
}

/** @param {import("./harness/cases.mjs").Case} proof */
async function prove({ source: code, expected }) {
  const stage = await /** @type {Promise<Stage>} */ (free.pop());
  let next = Promise.resolve(stage);
  try {
    const files = { "src/main.tsx": MAIN, "src/harness/harness.ts": harness, "src/proof.tsx": code };
    const used = await stage.prove({ files, expected });
    const react = [];
    for (const file of used) if (await isCopyOfReact(file)) react.push(file);
    assert.equal(react.length, 1, `copies of React: ${react.join(", ")}`);
  } catch (error) {
    // What is left of a failed proof must not be in the way of the next one.
    next = stage.close().then(() => Stage.open(browser, server.origin));
    throw error;
  } finally {
    free.push(next);
  }
}

describe("proofs", { concurrency: PAGES }, () => {
  for (const proof of cases) {
    it(proof.name, async () => {
      holds.set(proof.name, false);
      await prove(proof);
      holds.set(proof.name, true);
    });
  }
});

it("every package of the catalogue has a proof, and every proof a package", () => {
  assert.deepEqual(gaps([...packages.keys()], cases), { unproven: [], unknown: [] });
});

after(async () => {
  await Promise.allSettled(free);
  await browser.close();
  server.close();
  const out = process.env.CUMULET_PROOFS_OUT;
  if (!out) return;
  const isProven = (/** @type {string} */ specifier) => {
    const own = cases.filter(({ proves }) => proves.includes(specifier));
    return own.length > 0 && own.every(({ name }) => holds.get(name));
  };
  const counts = {
    packages: packages.size,
    proven: [...packages.keys()].filter(isProven).length,
    proofs: cases.length,
    failed: [...holds].filter(([, held]) => !held).map(([name]) => name),
  };
  await writeFile(out, `${JSON.stringify({ ...counts, sandbox: sandboxNotes(cases) }, null, 2)}\n`);
});
