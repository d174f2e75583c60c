// What `import { … } from "cumulet"` gives. The one place that collects it; the
// names stand in build/own.mjs too, for checks, prompt and editor.

import { SandboxError } from "./error.ts";
import type { SandboxApi } from "./index.ts";

export function cumuletModule(api: SandboxApi): Record<string, unknown> {
  return { SandboxAPI: api, SandboxError };
}
