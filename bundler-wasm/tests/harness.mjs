// Runs compiled modules in Node with the smallest registry that fits
// docs/architecture.md. Standard input: [{ name, modules: [{ id, code }], entry }].
// Standard output: { name: { exports } | { error } }, values as JSON has them.

import { readFileSync } from "node:fs";
import vm from "node:vm";
import { dependencies, plain } from "./values.mjs";

const cases = JSON.parse(readFileSync(0, "utf8"));
const results = {};
for (const one of cases) {
  results[one.name] = await run(one).catch((error) => ({ error: String(error) }));
}
process.stdout.write(JSON.stringify(results));

async function run({ modules, entry }) {
  const factories = new Map();
  const loaded = new Map();
  const waits = [];
  const registered = [];
  const signed = [];
  function load(id) {
    const known = loaded.get(id);
    if (known) return known;
    const factory = factories.get(id);
    if (!factory) throw new Error(`no module ${id}`);
    const exports = Object.create(null);
    loaded.set(id, exports);
    const module = {
      refreshReg: (type, name) => registered.push(`${id} ${name}${alias(type, name)}`),
      refreshSig: () => (type, key, resets, hooks) => {
        if (key !== undefined) signed.push(() => `${plain(type)}${signature(resets, hooks)}`);
        return type;
      },
    };
    // Those that await are done by the time that their importers run, or a later moment asks.
    waits.push(factory(load, exports, module));
    return exports;
  }
  const getter = (exports, name, get) =>
    Object.defineProperty(exports, name, { enumerable: true, configurable: true, get });
  const context = vm.createContext({
    console,
    setTimeout,
    AppDependencies: dependencies(),
    __cumulet: {
      env: { MODE: "development", DEV: true },
      location: new URL("http://localhost/people?a=1#top"),
      define: (id, factory) => factories.set(id, factory),
      export: (exports, getters) => {
        for (const name of Object.keys(getters)) getter(exports, name, getters[name]);
      },
      star: (exports, from) => {
        for (const name of Object.keys(from)) {
          if (name !== "default" && !(name in exports)) getter(exports, name, () => from[name]);
        }
      },
      import: async (id) => load(id),
    },
  });
  for (const module of modules) {
    new vm.Script(module.code, { filename: module.id }).runInContext(context);
  }
  if (entry === null) return { exports: {} };
  // Post-order, as the frame's registry evaluates what awaits.
  const seen = new Set();
  const evaluate = async (id) => {
    if (seen.has(id)) return;
    seen.add(id);
    for (const other of modules.find((module) => module.id === id)?.staticImports ?? []) await evaluate(other);
    load(id);
    await Promise.all(waits);
  };
  if (modules.some((module) => /^\S+ async function\(/.test(module.code))) await evaluate(entry);
  const exports = load(entry);
  const values = {};
  for (const name of Object.keys(exports)) values[name] = plain(await exports[name]);
  if (registered.length > 0) values.$registered = registered;
  if (signed.length > 0) values.$signed = signed.map((show) => show());
  return { exports: values };
}

/** What a registered component is called itself, if not the same. */
function alias(type, name) {
  return type?.name === name ? "" : `: ${plain(type)}`;
}

/** What React Refresh makes of a signature: hooks that can't be read reset. */
function signature(resets, hooks = () => []) {
  try {
    const names = hooks().map((hook) => hook.name);
    return `${names.length > 0 ? ` with ${names.join(", ")}` : ""}${resets ? " resets" : ""}`;
  } catch {
    return " resets";
  }
}
