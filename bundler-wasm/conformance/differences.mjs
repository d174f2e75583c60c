// The known differences, each with its reason, and what isn't among them.

import { readFileSync } from "node:fs";
import path from "node:path";

/** Fields of a finding that an entry may restrict, as regular expressions. */
const PATTERNS = ["path", "message", "theirs"];

/** Fields that an entry may restrict, as they are. */
const VALUES = ["kind", "code", "engine"];

/**
 * Takes findings and says which of them no entry of `differences.json` covers.
 * An entry covers as many files as its `files` says, neither more nor fewer:
 * so it can't hide what is new, and goes when what it is about goes.
 */
export class Differences {
  #entries = JSON.parse(readFileSync(path.join(import.meta.dirname, "differences.json"), "utf8")).map(
    (entry) => ({ ...entry, found: [] }),
  );
  #unlisted = [];

  /** @param {{ kind: string, path: string, code?: string, message?: string, theirs?: string, engine?: string }} finding */
  add(finding) {
    const entry = this.#entries.find((entry) => covers(entry, finding));
    (entry?.found ?? this.#unlisted).push(finding);
  }

  /** Lines about the differences of these kinds, by reason. */
  reasons(kinds) {
    return this.#entries
      .filter((entry) => kinds.includes(entry.kind) && entry.found.length > 0)
      .map((entry) => `${String(entry.found.length).padStart(6)}  ${entry.reason}`);
  }

  /**
   * Lines about everything that fails the run.
   * @param {boolean} isWhole whether all files were compared, so that the entries' counts hold
   */
  failures(isWhole) {
    const unlisted = this.#unlisted.map(describe);
    if (!isWhole) return unlisted;
    const miscounted = this.#entries
      .filter((entry) => entry.found.length !== entry.files)
      .map((entry) => {
        const examples = entry.found.slice(0, 3).map((finding) => `\n    ${describe(finding)}`);
        return `differences.json: ${entry.found.length} files instead of ${entry.files}: ${entry.reason}${examples.join("")}`;
      });
    return [...unlisted, ...miscounted];
  }
}

function covers(entry, finding) {
  return (
    VALUES.every((name) => entry[name] === undefined || entry[name] === finding[name]) &&
    PATTERNS.every((name) => entry[name] === undefined || new RegExp(entry[name]).test(finding[name] ?? ""))
  );
}

function describe({ kind, path, line, code, message, theirs, engine }) {
  const place = line > 0 ? `${path}:${line}` : path;
  const details = [code, message, theirs && `esbuild: ${theirs}`, engine && `engine: ${engine}`];
  return `${kind}: ${place}: ${details.filter(Boolean).join(" | ")}`;
}
