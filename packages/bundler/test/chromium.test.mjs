// @ts-check
// The package in real Chromium, as a static host serves it: the example page,
// and the functions on a page without a worker.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { extname } from "node:path";
import { after, test } from "node:test";
import { chromium } from "playwright-core";
import { APP, DOUBLE, read } from "./package.mjs";

/** @type {Record<string, string>} */
const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".wasm": "application/wasm",
};

/** What a host adds: a page without anything, and the icon that Chromium asks for. @type {Record<string, string>} */
const OWN = { "/empty.html": "<!doctype html>", "/favicon.ico": "" };

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? "/", "http://localhost");
  try {
    const content = pathname in OWN ? OWN[pathname] : read(pathname);
    response.writeHead(200, { "Content-Type": TYPES[extname(pathname)] ?? "text/plain" }).end(content);
  } catch {
    response.writeHead(404).end();
  }
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
const origin = `http://localhost:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}`;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
});
after(async () => {
  await browser.close();
  server.closeAllConnections();
  server.close();
});

/** @param {string} path */
async function open(path) {
  const page = await browser.newPage();
  /** @type {string[]} */
  const problems = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("requestfailed", (request) => problems.push(request.url()));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  await page.goto(`${origin}${path}`);
  return { page, problems };
}

test("the example page builds in its worker at every change", async () => {
  const { page, problems } = await open("/example/index.html");
  await page.getByText(/^Built in [\d.]+ ms$/).waitFor();
  const result = page.getByLabel("Result");
  assert.match(await result.innerText(), /__cumulet\.define\("src\/App\.tsx"/);

  await page.getByLabel("src/App.tsx").fill('import { useStat } from "react";\nuseStat();\n');
  await page.getByText(/^[1-9]\d* found in/).waitFor();
  assert.match(await result.innerText(), /error: .*useStat[\s\S]*> 1 \| import \{ useStat \}/);

  await page.getByLabel("src/App.tsx").fill("export default () => <p>repaired</p>;\n");
  await page.getByText(/^Built in/).waitFor();
  assert.match(await result.innerText(), /repaired/);
  assert.deepEqual(problems, []);
});

test("build, transform and check give on a page what they give in Node", async () => {
  const { page, problems } = await open("/empty.html");
  const found = await page.evaluate(
    async ([app, double]) => {
      const address = "/src/index.js";
      /** @type {typeof import("../src/index.js")} */
      const { check, createBundler, init, transform } = await import(address);
      await init();
      const manifest = await (await fetch("/manifest.json")).json();
      const bundler = createBundler({ manifest });
      const build = bundler.build({ "src/App.tsx": app, "src/lib/double.ts": double });
      bundler.free();
      const checked = check({ "src/App.tsx": app }, manifest);
      return { build, transformed: transform("src/lib/double.ts", double), checked };
    },
    /** @type {const} */ ([APP, DOUBLE]),
  );
  assert.deepEqual(
    found.build.modules.map(({ id }) => id),
    ["src/lib/double.ts", "src/App.tsx"],
  );
  assert.deepEqual(found.transformed.exports, ["double"]);
  assert.equal(found.checked.diagnostics[0]?.code, "missing-file");
  assert.deepEqual(problems, []);
});

test("wrong input and a missing wasm are named on a page too", async () => {
  const { page } = await open("/empty.html");
  const messages = await page.evaluate(async () => {
    const address = "/src/index.js";
    const bundler = await import(address);
    /** @type {string[]} */
    const said = [];
    const note = (/** @type {any} */ error) => said.push(error.message);
    await bundler.init("/gone.wasm").catch(note);
    await bundler.init(fetch("/src/bundler.wasm"));
    try {
      bundler.createBundler({ manifest: {} });
    } catch (error) {
      note(error);
    }
    return said;
  });
  assert.match(messages[0] ?? "", /wasm could not be loaded: .*404/);
  assert.match(messages[1] ?? "", /manifest: missing field/);
  assert.equal(messages.length, 2);
});
