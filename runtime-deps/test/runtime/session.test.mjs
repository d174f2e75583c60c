// @ts-check
/** The bridge's end of a port, against a frame that doesn't keep to the rules. */
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { LIMITS, load } from "./load.mjs";

const { Session } = await load("src/workers/session.ts");

/** @type {{ close(): void }[]} */
const open = [];
afterEach(() => {
  for (const end of open.splice(0)) end.close();
});

/** A session that has booted, and the frame's end of its port. */
async function connect() {
  const { port1, port2 } = new MessageChannel();
  /** @type {any[]} */
  const told = [];
  /** @type {any[]} */
  const heard = [];
  port2.onmessage = ({ data }) => heard.push(data);
  const connect = {
    type: "connect",
    session: 7,
    app: "a",
    depsUrl: "",
    theme: "light",
    viewer: "v",
    path: "/",
  };
  const data = { localItems: async () => [], sessionItems: () => [] };
  const session = new Session(connect, port1, undefined, data, (/** @type {any} */ message) =>
    told.push(message),
  );
  open.push(session, port2);
  let seq = 0;
  /** @param {unknown} message @param {object} [envelope] */
  const send = (message, envelope = {}) =>
    port2.postMessage({ version: LIMITS.BRIDGE_VERSION, session: 7, seq: ++seq, message, ...envelope });
  /** Lets what was sent arrive, both ways. */
  const settled = async () => {
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  };
  send({ type: "booted" });
  await settled();
  const requests = () =>
    told.filter(({ message }) => message?.type === "request").map(({ message }) => message);
  const answers = () => heard.filter(({ type }) => type === "answer");
  return { session, send, settled, told, heard, requests, answers };
}

/** @param {number} id */
const confirm = (id) => ({ type: "request", id, call: { type: "confirm", text: `${id}` } });

test("tells the frame its session, passes a request on, and gives the first answer only", async () => {
  const { session, send, settled, heard, requests, answers } = await connect();
  assert.equal(heard[0].session, 7);
  send(confirm(1));
  await settled();
  assert.deepEqual(requests(), [confirm(1)]);
  session.answer(1, { type: "flag", value: true });
  session.answer(1, { type: "flag", value: false });
  session.answer(2, { type: "flag", value: true });
  await settled();
  assert.deepEqual(answers(), [{ type: "answer", id: 1, answer: { type: "flag", value: true } }]);
});

test("a message that was there already is refused, and expels in the end", async () => {
  const { send, settled, told, requests } = await connect();
  send(confirm(1), { seq: 50 });
  send(confirm(2), { seq: 50 });
  send(confirm(3), { seq: 49 });
  await settled();
  assert.deepEqual(requests(), [confirm(1)]);
  for (let index = 0; index < 3; index++) send(confirm(4 + index), { seq: 50 });
  await settled();
  assert.deepEqual(told.at(-1), { type: "expelled", session: 7, reason: "it sent malformed messages" });
});

test("a request's id is good once, and rises", async () => {
  const { session, send, settled, requests } = await connect();
  send(confirm(5));
  await settled();
  session.answer(5, { type: "flag", value: true });
  send(confirm(5));
  send(confirm(4));
  send(confirm(0));
  await settled();
  assert.deepEqual(requests(), [confirm(5)]);
});

test("what belongs to another session is dropped without a word", async () => {
  const { send, settled, told, requests } = await connect();
  for (let index = 1; index <= 20; index++) send(confirm(index), { session: 6 });
  await settled();
  assert.deepEqual(requests(), []);
  assert.equal(
    told.some(({ type }) => type === "expelled"),
    false,
  );
});

test("more than the limit in flight gets an error each, and room again afterwards", async () => {
  const { session, send, settled, requests, answers } = await connect();
  const max = LIMITS.BRIDGE_MAX_IN_FLIGHT;
  for (let id = 1; id <= max + 10; id++) send(confirm(id));
  await settled();
  assert.equal(requests().length, max);
  assert.deepEqual(
    answers().map(({ id, answer }) => [id, answer.code]),
    Array.from({ length: 10 }, (_, index) => [max + 1 + index, "too_many"]),
  );
  session.answer(1, { type: "flag", value: true });
  send(confirm(max + 11));
  await settled();
  assert.equal(requests().length, max + 1);
});

test("a download's content becomes an address, and its bytes are counted until it is answered", async () => {
  const { session, send, settled, requests, answers } = await connect();
  const half = new Blob([new Uint8Array(LIMITS.DOWNLOAD_MAX_BYTES / 2 + 1)], { type: "text/html" });
  const download = (/** @type {number} */ id) => ({
    type: "request",
    id,
    call: { type: "download", name: "x.html", content: half },
  });
  send(download(1));
  send(download(2));
  await settled();
  const [{ call }] = requests();
  assert.deepEqual({ ...call, url: "" }, { type: "download", name: "x.html", size: half.size, url: "" });
  assert.equal((await (await fetch(call.url)).blob()).type, "application/octet-stream");
  assert.equal(answers()[0].answer.code, "too_many");
  session.answer(1, { type: "done" });
  send(download(3));
  await settled();
  assert.equal(requests().length, 2);
});

test("a build that comes past the page goes in once, and only after the build it changes", async () => {
  const { session, settled, heard } = await connect();
  const entry = { id: "src/main.tsx", mount: false };
  const script = (/** @type {string} */ code) => [{ id: "src/main.tsx", code, staticImports: [] }];
  const common = { removed: [], entry, css: "", dependencyFiles: [] };
  const relay = async (/** @type {object} */ build) => {
    session.relay({ ...common, modules: script("relayed"), ...build });
    await settled();
  };
  const loaded = () =>
    heard.filter(({ type }) => type === "load").map(({ revision, modules }) => [revision, modules[0].code]);

  await relay({ base: 3, revision: 4 });
  assert.deepEqual(loaded(), [], "the frame has nothing yet");
  session.load({ ...common, revision: 4, modules: script("page") });
  await relay({ base: 3, revision: 5 });
  await relay({ base: 4, revision: 5, entry: { ...entry, mount: true } });
  assert.deepEqual(loaded(), [[4, "page"]], "a build was left out, and another start needs a new frame");
  await relay({ base: 4, revision: 5 });
  session.load({ ...common, revision: 5, modules: script("page") });
  session.load({ ...common, revision: 6, modules: script("page") });
  await relay({ base: 5, revision: 6 });
  await settled();
  assert.deepEqual(loaded(), [
    [4, "page"],
    [5, "relayed"],
    [6, "page"],
  ]);
});
