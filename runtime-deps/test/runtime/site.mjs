// @ts-check
/**
 * A small site for the browser tests: the real shell, boot script, bridge
 * worker and policies, React in a dependency file, and a bare host page that
 * does the handshake as the studio does.
 */
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, before, beforeEach } from "node:test";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { makeEngine } from "../../build/engine.mjs";
import { limitDefines } from "../../build/limits.mjs";
import { headers } from "../../build/policies.mjs";
import { makeSandbox } from "../../build/sandbox.mjs";
import { LIMITS, ROOT } from "./load.mjs";

/**
 * Serves the site and opens it for each test, in a browser profile of its own.
 * @param {(bed: { site: Awaited<ReturnType<typeof serveSite>>, page: import("playwright-core").Page }) => void} give
 */
export function inChromium(give) {
  /** @type {Awaited<ReturnType<typeof serveSite>>} */
  let site;
  /** @type {import("playwright-core").Browser} */
  let browser;
  /** @type {import("playwright-core").BrowserContext | undefined} */
  let profile;

  before(async () => {
    site = await serveSite();
    browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
      ],
    });
  });

  beforeEach(async () => {
    await profile?.close();
    profile = await browser.newContext();
    const page = await profile.newPage();
    await page.goto(site.origin);
    give({ site, page });
  });

  after(async () => {
    await browser?.close();
    site?.close();
  });
}

/** The host page's script: `studio` holds what the bridge says, and makes frames. */
const HOST = `
const bridge = new Worker("/bridge.js", { type: "module" });
const studio = { messages: [], session: 0 };
window.studio = studio;
bridge.onmessage = ({ data }) => studio.messages.push(JSON.parse(data));
studio.send = (message) => bridge.postMessage(JSON.stringify({ ...message, session: studio.session }));
studio.removeFrame = () => {
  studio.send({ type: "disconnect" });
  document.querySelector("iframe")?.remove();
};
// Frames of one origin share a process: it ends, and its loop with it, only after all of them are gone.
studio.endFrame = () => {
  studio.removeFrame();
  return new Promise((resolve) => setTimeout(resolve, 500));
};
studio.open = ({ shell = "/sandbox/shell.html", theme = "light", app = "app", path = "/" } = {}) => {
  studio.removeFrame();
  studio.messages.length = 0;
  studio.session++;
  const frame = document.createElement("iframe");
  frame.src = shell;
  frame.style.cssText = "width:600px;height:400px";
  addEventListener("message", function greet(event) {
    if (event.source !== frame.contentWindow || event.data !== "cumulet:shell-ready") return;
    removeEventListener("message", greet);
    const { port1, port2 } = new MessageChannel();
    bridge.postMessage(
      JSON.stringify({ type: "connect", session: studio.session, app, depsUrl: "/deps/", theme, viewer: "viewer", path }),
      [port1],
    );
    event.source.postMessage("cumulet:shell-init", "*", [port2]);
  });
  document.body.append(frame);
};
`;

const REACT = `
import * as react from "react";
import * as client from "react-dom/client";
import * as runtime from "react/jsx-runtime";
__cumulet.provide("core", "react", react);
__cumulet.provide("core", "react-dom/client", client);
__cumulet.provide("core", "react/jsx-runtime", runtime);
`;

/** One dependency file with the development React, in the form that build/deps.mjs gives such files. */
async function reactFile() {
  const result = await build({
    stdin: { contents: REACT, resolveDir: ROOT },
    bundle: true,
    format: "esm",
    define: { "process.env.NODE_ENV": '"development"' },
    write: false,
  });
  const code = result.outputFiles[0]?.text ?? "";
  return `__cumulet.defineDependency("react.js", function (require, exports, module) {\n${code}\n});`;
}

/** Stands for what wasm-bindgen makes of bundler-wasm/worker. */
const GLUE = `
export default async () => {};
export class Bundler {
  constructor(manifest) { JSON.parse(manifest); }
  build(text) {
    const changes = JSON.parse(text);
    if ("crash" in changes) throw new Error("unreachable executed");
    const modules = Object.entries(changes).map(([id, code]) => ({ id, code, imports: [] }));
    return JSON.stringify({ output: { modules, removed: [], css: "", diagnostics: [] }, tailwind: { css: "in", candidates: ["p-2"] }, missing: [] });
  }
  resolvePositions(text) { return JSON.stringify(JSON.parse(text).map(() => null)); }
  reset() {}
}`;

const TAILWIND =
  "export const createCompiler = () => ({ compile: async (css, candidates) => css + ':' + candidates });";

/** @param {string} entry below src @param {Record<string, string>} [more] to define */
async function script(entry, more = {}) {
  const result = await build({
    entryPoints: [`${ROOT}/src/${entry}`],
    bundle: true,
    format: "esm",
    define: { ...limitDefines(LIMITS), ...more },
    write: false,
  });
  return result.outputFiles[0]?.text ?? "";
}

/** A page whose studio is not there. */
const UNFINISHED = `<!doctype html><meta name="cumulet-assets" content='{"frontendJs":"/gone.js","frontendWasm":"/gone.wasm"}'>
<body><script type="module" src="/start.js"></script>`;

/**
 * @typedef {import("../../src/workers/protocol.ts").NeededFile} NeededFile
 * @returns {Promise<{ origin: string, requests: string[], needed: Record<"react" | "forged" | "missing", NeededFile>, close(): void }>}
 */
export async function serveSite() {
  const engine = await makeEngine(ROOT, limitDefines(LIMITS));
  const [sandbox, react, bridge, bundler, start] = await Promise.all([
    makeSandbox(ROOT, limitDefines(LIMITS)),
    reactFile(),
    script("workers/bridge.ts", engine.define),
    script("workers/bundler.ts"),
    script("start/start.ts"),
  ]);
  const policies = headers(sandbox.shellHash, sandbox.bootHash);
  /** @type {(file: string, text: string) => NeededFile} */
  const needed = (file, text) => ({
    file,
    integrity: `sha256-${createHash("sha256").update(text).digest("base64")}`,
  });
  /** @type {Record<string, [type: string, body: string, headers: Record<string, string>]>} */
  const files = {
    "/": [
      "text/html",
      '<!doctype html><title>Host</title><body><script src="/host.js"></script>',
      policies.host,
    ],
    "/host.js": ["text/javascript", HOST, policies.host],
    "/bridge.js": ["text/javascript", bridge, policies.host],
    [`/${engine.file}`]: ["text/javascript", engine.code, policies.host],
    "/bundler.js": ["text/javascript", bundler, policies.host],
    "/glue.js": ["text/javascript", GLUE, policies.host],
    "/tailwind.js": ["text/javascript", TAILWIND, policies.host],
    "/start.js": ["text/javascript", start, policies.host],
    "/unfinished": ["text/html", UNFINISHED, policies.host],
    "/deps/manifest.json": ["application/json", "{}", policies.host],
    "/deps/react.js": ["text/javascript", react, policies.host],
    "/deps/forged.js": ["text/javascript", "something else", policies.host],
    "/sandbox/shell.html": ["text/html", sandbox.html, policies.shell],
    "/sandbox/without-headers.html": ["text/html", sandbox.html, {}],
  };
  /** @type {string[]} */
  const requests = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    requests.push(pathname);
    const [type, body, extra] = files[pathname] ?? ["text/plain", "not found", {}];
    response.writeHead(pathname in files ? 200 : 404, { ...extra, "Content-Type": `${type}; charset=utf-8` });
    response.end(body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    origin: `http://localhost:${address.port}`,
    requests,
    needed: {
      react: needed("react.js", react),
      forged: needed("forged.js", "what the list of packages promises"),
      missing: needed("missing.js", ""),
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/**
 * A project module as the bundler writes it.
 * @param {string} id
 * @param {string} body
 * @param {string} getters of the exports
 */
export function moduleOf(id, body, getters = "default: () => App") {
  const head = `__cumulet.define(${JSON.stringify(id)}, function (__require, __exports, __module) { "use strict"; var $RefreshReg$ = __module.refreshReg, $RefreshSig$ = __module.refreshSig; __cumulet.export(__exports, { ${getters} });`;
  const react = `const { useState, createElement: h } = AppDependencies.core["react"];`;
  return { id, code: `${head}\n${react}\n${body}\n});\n//# sourceURL=cumulet:///${id}` };
}

/** A component with its registration and signature. @param {string} name @param {string} body @param {string} hooks */
export function component(name, body, hooks = "") {
  return `var _s${name} = $RefreshSig$();
function ${name}() { _s${name}(); ${body} }
_s${name}(${name}, ${JSON.stringify(hooks)});
$RefreshReg$(${name}, ${JSON.stringify(name)});`;
}
