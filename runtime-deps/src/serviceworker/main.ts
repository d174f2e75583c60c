// The service worker: keeps one build of the studio in the browser, whole, and
// serves it from there, so that it opens without a network and never half old.
//
// A new build is fetched beside the one in use and waits until no page uses
// that any more, or until the only page, before it loads anything, asks for it.

import { addressOf, release } from "./release.ts";
import { scope } from "./scope.ts";
import { answer, fill, removeOlder } from "./store.ts";

scope.addEventListener("install", (event) => event.waitUntil(fill()));

scope.addEventListener("activate", (event) => event.waitUntil(removeOlder()));

scope.addEventListener("fetch", (event) => {
  const address = addressOf(event.request, location.origin);
  if (address !== undefined) event.respondWith(answer(address, event.request));
});

scope.addEventListener("message", (event) => {
  event.waitUntil(hear(event.data).then((done) => event.ports[0]?.postMessage(done)));
});

/** Only the site's own pages can send these. Returns whether it was done. */
async function hear(message: unknown): Promise<boolean> {
  const pages = await scope.clients.matchAll({ type: "window", includeUncontrolled: true });
  // Another page may be of another build, which would be lost under its feet.
  if (pages.length > 1) return false;
  const { type, mark, before } = Object(message) as { type?: unknown; mark?: unknown; before?: unknown };
  if (type === "take-over") {
    // Later, the page that asked has given up waiting and loads the build in use.
    if (!(Date.now() < Number(before))) return false;
    await scope.skipWaiting();
    return true;
  }
  if (type === "claim" && mark === release.mark) {
    await scope.clients.claim();
    return true;
  }
  return false;
}
