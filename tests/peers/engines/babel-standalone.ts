// Babel's build for browsers. Less than ours: no React Refresh, which isn't in
// it; imports stay; no checks. More: the source map is encoded.

import { serve } from "./engine";
import { transform } from "@babel/standalone";

serve({
  transform(path, text) {
    const result = transform(text, {
      filename: path,
      presets: [["react", { runtime: "automatic" }], "typescript"],
      sourceMaps: true,
      configFile: false,
      babelrc: false,
    });
    return { code: result?.code ?? "", map: result?.map?.mappings };
  },
});
