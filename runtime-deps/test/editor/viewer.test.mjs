// @ts-check
/** The editor in a real Chromium: text that grows, and what changed since an earlier text. */
import assert from "node:assert/strict";
import path from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { ROOT } from "../runtime/load.mjs";

/** @type {import("playwright-core").Browser} */
let browser;
/** @type {import("playwright-core").Page} */
let page;
let script = "";

before(async () => {
  const result = await build({
    entryPoints: [path.join(ROOT, "src/editor/editor.ts")],
    bundle: true,
    format: "iife",
    globalName: "glue",
    write: false,
  });
  script = result.outputFiles[0]?.text ?? "";
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
  });
});

beforeEach(async () => {
  await page?.close();
  page = await browser.newPage();
  // Lines whose height is no whole number of pixels, as in the studio.
  await page.setContent('<div id="host" style="height:400px;width:600px;font-size:13.3px"></div>');
  await page.addScriptTag({ content: script });
});

after(async () => browser?.close());

/** Makes an editor; `follows` are the calls of `onFollow`. @param {string} doc @param {object} [options] */
async function open(doc, options = {}) {
  await page.evaluate(
    ([text, more]) => {
      const shared = /** @type {any} */ (window);
      shared.follows = [];
      shared.changes = 0;
      shared.editor = shared.glue.createEditor(document.getElementById("host"), {
        doc: text,
        path: "src/App.tsx",
        dark: false,
        readOnly: false,
        onChange: () => shared.changes++,
        onSave: () => {},
        onFollow: (/** @type {boolean} */ isAtEnd) => shared.follows.push(isAtEnd),
        ...more,
      });
    },
    /** @type {const} */ ([doc, options]),
  );
}

/** Waits for what the editor and the browser do with the next frames. */
async function settled() {
  await page.evaluate(
    () =>
      new Promise((done) =>
        requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done))),
      ),
  );
}

/** @param {number} count @param {string} [name] */
function lines(count, name = "line") {
  return Array.from({ length: count }, (_, index) => `const ${name}${index} = ${index};\n`).join("");
}

/** @param {string} text */
async function append(text) {
  await page.evaluate((given) => /** @type {any} */ (window).editor.append(given), text);
  await settled();
}

/** How far the editor is scrolled, and whether the last line shows. */
function place() {
  return page.evaluate(() => {
    const scroller = /** @type {HTMLElement} */ (document.querySelector(".cm-scroller"));
    const last = [...document.querySelectorAll(".cm-line")].at(-1)?.getBoundingClientRect();
    const text = /** @type {any} */ (window).editor.getDoc().trimEnd().split("\n").at(-1);
    const isDrawn = [...document.querySelectorAll(".cm-line")].some((line) => line.textContent === text);
    const box = scroller.getBoundingClientRect();
    return { top: scroller.scrollTop, atEnd: isDrawn && last !== undefined && last.bottom <= box.bottom };
  });
}

/** @param {number} by */
async function wheel(by) {
  await page.mouse.move(300, 200);
  await page.mouse.wheel(0, by);
  await settled();
}

const follows = () => page.evaluate(() => /** @type {any} */ (window).follows);

test("text that is added goes to the end, whatever was selected, and isn't the person's", async () => {
  await open("const a = 1;", { readOnly: true });
  await append("\nconst b = 2;");
  await append("\n// 🌧 done");
  assert.equal(await page.evaluate("window.editor.getDoc()"), "const a = 1;\nconst b = 2;\n// 🌧 done");
  assert.equal(await page.evaluate("window.changes"), 0);
  const coloured = page.locator(".cm-line", { hasText: "const b" }).locator("span").first();
  assert.equal(await coloured.textContent(), "const");
});

test("the end stays in view while it is followed, and only then", async () => {
  await open("", { readOnly: true });
  await append(lines(100));
  assert.equal((await place()).top, 0, "nobody follows yet");
  await page.evaluate("window.editor.setFollow(true)");
  await settled();
  assert.equal((await place()).atEnd, true);
  for (let round = 0; round < 5; round++) {
    await append(lines(30, `more${round}_`));
    assert.equal((await place()).atEnd, true);
  }
  assert.deepEqual(await follows(), [], "going along isn't the person's doing");
});

test("scrolling up is told and stays, scrolling back to the end is told", async () => {
  await open(lines(200), { readOnly: true });
  await page.evaluate("window.editor.setFollow(true)");
  await settled();
  await wheel(-600);
  await page.waitForFunction("window.follows.length > 0");
  assert.deepEqual(await follows(), [false]);
  await page.evaluate("window.editor.setFollow(false)");
  const { top } = await place();
  await append(lines(20, "more"));
  assert.equal((await place()).top, top);
  // CodeMirror makes room for lines that it hasn't drawn when it is scrolled.
  await wheel(100_000);
  await wheel(100_000);
  await page.waitForFunction("window.follows.length > 1");
  assert.deepEqual(await follows(), [false, true]);
});

test("another file that is shown while following isn't taken for scrolling up", async () => {
  await open(lines(200), { readOnly: true });
  await page.evaluate("window.editor.setFollow(true)");
  await settled();
  await page.evaluate((text) => /** @type {any} */ (window).editor.setDoc("src/b.ts", text), lines(300, "b"));
  await settled();
  assert.equal((await place()).atEnd, true);
  assert.deepEqual(await follows(), []);
});

test("what can be changed tells nothing when it is scrolled", async () => {
  await open(lines(200));
  await wheel(100_000);
  await wheel(-500);
  assert.deepEqual(await follows(), []);
});

/** @param {string | undefined} text */
const compare = (text) => page.evaluate((given) => /** @type {any} */ (window).editor.compare(given), text);
const lineOfCursor = () =>
  page.evaluate(() => document.querySelector(".cm-lineNumbers .cm-activeLineGutter")?.textContent);

test("changes since an earlier text are marked, counted and gone through", async () => {
  const earlier = lines(100).split("\n");
  const now = [...earlier];
  now[10] = "const changed = true;";
  now.splice(50, 0, "const one = 1;", "const two = 2;");
  now.splice(80, 1);
  await open(now.join("\n"));
  assert.deepEqual(await compare(earlier.join("\n")), { added: 3, removed: 2 });
  await settled();
  assert.equal(await page.locator(".cm-deletedChunk").first().textContent(), "const line10 = 10;");
  assert.equal(await page.locator(".cm-changedLine").first().textContent(), "const changed = true;");
  const visited = [await lineOfCursor()];
  for (const step of [1, 1, 1, -1]) {
    await page.evaluate((given) => /** @type {any} */ (window).editor.goToChange(given), step);
    await settled();
    visited.push(await lineOfCursor());
  }
  assert.deepEqual(visited, ["11", "51", "81", "11", "81"]);
});

test("nothing is changed while changes are shown, and the file is as before after them", async () => {
  await open("const a = 2;\n");
  assert.deepEqual(await compare("const a = 1;\n"), { added: 1, removed: 1 });
  await page.locator(".cm-content").focus();
  await page.keyboard.type("x");
  await page.keyboard.press("ControlOrMeta+z");
  assert.equal(await page.evaluate("window.editor.getDoc()"), "const a = 2;\n");
  assert.equal(await page.locator(".cm-content").getAttribute("aria-readonly"), "true");
  assert.equal(await compare(undefined), undefined);
  assert.equal(await page.locator(".cm-deletedChunk").count(), 0);
  assert.equal(await page.locator(".cm-content").getAttribute("aria-readonly"), "false");
  await page.keyboard.type("x");
  assert.match(await page.evaluate("window.editor.getDoc()"), /x/);
});

test("marks stay with their file, and go when another one is shown", async () => {
  await open("const a = 2;\n");
  await compare("const a = 1;\n");
  await page.evaluate(`window.editor.setDoc("src/b.ts", "const b = 1;")`);
  assert.equal(await page.locator(".cm-deletedChunk").count(), 0);
  await page.evaluate(`window.editor.setDoc("src/App.tsx", "const a = 2;\\n")`);
  assert.equal(await page.locator(".cm-deletedChunk").count(), 0);
});

test("texts that end differently are compared too", async () => {
  for (const [now, earlier, counts] of /** @type {const} */ ([
    ["a\n", "a\nb\n", { added: 0, removed: 1 }],
    ["a\nb\n", "a\n", { added: 1, removed: 0 }],
    // A line that isn't the last any more has changed, as far as its marks go.
    ["a\nb", "a", { added: 2, removed: 1 }],
    ["a", "a\nb", { added: 1, removed: 2 }],
    ["same\n", "same\n", { added: 0, removed: 0 }],
    ["a\r\nb\r\n", "a\nb\n", { added: 0, removed: 0 }],
  ])) {
    await page.evaluate(() => document.getElementById("host")?.replaceChildren());
    await open(now);
    assert.deepEqual(await compare(earlier), counts, JSON.stringify([earlier, now]));
    await page.evaluate("window.editor.goToChange(1)");
  }
});
