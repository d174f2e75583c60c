// @ts-check
/** What a person does beside the app, in a real Chromium: its address, its history, its elements. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { component, inChromium, moduleOf, serveSite } from "./site.mjs";

/** @type {Awaited<ReturnType<typeof serveSite>>} */
let site;
/** @type {import("playwright-core").Page} */
let page;

inChromium((bed) => {
  ({ site, page } = bed);
});

/** @param {string} code of the app's module @param {string} body of its component @param {string} [path] */
async function start(code, body, path = "/") {
  await page.evaluate((given) => /** @type {any} */ (window).studio.open(given), { path });
  await page.waitForFunction(() => /** @type {any} */ (window).studio.messages.length > 0);
  await send({
    type: "load",
    revision: 1,
    modules: [moduleOf("src/App.tsx", `${code}\n${component("App", body)}`)],
    removed: [],
    entry: { id: "src/App.tsx", mount: true },
    css: "",
    dependencyFiles: [site.needed.react],
  });
  await heard({ type: "ready" });
}

/** @param {object} message */
async function send(message) {
  await page.evaluate((given) => /** @type {any} */ (window).studio.send(given), message);
}

/** The newest message of the frame with these fields. @param {Record<string, unknown>} wanted @returns {Promise<any>} */
async function heard(wanted) {
  const found = await page.waitForFunction(
    (fields) =>
      /** @type {any} */ (window).studio.messages.findLast((/** @type {any} */ { message }) =>
        Object.entries(fields).every(([key, value]) => message?.[key] === value),
      )?.message,
    wanted,
  );
  return found.jsonValue();
}

function app() {
  const frame = page.frames().find((candidate) => candidate.url().startsWith("about:srcdoc"));
  assert.ok(frame, "the app's frame is there");
  return frame;
}

/** What the app's own `location` says. @param {string} expression */
function inApp(expression) {
  return app().evaluate(`(() => { const { location } = __cumulet; return ${expression}; })()`);
}

/** @param {string} path @param {boolean} canGoBack @param {boolean} canGoForward */
const at = (path, canGoBack, canGoForward) => heard({ type: "location", path, canGoBack, canGoForward });

test("an app starts at its address, and its history is told", async () => {
  await start("", `return h("p", null, "x");`, "/people?by=name#top");
  await at("/people?by=name#top", false, false);
  assert.deepEqual(await inApp("[location.pathname, location.search, location.hash, String(location)]"), [
    "/people",
    "?by=name",
    "#top",
    "http://localhost/people?by=name#top",
  ]);
  assert.equal(await app().evaluate("window.location.hash"), "#top");
  await app().evaluate(`history.pushState({ n: 1 }, "", "../items/7")`);
  await at("/items/7", true, false);
  await app().evaluate(`history.replaceState({ n: 2 }, "", "?page=2")`);
  await at("/items/7?page=2", true, false);
  await app().evaluate("history.back()");
  await at("/people?by=name#top", false, true);
  await send({ type: "traverse", delta: 1 });
  await at("/items/7?page=2", true, false);
  assert.deepEqual(await app().evaluate("history.state"), { n: 2 });
  await app().evaluate(`window.location.hash = "end"`);
  await at("/items/7?page=2#end", true, false);
});

test("the person's address reaches the app's router, and addresses of others don't become its own", async () => {
  const code = `window.heard = []; addEventListener("popstate", ({ state }) => heard.push(["popstate", __cumulet.location.pathname, state])); addEventListener("hashchange", () => heard.push(["hashchange", __cumulet.location.hash]));`;
  await start(code, `return h("p", null, "x");`);
  await send({ type: "navigate", to: "/a#b" });
  await at("/a#b", true, false);
  assert.deepEqual(await app().evaluate("heard"), [
    ["popstate", "/a", null],
    ["hashchange", "#b"],
  ]);
  await inApp(`void (location.href = "/c")`);
  await at("/c", true, false);
  const refused = await app().evaluate(
    `(() => { try { history.pushState(null, "", "https://a.example/"); } catch (error) { return error.name; } })()`,
  );
  assert.equal(refused, "SecurityError");
  await inApp(`location.assign("https://a.example/x")`);
  assert.deepEqual((await heard({ type: "request" })).call, {
    type: "openExternal",
    url: "https://a.example/x",
  });
  await inApp("location.reload()");
  await heard({ type: "reloadNeeded" });
  assert.equal(await inApp("location.pathname"), "/c");
});

const CARDS = `window.clicks = 0;
function Card() { return h("article", { onClick: () => clicks++ },
  h("h2", null, "Card")); }`;
const SHOWN = `return h("main", null,
  h(Card));`;

/** @param {boolean} active */
const pick = (active, files = ["src/App.tsx"]) => send({ type: "pick", active, files });

test("a click picks an element, and the app hears nothing of it", async () => {
  await start(CARDS, SHOWN);
  await pick(true);
  await app().waitForSelector("cumulet-picker", { state: "attached" });
  await app().click("h2");
  const { components, places } = await heard({ type: "picked" });
  assert.deepEqual(components, ["Card", "App"]);
  const lines = places.map((/** @type {any} */ place) => `${place.file}:${place.line}`);
  const [heading, article, card, main] = lines.map((/** @type {string} */ line) =>
    Number(line.split(":")[1]),
  );
  assert.equal(heading, article + 1);
  assert.equal(card, main + 1);
  assert.equal(await app().evaluate("clicks"), 0);
  assert.equal(await app().evaluate(`document.querySelector("cumulet-picker")`), null);
  await app().click("h2");
  assert.equal(await app().evaluate("clicks"), 1);
});

test("only places in the project's files are told, and Escape leaves", async () => {
  await start(CARDS, SHOWN);
  await pick(true, ["src/Other.tsx"]);
  await app().waitForSelector("cumulet-picker", { state: "attached" });
  await app().click("h2");
  assert.deepEqual((await heard({ type: "picked" })).places, []);
  await pick(true);
  await app().waitForSelector("cumulet-picker", { state: "attached" });
  await page.keyboard.press("Escape");
  await heard({ type: "pickEnded" });
  await pick(true);
  await app().waitForSelector("cumulet-picker", { state: "attached" });
  await pick(false);
  await app().waitForSelector("cumulet-picker", { state: "detached" });
});

/** The colours of a picture, at some of its points. @param {string} url @param {[number, number][]} points */
function colours(url, points) {
  return page.evaluate(
    async ({ from, at }) => {
      const image = new Image();
      image.src = from;
      await image.decode();
      const canvas = new OffscreenCanvas(image.width, image.height);
      const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext("2d"));
      context.drawImage(image, 0, 0);
      return at.map(([x, y]) => [...context.getImageData(x, y, 1, 1).data].slice(0, 3).join());
    },
    { from: url, at: points },
  );
}

test("a picture shows what the app shows, and says what it lacks", async () => {
  const code = `const style = document.createElement("style");
document.head.append(style);
style.sheet.insertRule(":root { --tint: rgb(10, 120, 30) }");
style.sheet.insertRule("body { margin: 0; background: rgb(0, 0, 90) }");
style.sheet.insertRule(".box { width: 100px; height: 100px; background: var(--tint) }");
const paint = (canvas) => { const c = canvas.getContext("2d"); c.fillStyle = "rgb(200, 0, 0)"; c.fillRect(0, 0, 100, 100); };`;
  const shown = `return h("main", null, h("div", { className: "box" }), h("canvas", { width: 100, height: 100, ref: (at) => at && paint(at), style: { display: "block" } }), h("video"));`;
  await start(code, shown);
  await send({ type: "capture" });
  const { url, missing } = await heard({ type: "captured" });
  assert.deepEqual(missing, ["videos"]);
  assert.deepEqual(
    await colours(url, [
      [50, 50],
      [50, 150],
      [300, 50],
    ]),
    ["10,120,30", "200,0,0", "0,0,90"],
  );
});
