// @ts-check
/** The runtime in a real Chromium: shell, frame, bridge and policies as they ship. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { LIMITS } from "./load.mjs";
import { component, inChromium, moduleOf, serveSite } from "./site.mjs";

/** @type {Awaited<ReturnType<typeof serveSite>>} */
let site;
/** @type {import("playwright-core").Page} */
let page;

inChromium((bed) => {
  ({ site, page } = bed);
});

let revision = 0;

/** @param {object} [options] of studio.open */
async function open(options) {
  await page.evaluate((given) => /** @type {any} */ (window).studio.open(given), options);
}

/**
 * @param {{ id: string, code: string, staticImports?: string[] }[]} modules
 * @param {object} [more] fields of the build
 * @returns {Promise<number>} its revision
 */
async function load(modules, more = {}) {
  revision++;
  const build = {
    type: "load",
    revision,
    modules,
    removed: [],
    entry: { id: "src/App.tsx", mount: true },
    css: "",
    dependencyFiles: [site.needed.react],
    ...more,
  };
  // The frame connects on its own time; a build is meant for a connected one.
  await page.waitForFunction(() => /** @type {any} */ (window).studio.messages.length > 0);
  await page.evaluate((message) => /** @type {any} */ (window).studio.send(message), build);
  return revision;
}

/**
 * Waits for a message of the frame.
 * @param {string} type
 * @param {Record<string, unknown>} [fields]
 * @returns {Promise<any>}
 */
async function fromFrame(type, fields = {}) {
  const found = await page.waitForFunction(
    (wanted) =>
      /** @type {any} */ (window).studio.messages.find((/** @type {any} */ { message }) =>
        Object.entries(wanted).every(([key, value]) => message?.[key] === value),
      )?.message,
    { type, ...fields },
  );
  return found.jsonValue();
}

/** @param {string} type @returns {Promise<any>} */
async function fromBridge(type) {
  const found = await page.waitForFunction(
    (wanted) =>
      /** @type {any} */ (window).studio.messages.find(
        (/** @type {any} */ message) => message.type === wanted,
      ),
    type,
  );
  return found.jsonValue();
}

function app() {
  const frame = page.frames().find((candidate) => candidate.url().startsWith("about:srcdoc"));
  assert.ok(frame, "the app's frame is there");
  return frame;
}

/** @param {string} label */
const counter = (label) =>
  moduleOf(
    "src/App.tsx",
    component(
      "App",
      `const [n, setN] = useState(0); return h("button", { onClick: () => setN(n + 1) }, "${label} " + n);`,
      "useState{n}",
    ),
  );

test("boots, renders, and says that it is ready", async () => {
  await open();
  assert.deepEqual(await fromFrame("booted"), { type: "booted" });
  const ready = await fromFrame("ready", { revision: await load([counter("count")]) });
  assert.equal(ready.keptState, false);
  assert.equal(await app().textContent("#root"), "count 0");
});

test("replaces a component in place and keeps its state", async () => {
  await open();
  await fromFrame("ready", { revision: await load([counter("count")]) });
  await app().click("button");
  const ready = await fromFrame("ready", { revision: await load([counter("sum")]) });
  assert.equal(ready.keptState, true);
  assert.equal(await app().textContent("#root"), "sum 1");
});

test("replaces a helper through its importers, and style sheets alone", async () => {
  const helper = (/** @type {string} */ word) =>
    moduleOf("src/words.ts", `const word = "${word}";`, "word: () => word");
  const main = moduleOf(
    "src/App.tsx",
    `const _m0 = __require("src/words.ts");\n${component("App", `const [n, setN] = useState(0); return h("button", { onClick: () => setN(n + 1) }, _m0.word + n);`, "n")}`,
  );
  await open();
  await fromFrame("ready", { revision: await load([helper("old"), main]) });
  await app().click("button");
  await fromFrame("ready", { revision: await load([helper("new")]) });
  assert.equal(await app().textContent("#root"), "new1");
  const css = "button { color: rgb(1, 2, 3) }";
  const ready = await fromFrame("ready", { revision: await load([], { css }) });
  assert.equal(ready.keptState, true);
  const color = await app().evaluate(
    () => getComputedStyle(/** @type {Element} */ (document.querySelector("button"))).color,
  );
  assert.equal(color, "rgb(1, 2, 3)");
});

test("reports a render error with place and components, and recovers with the next good build", async () => {
  await open();
  const broken = moduleOf("src/App.tsx", component("App", `return h("p", null, undefined.length);`));
  const failing = await load([broken]);
  const error = await fromFrame("error", { revision: failing });
  assert.equal(error.kind, "render");
  assert.match(error.message, /^TypeError: /);
  assert.equal(error.stack[0].file, "src/App.tsx");
  assert.equal(error.stack[0].function, "App");
  assert.equal(error.stack[0].line, 4);
  assert.deepEqual(error.components.slice(0, 1), ["App"]);
  await fromFrame("ready", { revision: await load([counter("well")]) });
  assert.equal(await app().textContent("#root"), "well 0");
});

test("reports errors of loading, of handlers and of promises", async () => {
  await open();
  const failing = await load([
    moduleOf("src/App.tsx", `throw new RangeError("at load");\nfunction App() {}`),
  ]);
  const error = await fromFrame("error", { kind: "load", revision: failing });
  assert.equal(error.message, "RangeError: at load");
  assert.equal(error.stack[0].line, 3);
  const handlers = `return h("button", { onClick: () => { Promise.reject(new Error("later")); throw new Error("now"); } }, "x");`;
  await fromFrame("ready", { revision: await load([moduleOf("src/App.tsx", component("App", handlers))]) });
  await app().click("button");
  assert.equal((await fromFrame("error", { kind: "event" })).message, "Error: now");
  assert.equal((await fromFrame("error", { kind: "promise" })).message, "Error: later");
});

test("tells errors of timers, of workers and of a full storage apart", async () => {
  await open();
  const code = `
    setTimeout(() => { throw new Error("in a timer"); });
    setTimeout(() => localStorage.setItem("k", "x".repeat(6e6)));
    const script = 'onmessage = () => { throw new RangeError("in a worker"); }';
    new Worker(URL.createObjectURL(new Blob([script]))).postMessage(1);`;
  await load([moduleOf("src/App.tsx", `${code}\n${component("App", `return h("p", null, "x");`)}`)]);
  const timer = await fromFrame("error", { kind: "uncaught" });
  assert.equal(timer.message, "Error: in a timer");
  assert.equal(timer.stack[0].file, "src/App.tsx");
  assert.match((await fromFrame("error", { kind: "worker" })).message, /RangeError: in a worker/);
  const storage = await fromFrame("error", { kind: "storage" });
  assert.match(storage.message, /^QuotaExceededError: /);
});

test("asks for a reload when a self-mounting entry changes", async () => {
  const main = (/** @type {string} */ text) =>
    moduleOf(
      "src/main.tsx",
      `AppDependencies.core["react-dom/client"].createRoot(document.getElementById("root")).render(h("p", null, "${text}"));`,
      "",
    );
  const entry = { entry: { id: "src/main.tsx", mount: false } };
  await open();
  await fromFrame("ready", { revision: await load([main("one")], entry) });
  const wanted = await load([main("two")], entry);
  assert.match(
    (await fromFrame("reloadNeeded", { revision: wanted })).reason,
    /src\/main\.tsx starts the app/,
  );
});

test("shows the page of index.html, and reloads when it or a variable changes", async () => {
  const main = moduleOf(
    "src/main.tsx",
    'AppDependencies.core["react-dom/client"].createRoot(document.getElementById("app")).render(h("p", null, __cumulet.env.VITE_NAME + __cumulet.env.MODE));',
    "",
  );
  const svg =
    "data:image/svg+xml,%3Csvg%20xmlns='http://www.w3.org/2000/svg'%3E100%%3Csymbol%20id='a'/%3E%3C/svg%3E";
  const icon = (/** @type {string} */ name) => `<svg><use ${name}="${svg}#a"/></svg>`;
  const page = {
    title: "Notes",
    html: { lang: "de", class: "big" },
    body: { class: "bg" },
    markup: `<header>Top</header><div id="app"></div>${icon("xlink:href")}${icon("href")}`,
  };
  const entry = { id: "src/main.tsx", mount: false, page, env: { VITE_NAME: "a " } };
  await open();
  await fromFrame("ready", { revision: await load([main], { entry }) });
  assert.equal(await app().locator("#app").innerText(), "a development");
  assert.equal(await app().locator("header").innerText(), "Top");
  assert.equal(await app().title(), "Notes");
  const icons = await app()
    .locator("use")
    .evaluateAll((uses) =>
      uses.map((use) => ["href", "xlink:href"].map((name) => use.getAttribute(name)?.split(":")[0])),
    );
  assert.deepEqual(icons, [
    [undefined, "blob"],
    ["blob", undefined],
  ]);
  assert.equal(await app().locator("html.big[lang=de][data-theme] > body.bg").count(), 1);

  const other = await load([], { entry: { ...entry, env: { VITE_NAME: "b " } } });
  assert.match((await fromFrame("reloadNeeded", { revision: other })).reason, /\.env/);
  const changed = await load([], { entry: { ...entry, page: { ...page, title: "Tasks" } } });
  assert.match((await fromFrame("reloadNeeded", { revision: changed })).reason, /index\.html/);
});

test("says why nothing is visible", async () => {
  await open();
  const empty = await load([moduleOf("src/App.tsx", component("App", "return null;"))]);
  assert.match(
    (await fromFrame("nothingRendered", { revision: empty })).reason,
    /src\/App\.tsx rendered nothing/,
  );
  const flat = await load([moduleOf("src/App.tsx", component("App", `return h("div", null, h("i"));`))]);
  assert.match((await fromFrame("nothingRendered", { revision: flat })).reason, /zero size/);
});

/** A module that awaits. @param {string} id @param {string} body @param {string} getters */
const waiting = (id, body, getters) => {
  const { code } = moduleOf(id, body, getters);
  return { id, code: code.replace("function (__require", "async function (__require") };
};

/** @param {string} text what it waits for @param {string} value */
const dataModule = (text, value) =>
  waiting("src/data.ts", `const data = (await ${text}, ${JSON.stringify(value)});`, "data: () => data");

const dataUser = {
  ...moduleOf(
    "src/App.tsx",
    `const _m0 = __require("src/data.ts");\n${component("App", `const [n, setN] = useState(0); return h("button", { onClick: () => setN(n + 1) }, _m0.data + n);`, "n")}`,
  ),
  staticImports: ["src/data.ts"],
};

const soon = "new Promise((resolve) => setTimeout(resolve, 50))";
const never = "new Promise(() => {})";

test("an app waits for a module that awaits, and says that it is ready only then", async () => {
  await open();
  const ready = await fromFrame("ready", { revision: await load([dataModule(soon, "data "), dataUser]) });
  assert.ok(ready.elapsedMs >= 50);
  assert.equal(await app().textContent("#root"), "data 0");
  await app().click("button");
  const update = await fromFrame("ready", { revision: await load([dataModule(soon, "more ")]) });
  assert.equal(update.keptState, true);
  assert.equal(await app().textContent("#root"), "more 1");
});

test("an error after an await is told and repaired, at the start and later", async () => {
  await open();
  const failing = `Promise.resolve().then(() => { throw new RangeError("no data"); })`;
  const broken = await load([dataModule(failing, ""), dataUser]);
  const first = await fromFrame("error", { revision: broken });
  assert.deepEqual([first.kind, first.message], ["load", "RangeError: no data"]);
  await fromFrame("ready", { revision: await load([dataModule(soon, "data ")]) });
  await app().click("button");
  const again = await load([dataModule(failing, "")]);
  assert.equal((await fromFrame("error", { revision: again })).kind, "load");
  assert.equal(await app().textContent("#root"), "data 1");
  await fromFrame("ready", { revision: await load([dataModule("null", "well ")]) });
  assert.equal(await app().textContent("#root"), "well 1");
});

test("a module that never ends its await is named, and the next edit repairs it", async () => {
  await open();
  const hanging = await load([dataModule(never, ""), dataUser]);
  const { reason } = await fromFrame("nothingRendered", { revision: hanging });
  assert.match(reason, /^Still waiting for the top-level await of src\/data\.ts\. /);
  await fromFrame("ready", { revision: await load([dataModule(soon, "data ")]) });
  await load([dataModule(never, "")]);
  const notice = await fromFrame("console", { level: "warn" });
  assert.match(notice.args[0], /^Still waiting for the top-level await of src\/data\.ts\. /);
  assert.equal(await app().textContent("#root"), "data 0");
  await fromFrame("ready", { revision: await load([dataModule(soon, "more ")]) });
  assert.equal(await app().textContent("#root"), "more 0");
});

test("a build that comes while the start waits keeps what is under way", async () => {
  await open();
  const counted = dataModule(
    `(document.body.title += "x", ${soon}, new Promise((r) => setTimeout(r, 400)))`,
    "data ",
  );
  await load([counted, dataUser]);
  const other = { ...dataUser, code: dataUser.code.replace("_m0.data + n", `"edited " + _m0.data + n`) };
  await fromFrame("ready", { revision: await load([other]) });
  assert.equal(await app().textContent("#root"), "edited data 0");
  assert.equal(await app().evaluate(() => document.body.title), "x");
});

test("an entry that mounts itself after an await starts anew when it changes meanwhile", async () => {
  const main = (/** @type {string} */ text) =>
    waiting(
      "src/main.tsx",
      `document.body.append(document.createElement("hr")); await ${text}; AppDependencies.core["react-dom/client"].createRoot(document.getElementById("root")).render(h("p", null, "there"));`,
      "",
    );
  const entry = { entry: { id: "src/main.tsx", mount: false } };
  await open();
  await load([main(never)], entry);
  // An entry that hasn't begun is simply replaced.
  await app().waitForSelector("hr", { state: "attached" });
  const edited = await load([main(soon)], entry);
  assert.match(
    (await fromFrame("reloadNeeded", { revision: edited })).reason,
    /main\.tsx was still starting/,
  );
  await open();
  await fromFrame("ready", { revision: await load([main(soon)], entry) });
  assert.equal(await app().textContent("#root"), "there");
});

test("import() gives a page that awaits", async () => {
  await open();
  const page = waiting(
    "src/Page.tsx",
    `await ${soon};\n${component("Page", `return h("p", null, "page");`)}`,
    "default: () => Page",
  );
  const main = moduleOf(
    "src/App.tsx",
    `const { lazy, Suspense } = AppDependencies.core["react"]; const Page = lazy(() => __cumulet.import("src/Page.tsx"));\n${component("App", `return h(Suspense, { fallback: "…" }, h(Page));`)}`,
  );
  await load([page, main]);
  await app().waitForSelector("#root p");
  assert.equal(await app().textContent("#root"), "page");
});

test("runs no text, reaches no network, no parent and no storage of the studio", async () => {
  await open();
  await fromFrame("ready", { revision: await load([counter("count")]) });
  await page.evaluate(() => localStorage.setItem("secret", "1"));
  const before = site.requests.length;
  // As the app's own code, from a blob script: the debugger's evaluate is not bound by the policies.
  const probe = `
    const tried = {};
    const attempt = (name, run) => { try { tried[name] = String(run()); } catch (error) { tried[name] = error.name; } };
    attempt("eval", () => (0, eval)("1"));
    attempt("function", () => new Function("return 1")());
    attempt("parent", () => parent.document.title);
    attempt("top", () => top.document.title);
    attempt("frame", () => frameElement);
    attempt("peer", () => typeof RTCPeerConnection);
    attempt("storage", () => localStorage.getItem("secret"));
    attempt("popup", () => open("/popup"));
    fetch("/stolen").then(() => "reached", (error) => error.name).then((fetched) => {
      tried.fetch = fetched;
      return import("/stolen.js").then(() => "reached", (error) => error.name);
    }).then((imported) => { tried.import = imported; console.log(JSON.stringify(tried)); });
    new Image().src = "/stolen.png";`;
  await load([moduleOf("src/App.tsx", `${probe}\n${component("App", `return h("p", null, "x");`)}`)]);
  const log = await fromFrame("console", { level: "log" });
  assert.deepEqual(JSON.parse(log.args[0]), {
    eval: "EvalError",
    function: "EvalError",
    parent: "SecurityError",
    top: "SecurityError",
    frame: "null",
    peer: "undefined",
    storage: "null",
    popup: "null",
    fetch: "TypeError",
    import: "TypeError",
  });
  assert.deepEqual(site.requests.slice(before), []);
});

test("runs nothing when the policies are missing", async () => {
  await open({ shell: "/sandbox/without-headers.html" });
  assert.match((await fromFrame("unsafe")).reason, /without its sandbox policy/);
  assert.equal(page.frames().length, 2, "the app's frame was not even made");
});

test("a loop that lets nothing else run gets an error, and the app lives on", async () => {
  await open();
  const source = `
    let round = 0;
    const spin = () => { for (;;) { if (++round > 100) round = __cumulet.round(); } };
    ${component(
      "App",
      `const [count, setCount] = useState(0);
      return h("button", { onClick: () => { setCount(count + 1); spin(); } }, count);`,
    )}`;
  await fromFrame("ready", { revision: await load([moduleOf("src/App.tsx", source)]) });
  for (const count of ["1", "2"]) {
    await app().click("button", { noWaitAfter: true });
    assert.match((await fromFrame("error")).message, /^RangeError: This loop was stopped: for 3 seconds/);
    assert.equal(await app().textContent("button"), count);
  }
});

test("an endless loop is told as silence while the studio stays alive, and a new frame boots", async () => {
  await open();
  await fromFrame("ready", { revision: await load([counter("count")]) });
  await load([moduleOf("src/App.tsx", `for (;;);\nfunction App() {}`)]);
  const silent = await fromBridge("silent");
  assert.ok(silent.silentMs >= 2_000);
  await page.evaluate(() => /** @type {any} */ (window).studio.endFrame());
  await open();
  await fromFrame("ready", { revision: await load([counter("again")]) });
  assert.equal(await app().textContent("#root"), "again 0");
});

test("bounds console calls in number and size, and says what was left out", async () => {
  await open();
  await fromFrame("ready", { revision: await load([counter("count")]) });
  const calls = `
    console.error("first", { deep: { a: [1, { b: null }] } }, new Map([["k", 1]]));
    console.warn("x".repeat(100000));
    console.info(...Array(50).fill("y"));
    for (let i = 0; i < 5000; i++) console.log("line", i);`;
  await load([moduleOf("src/App.tsx", `${calls}\n${component("App", `return h("p", null, "x");`)}`)]);
  const first = await fromFrame("console", { level: "error" });
  assert.deepEqual(
    first.args.map((/** @type {any} */ arg) => arg.text ?? arg),
    ["first", "{deep: {a: [1, {b: null}]}}", 'Map(1) {"k" => 1}'],
  );
  assert.equal(first.location.file, "src/App.tsx");
  const long = await fromFrame("console", { level: "warn" });
  assert.ok(Buffer.byteLength(long.args[0]) <= LIMITS.CONSOLE_MAX_ARG_BYTES);
  const many = await fromFrame("console", { level: "info" });
  assert.equal(many.args.length, LIMITS.CONSOLE_MAX_ARGS);
  assert.equal(many.args.at(-1), "… 31 more");
  await page.waitForFunction(() =>
    /** @type {any} */ (window).studio.messages.some((/** @type {any} */ { message }) =>
      /\d+ more console messages were left out/.test(message?.args?.[0]),
    ),
  );
  const shown = await page.evaluate(
    () =>
      /** @type {any} */ (window).studio.messages.filter(
        (/** @type {any} */ { message }) => message?.type === "console",
      ).length,
  );
  assert.ok(shown <= LIMITS.CONSOLE_MAX_ENTRIES, `${shown} lines`);
});

test("values of the console come as trees, without calling getters", async () => {
  await open();
  await fromFrame("ready", { revision: await load([counter("count")]) });
  const calls = `
    let read = 0;
    const cyclic = { name: "c" };
    cyclic.self = cyclic;
    const cause = Object.assign(new TypeError("inner"), { code: 7 });
    const element = document.createElement("p");
    element.id = "x";
    element.append("words", document.createElement("b"));
    const trap = () => { throw new Error("trap"); };
    const proxy = new Proxy({}, { ownKeys: trap, getPrototypeOf: trap, get: trap });
    console.info(
      { list: [1, "two"], get evil() { return ++read; } }, new Map([["k", { deep: true }]]), new Set(["s"]),
      cyclic, new Error("outer", { cause }), element, proxy,
    );
    console.debug(read);
    console.group("Group %s", "one");
    console.warn("in %c%d%c", "color: red", 4.7, "", "rest");
    console.groupEnd();
    console.table([{ a: 1, b: 2 }, { a: 3, b: 4 }], ["b"]);
    console.count("n"); console.count("n"); console.timeEnd("none");
    console.error("%o and", { a: 1 }, Array.from({ length: 1e5 }, (_, i) => ({ i })));`;
  await load([moduleOf("src/App.tsx", `${calls}\n${component("App", `return h("p", null, "x");`)}`)]);
  const last = await fromFrame("console", { level: "error" });
  /** @type {any} */
  const { args } = await fromFrame("console", { level: "info" });
  const inside = (/** @type {any} */ node) =>
    node.entries.map((/** @type {any} */ [name, value]) => `${name} ${value.kind} ${value.text}`);
  assert.deepEqual(inside(args[0]), ['list object [1, "two"]', "evil keyword (getter)"]);
  assert.deepEqual(inside(args[0].entries[0][1]), ["0 number 1", '1 string "two"']);
  assert.deepEqual(inside(args[1]), ["k object {deep: true}"]);
  assert.deepEqual(inside(args[2]), ['0 string "s"']);
  assert.deepEqual(inside(args[3]), ['name string "c"', "self object (circular)"]);
  assert.equal(args[4].kind, "error");
  assert.match(args[4].text, /^Error: outer\n.*src\/App\.tsx:\d+:\d+/);
  assert.doesNotMatch(args[4].text, /blob:|cumulet:/);
  const [name, inner] = args[4].entries[0];
  assert.deepEqual([name, inner.text], ["cause", "TypeError: inner"]);
  assert.deepEqual(
    inner.entries.map((/** @type {any} */ [key]) => key),
    ["stack", "code"],
  );
  assert.equal(args[5].text, '<p id="x">');
  assert.deepEqual(inside(args[5]), ['id string "x"', 'text string "words"', "1 element <b>"]);
  assert.equal(args[6].text, "(could not be shown)");
  assert.equal((await fromFrame("console", { level: "debug" })).args[0].text, "0");
  const warn = await fromFrame("console", { level: "warn" });
  assert.deepEqual([warn.args, warn.indent], [["in 4", "rest"], 1]);
  const said = await page.evaluate(() =>
    /** @type {any} */ (window).studio.messages.flatMap((/** @type {any} */ { message }) =>
      message?.type === "console" && message.level === "log" ? [message] : [],
    ),
  );
  assert.deepEqual(
    said.map((/** @type {any} */ { form }) => form),
    ["group", "table", "line", "line"],
  );
  assert.deepEqual(
    said[1].args[0].entries.map((/** @type {any} */ [, row]) => inside(row)),
    [["b number 2"], ["b number 4"]],
  );
  assert.deepEqual(
    said.slice(2).map((/** @type {any} */ { args: [text] }) => text),
    ["n: 1", "n: 2"],
  );
  assert.equal(last.args[1], "and");
  assert.equal(last.args[2].isCut, true);
  assert.equal(last.args[2].entries.length, 100);
  assert.deepEqual(inside(last.args[2].entries[0][1]), ["i number 0"]);
});

test("expels a frame that floods its port", async () => {
  await open();
  await fromFrame("ready", { revision: await load([counter("count")]) });
  const steal = `
    const post = MessagePort.prototype.postMessage;
    MessagePort.prototype.postMessage = function (message, ...rest) {
      if (message?.message?.type !== "heartbeat") return post.call(this, message, ...rest);
      for (let i = 0; i < 5000; i++) post.call(this, { ...message, seq: message.seq + i });
    };`;
  await load([moduleOf("src/App.tsx", `${steal}\n${component("App", `return h("p", null, "x");`)}`)]);
  assert.match((await fromBridge("expelled")).reason, /more than 100 messages a second/);
});

test("links, forms and history leave the app alive", async () => {
  const body = `return h("div", null,
    h("a", { href: "https://a.example/x" }, "out"), h("a", { href: "#there" }, "hash"), h("a", { href: "/api/x" }, "relative"),
    h("form", { action: "/send" }, h("button", null, "send")));`;
  await open();
  await fromFrame("ready", { revision: await load([moduleOf("src/App.tsx", component("App", body))]) });
  await app().click("text=out");
  assert.deepEqual(await fromFrame("request"), {
    type: "request",
    id: 1,
    call: { type: "openExternal", url: "https://a.example/x" },
  });
  await app().click("text=relative");
  await fromFrame("location", { path: "/api/x", canGoBack: true });
  assert.equal(await app().evaluate(() => confirm("Delete all?")), false);
  await app().click("text=send");
  await app().click("text=hash");
  assert.equal(await app().evaluate(() => location.hash), "#there");
  const states = await app().evaluate(async () => {
    history.pushState({ step: 1 }, "", "/somewhere#one");
    const first = location.hash;
    history.pushState({ step: 2 }, "", "#two");
    const popped = new Promise((resolve) =>
      addEventListener("popstate", (event) => resolve(event.state), { once: true }),
    );
    history.back();
    return [first, await popped, history.state, location.hash];
  });
  assert.deepEqual(states, ["#one", { step: 1 }, { step: 1 }, "#one"]);
  assert.equal(await app().textContent("form"), "send");
});

/** @param {string} code run when the app starts */
async function start(code) {
  await open();
  const module = moduleOf("src/App.tsx", `${code}\n${component("App", `return h("p", null, "x");`)}`);
  await fromFrame("ready", { revision: await load([module]) });
}

/** @param {number} id @param {object} answer */
async function answer(id, answer) {
  await page.evaluate((message) => /** @type {any} */ (window).studio.send(message), {
    type: "answer",
    id,
    answer,
  });
}

test("SandboxAPI asks the studio, and gives what it answers", async () => {
  await start(`
    const { SandboxAPI: imported, SandboxError } = AppDependencies.core["cumulet"];
    window.results = [imported === SandboxAPI];
    const keep = (name) => (value) => window.results.push([name, value]);
    const failed = (name) => (error) => window.results.push([name, error instanceof SandboxError, error.code, error.message]);
    SandboxAPI.confirm("Sure?").then(keep("confirm"));
    SandboxAPI.prompt("Name?", "Ada").then(keep("prompt"));
    SandboxAPI.fetch("https://a.example/x", { method: "post", headers: { Accept: "text/plain" }, body: JSON.stringify({ a: 1 }) })
      .then(async (response) => keep("fetch")([response.status, response.ok, response.url, response.headers.get("x-a"), await response.json()]));
    SandboxAPI.fetch("https://b.example/").catch(failed("denied"));
    SandboxAPI.fetch("/api/apps").catch(failed("relative"));
    SandboxAPI.fetch("https://b.example/", { method: "TRACE" }).catch(failed("method"));`);
  const calls = await page.waitForFunction(() => {
    const messages = /** @type {any} */ (window).studio.messages;
    const found = messages.filter((/** @type {any} */ { message }) => message?.type === "request");
    return found.length === 4 && found.map((/** @type {any} */ { message }) => message);
  });
  const requests = await calls.jsonValue();
  const of = (/** @type {string} */ type, /** @type {string} */ url = "") =>
    requests.find(
      (/** @type {any} */ { call }) => call.type === type && (url === "" || call.request.url === url),
    );
  assert.deepEqual(of("prompt").call, { type: "prompt", text: "Name?", initial: "Ada" });
  const sent = of("fetch", "https://a.example/x");
  assert.deepEqual(sent.call.request, {
    url: "https://a.example/x",
    method: "POST",
    headers: [
      ["accept", "text/plain"],
      ["content-type", "text/plain;charset=UTF-8"],
    ],
    body: btoa('{"a":1}'),
  });
  await answer(of("confirm").id, { type: "flag", value: true });
  await answer(of("prompt").id, { type: "text", value: null });
  const response = {
    url: "https://a.example/y",
    status: 201,
    headers: [["x-a", "1"]],
    body: btoa('{"b":2}'),
  };
  await answer(sent.id, { type: "response", response });
  await answer(of("fetch", "https://b.example/").id, { type: "failed", code: "denied", message: "No." });
  await app().waitForFunction(() => /** @type {any} */ (window).results.length === 7);
  const results = new Map(
    (await app().evaluate(() => /** @type {any} */ (window).results.slice(1))).map(
      (/** @type {any} */ [name, ...rest]) => [name, rest],
    ),
  );
  assert.deepEqual(results.get("confirm"), [true]);
  assert.deepEqual(results.get("prompt"), [null]);
  assert.deepEqual(results.get("fetch"), [[201, true, "https://a.example/y", "1", { b: 2 }]]);
  assert.deepEqual(results.get("denied"), [true, "denied", "No."]);
  assert.equal(results.get("relative")[1], "invalid");
  assert.match(results.get("method")[2], /can't send TRACE: use GET/);
});

test("10 000 requests that nobody awaits: 64 go out, the others fail, and the frame stays", async () => {
  await start(`
    window.failures = [];
    for (let i = 0; i < 10_000; i++) SandboxAPI.fetch("https://a.example/" + i).catch((error) => window.failures.push(error.code));`);
  await page.waitForFunction(
    (max) =>
      /** @type {any} */ (window).studio.messages.filter(
        (/** @type {any} */ { message }) => message?.type === "request",
      ).length === max,
    LIMITS.BRIDGE_MAX_IN_FLIGHT,
  );
  const codes = await app().evaluate(() => /** @type {any} */ (window).failures);
  assert.equal(codes.length, 10_000 - LIMITS.BRIDGE_MAX_IN_FLIGHT);
  assert.deepEqual([...new Set(codes)], ["too_many"]);
  const expelled = await page.evaluate(() =>
    /** @type {any} */ (window).studio.messages.some((/** @type {any} */ { type }) => type === "expelled"),
  );
  assert.equal(expelled, false);
});

test("dialogs, windows and links that save become calls; what can't wait names what can", async () => {
  await start(`
    alert("Done");
    window.answers = [confirm("Sure?"), prompt("Name?", "x"), window.open("https://a.example/"), window.open("about:blank")];
    const attached = document.createElement("a");
    attached.download = "../a/b.csv"; attached.href = "data:text/csv,1"; document.body.append(attached); attached.click();
    const free = document.createElement("a");
    free.download = "free.txt"; free.href = URL.createObjectURL(new Blob(["12345"]));
    free.dispatchEvent(new MouseEvent("click")); URL.revokeObjectURL(free.href);`);
  const calls = await page.waitForFunction(() => {
    const messages = /** @type {any} */ (window).studio.messages;
    const found = messages.filter((/** @type {any} */ { message }) => message?.type === "request");
    return found.length === 4 && found.map((/** @type {any} */ { message }) => message.call);
  });
  const [alerted, opened, ...saved] = await calls.jsonValue();
  assert.deepEqual(alerted, { type: "alert", text: "Done" });
  assert.deepEqual(opened, { type: "openExternal", url: "https://a.example/" });
  assert.deepEqual(saved.map((/** @type {any} */ { name, size }) => [name, size]).sort(), [
    ["_a_b.csv", 1],
    ["free.txt", 5],
  ]);
  assert.deepEqual(await app().evaluate(() => /** @type {any} */ (window).answers), [
    false,
    null,
    null,
    null,
  ]);
  const said = await fromFrame("console", { level: "warn" });
  assert.match(said.args[0], /await SandboxAPI\.confirm\("Sure\?"\)/);
});

test("names the dependency file that can't be had, and why", async () => {
  await open();
  await load([counter("count")], { dependencyFiles: [site.needed.forged] });
  const forged = await fromBridge("dependencyFailed");
  assert.equal(forged.file, "forged.js");
  assert.match(forged.message, /integrity/);
  await open();
  await load([counter("count")], { dependencyFiles: [site.needed.missing] });
  assert.match((await fromBridge("dependencyFailed")).message, /answered 404/);
  // The next build takes along what could not be sent.
  await fromFrame("ready", { revision: await load([]) });
});

test("keeps dependency files for later visits, and refuses what was changed there", async () => {
  await open();
  await fromFrame("ready", { revision: await load([counter("first")]) });
  const visit = async () => {
    await page.reload();
    const before = site.requests.length;
    await open();
    await fromFrame("ready", { revision: await load([counter("again")]) });
    return site.requests.slice(before).filter((path) => path === "/deps/react.js").length;
  };
  assert.equal(await visit(), 0);
  await page.evaluate(async (address) => {
    const cache = await caches.open("cumulet-deps-1");
    await cache.put(address, new Response("throw new Error('forged')"));
  }, `${site.origin}/deps/react.js`);
  assert.equal(await visit(), 1);
  assert.equal(await visit(), 0);
});

/** Starts a bundler worker, sends messages, and gives what it answered up to a type. */
const askBundler = (/** @type {object[]} */ messages, /** @type {string} */ last) =>
  page.evaluate(
    ([given, type]) =>
      new Promise((resolve) => {
        const worker = new Worker("/bundler.js", { type: "module" });
        /** @type {any[]} */
        const answers = [];
        worker.onmessage = ({ data }) => {
          answers.push(JSON.parse(data));
          if (answers.at(-1).type === type) resolve(answers);
        };
        for (const message of /** @type {object[]} */ (given)) worker.postMessage(JSON.stringify(message));
      }),
    /** @type {const} */ ([messages, last]),
  );

const START = {
  type: "start",
  glueUrl: "/glue.js",
  wasmUrl: "/bundler.wasm",
  manifestUrl: "/deps/manifest.json",
  tailwindUrl: "/tailwind.js",
};

test("the bundler worker starts, builds with Tailwind and maps positions under the host's policies", async () => {
  const answers = /** @type {any[]} */ (
    await askBundler(
      [
        START,
        { type: "build", revision: 1, changes: { a: "1" } },
        { type: "build", revision: 2, changes: { b: "2" } },
        { type: "resolvePositions", request: 7, positions: [{ file: "a", line: 1, column: 1 }] },
      ],
      "built",
    )
  );
  assert.deepEqual(
    answers.map(({ type }) => type),
    ["ready", "positions", "fetching", "built"],
  );
  const built = answers.at(-1);
  assert.equal(built.revision, 2);
  assert.equal(built.output.css, "in:p-2");
  assert.equal(built.output.modules.length, 2);
});

test("the bundler worker says what it could not load, and when it breaks", async () => {
  const missing = /** @type {any[]} */ (await askBundler([{ ...START, glueUrl: "/gone.js" }], "failed"));
  assert.match(missing.at(-1).message, /\/gone\.js could not be loaded/);
  const broken = await askBundler([START, { type: "build", revision: 1, changes: { crash: "" } }], "failed");
  assert.equal(/** @type {any[]} */ (broken).at(-1).message, "unreachable executed");
});

test("a page whose files are missing says so", async () => {
  await page.goto(`${site.origin}/unfinished`);
  const alert = page.getByRole("alert");
  await alert.waitFor();
  assert.match(
    await alert.innerText(),
    /couldn't start[\s\S]*\/gone\.js is missing \(the server answered 404\)/,
  );
  assert.equal(await page.getByRole("button", { name: "Reload" }).count(), 1);
});

test("elements get the files of the public folder in place of their addresses", async () => {
  await open();
  const png =
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAQAAABeK7cBAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=";
  const svg =
    "data:image/svg+xml,%3Csvg%20xmlns=%22http://www.w3.org/2000/svg%22%3E%3Csymbol%20id=%22a%22%3E%3Crect%20width=%225%22%20height=%225%22/%3E%3C/symbol%3E%3C/svg%3E";
  const file = (/** @type {string} */ id, /** @type {string} */ url) =>
    moduleOf(id, `const url = ${JSON.stringify(url)};`, "default: () => url");
  const body = `
    const address = "/a" + ".png";
    const made = new Image();
    made.src = address;
    return h("main", null,
      h("img", { src: address, id: "one" }),
      h("img", { src: "/gone.png", srcSet: "/a.png 1x, /gone.png 2x", id: "list" }),
      h("p", { title: address, id: "other" }),
      h("p", { id: "made" }, made.src),
      h("p", { id: "sound" }, new Audio("/a.png").src),
      h("svg", { width: 20, height: 20 }, h("use", { href: "/icons.svg#a", id: "use" })),
      h("svg", { width: 20, height: 20 }, h("use", { xlinkHref: ${JSON.stringify(`${svg}#a`)}, id: "data" })));`;
  // As the bundler writes an SVG of which nobody imports the component.
  const getters = `default: () => url, ReactComponent: () => __require("public/icons.svg?react").default`;
  const modules = [
    file("public/a.png", png),
    moduleOf("public/icons.svg", `const url = ${JSON.stringify(svg)};`, getters),
    moduleOf("src/App.tsx", component("App", body)),
  ];
  await fromFrame("ready", { revision: await load(modules) });
  const frame = app();
  assert.equal(await frame.getAttribute("#one", "src"), png);
  assert.equal(await frame.getAttribute("#list", "srcset"), `${png} 1x, /gone.png 2x`);
  assert.equal(await frame.getAttribute("#list", "src"), "/gone.png");
  assert.equal(await frame.getAttribute("#other", "title"), "/a.png");
  assert.equal(await frame.textContent("#made"), png);
  assert.equal(await frame.textContent("#sound"), png);
  // Drawn from the other document, and so as large as what is in that.
  await frame.waitForFunction(() =>
    ["use", "data"].every((id) => {
      const use = /** @type {SVGGraphicsElement | null} */ (
        /** @type {unknown} */ (document.getElementById(id))
      );
      return use?.getBBox().width === 5;
    }),
  );
  // A picture that the app found by its address can't be exchanged in place.
  await load([file("public/a.png", svg)]);
  await fromFrame("reloadNeeded");
});
