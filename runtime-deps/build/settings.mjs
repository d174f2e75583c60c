// @ts-check
/**
 * What the probing build and the real build have in common, so that they see
 * the same modules.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { repairsPlugin } from "./repairs.mjs";

/** Packages that run in development mode: React Refresh works only with React's development build. */
const DEVELOPMENT = /[\\/]node_modules[\\/](react|react-dom|scheduler)[\\/].*\.js$/;

/**
 * The form of the packages that run differently while an app is written. All
 * others are the same file in both.
 * @typedef {"development" | "production"} Form
 */

/**
 * @param {string} root folder with node_modules
 * @param {Form} [form]
 * @returns {import("esbuild").BuildOptions & { write: false, metafile: true, plugins: import("esbuild").Plugin[] }}
 */
export function bundleSettings(root, form = "development") {
  return {
    absWorkingDir: root,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    metafile: true,
    write: false,
    logLevel: "silent",
    // node_modules may be a link into a cache: paths must stay below `root`,
    // or packages there would not find each other.
    preserveSymlinks: true,
    // victory's delaunay-find asks for a file that exists as a script of another form only.
    alias: { "delaunator/delaunator.js": "delaunator" },
    define: {
      "process.env.NODE_ENV": '"production"',
      // Classic scripts have no import.meta; packages look there for Vite's mode.
      "import.meta.env": "true",
      "import.meta.env.MODE": '"production"',
      "import.meta.hot": "undefined",
      // What packages take for the global object where they were made for Node.
      global: "globalThis",
      "process.env": "{}",
      "process.browser": "true",
    },
    plugins: form === "development" ? [repairsPlugin, developmentPlugin] : [repairsPlugin],
  };
}

/** @type {import("esbuild").Plugin} */
const developmentPlugin = {
  name: "development-builds",
  setup(build) {
    build.onLoad({ filter: DEVELOPMENT }, async ({ path: file }) => ({
      contents: (await readFile(file, "utf8")).replaceAll("process.env.NODE_ENV", '"development"'),
      resolveDir: path.dirname(file),
      loader: "js",
    }));
  },
};
