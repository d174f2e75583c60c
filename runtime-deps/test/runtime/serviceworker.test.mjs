// @ts-check
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { load, ROOT } from "./load.mjs";

const ORIGIN = "https://cumulet.example";
const SHELL = "/sandbox/shell.html?v=AAAAAAAA";
const TYPES = "/assets/types-worker-AAAAAAAA.js";
const START = "/assets/start-AAAAAAAA.js";

/** A site in small. @type {Record<string, string>} */
const FILES = {
  "/app.webmanifest": "{}",
  [START]: "start",
  [TYPES]: "types",
  "/deps/manifest.json": "{}",
  "/sandbox/shell.html": "shell",
  "/templates/index.json": "[]",
  "/types/types.json": "{}",
  "/assets.json": JSON.stringify({ shell: SHELL, start: START, typesWorker: TYPES }),
  "/headers.json": JSON.stringify(
    Object.fromEntries(["shell", "host", "direct"].map((group) => [group, { "X-Group": group }])),
  ),
};
FILES["/"] = `<meta content='${FILES["/assets.json"]}'>`;

const folder = await mkdtemp(path.join(tmpdir(), "cumulet-site-"));
after(() => rm(folder, { recursive: true }));
for (const [address, content] of Object.entries(FILES)) {
  const file = path.join(folder, address === "/" ? "index.html" : address);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
}
execFileSync(process.execPath, [path.join(ROOT, "build/serviceworker.mjs"), "--out", folder]);
const script = await readFile(path.join(folder, "sw.js"), "utf8");

/** The site's service worker, as it was built, in a browser that has what it needs and no more. */
function runWorker() {
  /** @type {Map<string, (event: any) => void>} */
  const listeners = new Map();
  /** @type {Map<string, Response>} */
  const kept = new Map();
  const cache = {
    match: async (/** @type {string} */ address) => kept.get(address)?.clone(),
    put: async (/** @type {string} */ address, /** @type {Response} */ response) => {
      kept.set(address, response);
    },
  };
  const worker = {
    kept,
    /** What the network has. */
    network: { ...FILES },
    tookOver: false,
    install: () =>
      new Promise((resolve) => {
        listeners.get("install")?.({ waitUntil: resolve });
      }),
    /** What it answers; undefined where it leaves the request to the browser. */
    async ask(/** @type {string} */ address, mode = "cors", method = "GET") {
      /** @type {Promise<Response> | undefined} */
      let answer;
      listeners.get("fetch")?.({
        request: { url: new URL(address, ORIGIN).href, mode, method },
        respondWith: (/** @type {Promise<Response>} */ response) => {
          answer = response;
        },
      });
      return (await answer)?.text();
    },
    /** @param {unknown} data @returns {Promise<boolean>} */
    tell: (data) =>
      new Promise((resolve) => {
        const ports = [{ postMessage: resolve }];
        listeners.get("message")?.({ data, ports, waitUntil: () => {} });
      }),
  };
  const scope = {
    addEventListener: (/** @type {string} */ type, /** @type {() => void} */ listener) =>
      listeners.set(type, listener),
    clients: { matchAll: async () => [{}] },
    skipWaiting: async () => {
      worker.tookOver = true;
    },
  };
  /** @param {string | { url: string }} request @param {{ integrity?: string }} [options] */
  const fetch = async (request, { integrity } = {}) => {
    const { pathname } = new URL(typeof request === "string" ? request : request.url, ORIGIN);
    // As a static host that has a page for every address.
    const text = worker.network[pathname] ?? worker.network["/"] ?? "";
    const hash = `sha256-${createHash("sha256").update(text).digest("base64")}`;
    if (integrity && integrity !== hash) throw new TypeError("the integrity is another");
    return new Response(text, { headers: { "Content-Type": "text/plain" } });
  };
  const caches = { keys: async () => [], open: async () => cache };
  new Function("self", "location", "caches", "fetch", script)(scope, { origin: ORIGIN }, caches, fetch);
  return worker;
}

/** A channel that is heard at once, and that nobody has to close. */
class Channel {
  /** @type {{ onmessage?: (event: { data: boolean }) => void }} */
  port1 = {};
  port2 = { postMessage: (/** @type {boolean} */ data) => this.port1.onmessage?.({ data }) };
}

/** A page that begins to load, of which the browser has another build. */
async function openPage() {
  const container = new EventTarget();
  /** @type {{ data: any, answer: (done: boolean) => void }[]} */
  const asked = [];
  const waiting = {
    postMessage: (/** @type {any} */ data, /** @type {Channel["port2"][]} */ [port]) =>
      asked.push({ data, answer: (done) => port?.postMessage(done) }),
  };
  const page = { asked, reloads: 0, takeOver: () => container.dispatchEvent(new Event("controllerchange")) };
  Object.assign(container, { controller: {}, getRegistration: async () => ({ waiting }) });
  Object.defineProperty(globalThis, "navigator", { value: { serviceWorker: container }, configurable: true });
  Object.assign(globalThis, { MessageChannel: Channel });
  Object.assign(globalThis, { location: { hostname: "cumulet.example", reload: () => page.reloads++ } });
  const { takeUpdate } = await load("src/start/offline.ts");
  return { page, start: takeUpdate };
}

/** Until everything that waits for nothing else has gone on. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

test("from a host without policies, the page may ask models and nothing else may", async () => {
  const worker = runWorker();
  await worker.install();
  const groups = Object.fromEntries(
    [...worker.kept].map(([address, kept]) => [address, kept.headers.get("X-Group")]),
  );
  assert.equal(groups["/"], "direct");
  assert.equal(groups[START], "host");
  assert.equal(groups[SHELL], "shell");
});

test("pages of the studio are the page, whatever their address", async () => {
  const worker = runWorker();
  for (const address of ["/", "/settings", "/apps/abc?x=1#y"]) {
    assert.equal(await worker.ask(address, "navigate"), FILES["/"]);
  }
  for (const address of ["/robots.txt", "/assets/none", "/templates/none", "/sandbox/none", "/deps/none"]) {
    assert.equal(await worker.ask(address, "navigate"), undefined, address);
  }
  assert.equal(await worker.ask("/settings"), undefined);
});

test("files of the release are its own", async () => {
  const worker = runWorker();
  await worker.install();
  assert.equal(await worker.ask(START), "start");
  assert.equal(await worker.ask(TYPES), "types");
});

test("the shell is the release's for its own pages, and the network's for those of other builds", async () => {
  const worker = runWorker();
  await worker.install();
  worker.network["/sandbox/shell.html"] = "shell of the next build";
  assert.equal(await worker.ask(SHELL, "navigate"), "shell");
  assert.equal(worker.kept.get(SHELL)?.headers.get("X-Group"), "shell");
  assert.equal(await worker.ask("/sandbox/shell.html?v=BBBBBBBB", "navigate"), undefined);
  assert.equal(await worker.ask("/sandbox/shell.html", "navigate"), undefined);
});

test("the API, other origins, other methods and dependency files are left alone", async () => {
  const worker = runWorker();
  for (const address of [
    "/api/health",
    "/api/apps",
    "/deps/react-0123456789ab.js",
    "/assets/old-BBBBBBBB.js",
  ]) {
    assert.equal(await worker.ask(address), undefined, address);
    assert.equal(await worker.ask(address, "navigate"), undefined, address);
  }
  assert.equal(await worker.ask("https://elsewhere.example/", "navigate"), undefined);
  assert.equal(await worker.ask("/", "navigate", "POST"), undefined);
  assert.equal(await worker.ask("/__proto__"), undefined);
});

test("what is loaded by few is kept once it was loaded, and only if it is that", async () => {
  const worker = runWorker();
  await worker.install();
  assert.ok(!worker.kept.has(TYPES));
  delete worker.network[TYPES];
  assert.equal(await worker.ask(TYPES), FILES["/"], "the host's own answer goes to the page");
  assert.ok(!worker.kept.has(TYPES), "but is not kept");
  worker.network[TYPES] = "types";
  assert.equal(await worker.ask(TYPES), "types");
  worker.network = {};
  assert.equal(await worker.ask(TYPES), "types");
});

test("a worker takes over only while the page that asked still waits", async () => {
  const worker = runWorker();
  assert.equal(await worker.tell({ type: "take-over", before: Date.now() - 1 }), false);
  assert.equal(await worker.tell({ type: "take-over" }), false);
  assert.equal(worker.tookOver, false);
  assert.equal(await worker.tell({ type: "take-over", before: Date.now() + 60_000 }), true);
  assert.equal(worker.tookOver, true);
});

test("a page begins anew with the build that it asked for, and loads nothing before", async () => {
  const { page, start } = await openPage();
  let loads = false;
  start().then(() => {
    loads = true;
  });
  await settled();
  page.asked[0]?.answer(true);
  page.takeOver();
  await settled();
  assert.equal(page.reloads, 1);
  assert.equal(loads, false);
});

test("a page that has waited long enough loads, and begins anew when the other build takes over late", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_000 });
  const { page, start } = await openPage();
  const started = start();
  await settled();
  t.mock.timers.tick(3_000);
  await started;
  assert.deepEqual(page.asked[0]?.data, { type: "take-over", before: 4_000 });
  assert.equal(page.reloads, 0);
  page.takeOver();
  assert.equal(page.reloads, 1);
});
