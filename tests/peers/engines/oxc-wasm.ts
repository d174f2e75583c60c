// oxc's threaded WebAssembly, called synchronously. With React Refresh. Less
// than ours: imports stay, no checks. More: the source map is encoded.

import { serve } from "./engine";
import { transformSync } from "@oxc-transform/binding-wasm32-wasi";
import { OPTIONS, output } from "../oxc-options";

serve({ transform: (path, text) => output(transformSync(path, text, OPTIONS)) });
