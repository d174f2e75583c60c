// The script that a published app loads first: the registry of its modules and
// of its packages, and what starts it. Of the preview's runtime it has nothing
// that only the studio needs: no bridge, no hot reload, no guards.

import { cumuletModule } from "../frame/api/module.ts";
import { Dependencies } from "../frame/dependencies.ts";
import { type Factory, Registry } from "../frame/registry.ts";
import { publishedApi } from "./api.ts";
import { publishedCollections } from "./data.ts";
import { showFailure, show } from "./show.ts";

/** What the app's script says when it has defined its modules. */
interface Start {
  entry: string;
  /** Whether the entry's default export is a component to be shown. */
  mounts: boolean;
  /** `import.meta.env` */
  env: Record<string, unknown>;
  /** Files to load before a module that `import()` asks for. */
  chunks: Record<string, string[]>;
}

/** Address of this script, beside which all others lie. */
const url = (document.currentScript as HTMLScriptElement).src;
const dependencies = new Dependencies();
const registry = new Registry({
  context: (id) => ({ id, refreshReg() {}, refreshSig: () => (type: unknown) => type }),
  boundary: () => null,
});
const env: Record<string, unknown> = {};
let chunks: Start["chunks"] = {};
/** Dependency files that were defined last and haven't run: those that they need may come behind them. */
let unrun: string[] = [];
/** By script: the dependency files that it defines. */
const loading = new Map<string, Promise<string[]>>();

function start(app: Start): void {
  Object.freeze(Object.assign(env, app.env));
  Object.freeze(runtime);
  chunks = app.chunks;
  const run = () => {
    const exports = registry.require(app.entry);
    if (app.mounts) show(dependencies, exports.default);
  };
  orShowFailure(() => {
    runDependencies(takeUnrun());
    const pending = registry.evaluate(app.entry);
    if (pending) void pending.then(() => orShowFailure(run));
    else run();
  });
}

function orShowFailure(step: () => void): void {
  try {
    step();
  } catch (error) {
    showFailure();
    throw error;
  }
}

function takeUnrun(): string[] {
  const files = unrun;
  unrun = [];
  return files;
}

function runDependencies(files: string[]): void {
  for (const file of files) dependencies.run(file);
}

/** `import()`: runs its own files only, since another one's may lack what they need. */
async function importModule(id: string): Promise<unknown> {
  const files = await Promise.all((chunks[id] ?? []).map(load));
  runDependencies(files.flat());
  return registry.import(id);
}

/** Scripts that are asked for together run in that order, each followed by its `onload`. */
function load(file: string): Promise<string[]> {
  let done = loading.get(file);
  if (!done) {
    done = new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.async = false;
      script.src = new URL(file, url).href;
      script.onload = () => resolve(takeUnrun());
      script.onerror = () => {
        // Another try may find the network back.
        loading.delete(file);
        script.remove();
        reject(new Error(`${script.src} could not be loaded.`));
      };
      document.head.append(script);
    });
    loading.set(file, done);
  }
  return done;
}

const runtime = {
  /** With its static imports, if it has to wait for one of them or awaits itself. */
  define(id: string, factory: Factory, staticImports?: readonly string[]): void {
    registry.define(id, factory);
    if (staticImports) registry.order(id, staticImports);
  },
  export: registry.export.bind(registry),
  star: registry.star.bind(registry),
  import: importModule,
  env,
  url,
  defineDependency(...file: Parameters<Dependencies["define"]>): void {
    unrun.push(file[0]);
    dependencies.define(...file);
  },
  provide: dependencies.provide.bind(dependencies),
  start,
};

const { appData, useAppData } = publishedCollections(new URL(".", url).pathname, dependencies);
const globals = { SandboxAPI: publishedApi, appData, useAppData };
dependencies.provide("core", "cumulet", cumuletModule(publishedApi, globals));
for (const [name, value] of Object.entries(globals)) Object.defineProperty(window, name, { value });
Object.defineProperty(window, "__cumulet", { value: runtime });
Object.defineProperty(window, "AppDependencies", { value: dependencies.packages });
