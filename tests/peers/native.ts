// The native engines, each by its own door: ours in a process of its own that
// times its calls, esbuild through its service process, oxc in this process.

import { execFileSync } from "node:child_process";
import * as esbuild from "esbuild";
import { transformSync } from "oxc-transform";
import { TRANSFORM } from "./esbuild-options";
import { OPTIONS, output } from "./oxc-options";

const ROUNDS = 5;
const CALLS = 60;
/** The first calls of each round fill caches and let V8 compile. */
const WARM_UP = 20;

/** Milliseconds per call by engine; `program` is bundler-wasm's example `time_transform`. */
export async function nativeTimes(program: string, file: string, text: string) {
  const times = { cumulet: [] as number[], "esbuild-native": [] as number[], "oxc-native": [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    const printed = execFileSync(program, [file, String(CALLS)], { encoding: "utf8" });
    times.cumulet.push(...printed.trim().split("\n").map(Number).slice(WARM_UP));
    times["esbuild-native"].push(
      ...(await timed(() => esbuild.transform(text, { ...TRANSFORM, sourcefile: "src/App.tsx" }))),
    );
    times["oxc-native"].push(...(await timed(() => output(transformSync("src/App.tsx", text, OPTIONS)))));
  }
  return times;
}

async function timed(call: () => unknown): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < CALLS; index += 1) {
    const started = performance.now();
    await call();
    times.push(performance.now() - started);
  }
  return times.slice(WARM_UP);
}
