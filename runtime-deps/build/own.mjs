// @ts-check
/**
 * The module `cumulet`, which the runtime itself provides: it stands among the
 * packages of the manifest, so that imports, checks, proposals and the prompt
 * know it, and has no file. Its values are made in src/frame/api/module.ts and
 * src/published/api.ts, its types stand in src/types/cumulet.d.ts; tests hold
 * the lists together.
 */

/** @type {Record<string, import("./manifest.mjs").Package>} by specifier */
export const OWN_PACKAGES = {
  cumulet: {
    category: "core",
    version: "1.0.0",
    exports: ["SandboxAPI", "SandboxError"],
    types: ["SandboxErrorCode"],
    hasDefault: false,
    file: "",
    hint: "SandboxAPI: requests, downloads, dialogs, links, clipboard; also there without an import",
    example: 'import { SandboxAPI } from "cumulet";',
    inPrompt: true,
  },
};
