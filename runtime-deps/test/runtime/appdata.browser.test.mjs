// @ts-check
/** What apps keep, in a real Chromium: shell, frame and bridge as they ship. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import { LIMITS } from "./load.mjs";
import { component, inChromium, moduleOf, serveSite } from "./site.mjs";

/** @typedef {import("playwright-core").Page} Page */

/** @type {Awaited<ReturnType<typeof serveSite>>} */
let site;
/** @type {Page} */
let page;
let revision = 0;

inChromium((bed) => {
  ({ site, page } = bed);
});

/**
 * Shows an app of one module in a new frame and waits until its code has run.
 * @param {string} code
 * @param {{ app?: string, at?: Page, shown?: string }} [options] `shown` is the body of its component
 */
async function run(code, { app = "one", at = page, shown = `return h("p", null, "x");` } = {}) {
  await at.evaluate((given) => /** @type {any} */ (window).studio.open({ app: given }), app);
  await at.waitForFunction(() => /** @type {any} */ (window).studio.messages.length > 0);
  revision++;
  const build = {
    type: "load",
    revision,
    modules: [moduleOf("src/App.tsx", `${code}\n${component("App", shown)}`)],
    removed: [],
    entry: { id: "src/App.tsx", mount: true },
    css: "",
    dependencyFiles: [site.needed.react],
  };
  await at.evaluate((message) => /** @type {any} */ (window).studio.send(message), build);
  await at.waitForFunction(
    (wanted) =>
      /** @type {any} */ (window).studio.messages.some(
        (/** @type {any} */ { message }) => message?.type === "ready" && message.revision === wanted,
      ),
    revision,
  );
}

/** @param {Page} [at] */
function frame(at = page) {
  const found = at.frames().find((candidate) => candidate.url().startsWith("about:srcdoc"));
  assert.ok(found, "the app's frame is there");
  return found;
}

/** Asks the bridge as the studio does. @param {string} type @param {string} [app] @param {Page} [at] */
function ask(type, app = "one", at = page) {
  return at.evaluate(
    async ([question, name]) => {
      const { studio } = /** @type {any} */ (window);
      studio.request = (studio.request ?? 0) + 1;
      const { request } = studio;
      studio.send({ type: question, request, app: name });
      for (;;) {
        const found = studio.messages.find((/** @type {any} */ message) => message.request === request);
        if (found) return found;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
    [type, app],
  );
}

/** Waits until the bridge keeps as many keys. @param {number} count @param {string} [app] */
async function untilKept(count, app = "one") {
  for (;;) {
    const { summary } = await ask("readData", app);
    if (summary.items.length === count) return;
  }
}

/** Waits until the bridge keeps stores of these names with as many records. @param {Record<string, number>} wanted */
async function untilStored(wanted) {
  for (;;) {
    const { summary } = await ask("readData");
    const stores = summary.databases.flatMap((/** @type {any} */ database) => database.stores);
    const found = Object.fromEntries(stores.map((/** @type {any} */ { name, count }) => [name, count]));
    if (isDeepStrictEqual(found, wanted)) return;
  }
}

const read = () => frame().evaluate(() => ({ ...localStorage }));

test("localStorage is there again in the next frame, in the next page, and for no other app", async () => {
  await run(
    `localStorage.setItem("a", "1"); localStorage.b = "2"; localStorage.__proto__ = "3"; delete localStorage.b;`,
  );
  await untilKept(2);
  await run("");
  assert.equal(await frame().evaluate(() => localStorage.getItem("__proto__")), "3");
  await page.reload();
  await run("window.seen = localStorage.length;");
  assert.deepEqual(await frame().evaluate(() => [/** @type {any} */ (window).seen, localStorage.a]), [
    2,
    "1",
  ]);
  await run("", { app: "two" });
  assert.deepEqual(await read(), {});
});

test("what an app stored just before its frame goes is kept", async () => {
  await run("");
  // The first goes at once, the second waits for its batch when the frame is removed.
  await frame().evaluate(() => {
    localStorage.first = "1";
    return new Promise((resolve) => setTimeout(resolve)).then(() => {
      localStorage.second = "2";
    });
  });
  await run("");
  assert.deepEqual(await read(), { first: "1", second: "2" });
});

test("sessionStorage outlives a frame but not the page", async () => {
  await run(`sessionStorage.setItem("step", "2");`);
  await run("");
  assert.equal(await frame().evaluate(() => sessionStorage.step), "2");
  await page.reload();
  await run("");
  assert.equal(await frame().evaluate(() => sessionStorage.length), 0);
});

test("a full localStorage throws in the app, and all that fits is kept", async () => {
  const half = LIMITS.STORAGE_MAX_CHARS / 2 - LIMITS.STORAGE_ITEM_CHARS - 10;
  await run(`localStorage.a = "x".repeat(${half}); localStorage.b = "y".repeat(${half});
    try { localStorage.c = "z".repeat(100); } catch (error) { document.title = error.name; }`);
  assert.equal(await frame().title(), "QuotaExceededError");
  await untilKept(2);
  await run("");
  assert.equal(await frame().evaluate(() => localStorage.b.length), half);
});

test("another tab with the same app hears of changes", async () => {
  const other = await page.context().newPage();
  await other.goto(site.origin);
  await run("", { at: other });
  await run("");
  await frame(other).evaluate(() => {
    document.title = "";
    addEventListener("storage", ({ key, oldValue, newValue, storageArea }) => {
      const same = storageArea === localStorage;
      document.title = `${document.title}${key}:${oldValue}>${newValue},${same},${localStorage.getItem(key ?? "")};`;
    });
  });
  await frame().evaluate(() => {
    localStorage.setItem("theme", "dark");
  });
  await frame(other).waitForFunction(() => document.title.includes("theme"));
  assert.equal(await frame(other).title(), "theme:null>dark,true,dark;");
  await frame().evaluate(() => localStorage.clear());
  await frame(other).waitForFunction(() => document.title.includes("null:"));
  assert.equal(await frame(other).evaluate(() => localStorage.length), 0);
});

test("cookies are there for those who look, and the first says that they are not kept", async () => {
  await run(`document.cookie = "a=1"; document.cookie = "b=2; path=/"; document.title = document.cookie;`);
  assert.equal(await frame().title(), "a=1; b=2");
  const told = () =>
    page.evaluate(
      () =>
        /** @type {any} */ (window).studio.messages.filter((/** @type {any} */ { message }) =>
          message?.args?.[0]?.startsWith("Cookies are not kept"),
        ).length,
    );
  // Lines of the console travel in batches.
  while ((await told()) === 0) await frame().waitForTimeout(50);
  assert.equal(await told(), 1);
});

const OPEN = `
const request = (made) => new Promise((resolve, reject) => { made.onsuccess = () => resolve(made.result); made.onerror = () => reject(made.error); });
const finished = (made) => new Promise((resolve, reject) => { made.oncomplete = resolve; made.onabort = () => reject(made.error); });
const open = (version, upgrade) => { const made = indexedDB.open("shop", version); made.onupgradeneeded = () => upgrade(made.result, made.transaction); return request(made); };
window.tools = { request, finished, open };
`;

test("IndexedDB is there again with indexes, generated keys and values of all kinds", async () => {
  await run(`${OPEN}
    window.saved = (async () => {
      const db = await open(1, (db) => {
        db.createObjectStore("items", { keyPath: "id", autoIncrement: true }).createIndex("by-tag", "tags", { multiEntry: true });
        db.createObjectStore("plain");
      });
      const tx = db.transaction(["items", "plain"], "readwrite");
      tx.objectStore("items").add({ name: "pear", tags: ["a", "b"] });
      tx.objectStore("items").add({ name: "fig", tags: ["b"] });
      tx.objectStore("items").delete(2);
      tx.objectStore("plain").put(new Map([["when", new Date(5)]]), ["x", 1]);
      tx.objectStore("plain").put(new Blob(["hello"], { type: "text/plain" }), "blob");
      tx.objectStore("plain").put(new Uint8Array([1, 2, 3]), new Date(7));
      await finished(tx);
      const dropped = db.transaction("plain", "readwrite");
      dropped.objectStore("plain").put("never", "never");
      dropped.abort();
    })();`);
  await frame().evaluate(() => /** @type {any} */ (window).saved);
  await untilStored({ items: 1, plain: 3 });
  await page.reload();
  await run(OPEN);
  const found = await frame().evaluate(async () => {
    const { request, open, finished } = /** @type {any} */ (window).tools;
    const db = await open();
    const tx = db.transaction(["items", "plain"], "readwrite");
    const [items, plain] = [tx.objectStore("items"), tx.objectStore("plain")];
    const result = {
      version: db.version,
      byTag: await request(items.index("by-tag").getAll("b")),
      keys: (await request(plain.getAllKeys())).map(String),
      map: (await request(plain.get(["x", 1]))).get("when").getTime(),
      blob: await (await request(plain.get("blob"))).text().catch(() => "inactive"),
      next: 0,
    };
    const again = db.transaction("items", "readwrite");
    result.next = await request(again.objectStore("items").add({ name: "plum", tags: [] }));
    await finished(again);
    return result;
  });
  assert.deepEqual(found, {
    version: 1,
    byTag: [{ id: 1, name: "pear", tags: ["a", "b"] }],
    keys: [String(new Date(7)), "blob", "x,1"],
    map: 5,
    blob: "hello",
    next: 3,
  });
});

test("a later version keeps what an upgrade renames, and a deleted database is gone", async () => {
  await run(OPEN);
  const go = () =>
    frame().evaluate(async () => {
      const { request, open, finished } = /** @type {any} */ (window).tools;
      const first = await open(1, (/** @type {IDBDatabase} */ db) => db.createObjectStore("old"));
      const tx = first.transaction("old", "readwrite");
      tx.objectStore("old").put("kept", 1);
      await finished(tx);
      first.close();
      const second = await open(2, (/** @type {any} */ db, /** @type {IDBTransaction} */ upgrade) => {
        upgrade.objectStore("old").name = "new";
        db.createObjectStore("more");
      });
      second.close();
      const gone = indexedDB.open("gone", 1);
      await request(gone);
      gone.result.close();
      await request(indexedDB.deleteDatabase("gone"));
    });
  await go();
  await untilStored({ new: 1, more: 0 });
  await page.reload();
  await run(OPEN);
  const found = await frame().evaluate(async () => {
    const { request, open } = /** @type {any} */ (window).tools;
    const db = await open();
    return {
      names: [...db.objectStoreNames],
      value: await request(db.transaction("new").objectStore("new").get(1)),
      all: (await indexedDB.databases()).map(({ name }) => name),
    };
  });
  assert.deepEqual(found, { names: ["more", "new"], value: "kept", all: ["shop"] });
});

test("a value that is too large fails the app's transaction with QuotaExceededError", async () => {
  await run(OPEN);
  const found = await frame().evaluate(async (size) => {
    const { finished, open } = /** @type {any} */ (window).tools;
    const db = await open(1, (/** @type {IDBDatabase} */ db) => db.createObjectStore("plain"));
    const tx = db.transaction("plain", "readwrite");
    tx.objectStore("plain").put("small", 1);
    tx.objectStore("plain").put("x".repeat(size), 2);
    const error = await finished(tx).catch((/** @type {Error} */ reason) => reason);
    const after = db.transaction("plain").objectStore("plain").count();
    await new Promise((resolve) => {
      after.onsuccess = resolve;
    });
    return [error?.name, after.result];
  }, LIMITS.DATA_MAX_VALUE_BYTES);
  assert.deepEqual(found, ["QuotaExceededError", 0]);
});

test("an app that never says IndexedDB doesn't load it", async () => {
  site.requests.length = 0;
  await run("");
  assert.deepEqual(
    site.requests.filter((address) => address.includes("indexed-db")),
    [],
  );
});

test("data is told, exported, cleared, put back and forgotten", async () => {
  await run(`${OPEN} localStorage.a = "1"; window.saved = (async () => {
    const db = await open(1, (db) => db.createObjectStore("plain"));
    const tx = db.transaction("plain", "readwrite");
    tx.objectStore("plain").put({ at: new Date(5), bytes: new Uint8Array([1]) }, "k");
    await finished(tx);
  })();`);
  await frame().evaluate(() => /** @type {any} */ (window).saved);
  await untilKept(1);
  const { summary } = await ask("readData");
  assert.deepEqual(summary.items, [{ name: "a", bytes: 2 }]);
  assert.equal(summary.databases[0].stores[0].count, 1);
  const exported = JSON.parse((await ask("exportData")).text);
  assert.deepEqual(exported.localStorage, { a: "1" });
  assert.deepEqual(exported.databases[0].stores[0].records, [
    { key: "k", value: { at: { $type: "Date", value: 5 }, bytes: { $type: "Uint8Array", base64: "AQ==" } } },
  ]);
  await ask("clearData");
  await run("");
  assert.deepEqual(await read(), {});
  await ask("restoreData");
  await run("");
  assert.deepEqual(await read(), { a: "1" });
  await page.evaluate(() => /** @type {any} */ (window).studio.send({ type: "forgetData", app: "one" }));
  await untilKept(0);
  await run("");
  assert.deepEqual(await read(), {});
});

const SHOW = `
  const { items, total, error, create, update, remove } = useAppData("todos", { where: { done: false }, sort: "-rank", limit: 3 });
  window.todos = { create, update, remove };
  return h("p", null, items.map((item) => item.title).join() + " of " + total + (error ? " " + error.code : ""));`;

/** Shows what the hook gives, and keeps its actions at hand. @param {{ app?: string, at?: Page }} [options] */
const runHook = (options) => run("", { ...options, shown: SHOW });

/** @param {string} text @param {Page} [at] */
const untilShown = (text, at = page) =>
  frame(at).waitForFunction((wanted) => document.querySelector("p")?.textContent === wanted, text);

test("useAppData shows changes at once, filtered, sorted and paged, and finds them again", async () => {
  await runHook();
  const shown = await frame().evaluate(async () => {
    const { create } = /** @type {any} */ (window).todos;
    const made = ["a", "b", "c", "d"].map((title, rank) => create({ title, rank, done: false }));
    // What React renders in the next task is there before any of them is kept.
    const isKept = { value: false };
    made[3].then(() => {
      isKept.value = true;
    });
    await new Promise((resolve) => setTimeout(resolve));
    const [first] = await Promise.all(made);
    return { isKept: isKept.value, first };
  });
  assert.equal(shown.first.title, "a");
  assert.match(shown.first.createdAt, /^\d{4}-/);
  await untilShown("d,c,b of 4");
  await frame().evaluate(async () => {
    const { update } = /** @type {any} */ (window).todos;
    const { items } = await /** @type {any} */ (window).appData("todos").query({ where: { title: "c" } });
    await update(items[0].id, { done: true });
  });
  await untilShown("d,b,a of 3");
  await page.reload();
  await runHook();
  await untilShown("d,b,a of 3");
  await runHook({ app: "two" });
  await untilShown(" of 0");
});

test("a change that is refused is taken away again, and the error says why", async () => {
  await runHook();
  const code = await frame().evaluate(async () => {
    const { create } = /** @type {any} */ (window).todos;
    await create({ id: "same", title: "first", done: false });
    create({ id: "same", title: "second", done: false });
    return create({ id: "same", title: "third", done: false }).catch(
      (/** @type {any} */ error) => error.code,
    );
  });
  assert.equal(code, "exists");
  await untilShown("first of 1 exists");
  const errors = await frame().evaluate(async (size) => {
    const { create, update, remove } = /** @type {any} */ (window).todos;
    const cyclic = /** @type {any} */ ({});
    cyclic.self = cyclic;
    const tries = [
      create({ text: "x".repeat(size) }),
      create(cyclic),
      create([]),
      update("none", { a: 1 }),
      remove("none"),
    ];
    const settled = await Promise.allSettled(tries);
    return settled.map((one) => (one.status === "rejected" ? one.reason.code : "kept"));
  }, LIMITS.DOCUMENT_MAX_CHARS);
  assert.deepEqual(errors, ["invalid", "invalid", "invalid", "missing", "missing"]);
  const faults = await page.evaluate(() =>
    /** @type {any} */ (window).studio.messages.filter(
      (/** @type {any} */ { message }) => message?.type === "error",
    ),
  );
  assert.deepEqual(faults, [], "a change that nobody waits for is no error of the app");
});

test("two tabs see each other's changes, and changes of different fields both stay", async () => {
  const other = await page.context().newPage();
  await other.goto(site.origin);
  await runHook({ at: other });
  await runHook();
  await frame().evaluate(() =>
    /** @type {any} */ (window).todos.create({ id: "x", title: "shared", done: false }),
  );
  await untilShown("shared of 1", other);
  await Promise.all([
    frame().evaluate(() => /** @type {any} */ (window).todos.update("x", { title: "renamed" })),
    frame(other).evaluate(() => /** @type {any} */ (window).todos.update("x", { rank: 7 })),
  ]);
  await untilShown("renamed of 1", other);
  const documents = await Promise.all(
    [page, other].map((at) =>
      frame(at).evaluate(() => /** @type {any} */ (window).appData("todos").get("x")),
    ),
  );
  for (const { title, rank } of documents) assert.deepEqual([title, rank], ["renamed", 7]);
  await frame(other).evaluate(() => /** @type {any} */ (window).todos.remove("x"));
  await untilShown(" of 0");
});

test("a thousand documents are kept, and another one is shown before it is", async () => {
  await runHook();
  await frame().evaluate(async () => {
    const { create } = /** @type {any} */ (window).todos;
    await Promise.all(
      Array.from({ length: 1000 }, (_, rank) => create({ title: `t${rank}`, rank, done: false })),
    );
  });
  await untilShown("t999,t998,t997 of 1000");
  const { summary } = await ask("readData");
  assert.equal(summary.collections[0].count, 1000);
  await runHook();
  await untilShown("t999,t998,t997 of 1000");
});

test("a full collection refuses the next document", async () => {
  await runHook();
  const code = await frame().evaluate(async (size) => {
    const { create } = /** @type {any} */ (window).todos;
    await Promise.all(Array.from({ length: size }, (_, rank) => create({ rank })));
    return create({ title: "one more" }).catch((/** @type {any} */ error) => error.code);
  }, LIMITS.COLLECTION_MAX_DOCUMENTS);
  assert.equal(code, "quota");
});
