// @ts-check
/**
 * Cuts a package that is one huge file of independent functions (the packs of
 * react-icons) into parts, as text: each part is a module that needs no
 * bundling, which a bundler would do thousands of times for the same result.
 * The whole package only requires all its parts.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { CatalogueError } from "./catalogue.mjs";

/**
 * @typedef {object} Slices
 * @property {string[]} names of all exports, sorted
 * @property {{ names: string[], code: string }[]} parts ES modules; what they import is left as `IMPORT`
 * @property {string} imports specifier of the one module that they import from
 */

/** `export function FaStar (props) { … };`, as the generator of react-icons writes it. */
const FUNCTION = /^export function (\w+) ?\(props\) ?\{\n([\s\S]*?)\n\};?$/gm;

/** `import { GenIcon } from '../lib/index.mjs';` */
const IMPORT = /^import \{ (\w+) \} from '(\.\.?\/[^']+)';$/gm;

/**
 * @param {string} root folder with node_modules
 * @param {string} specifier
 * @param {number} functionsPerPart
 * @returns {Promise<Slices>}
 */
export async function planSlices(root, specifier, functionsPerPart) {
  const folder = path.join(root, "node_modules", specifier);
  const { module } = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"));
  const entry = path.join(folder, module);
  const source = await readFile(entry, "utf8");
  const imports = [...source.matchAll(IMPORT)];
  const functions = [...source.matchAll(FUNCTION)].map(([code, name = ""]) => ({ name, code }));
  const rest = source
    .replace(IMPORT, "")
    .replace(FUNCTION, "")
    .replace(/^\/\/.*$/gm, "")
    .trim();
  const [imported] = imports;
  if (imports.length !== 1 || imported?.[1] === undefined || imported[2] === undefined || rest !== "") {
    throw new CatalogueError(
      `"${specifier}" can't be sliced: it isn't one import and functions only. Remove slice from its entry.`,
    );
  }
  functions.sort((a, b) => (a.name < b.name ? -1 : 1));
  /** @type {Slices["parts"]} */
  const parts = [];
  for (let i = 0; i < functions.length; i += functionsPerPart) {
    const group = functions.slice(i, i + functionsPerPart);
    parts.push({
      names: group.map(({ name }) => name),
      code: `import { ${imported[1]} } from "IMPORT";\n${group.map(({ code }) => code).join("\n")}\n`,
    });
  }
  return {
    names: functions.map(({ name }) => name),
    parts,
    imports: packageOfFile(root, path.join(path.dirname(entry), imported[2])),
  };
}

/** `node_modules/react-icons/lib/index.mjs` → `react-icons/lib`. @param {string} root @param {string} file */
function packageOfFile(root, file) {
  return path.relative(path.join(root, "node_modules"), path.dirname(file)).replaceAll(path.sep, "/");
}

/**
 * The modules of a sliced package.
 * @param {{ specifier: string, category: string }} entry
 * @param {Slices} slices
 * @param {(specifier: string) => string} fileStem
 * @returns {import("./classic.mjs").Module[]} the whole first, then the parts
 */
export function sliceModules({ specifier, category }, { parts, imports }, fileStem) {
  const stem = fileStem(specifier);
  const provides = { category, specifier };
  const library = `${fileStem(imports)}.js`;
  const modules = parts.map(({ code }, index) => ({
    id: `${stem}-${index + 1}.js`,
    stem: `${stem}-${index + 1}`,
    code: code.replace('"IMPORT"', JSON.stringify(`./${library}`)),
    imports: [library],
    provides,
  }));
  const whole = {
    id: `${stem}.js`,
    stem,
    code: modules.map(({ id }) => `export * from "./${id}";`).join("\n"),
    imports: modules.map(({ id }) => id),
    provides,
  };
  return [whole, ...modules];
}
