// The app's own history, in memory. In this frame `pushState` throws for every
// address, and entries of the real history would trap the studio's Back button.
// Real is only the hash, so hash routers work, with `hashchange` and `popstate`
// as usual. `pushState` replaces it in place; a click on a `#…` link still adds
// an entry to the real history.

interface HistoryEntry {
  state: unknown;
  hash: string;
}

export function installHistory(): void {
  const entries: HistoryEntry[] = [{ state: null, hash: location.hash }];
  let index = 0;
  const current = () => entries[index] as HistoryEntry;

  const push = (entry: HistoryEntry) => {
    entries.splice(index + 1, entries.length, entry);
    index = entries.length - 1;
  };
  const go = (delta: unknown) => {
    const steps = Math.trunc(Number(delta)) || 0;
    const next = Math.min(entries.length - 1, Math.max(0, index + steps));
    if (next === index) return;
    setTimeout(() => {
      const before = current().hash;
      index = Math.min(next, entries.length - 1);
      const { state, hash } = current();
      const oldURL = location.href;
      showHash(hash);
      window.dispatchEvent(new PopStateEvent("popstate", { state }));
      if (hash === before) return;
      window.dispatchEvent(new HashChangeEvent("hashchange", { oldURL, newURL: location.href }));
    });
  };
  const change =
    (apply: (entry: HistoryEntry) => void) => (state: unknown, _title: unknown, url?: unknown) => {
      const hash = hashOf(url) ?? current().hash;
      apply({ state: structuredClone(state) ?? null, hash });
      showHash(hash);
    };

  // Hash links and assignments to location.hash come as events.
  window.addEventListener(
    "hashchange",
    () => {
      if (location.hash !== current().hash) push({ state: null, hash: location.hash });
    },
    true,
  );

  const own: PropertyDescriptorMap = {
    pushState: { value: change(push), writable: true },
    replaceState: { value: change((entry) => (entries[index] = entry)), writable: true },
    go: { value: go },
    back: { value: () => go(-1) },
    forward: { value: () => go(1) },
    state: { get: () => current().state },
    length: { get: () => entries.length },
  };
  for (const descriptor of Object.values(own)) descriptor.configurable = true;
  Object.defineProperties(history, own);

  const replaceState = History.prototype.replaceState;
  function showHash(hash: string): void {
    if (hash === location.hash) return;
    try {
      replaceState.call(history, null, "", `about:srcdoc${hash}`);
    } catch {
      // Only what `location.hash` reads is lost; the entry itself is kept.
    }
  }
}

/** The hash that an address asks for; undefined when it says nothing about it. */
function hashOf(url: unknown): string | undefined {
  if (url === undefined || url === null) return undefined;
  const text = String(url);
  const at = text.indexOf("#");
  return at < 0 ? "" : text.slice(at);
}
