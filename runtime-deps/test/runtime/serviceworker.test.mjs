// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

Object.assign(globalThis, {
  RELEASE: {
    id: "1",
    files: { "/": "", "/sandbox/shell.html": "", "/assets/start-AAAAAAAA.js": "", "/deps/manifest.json": "" },
    later: ["/assets/types-worker-AAAAAAAA.js"],
    mark: "{}",
    headers: { shell: {}, host: {} },
  },
});
const { addressOf } = await load("src/serviceworker/release.ts");

const ORIGIN = "https://cumulet.example";

/** @param {string} url @param {string} [mode] @param {string} [method] */
function asked(url, mode = "cors", method = "GET") {
  return addressOf({ url: new URL(url, ORIGIN).href, mode, method }, ORIGIN);
}

test("pages of the studio are the page, whatever their address", () => {
  for (const address of ["/", "/settings", "/apps/abc?x=1#y"]) assert.equal(asked(address, "navigate"), "/");
  for (const address of ["/robots.txt", "/assets/none", "/templates/none", "/sandbox/none", "/deps/none"]) {
    assert.equal(asked(address, "navigate"), undefined, address);
  }
  assert.equal(asked("/settings"), undefined);
});

test("files of the release are its own, and the shell is the shell", () => {
  assert.equal(asked("/assets/start-AAAAAAAA.js"), "/assets/start-AAAAAAAA.js");
  assert.equal(asked("/assets/types-worker-AAAAAAAA.js"), "/assets/types-worker-AAAAAAAA.js");
  assert.equal(asked("/sandbox/shell.html", "navigate"), "/sandbox/shell.html");
});

test("the API, other origins, other methods and dependency files are left alone", () => {
  for (const address of [
    "/api/health",
    "/api/apps",
    "/deps/react-0123456789ab.js",
    "/assets/old-BBBBBBBB.js",
  ]) {
    assert.equal(asked(address), undefined, address);
    assert.equal(asked(address, "navigate"), undefined, address);
  }
  assert.equal(asked("https://elsewhere.example/", "navigate"), undefined);
  assert.equal(asked("/", "navigate", "POST"), undefined);
  assert.equal(asked("/__proto__"), undefined);
});
