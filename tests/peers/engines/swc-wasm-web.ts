// swc as npm ships it for browsers. Less than ours: no React Refresh, which it
// has only together with development JSX, more work than ours; imports stay; no
// checks. More: the source map is encoded.

import { serve } from "./engine";
import init, { transformSync } from "@swc/wasm-web";

await init({ module_or_path: new URL("wasm_bg.wasm", import.meta.url) });

serve({
  transform: (path, text) =>
    transformSync(text, {
      filename: path,
      sourceMaps: true,
      swcrc: false,
      jsc: {
        parser: { syntax: "typescript", tsx: true },
        // Rewrites no syntax; the types lack it.
        target: "esnext" as "es2022",
        transform: { react: { runtime: "automatic" } },
      },
    }) as { code: string; map: string },
});
