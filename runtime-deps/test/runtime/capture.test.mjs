// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { Capture } = await load("src/workers/capture.ts");

const PNG = new Blob([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1])]);

test("a picture is taken once for each time that it is asked for", async () => {
  const capture = new Capture();
  assert.throws(() => capture.take(PNG, []), { message: "a picture that nobody asked for" });
  capture.ask();
  const { url } = await capture.take(PNG, []);
  assert.match(url, /^blob:/);
  assert.throws(() => capture.take(PNG, []), { message: "a picture that nobody asked for" });
  URL.revokeObjectURL(url);
});

test("what isn't a PNG gets no address", async () => {
  const capture = new Capture();
  for (const content of [null, new Blob([]), new Blob(["<svg onload=alert(1)>"])]) {
    capture.ask();
    assert.equal((await capture.take(content, [])).url, null);
  }
});
