import { readFileSync, writeFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { required } from "../support/environment";
import { median } from "../support/median";
import { expect, test } from "../support/test";

const ROUNDS = 9;

interface NeededFile {
  file: string;
  integrity: string;
}

/** Hands the bridge worker a build and takes its files as the frame would: milliseconds, and how many came. */
async function loadOnce(page: Page, files: NeededFile[]): Promise<{ elapsed: number; count: number }> {
  return page.evaluate(async (dependencyFiles) => {
    const content = document.querySelector('meta[name="cumulet-assets"]')?.getAttribute("content") ?? "{}";
    const assets = JSON.parse(content) as { bridgeWorker: string };
    const bridge = new Worker(assets.bridgeWorker, { type: "module" });
    const { port1, port2 } = new MessageChannel();
    const connect = { type: "connect", session: 1, depsUrl: "/deps/", theme: "light", app: "bench", viewer: "", path: "/" };
    const load = { type: "load", session: 1, revision: 1, modules: [], removed: [], css: "", dependencyFiles };
    try {
      return await new Promise<{ elapsed: number; count: number }>((resolve, reject) => {
        const start = performance.now();
        port1.onmessage = ({ data }: MessageEvent<{ type: string; dependencies: unknown[] }>) => {
          if (data.type === "load") {
            resolve({ elapsed: performance.now() - start, count: data.dependencies.length });
          }
        };
        bridge.onmessage = ({ data }: MessageEvent<string>) => {
          const message = JSON.parse(data) as { type: string; message: string };
          if (message.type === "dependencyFailed") {
            reject(new Error(message.message));
          }
        };
        bridge.postMessage(JSON.stringify(connect), [port2]);
        bridge.postMessage(JSON.stringify({ ...load, entry: { id: "src/App.tsx", mount: true } }));
      });
    } finally {
      bridge.terminate();
    }
  }, files);
}

test("deps", async ({ browser, server }) => {
  const wanted = JSON.parse(readFileSync(required("CUMULET_WANTED"), "utf8")) as NeededFile[];
  const cold: number[] = [];
  const warm: number[] = [];
  let requests = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const context = await browser.newContext({ baseURL: server.address });
    const page = await context.newPage();
    // What the home page itself loads is not measured.
    await page.goto("/", { waitUntil: "networkidle" });
    requests = 0;
    context.on("request", (request) => {
      requests += Number(request.url().includes("/deps/") && request.url().endsWith(".js"));
    });
    const first = await loadOnce(page, wanted);
    expect(first.count).toBe(wanted.length);
    const coldRequests = requests;
    const again = await loadOnce(page, wanted);
    expect(again.count).toBe(wanted.length);
    expect(requests, "a second visit asks for no file").toBe(coldRequests);
    cold.push(first.elapsed);
    warm.push(again.elapsed);
    await context.close();
  }
  const rows = [
    { metric: "load_requests", unit: "count", ours: wanted.length, peers: {} },
    { metric: "load_cold_ms", unit: "ms", ours: median(cold), peers: {} },
    { metric: "load_warm_ms", unit: "ms", ours: median(warm), peers: {} },
  ];
  writeFileSync(required("CUMULET_BENCH_OUT"), JSON.stringify({ name: "deps", rows }));
});
