// @ts-check
/** Browsers that exchange what an app keeps in collections by one server. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import { LIMITS, load } from "./load.mjs";

/** Browsers have no other tabs here, and no channel between them. */
class Alone {
  postMessage() {}
}
Object.assign(globalThis, { IDBKeyRange, BroadcastChannel: Alone });
const { AppData } = await load("src/workers/appdata/appdata.ts");
const { Replica } = await load("src/workers/appdata/replica.ts");

const APP = "app";

/** What server/src/services/documents.rs does, without its limits but one. */
class Server {
  epoch = 1;
  newest = 0;
  most = Number.POSITIVE_INFINITY;
  /** @type {Map<string, any>} */
  documents = new Map();

  /** @param {any} exchange */
  answer({ epoch, since, changes }) {
    const isSame = epoch === this.epoch && since <= this.newest;
    const documents = [...this.documents.values()].filter(({ revision }) => !isSame || revision > since);
    /** @type {any} */
    const answer = { epoch: this.epoch, documents, taken: [], refused: [], more: false };
    for (const { collection, id, revision, text } of isSame ? changes : []) {
      const place = `${collection}/${id}`;
      const kept = this.documents.get(place) ?? { collection, id, revision: 0, text: null };
      if (kept.text === text) answer.taken.push({ collection, id, revision: kept.revision });
      else if (kept.revision !== revision) answer.documents.push(kept);
      else if (text !== null && this.texts().length >= this.most)
        answer.refused.push({ collection, id, revision });
      else {
        this.newest++;
        this.documents.set(place, { collection, id, revision: this.newest, text });
        answer.taken.push({ collection, id, revision: this.newest });
      }
    }
    return { ...answer, since: this.newest };
  }

  texts() {
    const texts = [...this.documents.values()].map(({ text }) => text);
    return texts.filter((text) => text !== null).sort();
  }
}

/** One browser profile with the app in one tab. */
class Browser {
  /** @param {Server} server */
  constructor(server) {
    this.server = server;
    /** @type {string[]} */
    this.heard = [];
    // The database is opened at once, in this browser's own storage.
    globalThis.indexedDB = new IDBFactory();
    this.data = new AppData(
      (/** @type {any} */ { documents }) =>
        this.heard.push(...documents.map((/** @type {any} */ one) => one.document.id)),
      () => {},
    );
    this.replica = new Replica(this.data);
  }

  async exchange() {
    const exchange = JSON.parse(JSON.stringify(await this.replica.unsent(APP)));
    return this.replica.merge(APP, JSON.parse(JSON.stringify(this.server.answer(exchange))));
  }

  async settle() {
    for (let rounds = 0; await this.exchange(); rounds++) assert.ok(rounds < 50, "it comes to an end");
  }

  /** @param {string} kind @param {string} id @param {object} [fields] @param {number} [at] */
  async change(kind, id, fields = {}, at = 1_000) {
    const { refused } = await this.data.write(APP, [
      { kind: `${kind}Document`, collection: "todos", id, fields: JSON.stringify(fields), at },
    ]);
    return refused;
  }

  async documents() {
    const rows = await this.data.documents(APP, "todos");
    return rows.map((/** @type {any} */ { text }) => text).sort();
  }

  async unsent() {
    return (await this.data.summary(APP)).unsent;
  }
}

/** @param {(server: Server, one: Browser, two: Browser, three: Browser) => Promise<void>} body */
async function together(body) {
  const server = new Server();
  await body(server, new Browser(server), new Browser(server), new Browser(server));
}

test("what was there before the first exchange goes to the server, and from there to the other browser", () =>
  together(async (server, one, two) => {
    await one.change("create", "a", { title: "milk" });
    await two.change("create", "b", { title: "bread" });
    await one.settle();
    await two.settle();
    await one.settle();
    assert.equal(server.texts().length, 2);
    assert.deepEqual(await one.documents(), server.texts());
    assert.deepEqual(await two.documents(), server.texts());
    assert.deepEqual([one.heard, two.heard], [["b"], ["a"]]);
    assert.deepEqual([await one.unsent(), await two.unsent()], [0, 0]);
  }));

test("changes of one document made apart are put together", () =>
  together(async (server, one, two) => {
    await one.change("create", "a", { title: "milk", done: false });
    await one.settle();
    await two.settle();
    await one.change("update", "a", { title: "oat milk" }, 2_000);
    await two.change("update", "a", { done: true }, 3_000);
    await one.settle();
    await two.settle();
    await one.settle();
    const [text] = await one.documents();
    const { title, done } = JSON.parse(text);
    assert.deepEqual({ title, done }, { title: "oat milk", done: true });
    assert.deepEqual(await two.documents(), [text]);
    assert.deepEqual(server.texts(), [text]);
  }));

test("a change while the answer is on its way is sent next", () =>
  together(async (server, one) => {
    await one.settle();
    await one.change("create", "a", { title: "first" });
    const exchange = await one.replica.unsent(APP);
    await one.change("update", "a", { title: "second" }, 2_000);
    await one.replica.merge(APP, server.answer(exchange));
    await one.settle();
    assert.match(server.texts().join(), /second/);
    assert.equal(await one.unsent(), 0);
  }));

test("what is cleared is gone everywhere, and back everywhere when that is undone", () =>
  together(async (server, one, two) => {
    for (const id of ["a", "b"]) await one.change("create", id, { title: id });
    await one.settle();
    await two.settle();
    const before = server.texts();
    await one.data.clear(APP);
    await one.settle();
    await two.settle();
    assert.deepEqual([server.texts(), await two.documents()], [[], []]);
    await one.data.restore(APP);
    await one.settle();
    await two.settle();
    assert.deepEqual([server.texts(), await two.documents()], [before, before]);
    // Undone before the server heard of it.
    await one.data.clear(APP);
    await one.data.restore(APP);
    await one.settle();
    await two.settle();
    assert.deepEqual([server.texts(), await two.documents()], [before, before]);
  }));

test("a server that lost the app, or was set back, gets everything again", () =>
  together(async (server, one) => {
    for (const id of ["a", "b"]) await one.change("create", id, { title: id });
    await one.settle();
    const all = server.texts();
    server.epoch++;
    server.newest = 0;
    server.documents.clear();
    await one.settle();
    assert.deepEqual(server.texts(), all);
    await one.change("create", "c");
    await one.settle();
    server.newest = 2;
    server.documents.delete("todos/c");
    await one.settle();
    assert.equal(server.texts().length, 3);
  }));

test("what the server has no room for stays here, and is not sent without end", () =>
  together(async (server, one) => {
    server.most = 1;
    for (const id of ["a", "b", "c"]) await one.change("create", id);
    await one.settle();
    assert.equal(server.texts().length, 1);
    assert.equal((await one.documents()).length, 3);
    assert.equal(await one.unsent(), 2);
    assert.equal((await one.replica.unsent(APP)).changes.length, 0);
  }));

test("what the server refused is sent when it is something else, or is removed", () =>
  together(async (server, one) => {
    await one.settle();
    server.most = 1;
    for (const id of ["a", "b"]) await one.change("create", id);
    await one.settle();
    assert.equal((await one.replica.unsent(APP)).changes.length, 0);
    await one.change("remove", "a");
    await one.settle();
    await one.change("update", "b", { title: "b" }, 2_000);
    await one.settle();
    assert.match(server.texts().join(), /"title":"b"/);
    assert.equal(await one.unsent(), 0);
  }));

test("undoing a clear keeps what others did meanwhile", () =>
  together(async (server, one, two) => {
    for (const id of ["a", "b"]) await one.change("create", id, { title: id });
    await one.settle();
    await two.settle();
    await two.change("update", "a", { title: "edited" }, 2_000);
    await two.change("create", "c", { title: "new" });
    await two.settle();
    await one.data.clear(APP);
    await one.settle();
    await one.data.restore(APP);
    await one.settle();
    await two.settle();
    assert.deepEqual(
      server
        .texts()
        .map((text) => JSON.parse(text).title)
        .sort(),
      ["b", "edited", "new"],
    );
    assert.deepEqual(await one.documents(), server.texts());
    assert.deepEqual(await two.documents(), server.texts());
    const { collections } = await one.data.summary(APP);
    assert.equal(collections[0].count, 3);
  }));

test("a change on a server that was set back while others went on is not sent without end", () =>
  together(async (server, one, two) => {
    for (const id of ["a", "b"]) await one.change("create", id);
    await one.settle();
    await two.settle();
    const older = new Map(server.documents);
    for (let at = 2; at < 5; at++) {
      await one.change("update", "a", { at }, at * 1_000);
      await one.settle();
    }
    server.documents = older;
    server.newest = 2;
    for (let at = 5; at < 12; at++) {
      await two.change("update", "b", { at }, at * 1_000);
      await two.settle();
    }
    await one.change("update", "a", { last: true }, 20_000);
    await one.settle();
    assert.match(server.texts().join(), /"last":true/);
  }));

test("an answer that comes late brings back nothing that another tab knows to be gone", () =>
  together(async (server, one, two) => {
    await one.change("create", "a");
    await one.settle();
    await two.settle();
    const otherTab = new Replica(two.data);
    await one.change("update", "a", { title: "once more" }, 2_000);
    await one.settle();
    const late = server.answer(await otherTab.unsent(APP));
    await one.change("remove", "a");
    await one.settle();
    await two.settle();
    await otherTab.merge(APP, late);
    assert.deepEqual(await two.documents(), []);
  }));

test("an answer for an app that was deleted meanwhile leaves nothing", () =>
  together(async (server, one, two) => {
    await two.change("create", "a");
    await two.settle();
    await one.settle();
    const answer = server.answer(await one.replica.unsent(APP));
    await one.data.forget(APP);
    await one.replica.merge(APP, { ...answer, documents: [...server.documents.values()] });
    assert.deepEqual(await one.documents(), []);
  }));

test("many changes go in parts", () =>
  together(async (server, one) => {
    const count = LIMITS.EXCHANGE_MAX_DOCUMENTS + 1;
    const changes = Array.from({ length: count }, (_, index) => ({
      kind: "createDocument",
      collection: "todos",
      id: String(index),
      fields: "{}",
      at: 1,
    }));
    await one.data.write(APP, changes);
    await one.exchange();
    assert.equal((await one.replica.unsent(APP)).changes.length, LIMITS.EXCHANGE_MAX_DOCUMENTS);
    await one.settle();
    assert.equal(server.texts().length, count);
  }));

test("an app that is forgotten leaves nothing to send", () =>
  together(async (server, one) => {
    await one.change("create", "a");
    await one.settle();
    await one.data.forget(APP);
    assert.equal(await one.unsent(), 0);
    await one.settle();
    assert.equal(server.texts().length, 1, "the server forgets the app by itself");
  }));

test("whatever three browsers do in whatever order, they end with the same documents", () =>
  together(async (server, ...browsers) => {
    let seed = 7;
    const random = (/** @type {number} */ below) => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return Math.floor((seed / 2 ** 32) * below);
    };
    for (let step = 0; step < 400; step++) {
      const browser = /** @type {Browser} */ (browsers[random(3)]);
      const id = `d${random(6)}`;
      const at = 1_000 * step;
      switch (random(5)) {
        case 0:
          await browser.change("create", id, { [`f${random(3)}`]: step }, at);
          break;
        case 1:
        case 2:
          await browser.change("update", id, { [`f${random(3)}`]: step }, at);
          break;
        case 3:
          await browser.change("remove", id);
          break;
        default: {
          const exchange = await browser.replica.unsent(APP);
          const answer = server.answer(exchange);
          // A lost answer, or a change beside it.
          if (random(4) === 0) continue;
          if (random(2) === 0) await browser.change("update", id, { beside: step }, at);
          await browser.replica.merge(APP, answer);
        }
      }
    }
    for (let round = 0; round < 3; round++) for (const browser of browsers) await browser.settle();
    for (const browser of browsers) {
      assert.deepEqual(await browser.documents(), server.texts());
      assert.equal(await browser.unsent(), 0);
    }
  }));
