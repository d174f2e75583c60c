// @ts-check
/**
 * Makes a module from a style sheet that apps import by name
 * ("react-day-picker/style.css"): run, it appends one <style> element.
 * What the sheet refers to must be inside it, since an app's frame loads nothing.
 */
import { build } from "esbuild";
import { CatalogueError } from "./catalogue.mjs";

/** Files that a sheet may name; they become data URLs. */
const INLINED = /** @type {const} */ ([".png", ".gif", ".jpg", ".svg", ".woff", ".woff2", ".ttf", ".eot"]);

/**
 * @param {string} root folder with node_modules
 * @param {string} specifier
 * @returns {Promise<string>} ES module without exports
 */
export async function styleModule(root, specifier) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    stdin: { contents: `@import ${JSON.stringify(specifier)};`, loader: "css", resolveDir: root },
    bundle: true,
    minify: true,
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    write: false,
    logLevel: "silent",
    preserveSymlinks: true,
    // What a package gives to importers of its styles.
    conditions: ["style"],
    loader: Object.fromEntries(INLINED.map((extension) => [extension, "dataurl"])),
  });
  const css = outputFiles[0]?.text.trim() ?? "";
  const outside = /@import[^;]*|url\((?!["']?(?:data:|#))[^)]*\)/.exec(css)?.[0];
  if (css === "" || outside !== undefined) {
    throw new CatalogueError(
      `"${specifier}" can't be served: ${outside === undefined ? "it is empty" : `it needs ${outside}`}.`,
    );
  }
  return [
    'const style = document.createElement("style");',
    `style.textContent = ${JSON.stringify(css)};`,
    "document.head.append(style);",
  ].join("\n");
}
