// Both compilers over the same files.

import { spawn } from "node:child_process";
import * as esbuild from "esbuild";
import { root } from "./corpus.mjs";

/** How many files esbuild is given at a time. */
const BATCH = 64;

/**
 * What the bundler makes of the files, in their order.
 * @param {string} program the example `conform`
 * @returns {Promise<{ code: string, error: null | { code: string, message: string, line: number } }[]>}
 */
export async function compileOurs(program, files) {
  const child = spawn(program, { cwd: root, stdio: ["pipe", "pipe", "inherit"] });
  const line = ({ path, compilerOptions }) =>
    compilerOptions === undefined ? path : `${path}\t${JSON.stringify({ compilerOptions })}`;
  child.stdin.end(files.map((file) => `${line(file)}\n`).join(""));
  const chunks = [];
  for await (const chunk of child.stdout) chunks.push(chunk);
  const lines = Buffer.concat(chunks).toString("utf8").split("\n").filter(Boolean);
  if (lines.length !== files.length) {
    throw new Error(
      `${program} answered for ${lines.length} of ${files.length} files: is the stack too small?`,
    );
  }
  return lines.map((line) => ourOutcome(JSON.parse(line)));
}

function ourOutcome({ panicked, code, diagnostics }) {
  if (panicked) return { code: "", error: { code: "panic", message: "The bundler panicked.", line: 0 } };
  const error = diagnostics.find((diagnostic) => diagnostic.severity === "error");
  if (error === undefined) return { code, error: null };
  return { code: "", error: { code: error.code, message: error.message, line: error.span?.line ?? 0 } };
}

/**
 * What esbuild makes of the files, in their order.
 * @param {"esm" | "cjs"} format
 */
export async function compileTheirs(files, format) {
  const outcomes = [];
  for (let start = 0; start < files.length; start += BATCH) {
    const batch = files.slice(start, start + BATCH);
    outcomes.push(...(await Promise.all(batch.map((file) => transform(file, format)))));
  }
  return outcomes;
}

/** The preview has a `location` of its own. */
const LOCATIONS = Object.fromEntries(
  ["", "window.", "globalThis.", "self.", "document."].map((of) => [`${of}location`, "__cumulet.location"]),
);

async function transform(file, format) {
  try {
    const { code } = await esbuild.transform(file.text, {
      loader: file.loader,
      format,
      target: "esnext",
      // No engine runs them yet.
      supported: { decorators: false },
      jsx: "automatic",
      // Names of functions are part of what is compared.
      keepNames: format === "cjs",
      logLevel: "silent",
      tsconfigRaw: {},
      define: {
        "import.meta.env": "__cumulet.env",
        "import.meta.hot": "undefined",
        "import.meta.url": JSON.stringify(`cumulet:///${file.path}`),
        ...LOCATIONS,
        "process.env": "__cumulet.env",
        "process.env.NODE_ENV": '"development"',
      },
    });
    return { code, error: null };
  } catch (failure) {
    const [error] = failure.errors ?? [];
    if (error === undefined) throw failure;
    return { code: "", error: { message: error.text, line: error.location?.line ?? 0 } };
  }
}
