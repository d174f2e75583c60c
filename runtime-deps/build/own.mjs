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
    exports: ["SandboxAPI", "SandboxError", "appData", "useAppData"],
    types: ["SandboxErrorCode"],
    hasDefault: false,
    file: "",
    hint: "useAppData: documents that are kept; SandboxAPI: requests, downloads, dialogs, links, clipboard; all there without an import",
    example: 'import { SandboxAPI, useAppData } from "cumulet";',
    inPrompt: true,
  },
};
