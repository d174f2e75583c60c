// sucrase: works on tokens, so it does far less than a compiler. Less than
// ours: no React Refresh, imports stay, no checks, and no complaint about most
// mistakes. More: the source map is encoded.

import { serve } from "./engine";
import { transform } from "sucrase";

serve({
  transform(path, text) {
    const { code, sourceMap } = transform(text, {
      transforms: ["typescript", "jsx"],
      jsxRuntime: "automatic",
      production: true,
      disableESTransforms: true,
      filePath: path,
      sourceMapOptions: { compiledFilename: path },
    });
    return { code, map: sourceMap?.mappings };
  },
});
