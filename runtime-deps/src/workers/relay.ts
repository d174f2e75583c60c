// The short way of a build: from the bundler worker to the bridge worker, past
// the page, which paints the editor at that moment and would let it wait.
//
// Only what changes a running app in place goes this way, and only to who has
// exactly the build before. The page gets every build besides, and what it
// hands over is what counts; the bridge drops what it has already.

import type { FromBundler, ToBridge } from "./protocol.ts";

/** A build without errors, as what is new in it since the build of revision `base`. */
export type RelayedBuild = Omit<Extract<ToBridge, { type: "load" }>, "type" | "session"> & { base: number };

/** Both workers of a page have the page's name; a worker without one stands alone. */
export function openRelay(): BroadcastChannel | undefined {
  return self.name === "" ? undefined : new BroadcastChannel(self.name);
}

/** The bundler's end. */
export class Relay {
  /** Of the build before, of the same project. */
  #base: number | undefined;

  constructor(readonly channel: Pick<BroadcastChannel, "postMessage"> | undefined) {}

  /** The next build is another project's. */
  reset(): void {
    this.#base = undefined;
  }

  offer({ revision, output }: Extract<FromBundler, { type: "built" }>): void {
    const base = this.#base;
    this.#base = revision;
    const { entry, removed, css, dependencyFiles } = output;
    if (base === undefined || !entry) return;
    if (output.diagnostics.some(({ severity }) => severity === "error")) return;
    const modules = output.modules.map(({ id, code, staticImports = [] }) => ({ id, code, staticImports }));
    const build = { base, revision, modules, removed, entry, css, dependencyFiles };
    this.channel?.postMessage(build satisfies RelayedBuild);
  }
}
