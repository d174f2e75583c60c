// @ts-check
/**
 * What npm packages went into the bundle: copies, licences, and the checks that
 * React is there exactly once and in development mode.
 */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { CatalogueError } from "./catalogue.mjs";

/**
 * @typedef {object} BundledPackage
 * @property {string} name
 * @property {string} folder below the root
 * @property {string} version
 * @property {string} licence SPDX expression, as the package says
 * @property {string} licenceText
 */

/** Folder of the package that a bundled file belongs to. @param {string} input path in esbuild's metafile */
export function packageFolder(input) {
  return /^(?:.*:)?(?:.*\/)?(node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)\//.exec(
    input.replaceAll("\\", "/"),
  )?.[1];
}

/** @param {string} folder `node_modules/@scope/name` → `@scope/name` */
export function packageNameOfFolder(folder) {
  return folder.slice(folder.lastIndexOf("node_modules/") + "node_modules/".length);
}

/**
 * Packages with code in the bundle, by name and folder.
 * @param {string} root
 * @param {import("esbuild").Metafile} metafile
 * @returns {Promise<BundledPackage[]>}
 */
export async function bundledPackages(root, metafile) {
  const used = Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs)
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([input]) => packageFolder(input)),
  );
  const folders = [...new Set(used.filter((folder) => folder !== undefined))].sort();
  return Promise.all(folders.map((folder) => readPackage(root, folder)));
}

/** @param {string} root @param {string} folder @returns {Promise<BundledPackage>} */
export async function readPackage(root, folder) {
  const absolute = path.join(root, folder);
  const manifest = JSON.parse(await readFile(path.join(absolute, "package.json"), "utf8"));
  const file = (await readdir(absolute)).find((name) => /^(licen[cs]e|copying)(\.|$)/i.test(name));
  return {
    name: packageNameOfFolder(folder),
    folder,
    version: String(manifest.version),
    licence: typeof manifest.license === "string" ? manifest.license : "",
    licenceText: file === undefined ? "" : (await readFile(path.join(absolute, file), "utf8")).trim(),
  };
}

/**
 * Names of packages with more than one copy in the bundle.
 * @param {BundledPackage[]} packages
 */
export function duplicates(packages) {
  const names = packages.map(({ name }) => name);
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}

/**
 * Two Reacts break hooks, and React Refresh needs the development build.
 * @param {import("esbuild").Metafile} metafile
 * @param {BundledPackage[]} packages
 */
export function assertOneReact(metafile, packages) {
  for (const name of ["react", "react-dom", "scheduler"]) {
    const copies = packages.filter((item) => item.name === name).map(({ folder }) => folder);
    if (copies.length !== 1) {
      throw new CatalogueError(
        `${name} must be bundled exactly once, but is there ${copies.length} times (${copies.join(", ")}). ` +
          `Find out who asks for another version: npm ls ${name}`,
      );
    }
  }
  for (const [name, build] of [
    ["react", "react.development.js"],
    ["react-dom", "react-dom-client.development.js"],
  ]) {
    const holders = Object.values(metafile.outputs).filter(
      ({ inputs }) => (inputs[`node_modules/${name}/cjs/${build}`]?.bytesInOutput ?? 0) > 0,
    );
    if (holders.length !== 1) {
      throw new CatalogueError(
        `${build} must be in exactly one dependency file, but is in ${holders.length}.`,
      );
    }
  }
}

/** The notices that the packages' licences ask for, as one text. @param {BundledPackage[]} packages */
export function licenceNotices(packages) {
  return packages
    .map(({ name, version, licence, licenceText }) => `${name} ${version}\n${licence}\n\n${licenceText}\n`)
    .join(`\n${"-".repeat(72)}\n\n`);
}
