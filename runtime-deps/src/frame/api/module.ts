// What `import { … } from "cumulet"` gives. The one place that collects it; the
// names stand in build/own.mjs too, for checks, prompt and editor.

import type { AppCollections } from "../appdata/appdata.ts";
import { SandboxError } from "./error.ts";
import type { SandboxApi } from "./index.ts";

type Collections = Pick<AppCollections, "appData" | "useAppData">;

export function cumuletModule(
  api: SandboxApi,
  { appData, useAppData }: Collections,
): Record<string, unknown> {
  return { SandboxAPI: api, SandboxError, appData, useAppData };
}
