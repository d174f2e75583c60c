// @ts-check
/**
 * Writes docs/catalogue.md, the page that lists the packages, from
 * catalogue.toml, the pinned versions and what the proofs say of the sandbox.
 * It holds nothing that changes with
 * every build of the same catalogue, sizes above all.
 */
import { readCases, sandboxNotes } from "../proofs/harness/cases.mjs";
import { readCatalogue } from "./catalogue.mjs";

/** @typedef {import("./catalogue.mjs").ApprovedPackage} ApprovedPackage */
/** @typedef {import("./catalogue.mjs").BlockedPackage} BlockedPackage */

const INTRODUCTION = `# The packages of an app

What an app may import, and what it can't. A package that isn't here is refused with the nearest one that is.

This file is made from \`runtime-deps/catalogue.toml\`. After changing that: \`node build/deps.mjs --docs\` in \`runtime-deps\`.

An app pays for what it imports: each package is loaded by itself, what several share exists once, and of those marked **per name** only the parts with the names that are imported. **For opened projects** are packages that run, but that the model isn't told of.`;

/** @param {string} root the `runtime-deps` folder */
export async function catalogueDocs(root) {
  const { approved, blocked, secondCopies } = await readCatalogue(root);
  return `${[
    INTRODUCTION,
    ...categories(approved).map(([category, entries]) => section(category, entries)),
    blockedSection(blocked),
    notesSection(sandboxNotes(await readCases())),
    copiesSection(secondCopies),
  ].join("\n\n")}\n`;
}

/** In the catalogue's order. @param {ApprovedPackage[]} approved */
function categories(approved) {
  /** @type {Map<string, ApprovedPackage[]>} */
  const found = new Map();
  for (const entry of approved) found.set(entry.category, [...(found.get(entry.category) ?? []), entry]);
  return [...found];
}

/** @param {string} category @param {ApprovedPackage[]} entries */
function section(category, entries) {
  const rows = entries.map((entry) =>
    row([code(entry.specifier), entry.version, entry.hint, code(entry.example), marks(entry)]),
  );
  return [
    `## ${category}`,
    "",
    row(["package", "version", "for", "example", ""]),
    "|---|---|---|---|---|",
    ...rows,
  ].join("\n");
}

/** @param {ApprovedPackage} entry */
function marks({ split, aliasOf, avoid }) {
  return [
    split > 0 ? "per name" : "",
    aliasOf === undefined ? "" : `served from ${code(aliasOf)}`,
    avoid === undefined ? "" : `for opened projects: ${avoid.reason}. ${avoid.replacement}`,
  ]
    .filter((mark) => mark !== "")
    .join("; ");
}

/** @param {BlockedPackage[]} blocked */
function blockedSection(blocked) {
  /** @type {Map<string, BlockedPackage[]>} */
  const groups = new Map();
  for (const entry of blocked) {
    const key = JSON.stringify([entry.reason, entry.replacement, entry.rewriteTo]);
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  const rows = [...groups.values()].map((group) => {
    const [{ reason, replacement, rewriteTo } = { reason: "", replacement: "", rewriteTo: undefined }] =
      group;
    const rewrite = rewriteTo === undefined ? "" : ` The import is rewritten to ${code(rewriteTo)}.`;
    return row([group.map(({ specifier }) => code(specifier)).join(", "), reason, replacement + rewrite]);
  });
  return [
    "## Blocked",
    "",
    "Besides these: every module of Node.js (`node:fs` as well as `fs`), files with native code (`.node`), and code that is made at run time.",
    "",
    row(["package", "why", "instead"]),
    "|---|---|---|",
    ...rows,
  ].join("\n");
}

/** @param {{ packages: string[], note: string }[]} notes */
function notesSection(notes) {
  const lines = notes.map(({ packages, note }) => `- ${packages.map(code).join(", ")}: ${note}`);
  return ["## Different in the preview", "", ...lines].join("\n");
}

/** @param {Map<string, string>} copies */
function copiesSection(copies) {
  const lines = [...copies].map(([name, reason]) => `- ${code(name)}: ${reason}`);
  return ["## Bundled twice", "", ...(lines.length === 0 ? ["No package is."] : lines)].join("\n");
}

/** @param {string} text */
function code(text) {
  return `\`${text}\``;
}

/** @param {string[]} cells */
function row(cells) {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}
