// @ts-check
/**
 * Makes the engine of the frame's IndexedDB: a dependency file of its own, which
 * the bridge gives to apps that may need it.
 */
import { createHash } from "node:crypto";
import path from "node:path";
import { build } from "esbuild";

/**
 * @param {string} root folder with src
 * @param {Record<string, string>} define
 * @returns {Promise<{ file: string, code: string, define: Record<string, string> }>} its name, its
 *   text, and the define by which the bridge worker finds it beside itself
 */
export async function makeEngine(root, define) {
  const result = await build({
    entryPoints: [path.join(root, "src/frame/indexeddb/engine.ts")],
    absWorkingDir: root,
    bundle: true,
    format: "cjs",
    target: ["chrome111", "firefox114", "safari16.4"],
    minify: true,
    charset: "ascii",
    legalComments: "none",
    define,
    write: false,
    logLevel: "warning",
  });
  const body = (result.outputFiles[0]?.text ?? "").trim();
  const hash = createHash("sha256").update(body).digest("hex").slice(0, 8).toUpperCase();
  const file = `indexed-db-${hash}.js`;
  const code = `__cumulet.defineDependency(${JSON.stringify(file)},function(require,exports,module){${body}\n});\n`;
  const integrity = `sha256-${createHash("sha256").update(code).digest("base64")}`;
  return { file, code, define: { INDEXED_DB_ENGINE: JSON.stringify({ file, integrity }) } };
}
