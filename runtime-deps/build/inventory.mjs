// @ts-check
/**
 * What npm packages went into the bundle: copies, licences, and the checks that
 * React is there exactly once and in development mode.
 */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { CatalogueError, packageNameOf } from "./catalogue.mjs";

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
 * @param {string[]} others specifiers of what was put together without esbuild
 * @returns {Promise<BundledPackage[]>}
 */
export async function bundledPackages(root, metafile, others = []) {
  const used = Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs)
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([input]) => packageFolder(input)),
  );
  used.push(...others.map((specifier) => `node_modules/${packageNameOf(specifier)}`));
  const folders = [...new Set(used.filter((folder) => folder !== undefined))].sort();
  return Promise.all(folders.map((folder) => readPackage(root, folder)));
}

/** @param {string} root @param {string} folder @returns {Promise<BundledPackage>} */
async function readPackage(root, folder) {
  const absolute = path.join(root, folder);
  const manifest = JSON.parse(await readFile(path.join(absolute, "package.json"), "utf8"));
  const file = (await readdir(absolute)).find((name) => /^(licen[cs]e|copying)(\.|$)/i.test(name));
  const licenceText = file === undefined ? "" : (await readFile(path.join(absolute, file), "utf8")).trim();
  return {
    name: packageNameOfFolder(folder),
    folder,
    version: String(manifest.version),
    licence: licenceOf(manifest) || (MIT.test(licenceText) ? "MIT" : ""),
    licenceText,
  };
}

/** How the text of the MIT licence begins, for packages that name none. */
const MIT = /Permission is hereby granted, free of charge, to any person\s+obtaining a copy/;

/** Older packages list their licences as objects. @param {Record<string, any>} manifest */
function licenceOf({ license, licenses }) {
  if (typeof license === "string") return license;
  const types = [license, ...(Array.isArray(licenses) ? licenses : [])].map((item) => item?.type);
  return types.filter((type) => typeof type === "string").join(" OR ");
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
 * A second copy is bytes for nothing, and state or contexts that don't meet.
 * @param {BundledPackage[]} packages
 * @param {Map<string, string>} allowed the catalogue's reasons by package
 */
export function assertSingleCopies(packages, allowed) {
  const twice = duplicates(packages);
  const refused = twice.find((name) => !allowed.has(name));
  if (refused !== undefined) {
    const copies = packages.filter(({ name }) => name === refused);
    throw new CatalogueError(
      `${refused} is bundled twice: ${copies.map(({ folder, version }) => `${folder} (${version})`).join(", ")}. ` +
        "Make them one version, with overrides in package.json if need be, or give the reason in a [[second_copy]] table.",
    );
  }
  const needless = [...allowed.keys()].find((name) => !twice.includes(name));
  if (needless !== undefined) {
    throw new CatalogueError(
      `catalogue.toml: "${needless}" has a [[second_copy]] table, but is bundled once. Remove it.`,
    );
  }
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
