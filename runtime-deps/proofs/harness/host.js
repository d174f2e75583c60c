// @ts-check
/**
 * The page that shows proofs: it talks to the same workers, and greets the same
 * shell, as the studio does, and has no interface of its own.
 */

/**
 * @typedef {Record<string, unknown>} Message
 * @typedef {{ file: string, message: string, severity: string, span?: { line: number } }} Finding
 * @typedef {{ modules: { id: string, code: string }[], entry?: object, css: string, dependencyFiles: { file: string, integrity: string }[], diagnostics: Finding[] }} Output
 */

/** What the app in the frame, and the bridge, had to say. @type {Message[]} */
const heard = [];
let session = 0;
let revision = 0;
/** @type {((message: any) => void) | undefined} */
let answered;

const assets = await (await fetch("/assets.json")).json();
const bundler = new Worker(assets.bundlerWorker, { type: "module" });
const bridge = new Worker(assets.bridgeWorker, { type: "module" });

/** @param {MessageEvent<string>} event */
bundler.onmessage = ({ data }) => answered?.(JSON.parse(data));
/** @param {MessageEvent<string>} event */
bridge.onmessage = ({ data }) => {
  const message = JSON.parse(data);
  if (message.session === session) heard.push(message.type === "frame" ? message.message : message);
};

/** @param {Message} message @param {string} type of the answer @returns {Promise<any>} */
function ask(message, type) {
  return new Promise((resolve, reject) => {
    answered = (answer) => {
      if (answer.type === type) resolve(answer);
      else if (answer.type === "failed") reject(new Error(answer.message));
    };
    bundler.postMessage(JSON.stringify(message));
  });
}

/** Compiles a project from nothing. @param {Record<string, string>} files @returns {Promise<Output>} */
async function compile(files) {
  bundler.postMessage(JSON.stringify({ type: "reset" }));
  const { output } = await ask({ type: "build", revision: ++revision, changes: files }, "built");
  return output;
}

/** Removes the frame that is there, makes a new one and gives it a build. @param {Output} output */
async function show(output) {
  bridge.postMessage(JSON.stringify({ type: "disconnect" }));
  document.querySelector("iframe")?.remove();
  heard.length = 0;
  session++;
  const frame = document.createElement("iframe");
  frame.src = assets.shell;
  frame.style.cssText = "position:fixed;inset:0;width:100%;height:100%;border:0";
  const greeted = new Promise((resolve) => {
    addEventListener("message", function greet(event) {
      if (event.source !== frame.contentWindow || event.data !== "cumulet:shell-ready") return;
      removeEventListener("message", greet);
      const { port1, port2 } = new MessageChannel();
      // Each proof is an app of its own, which finds nothing of another's.
      const app = `proof-${session}`;
      const connect = { type: "connect", session, app, depsUrl: "/deps/", theme: "light", path: "/" };
      bridge.postMessage(JSON.stringify(connect), [port1]);
      event.source?.postMessage("cumulet:shell-init", { targetOrigin: "*", transfer: [port2] });
      resolve(undefined);
    });
  });
  document.body.append(frame);
  await greeted;
  const { modules, entry, css, dependencyFiles } = output;
  const load = { type: "load", session, revision, modules, removed: [], entry, css, dependencyFiles };
  bridge.postMessage(JSON.stringify(load));
}

const start = {
  type: "start",
  glueUrl: assets.bundlerJs,
  wasmUrl: assets.bundlerWasm,
  manifestUrl: assets.manifest,
  tailwindUrl: assets.tailwind,
};
await ask(start, "ready");
Object.assign(window, { proofs: { heard, compile, show } });
export {};
