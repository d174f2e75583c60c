// @ts-check
/**
 * Places in packages that can't work where apps run, and what stands there
 * instead: the frame refuses code made from text, has no web address, and is
 * no Node. The proofs show that the repaired packages work.
 */
import { readFile } from "node:fs/promises";

/**
 * @typedef {object} Repair
 * @property {RegExp} file
 * @property {RegExp} find
 * @property {string} replacement
 */

/** @type {Repair[]} */
const REPAIRS = [
  {
    // Reads a row by a function made of text.
    file: /[\\/]d3-dsv[\\/]dist[\\/]d3-dsv\.mjs$/,
    find: /return new Function\("d", "return \{"[\s\S]*?\.join\(","\) \+ "\}"\);/,
    replacement: 'return (d) => Object.fromEntries(columns.map((name, i) => [name, d[i] || ""]));',
  },
  {
    // Reads the address of the document, about:srcdoc; the frame has the app's own.
    file: /[\\/]react-router[\\/]dist[\\/]\w+[\\/]chunk-\w+\.mjs$/,
    find: /\bwindow(2|Impl)?\.location\b/g,
    replacement: "(globalThis.__cumulet?.location ?? $&)",
  },
  {
    file: /[\\/]wouter[\\/]src[\\/]use-browser-location\.js$/,
    find: /\blocation(?=\.(search|pathname);)/g,
    replacement: "(globalThis.__cumulet?.location ?? $&)",
  },
  {
    // Asks for Node's `process` without looking whether it is there.
    file: /[\\/]dayjs[\\/](esm[\\/])?plugin[\\/]devHelper(\.js|[\\/]index\.js)$/,
    find: /!process ?\|\| ?/,
    replacement: "",
  },
];

/** It is an error when a build has files of a repair, and none of them its place. @type {import("esbuild").Plugin} */
export const repairsPlugin = {
  name: "repairs",
  setup(build) {
    for (const { file, find, replacement } of REPAIRS) {
      /** @type {Map<string, boolean>} whether a file has the place */
      const loaded = new Map();
      build.onStart(() => loaded.clear());
      build.onLoad({ filter: file }, async ({ path }) => {
        const text = await readFile(path, "utf8");
        loaded.set(path, text.search(find) >= 0);
        return { contents: text.replace(find, replacement), loader: "js" };
      });
      build.onEnd(() => {
        const [path] = loaded.keys();
        if (path === undefined || [...loaded.values()].includes(true)) return undefined;
        return { errors: [{ text: `${path} changed: look at its repair in build/repairs.mjs` }] };
      });
    }
  },
};
