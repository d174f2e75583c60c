// Errors of the workers that an app makes: they come to nobody but the worker's
// own object, where most apps don't listen.

import type { ErrorReports } from "./errors.ts";

const NOT_LOADED = "The worker's script couldn't be loaded: make it from a Blob of its text.";

export function installWorkers(errors: ErrorReports): void {
  window.Worker = new Proxy(window.Worker, {
    construct(target, args, newTarget) {
      const worker: Worker = Reflect.construct(target, args, newTarget);
      worker.addEventListener("error", (event) => {
        errors.report("worker", event.message || NOT_LOADED, null, event);
      });
      return worker;
    },
  });
}
