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
  let [bytes, brotli] = [0, 0];
  for (const name of new Set(names)) {
    bytes += manifest.files[name]?.bytes ?? 0;
    brotli += manifest.files[name]?.brotli ?? 0;
  }
  return { bytes, brotli };
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
 * One line per approved package. Sizes are of what an app that has React
 * already loads for `import * as` of the package.
 * @param {import("./manifest.mjs").Dependencies} dependencies
 */
export function packageTable({ manifest, bundled }) {
  const core = coreFiles(manifest);
  const twice = duplicates(bundled);
  const rows = [["package", "version", "raw", "brotli", "files", "exports", "types", "parts", "licence"]];
  for (const [specifier, entry] of Object.entries(manifest.packages)) {
    const files = withImports(manifest, entry.file).filter(
      (name) => CORE.includes(specifier) || !core.has(name),
    );
    const { bytes, brotli } = sum(manifest, files);
    rows.push([
      specifier,
      entry.version,
      kilobytes(bytes),
      kilobytes(brotli),
      String(files.length),
      String(entry.exports.length + Number(entry.hasDefault)),
      String(entry.types.length),
      entry.parts === undefined ? "" : String(entry.parts.length),
      bundled.find(({ name }) => name === packageNameOf(specifier))?.licence ?? "",
    ]);
  }
  const all = sum(manifest, core);
  return [
    ...aligned(rows),
    `core (${CORE.join(", ")}): ${kilobytes(all.bytes)} raw, ${kilobytes(all.brotli)} brotli`,
    `bundled npm packages: ${bundled.map(({ name, version }) => `${name} ${version}`).join(", ")}`,
    twice.length === 0 ? "no package is bundled twice" : `bundled more than once: ${twice.join(", ")}`,
  ].join("\n");
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
