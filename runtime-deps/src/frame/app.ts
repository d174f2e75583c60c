// Takes builds and shows them: the first starts the app, later ones replace
// modules in place or say why that can't be.

import type { ConsoleCapture } from "./console.ts";
import type { Dependencies } from "./dependencies.ts";
import type { ErrorReports } from "./errors.ts";
import { HotUpdates } from "./hot.ts";
import type { install } from "./indexeddb/engine.ts";
import type { Journal } from "./journal.ts";
import type { Databases, Entry, Load, Send } from "./messages.ts";
import type { Mount } from "./mount.ts";
import type { Pictures } from "./pictures.ts";
import { showPage } from "./page.ts";
import { isComponent, type Refresh } from "./refresh.ts";
import type { Registry } from "./registry.ts";
import { runScripts } from "./scripts.ts";
import { type Content, ContentWatch } from "./watch.ts";

/** What the app is made of; one of each lives as long as the frame. */
export interface Parts {
  send: Send;
  log: ConsoleCapture;
  errors: ErrorReports;
  dependencies: Dependencies;
  registry: Registry;
  pictures: Pictures;
  refresh: Refresh;
  mount: Mount;
  /** `import.meta.env`; takes the project's own names before its first module runs. */
  env: Record<string, unknown>;
  journal: Journal;
}

/** After this long, a module that still awaits is named. */
const STILL_WAITING_MS = 4_000;

export class App {
  readonly #parts: Parts;
  readonly #watch = new ContentWatch();
  #queue: Promise<void> = Promise.resolve();
  #entry: Entry | undefined;
  #hot: HotUpdates | undefined;
  #shown: unknown;
  /**
   * `waiting`: the start waits for modules that await; `failed`: it threw. Both can be tried again
   * in the same frame.
   */
  #state: "new" | "running" | "waiting" | "failed" | "broken" = "new";
  #newest: Load | undefined;
  /** Ends the wait for modules that await. */
  #interrupt = () => {};

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Builds are applied one after the other, since scripts load asynchronously. */
  load(message: Load): void {
    const received = performance.now();
    this.#newest = message;
    this.#interrupt();
    this.#queue = this.#queue.then(() => this.#apply(message, received));
  }

  async #apply(load: Load, received: number): Promise<void> {
    const { errors, pictures, registry } = this.#parts;
    const { revision } = load;
    const reason = this.#cannotApply(load.entry);
    if (reason) {
      this.#restart(revision, reason);
      return;
    }
    errors.begin(revision);
    this.#watch.stop();
    if (!this.#entry) this.#setUp(load.entry);
    pictures.showCss(load.css, showCss);
    this.#entry = load.entry;
    const errorsBefore = errors.count;
    const codes = load.modules.map((module) => module.code);
    const dependencyCodes = load.dependencies.map((file) => file.code);
    await runScripts(dependencyCodes.length > 0 ? [dependencyCodes, ...codes] : codes);
    for (const id of load.removed) registry.remove(id);
    for (const { id, staticImports = [] } of load.modules) registry.order(id, staticImports);
    if (!this.#checkDefined(load) || !this.#runDependencies(load)) {
      this.#state = this.#state === "new" ? "broken" : this.#state;
      return;
    }
    const kept = this.#state === "running" ? await this.#update(load) : await this.#start(load);
    if (kept === undefined) return;
    const start = { revision, received, errorsBefore, kept };
    this.#awaitContent(start);
  }

  /** What modules may find when they run. */
  #setUp({ page, env }: Entry): void {
    if (page) showPage(page);
    Object.assign(this.#parts.env, env);
    Object.freeze(this.#parts.env);
  }

  #cannotApply(entry: Entry): string | undefined {
    if (this.#state === "new") return undefined;
    const before = this.#entry;
    if (before && (before.id !== entry.id || before.mount !== entry.mount)) {
      return `The app now starts at ${entry.id}.`;
    }
    if (before && !isSame(before.page, entry.page)) return "index.html changed.";
    if (before && !isSame(before.env, entry.env)) return "The variables of the app's .env files changed.";
    if (this.#state === "broken") return "A part of the app could not be loaded.";
    if (this.#state === "failed" && !entry.mount) return `${entry.id} failed when it started.`;
    if (this.#state === "waiting" && !entry.mount && this.#hasBegun(entry)) {
      return `${entry.id} was still starting.`;
    }
    return undefined;
  }

  #hasBegun({ id }: Entry): boolean {
    return this.#parts.registry.records.get(id)?.evaluation?.hasBegun === true;
  }

  #checkDefined(load: Load): boolean {
    const missing = load.modules.find((module) => !this.#parts.registry.records.has(module.id));
    if (missing) this.#parts.errors.report("load", new Error(`${missing.id} could not be read as a script.`));
    return missing === undefined;
  }

  #runDependencies(load: Load): boolean {
    if (load.databases) this.#installDatabases(load.databases);
    for (const { id } of load.dependencies) {
      try {
        this.#parts.dependencies.run(id);
      } catch (error) {
        this.#parts.errors.report("load", error);
        return false;
      }
    }
    return true;
  }

  /** Before the packages, which may look for IndexedDB when they are run. */
  #installDatabases({ engine, databases, bytes }: Databases): void {
    const { dependencies, journal } = this.#parts;
    const { install: put } = dependencies.run(engine) as { install: typeof install };
    put(databases, bytes, (changes) => journal.add(changes, (refusals) => journal.mourn(refusals)));
  }

  /** Returns that no state was kept, or undefined when it failed or the next build came. */
  async #start(load: Load): Promise<false | undefined> {
    const { entry, modules } = load;
    const { registry, errors, mount } = this.#parts;
    registry.reset(modules.map((module) => module.id));
    this.#state = "waiting";
    const tell = (what: string) =>
      this.#parts.send({ type: "nothingRendered", revision: load.revision, reason: what });
    for (let pending = registry.evaluate(entry.id); pending; pending = registry.evaluate(entry.id)) {
      if (!(await this.#wait(load, pending, tell))) return undefined;
    }
    this.#state = "failed";
    try {
      const exports = registry.require(entry.id);
      if (entry.mount) {
        this.#shown = componentOf(entry, exports.default);
        mount.show(this.#shown);
      }
    } catch (error) {
      errors.report("load", error);
      return undefined;
    }
    this.#hot = new HotUpdates(registry, entry.id, entry.mount);
    this.#state = "running";
    return false;
  }

  /** Waits for modules that await; false when the next build comes before they are done. */
  async #wait(load: Load, pending: Promise<unknown>, tell: (what: string) => void): Promise<boolean> {
    if (this.#newest !== load) return false;
    const timer = setTimeout(() => {
      const names = this.#parts.registry.unfinished().join(", ");
      tell(
        `Still waiting for the top-level await of ${names}. Let its promise end, or await it inside the component.`,
      );
    }, STILL_WAITING_MS);
    const interrupted = new Promise<boolean>((resolve) => {
      this.#interrupt = () => resolve(false);
    });
    const isDone = await Promise.race([pending.then(() => true), interrupted]);
    clearTimeout(timer);
    return isDone;
  }

  /** Returns whether state was kept, or undefined when it failed, was superseded or needs a reload. */
  async #update(load: Load): Promise<boolean | undefined> {
    const { revision, entry, modules } = load;
    const { log, registry, errors, refresh, mount } = this.#parts;
    const tell = (what: string) => log.say("warn", what);
    const applied = this.#hot?.apply(
      modules.map((module) => module.id),
      (pending) => this.#wait(load, pending, tell),
    );
    const outcome = applied instanceof Promise ? await applied : applied;
    if (outcome?.kind === "superseded") return undefined;
    if (!outcome || outcome.kind === "failed") {
      errors.report("load", outcome?.error);
      return undefined;
    }
    let reason = outcome.kind === "reload" ? outcome.reason : undefined;
    if (outcome.kind === "applied" && outcome.ran > 0 && !refresh.available) {
      reason = "The app's React can't refresh components in place.";
    }
    if (reason) {
      this.#restart(revision, reason);
      return undefined;
    }
    refresh.perform();
    if (!entry.mount) return true;
    let kept = true;
    try {
      const component = componentOf(entry, registry.require(entry.id).default);
      if (component !== this.#shown) mount.show(component);
      this.#shown = component;
    } catch (error) {
      errors.report("load", error);
      return undefined;
    }
    if (mount.recover()) kept = false;
    // React commits these two in a task of its own.
    await new Promise((resolve) => setTimeout(resolve));
    return kept;
  }

  /** Asks for a fresh frame. The console outlives this one, so that is where the reason goes. */
  #restart(revision: number, reason: string): void {
    const { log, send } = this.#parts;
    log.say("info", `The app was restarted. ${reason}`);
    log.flush();
    send({ type: "reloadNeeded", revision, reason });
  }

  #awaitContent(update: { revision: number; received: number; errorsBefore: number; kept: boolean }): void {
    const { send, errors } = this.#parts;
    const { revision, received, errorsBefore, kept } = update;
    this.#watch.start(
      () => {
        if (errors.count > errorsBefore) return;
        send({ type: "ready", revision, keptState: kept, elapsedMs: performance.now() - received });
        afterPaint((paintMs) => send({ type: "painted", revision, paintMs }));
      },
      (content) => {
        if (errors.count > errorsBefore) return;
        send({ type: "nothingRendered", revision, reason: this.#whyNothing(content) });
      },
    );
  }

  #whyNothing(content: Content): string {
    const { id, mount } = this.#entry as Entry;
    if (content === "sizeless") {
      return "Elements are there, but all of them have zero size: look for a missing height or for display: none.";
    }
    return mount
      ? `The component of ${id} rendered nothing: it returned null, false or an empty fragment.`
      : `${id} ran, but there is no element in #root: does it call createRoot(…).render(…)?`;
  }
}

/** Of values that came as JSON, their keys sorted. */
function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function componentOf(entry: Entry, value: unknown): unknown {
  if (isComponent(value)) return value;
  throw new Error(
    value === undefined
      ? `${entry.id} has no default export. Export the app's component from it: export default function App() { … }`
      : `The default export of ${entry.id} is not a component, so it can't be shown.`,
  );
}

/** Calls with the time until the next frame is drawn, in milliseconds. A hidden page draws none. */
function afterPaint(tell: (paintMs: number) => void): void {
  const begun = performance.now();
  requestAnimationFrame(() => {
    // A task of its own comes after the frame whose callbacks run now.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => tell(performance.now() - begun);
    port2.postMessage(null);
  });
}

function showCss(css: string): void {
  let style = document.getElementById("cumulet-css");
  if (!style) {
    style = document.createElement("style");
    style.id = "cumulet-css";
    document.head.append(style);
  }
  if (style.textContent !== css) style.textContent = css;
}
