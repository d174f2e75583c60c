// The bundler worker: loads the bundler's wasm and, when an app first uses
// Tailwind, its compiler. With the page it speaks JSON text
// (protocol::worker::ToBundler and FromBundler), both ways.

import { BuildQueue, type Bundler, type Tailwind } from "./builds.ts";
import { keptList } from "./kept.ts";
import type { FromBundler, ToBundler } from "./protocol.ts";
import { openRelay, Relay } from "./relay.ts";

/** What `wasm-bindgen --target web` makes of bundler-wasm/worker. */
interface Glue {
  default(options: { module_or_path: string }): Promise<unknown>;
  Bundler: new (manifest: string) => Bundler;
}

/** A build that waits longer for the network says so, and the next one tries again. */
const FETCH_TIMEOUT_MS = 30_000;

const relay = new Relay(openRelay());
let builds: BuildQueue | undefined;
/** Messages that came while the wasm was loading. */
let waiting: ToBundler[] | undefined = [];

function post(message: FromBundler): void {
  if (message.type === "built") relay.offer(message);
  self.postMessage(JSON.stringify(message));
}

function fail(error: unknown): void {
  post({ type: "failed", message: error instanceof Error ? error.message : String(error) });
}

self.addEventListener("message", (event: MessageEvent<string>) => {
  const message = JSON.parse(event.data) as ToBundler;
  if (message.type === "start") start(message).catch(fail);
  else if (waiting) waiting.push(message);
  else take(message);
});

async function start(message: Extract<ToBundler, { type: "start" }>): Promise<void> {
  const started = performance.now();
  const [glue, manifest] = await Promise.all([
    loadGlue(message),
    loadText("The list of packages", message.manifestUrl),
  ]);
  const loadTailwind = async () =>
    (await load<{ createCompiler(): Tailwind }>(message.tailwindUrl)).createCompiler();
  const loadList = (file: string) => {
    const { href } = new URL(file, new URL(message.manifestUrl, self.location.href));
    return keptList(href, () => loadText(file, href));
  };
  builds = new BuildQueue(new glue.Bundler(manifest), { loadTailwind, loadList, post, fail });
  builds.warmUp();
  post({ type: "ready", elapsedMs: Math.round(performance.now() - started) });
  const early = waiting ?? [];
  waiting = undefined;
  for (const next of early) take(next);
}

function take(message: ToBundler): void {
  try {
    if (message.type === "reset") {
      builds?.reset();
      relay.reset();
    } else if (message.type === "build") builds?.request(message.revision, message.changes);
    else if (message.type === "resolvePositions") builds?.resolve(message.request, message.positions);
    else if (message.type === "readKit") builds?.readKit(message.request, message.paths);
  } catch (error) {
    fail(error);
  }
}

async function loadGlue({ glueUrl, wasmUrl }: { glueUrl: string; wasmUrl: string }): Promise<Glue> {
  const glue = await load<Glue>(glueUrl);
  try {
    await glue.default({ module_or_path: new URL(wasmUrl, self.location.href).href });
  } catch (error) {
    throw new Error(`The bundler (${wasmUrl}) could not be loaded: ${(error as Error).message}`);
  }
  return glue;
}

async function loadText(name: string, url: string | URL): Promise<string> {
  let response: Response;
  try {
    response = await fetch(url, { signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) });
  } catch {
    throw new Error(`${name} could not be loaded: the network can't be reached.`);
  }
  if (!response.ok) throw new Error(`${name} could not be loaded: the server answered ${response.status}.`);
  return await response.text();
}

async function load<Module>(url: string): Promise<Module> {
  try {
    return (await import(new URL(url, self.location.href).href)) as Module;
  } catch (error) {
    throw new Error(`${url} could not be loaded: ${(error as Error).message}`);
  }
}
