// @ts-check
/**
 * Makes sandbox/shell.html: the shell's script with the app's frame inside it
 * as text, and the frame's boot script inside that. Both scripts are pinned by
 * their hashes.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";
import { framePolicy, scriptHash } from "./policies.mjs";

/**
 * @param {string} root folder with src
 * @param {Record<string, string>} define
 * @returns {Promise<{ html: string, shellHash: string, bootHash: string, bootBytes: number }>}
 */
export async function makeSandbox(root, define) {
  const source = (/** @type {string} */ file) => path.join(root, "src", file);
  const boot = await classicScript(source("frame/main.ts"), root, {
    ...define,
    // react-refresh is empty in production.
    "process.env.NODE_ENV": '"development"',
  });
  const bootHash = scriptHash(boot);
  const frame = fill(await readFile(source("frame/frame.html"), "utf8"), {
    POLICY: framePolicy(bootHash),
    BOOT: boot,
  });
  const shell = await classicScript(source("shell/shell.ts"), root, {
    ...define,
    FRAME_HTML: htmlSafe(frame),
  });
  const html = fill(await readFile(source("shell/shell.html"), "utf8"), { SHELL: shell });
  return { html, shellHash: scriptHash(shell), bootHash, bootBytes: Buffer.byteLength(boot) };
}

/**
 * One classic script that may stand in a page.
 * @param {string} entry @param {string} root @param {Record<string, string>} define
 */
export async function classicScript(entry, root, define) {
  const result = await build({
    entryPoints: [entry],
    absWorkingDir: root,
    bundle: true,
    format: "iife",
    target: ["chrome111", "firefox114", "safari16.4"],
    minify: true,
    // Text in the page is not all ASCII, but a stray byte order must not change the hash.
    charset: "ascii",
    legalComments: "none",
    define,
    write: false,
    logLevel: "silent",
  });
  const text = (result.outputFiles[0]?.text ?? "").trim();
  if (/<\/script|<!--/i.test(text))
    throw new Error(`${path.relative(root, entry)} would end its own script element.`);
  return text;
}

/** @param {string} template @param {Record<string, string>} values */
function fill(template, values) {
  return template.replace(/\{\{(\w+)\}\}/g, (whole, name) => {
    const value = values[name];
    if (value === undefined) throw new Error(`${whole} has no value.`);
    return value;
  });
}

/** A string literal that may stand in a script element. @param {string} text */
function htmlSafe(text) {
  return JSON.stringify(text).replaceAll("<", "\\u003c");
}
