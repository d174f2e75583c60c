import { readFileSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { type Browser, type Page, expect, test } from "@playwright/test";
import * as esbuild from "esbuild";
import { required } from "../support/environment";
import { median } from "../support/median";
import type { Answer, Output, Request } from "./engines/engine";
import { modulePath, moduleSource, project, source } from "./inputs";
import { nativeTimes } from "./native";
import { bundle, downloadBytes, serve } from "./site";

const OURS = "cumulet";
const PEERS = ["esbuild-wasm", "swc-wasm-web", "oxc-wasm", "sucrase", "babel-standalone"];
const ENGINES = [OURS, ...PEERS];
const BUILDERS = [OURS, "esbuild-wasm"];

/** Lines of an input, and how often it is compiled in each round. */
const SIZES = [
  { lines: 50, calls: 8 },
  { lines: 300, calls: 4 },
  { lines: 1000, calls: 2 },
  { lines: 5000, calls: 1 },
];
const MODULES = 200;
/** Changes after each build of the project. */
const CHANGES = 3;
const STARTS = 9;
const ROUNDS = 15;
/** Rounds before those that count: the browser compiles hot code again, better. */
const WARM_UP = 4;

const TINY = `import { useState } from "react";
export default function App() {
  const [count, setCount] = useState<number>(0);
  return <button className="p-2" onClick={() => setCount(count + 1)}>{count}</button>;
}
`;

/** Milliseconds by metric and engine. */
class Samples {
  readonly #times = new Map<string, Map<string, number[]>>();

  add(metric: string, engine: string, times: readonly number[]): void {
    const row = this.#times.get(metric) ?? new Map<string, number[]>();
    this.#times.set(metric, row.set(engine, [...(row.get(engine) ?? []), ...times]));
  }

  rows() {
    return [...this.#times].map(([metric, row]) =>
      reportRow(metric, "ms", new Map([...row].map(([engine, times]) => [engine, median(times)]))),
    );
  }
}

function reportRow(metric: string, unit: string, values: Map<string, number>) {
  const ours = values.get(OURS) ?? Number.NaN;
  const peers = Object.fromEntries([...values].filter(([engine]) => engine !== OURS));
  return { metric, unit, ours, peers };
}

function ask(page: Page, engine: string, request: Request): Promise<Answer> {
  return page.evaluate(({ engine, request }) => globalThis.ask(engine, request), { engine, request });
}

/** Fails for an engine that made nothing of `text`, or no JavaScript. */
async function checkOutput(engine: string, text: string, { code, map }: Output): Promise<void> {
  // The loader refuses types and JSX that were left.
  await expect(
    esbuild.transform(code, { loader: "js" }),
    `${engine}'s output is JavaScript`,
  ).resolves.toBeDefined();
  for (const [, name] of text.matchAll(/^(?:export )?(?:default )?function (\w+)/gm)) {
    expect(code, `${engine} keeps ${name}`).toContain(`function ${name}`);
  }
  if (engine !== OURS) {
    expect(map, `${engine} makes a source map`).toBeTruthy();
  }
}

/** From making the worker to the first finished transform, in a process of its own. */
async function startUp(browser: Browser, address: string, engine: string): Promise<number> {
  const page = await openPage(browser, address);
  const request: Request = { kind: "transform", path: "src/App.tsx", text: TINY, calls: 1 };
  const { answer, elapsed } = await page.evaluate(
    async ({ engine, request }) => {
      const started = performance.now();
      const answer = await globalThis.ask(engine, request);
      return { answer, elapsed: performance.now() - started };
    },
    { engine, request },
  );
  await checkOutput(engine, TINY, answer.result as Output);
  await page.context().close();
  return elapsed;
}

async function openPage(browser: Browser, address: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(address);
  return page;
}

async function transforms(page: Page, samples: Samples): Promise<void> {
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    for (const { lines, calls } of SIZES) {
      const text = source(lines);
      for (const engine of ENGINES) {
        const { times, result } = await ask(page, engine, {
          kind: "transform",
          path: "src/App.tsx",
          text,
          calls,
        });
        if (round >= WARM_UP) {
          samples.add(`transform_${lines}_ms`, engine, times);
        } else if (round === 0) {
          await checkOutput(engine, text, result as Output);
        }
      }
    }
  }
}

/** Lists of the packages that the project imports, from beside the manifest. */
function lists(manifest: string): Record<string, string> {
  const { packages } = JSON.parse(readFileSync(manifest, "utf8")) as { packages: Record<string, { index?: string }> };
  const files = ["lucide-react", "date-fns"].flatMap((name) => packages[name]?.index ?? []);
  return Object.fromEntries(files.map((file) => [file, readFileSync(join(dirname(manifest), file), "utf8")]));
}

async function builds(page: Page, manifest: string, samples: Samples): Promise<void> {
  const given = { files: project(MODULES), manifest: readFileSync(manifest, "utf8"), lists: lists(manifest) };
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    for (const engine of BUILDERS) {
      const cold = await ask(page, engine, { kind: "build", project: given });
      expect(cold.result, `${engine} builds every module`).toMatchObject({ modules: MODULES });
      if (round === 0) {
        await expect(esbuild.transform(cold.result.code, { loader: "js" })).resolves.toBeDefined();
      }
      const again: number[] = [];
      for (let change = 0; change < CHANGES; change += 1) {
        const changed = 1 + ((round * 37 + change * 61) % (MODULES - 1));
        const note = `round-${round}-${change}.`;
        const text = moduleSource(changed, MODULES, note);
        const path = modulePath(changed);
        const { times, result } = await ask(page, engine, { kind: "rebuild", path, text });
        expect(result.code, `${engine} builds the change`).toContain(note);
        again.push(...times);
      }
      if (round >= WARM_UP) {
        samples.add("rebuild_one_of_200_ms", engine, again);
        samples.add("build_200_cold_ms", engine, cold.times);
      }
    }
  }
}

test("compile", async ({ browser }) => {
  test.setTimeout(30 * 60_000);
  const folder = required("CUMULET_BENCH_FOLDER");
  const site = join(folder, "site");
  await bundle(site, ENGINES, {
    script: required("CUMULET_BUNDLER_JS"),
    wasm: required("CUMULET_BUNDLER_WASM"),
  });
  const bytes = new Map<string, number>();
  for (const engine of ENGINES) {
    bytes.set(engine, await downloadBytes(site, engine, join(folder, "brotli")));
  }

  const server = await serve(site);
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const samples = new Samples();
  for (let start = 0; start < STARTS; start += 1) {
    for (const engine of ENGINES) {
      samples.add("startup_ms", engine, [await startUp(browser, address, engine)]);
    }
  }
  const page = await openPage(browser, address);
  await transforms(page, samples);
  await builds(page, required("CUMULET_MANIFEST"), samples);
  await page.context().close();
  server.close();

  const text = source(1000);
  const file = join(folder, "App.tsx");
  writeFileSync(file, text);
  for (const [engine, times] of Object.entries(
    await nativeTimes(required("CUMULET_TIME_TRANSFORM"), file, text),
  )) {
    samples.add("native_transform_1000_ms", engine, times);
  }

  const rows = [reportRow("bundler_wasm_brotli_bytes", "bytes", bytes), ...samples.rows()];
  const figures = rows.flatMap(({ ours, peers }) => [ours, ...Object.values(peers)]);
  expect(figures.every((figure) => Number.isFinite(figure) && figure > 0)).toBe(true);
  writeFileSync(required("CUMULET_BENCH_OUT"), JSON.stringify({ name: "compile", rows }));
});
