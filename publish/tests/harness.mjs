// Runs published scripts in Node, in the runtime that they are made for, with a
// document that has just what that uses. Standard input: { runtime: { modules:
// [{ id, code }], base, decorators }, programs: [{ name, scripts: { path: code } }] },
// the runtime as modules of the bundler and the ids of its two scripts.
// Standard output: { name: { exports | error, message, offers } }, values as
// JSON has them; `message` is what the page shows, `offers` what `__cumulet` has.

import { readFileSync } from "node:fs";
import vm from "node:vm";
import { dependencies, plain } from "../../bundler-wasm/tests/values.mjs";

const ORIGIN = "https://app.example/";

const { runtime, programs } = JSON.parse(readFileSync(0, "utf8"));
const runtimeModules = runtime.modules.map(
  ({ id, code }) => new vm.Script(`(function (__cumulet) {${code}\n})`, { filename: id }),
);
// What fails while the app starts is told by the page, and asked of the entry below.
process.on("unhandledRejection", () => {});
const results = {};
for (const { name, scripts } of programs) results[name] = await run(scripts);
process.stdout.write(JSON.stringify(results));

async function run(scripts) {
  const page = { message: "" };
  const location = new URL("http://localhost/people?a=1#top");
  const window = { console, setTimeout, URL, location, document: { ...documentOf(page, load), location } };
  const context = vm.createContext(Object.assign(window, { window }));
  function load(url) {
    const code = scripts[url.slice(ORIGIN.length)];
    if (code !== undefined) new vm.Script(code, { filename: url }).runInContext(context);
  }
  const find = (begin) => Object.keys(scripts).find((path) => path.startsWith(begin));
  const require = registry(context);
  require(runtime.base);
  if (scripts[find("assets/runtime-")].includes("decorators")) require(runtime.decorators);
  const { __cumulet, AppDependencies } = context;
  const offers = Object.keys(__cumulet);
  Object.assign(AppDependencies, dependencies());
  let entry;
  const { start } = __cumulet;
  __cumulet.start = (app) => {
    entry = app.entry;
    start(app);
  };
  try {
    load(`${ORIGIN}${find("assets/app-")}`);
  } catch (error) {
    return { error: String(error), message: page.message, offers };
  }
  try {
    const exports = await __cumulet.import(entry);
    const values = {};
    for (const name of Object.keys(exports)) values[name] = plain(await exports[name]);
    return { exports: values, message: page.message, offers };
  } catch (error) {
    // The page is told at the same time.
    await new Promise((resolve) => setTimeout(resolve));
    return { error: String(error), message: page.message, offers };
  }
}

/** The smallest registry that the runtime's own modules need. */
function registry(context) {
  const factories = new Map();
  const loaded = new Map();
  const require = (id) => {
    if (!loaded.has(id)) {
      loaded.set(id, {});
      factories.get(id)(require, loaded.get(id), { refreshReg() {}, refreshSig: () => (type) => type });
    }
    return loaded.get(id);
  };
  const own = {
    define: (id, factory) => factories.set(id, factory),
    round: () => 0,
    export(exports, getters) {
      for (const [name, get] of Object.entries(getters)) Object.defineProperty(exports, name, { get });
    },
  };
  for (const script of runtimeModules) script.runInContext(context)(own);
  return require;
}

function documentOf(page, load) {
  const root = {
    childElementCount: 0,
    append(element) {
      page.message = element.textContent;
    },
  };
  return {
    currentScript: { src: `${ORIGIN}assets/runtime.js` },
    getElementById: () => root,
    createElement: () => ({ setAttribute() {} }),
    head: {
      async append(script) {
        load(script.src);
        script.onload();
      },
    },
  };
}
