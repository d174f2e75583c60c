// Keeps a copy of the studio in the browser, by the service worker, and takes
// up new builds of it. Where the browser has no service worker, as without
// https or in some private windows, nothing is different from a page without one.

const WORKER = "/sw.js";
/** After the page has loaded, in milliseconds: the first app is on the screen by then. */
const LATER_MS = 2_000;
/** Longest that opening waits for a new build, in milliseconds. */
const PATIENCE_MS = 3_000;

/**
 * Called before anything of the studio is loaded: when a new build is there and
 * no other page uses the old one, the page begins anew with that. Never throws.
 */
export async function takeUpdate(): Promise<void> {
  const container = navigator.serviceWorker;
  if (!container?.controller) return;
  // As long as the page is there: once another build has taken over, the files of
  // this one are gone. That may come after the page has given up waiting, or by
  // another page, which asked when this one wasn't there yet.
  const taken = new Promise<true>((resolve) =>
    container.addEventListener("controllerchange", () => {
      location.reload();
      resolve(true);
    }),
  );
  try {
    const registration = await container.getRegistration();
    if (!registration) return;
    // Whoever builds on this machine wants to see it at once.
    if (isThisMachine()) await within(look(registration));
    if (!registration.waiting) return;
    const message = { type: "take-over", before: Date.now() + PATIENCE_MS };
    if (!(await within(ask(registration.waiting, message)))) return;
    // Nothing of the old build is loaded while the page begins anew.
    if (await within(taken)) await new Promise(() => {});
  } catch {
    // The old build is whole: it goes on.
  }
}

/** Has a copy made of the studio, when the page has nothing else to do. */
export function keepCopy(): void {
  const container = navigator.serviceWorker;
  if (!container) return;
  const whenIdle = globalThis.requestIdleCallback ?? ((work: () => void) => setTimeout(work, 0));
  setTimeout(() => whenIdle(() => register(container).catch(() => {})), LATER_MS);
}

async function register(container: ServiceWorkerContainer): Promise<void> {
  await container.register(WORKER, { updateViaCache: "none" });
  const { active } = await container.ready;
  const mark = document.querySelector<HTMLMetaElement>('meta[name="cumulet-assets"]')?.content;
  // A page that is as new as the copy is served by it from now on.
  if (!container.controller) active?.postMessage({ type: "claim", mark });
}

function isThisMachine(): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(location.hostname);
}

/** Looks for a new build, and waits until it is complete or found wanting. */
async function look(registration: ServiceWorkerRegistration): Promise<void> {
  await registration.update();
  const { installing } = registration;
  if (!installing) return;
  await new Promise<void>((resolve) => {
    installing.addEventListener("statechange", () => {
      if (installing.state !== "installing") resolve();
    });
  });
}

function ask(worker: ServiceWorker, message: unknown): Promise<boolean> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = ({ data }) => resolve(data === true);
    worker.postMessage(message, [port2]);
  });
}

function within<Value>(work: Promise<Value>): Promise<Value | undefined> {
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE_MS, undefined));
  return Promise.race([work, late]);
}
