// @ts-check
/** Sizes for people: the table of `--check` and the line at the end of a build. */
import { packageNameOf } from "./catalogue.mjs";
import { duplicates } from "./inventory.mjs";

/** What every app loads. */
const CORE = ["react", "react-dom", "react-dom/client", "react/jsx-runtime"];

/** @param {number} bytes */
function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`;
}

/** @param {import("./manifest.mjs").Manifest} manifest @param {Iterable<string>} names */
function sum(manifest, names) {
  const total = { bytes: 0, gzip: 0, brotli: 0 };
  for (const name of new Set(names)) {
    const file = manifest.files[name];
    total.bytes += file?.bytes ?? 0;
    total.gzip += file?.gzip ?? 0;
    total.brotli += file?.brotli ?? 0;
  }
  return total;
}

/** A file and everything that must be loaded before it. @param {import("./manifest.mjs").Manifest} manifest @param {string} file */
function withImports(manifest, file) {
  return [...(manifest.files[file]?.imports ?? []), file];
}

/** @param {import("./manifest.mjs").Manifest} manifest */
export function coreFiles(manifest) {
  return new Set(CORE.flatMap((name) => withImports(manifest, manifest.packages[name]?.file ?? "")));
}

/** @param {import("./manifest.mjs").Manifest} manifest */
export function totals(manifest) {
  const { bytes, brotli } = sum(manifest, Object.keys(manifest.files));
  const core = sum(manifest, coreFiles(manifest));
  return [
    `${Object.keys(manifest.packages).length} packages`,
    `${Object.keys(manifest.files).length} files`,
    `${kilobytes(bytes)} raw`,
    `${kilobytes(brotli)} brotli`,
    `core ${kilobytes(core.brotli)} brotli`,
  ].join(", ");
}

/**
 * One line per package. Sizes are of what an app that has React already loads
 * for `import * as` of the package.
 * @param {import("./manifest.mjs").Dependencies} dependencies
 * @param {Map<string, string>} releases by `name@version`
 */
export function packageTable({ manifest, bundled }, releases) {
  const core = coreFiles(manifest);
  const twice = duplicates(bundled);
  const rows = [
    "package version released raw gzip brotli files exports types parts effects licence".split(" "),
  ];
  for (const [specifier, entry] of Object.entries(manifest.packages)) {
    const files = withImports(manifest, entry.file).filter(
      (name) => CORE.includes(specifier) || !core.has(name),
    );
    const { bytes, gzip, brotli } = sum(manifest, files);
    const name = packageNameOf(entry.aliasOf ?? specifier);
    const npm = bundled.find((item) => item.name === name);
    rows.push([
      specifier,
      entry.version,
      releases.get(`${name}@${entry.version}`) ?? "unknown",
      kilobytes(bytes),
      kilobytes(gzip),
      kilobytes(brotli),
      String(files.length),
      String(entry.exports.length + Number(entry.hasDefault)),
      String(entry.types.length),
      entry.parts === undefined ? "" : String(entry.parts.length),
      npm?.hasSideEffects === false ? "" : "yes",
      npm?.licence ?? "",
    ]);
  }
  const all = sum(manifest, core);
  return [
    ...aligned(rows),
    ...aligned(categoryRows(manifest, core)),
    `core (${CORE.join(", ")}): ${kilobytes(all.bytes)} raw, ${kilobytes(all.brotli)} brotli`,
    `bundled npm packages: ${bundled.map(({ name, version }) => `${name} ${version}`).join(", ")}`,
    twice.length === 0 ? "no package is bundled twice" : `bundled more than once: ${twice.join(", ")}`,
  ].join("\n");
}

/**
 * Everything that a category's packages load, React apart; what several share counts in each.
 * @param {import("./manifest.mjs").Manifest} manifest
 * @param {Set<string>} core
 */
function categoryRows(manifest, core) {
  /** @type {Map<string, Set<string>>} */
  const files = new Map();
  for (const { category, file } of Object.values(manifest.packages)) {
    const found = files.get(category) ?? new Set();
    for (const name of withImports(manifest, file))
      if (category === "core" || !core.has(name)) found.add(name);
    files.set(category, found);
  }
  const rows = [...files].map(([category, names]) => {
    const { bytes, gzip, brotli } = sum(manifest, names);
    return [category, String(names.size), kilobytes(bytes), kilobytes(gzip), kilobytes(brotli)];
  });
  return [["category", "files", "raw", "gzip", "brotli"], ...rows];
}

/** @param {string[][]} rows */
function aligned(rows) {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
