// The page's side: one worker for each engine that is asked for.

import type { Answer, Request } from "./engine";

declare global {
  /** Lets an engine work, and starts its worker if there is none yet. */
  var ask: (engine: string, request: Request) => Promise<Answer>;
}

const workers = new Map<string, Worker>();

globalThis.ask = (engine, request) => {
  const worker = workers.get(engine) ?? new Worker(`/${engine}/worker.js`, { type: "module" });
  workers.set(engine, worker);
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Answer | Error>) =>
      data instanceof Error ? reject(data) : resolve(data);
    worker.onerror = (event) => reject(new Error(`${engine}: ${event.message || "its script failed"}`));
    worker.postMessage(request);
  });
};
