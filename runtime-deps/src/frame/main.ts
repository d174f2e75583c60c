// The boot script: the only script of the app's frame that is not the app's.
// It accepts the port once, looks whether the policies hold, puts its guards in
// place, and only then lets the app's code in.

import { Calls } from "./api/calls.ts";
import { installDialogs } from "./api/dialogs.ts";
import { makeApi } from "./api/index.ts";
import { followAddress, installLinks } from "./api/links.ts";
import { cumuletModule } from "./api/module.ts";
import { App } from "./app.ts";
import { AppCollections } from "./appdata/appdata.ts";
import type { Refusal } from "./changes.ts";
import { ConsoleCapture } from "./console.ts";
import { helpers } from "./decorators.ts";
import { Dependencies } from "./dependencies.ts";
import { ErrorReports } from "./errors.ts";
import { keepFocus } from "./focus.ts";
import { installFiles } from "./files.ts";
import { installGuards, lockPeerConnections } from "./guards.ts";
import { AppHistory } from "./history.ts";
import { Journal } from "./journal.ts";
import { LoopGuard } from "./loops.ts";
import type { Envelope, Init, Send, ToFrame } from "./messages.ts";
import { Mount } from "./mount.ts";
import { Picker } from "./picker.ts";
import { Pictures } from "./pictures.ts";
import { Refresh } from "./refresh.ts";
import { Registry } from "./registry.ts";
import { takeScreenshot } from "./screenshot.ts";
import { selfTest } from "./selftest.ts";
import { installCookies, installStorage } from "./storage.ts";
import { Violations } from "./violations.ts";
import { installWorkers } from "./workers.ts";

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

/** Everything that is said carries the session, which comes with the first message to the frame. */
function boot(port: MessagePort): void {
  port.onmessage = ({ data: init }: MessageEvent<ToFrame>) => {
    if (init.type !== "init") return;
    const { session } = init;
    let seq = 0;
    const send: Send = (message) =>
      port.postMessage({ version: LIMITS.BRIDGE_VERSION, session, seq: ++seq, message } satisfies Envelope);
    const fault = selfTest();
    if (fault) {
      port.onmessage = null;
      send({ type: "unsafe", reason: fault });
    } else begin(init, port, send);
  };
}

function begin(init: Init, port: MessagePort, send: Send): void {
  lockPeerConnections();
  // Ten frames, the default, often end before they reach the project's code.
  Error.stackTraceLimit = 50;
  const log = new ConsoleCapture(send);
  log.install();
  const errors = new ErrorReports(send);
  errors.listen();
  installWorkers(errors);
  installGuards(log);
  keepFocus();
  new Violations(send, log, (url) => pictures.mend(url)).listen();
  const history = new AppHistory({
    path: init.path,
    tell: (place) => send({ type: "location", ...place }),
    leave: (address) => followAddress(address, api, log),
    reload: () => send({ type: "reloadNeeded", revision: 0, reason: "The app asked for it." }),
  });
  installCookies((text) => log.say("info", text));
  const journal = new Journal(send, (reason) => log.say("warn", LOST[reason]));
  const adoptItems = installStorage(init.localItems, init.sessionItems, journal);
  showTheme(init.theme);
  // It follows the studio's, by way of the frame elements around the app.
  const dark = matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", () => showTheme(dark.matches ? "dark" : "light"));
  const calls = new Calls(send);
  const api = makeApi(calls, log, Object.freeze({ id: init.viewer }));
  installLinks(api, log, history);
  installDialogs(api, calls, log);

  const refresh = new Refresh();
  const registry = new Registry(refresh);
  const pictures = new Pictures(calls, log);
  installFiles(registry, pictures);
  const dependencies = new Dependencies();
  const collections = new AppCollections(journal, send, dependencies);
  const { appData, useAppData } = collections;
  dependencies.provide("core", "cumulet", cumuletModule(api, collections));
  const mount = new Mount(dependencies, errors);
  const picker = new Picker(send);
  const env: Record<string, unknown> = { ...init.env };
  const loops = new LoopGuard();
  const app = new App({ send, log, errors, dependencies, registry, pictures, refresh, mount, env, journal });
  const runtime = {
    define: registry.define.bind(registry),
    export: registry.export.bind(registry),
    star: registry.star.bind(registry),
    import: registry.import.bind(registry),
    ...helpers,
    round: loops.round.bind(loops),
    env,
    get location() {
      return history.location;
    },
    /** `location = "…"` of a module. */
    set location(address: unknown) {
      history.visit(String(address));
    },
    defineDependency: dependencies.define.bind(dependencies),
    provide: dependencies.provide.bind(dependencies),
  };
  expose("__cumulet", Object.freeze(runtime));
  expose("AppDependencies", dependencies.packages);
  for (const [name, value] of Object.entries({ SandboxAPI: api, appData, useAppData })) expose(name, value);

  port.onmessage = ({ data }: MessageEvent<ToFrame>) => {
    switch (data.type) {
      case "load":
        app.load(data);
        return;
      case "answer":
        calls.settle(data.id, data.answer);
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
      case "navigate":
        history.visit(data.to);
        return;
      case "traverse":
        history.go(data.delta);
        return;
      case "pick":
        picker.set(data);
        return;
      case "capture":
        void takeScreenshot()
          .then(({ png, missing }) => send({ type: "captured", png: withinLimit(png), missing }))
          .catch(() => send({ type: "captured", png: null, missing: [] }));
        return;
    }
  };
  send({ type: "booted" });
  setInterval(() => {
    loops.pause();
    send({ type: "heartbeat" });
  }, LIMITS.HEARTBEAT_MS);
}

function withinLimit(png: Blob): Blob | null {
  return png.size <= LIMITS.CAPTURE_MAX_BYTES ? png : null;
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
