// The boot script: the only script of the app's frame that is not the app's.
// It accepts the port once, looks whether the policies hold, puts its guards in
// place, and only then lets the app's code in.

import { App } from "./app.ts";
import { AppCollections } from "./appdata/appdata.ts";
import type { Change, Refusal } from "./changes.ts";
import { ConsoleCapture } from "./console.ts";
import { helpers } from "./decorators.ts";
import { Dependencies } from "./dependencies.ts";
import { ErrorReports } from "./errors.ts";
import { installFiles } from "./files.ts";
import { installGuards, lockPeerConnections } from "./guards.ts";
import { installHistory } from "./history.ts";
import { Journal } from "./journal.ts";
import { LoopGuard } from "./loops.ts";
import type { Init, Send, ToFrame } from "./messages.ts";
import { Mount } from "./mount.ts";
import { Refresh } from "./refresh.ts";
import { Registry } from "./registry.ts";
import { selfTest } from "./selftest.ts";
import { installCookies, installStorage } from "./storage.ts";

/** What the console says of changes that were not kept. */
const FAILED = "The browser doesn't keep what the app stores: it is gone when the app starts anew.";
const LOST: Record<Refusal, string> = {
  quota: "Some of what the app stores was not kept: it is over the app's limit.",
  failed: FAILED,
  exists: FAILED,
  missing: FAILED,
};

window.addEventListener("message", accept, true);

function accept(event: MessageEvent): void {
  const port = event.ports[0];
  if (event.source !== parent || event.data !== "cumulet:init" || !port) return;
  event.stopImmediatePropagation();
  window.removeEventListener("message", accept, true);
  boot(port);
}

function boot(port: MessagePort): void {
  const send: Send = (message) => port.postMessage(message);
  const fault = selfTest();
  if (fault) {
    send({ type: "unsafe", reason: fault });
    return;
  }
  lockPeerConnections();
  // Ten frames, the default, often end before they reach the project's code.
  Error.stackTraceLimit = 50;
  const log = new ConsoleCapture(send);
  log.install();
  const errors = new ErrorReports(send);
  errors.listen();
  installGuards(send, log);
  installHistory();
  installCookies((text) => log.say("info", text));

  const journal = new Journal(send, (reason) => log.say("warn", LOST[reason]));
  const refresh = new Refresh();
  const registry = new Registry(refresh);
  installFiles(registry);
  const dependencies = new Dependencies();
  const collections = new AppCollections(journal, send, dependencies);
  const mount = new Mount(dependencies, errors);
  const env: Record<string, unknown> = {};
  const loops = new LoopGuard();
  let adoptItems = (_changes: Change[]) => {};
  const app = new App({ send, log, errors, dependencies, registry, refresh, mount, env, journal });

  port.onmessage = ({ data }: MessageEvent<ToFrame>) => {
    switch (data.type) {
      case "init":
        adoptItems = begin(data, journal, registry, dependencies, env, loops);
        expose("appData", collections.appData);
        expose("useAppData", collections.useAppData);
        return;
      case "load":
        app.load(data);
        return;
      case "stored":
        collections.hear(data.documents);
        journal.acknowledge(data);
        return;
      case "collection":
        collections.load(data);
        return;
      case "elsewhere":
        adoptItems(data.changes);
        collections.hear(data.documents);
        return;
    }
  };
  send({ type: "booted" });
  setInterval(() => {
    loops.pause();
    send({ type: "heartbeat" });
  }, LIMITS.HEARTBEAT_MS);
}

function begin(
  init: Init,
  journal: Journal,
  registry: Registry,
  dependencies: Dependencies,
  env: Record<string, unknown>,
  loops: LoopGuard,
): (changes: Change[]) => void {
  const adoptItems = installStorage(init.local, init.session, journal);
  showTheme(init.theme);
  const runtime = {
    define: registry.define.bind(registry),
    export: registry.export.bind(registry),
    star: registry.star.bind(registry),
    import: registry.import.bind(registry),
    ...helpers,
    round: loops.round.bind(loops),
    env: Object.assign(env, init.env),
    defineDependency: dependencies.define.bind(dependencies),
    provide: dependencies.provide.bind(dependencies),
  };
  expose("__cumulet", Object.freeze(runtime));
  expose("AppDependencies", dependencies.packages);
  return adoptItems;
}

/**
 * For style sheets that go by a class (`.dark`) or by `data-theme`. Those that go by
 * `prefers-color-scheme` (Tailwind's `dark:` among them) follow the color-scheme of the frame
 * elements around the app. The app's own `color-scheme` is left alone: forcing it dark would make
 * light-only apps unreadable.
 */
function showTheme(theme: string): void {
  document.documentElement.dataset.theme = theme;
  document.documentElement.classList.toggle("dark", theme === "dark");
}

function expose(name: string, value: unknown): void {
  Object.defineProperty(window, name, { value, enumerable: false });
}
