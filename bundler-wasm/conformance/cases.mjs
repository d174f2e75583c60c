// What no package ships: classes with decorators, of both kinds, accessors and
// top-level await. The cases of `cases/`, run from both compilers' outputs.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import vm from "node:vm";
import * as esbuild from "esbuild";
import { compileOurs } from "./compile.mjs";
import { describeError, fingerprint } from "./fingerprint.mjs";
import { decoratorsIn } from "./runtime.mjs";

const folder = path.join(import.meta.dirname, "cases");

/** Each file of cases with the configuration that it is compiled by. */
const FILES = [
  { name: "await.ts", compilerOptions: {} },
  { name: "standard.ts", compilerOptions: {} },
  { name: "legacy.ts", compilerOptions: { experimentalDecorators: true } },
  {
    name: "assigned.ts",
    compilerOptions: { experimentalDecorators: true, useDefineForClassFields: false },
  },
];

/**
 * @param {string} program the example `conform`
 * @returns {Promise<{ equal: number, findings: object[] }>}
 */
export async function compareCases(program) {
  const scratch = mkdtempSync(path.join(tmpdir(), "cumulet-cases-"));
  try {
    const cases = FILES.flatMap((file) => readCases(file, scratch));
    const ours = await compileOurs(program, cases);
    const result = { equal: 0, findings: [] };
    for (const [index, one] of cases.entries()) {
      const [our, their] = [await runOurs(ours[index]), await runTheirs(one)];
      if (our === their) result.equal += 1;
      else result.findings.push({ kind: "cases", path: one.title, message: our, theirs: their });
    }
    return result;
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** A line `// case: title` begins a case; all of them have the prelude before them. */
function readCases({ name, compilerOptions }, scratch) {
  const prelude = readFileSync(path.join(folder, "prelude.ts"), "utf8");
  const texts = readFileSync(path.join(folder, name), "utf8")
    .split(/^\/\/ case: /m)
    .slice(1);
  return texts.map((text, index) => {
    const [title] = text.split("\n", 1);
    const file = path.join(scratch, `${index}-${name}`);
    const whole = `${prelude}// ${text}`;
    writeFileSync(file, whole);
    return { path: file, title: `${name}: ${title}`, text: whole, compilerOptions };
  });
}

async function runOurs({ code, error }) {
  if (error !== null) return `refused: ${error.message}`;
  const context = newContext();
  const exports = {};
  let factory;
  context.__cumulet = {
    ...decoratorsIn(context),
    round: () => 0,
    define: (_, given) => {
      factory = given;
    },
    export: (_, getters) => {
      for (const [name, get] of Object.entries(getters))
        Object.defineProperty(exports, name, { get, enumerable: true });
    },
  };
  return outcome(async () => {
    new vm.Script(code).runInContext(context);
    await factory(() => ({}), exports, {});
    return exports;
  }, exports);
}

async function runTheirs({ text, compilerOptions }) {
  let code;
  try {
    ({ code } = await esbuild.transform(text, {
      loader: "ts",
      format: "esm",
      target: "es2022",
      tsconfigRaw: { compilerOptions },
      logLevel: "silent",
    }));
  } catch (failure) {
    return `refused: ${failure.errors?.[0]?.text}`;
  }
  try {
    const module = new vm.SourceTextModule(code, { context: newContext() });
    await module.link(() => {});
    return await outcome(async () => {
      await module.evaluate();
      return module.namespace;
    }, module.namespace);
  } catch (error) {
    return `unreadable: ${describeError(error)}`;
  }
}

function newContext() {
  return vm.createContext({});
}

/** Text of what a module wrote down, and of its default export. */
async function outcome(run, exports) {
  let last = "";
  try {
    await run();
    await exports.done;
  } catch (error) {
    last = `threw ${describeError(error)}`;
  }
  const show = (value) => fingerprint(value, () => undefined);
  let log = "nothing";
  try {
    log = exports.log.map(show).join("\n");
  } catch {
    // It threw before there was one.
  }
  const value =
    exports.default === undefined
      ? ""
      : `default ${exports.default.name} ${show(Object.getOwnPropertyNames(exports.default))}`;
  return [log, value, last].filter(Boolean).join("\n");
}
