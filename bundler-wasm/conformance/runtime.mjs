// The frame's part in classes with decorators, as a script that leaves
// `__decorators` behind.

import path from "node:path";
import vm from "node:vm";
import * as esbuild from "esbuild";

const built = await esbuild.build({
  entryPoints: [path.join(import.meta.dirname, "../../runtime-deps/src/frame/decorators.ts")],
  bundle: true,
  format: "iife",
  globalName: "__decorators",
  target: "es2022",
  write: false,
});

const script = new vm.Script(
  `${built.outputFiles[0].text}
  ({
    decorate: (...given) => new __decorators.StandardDecorators(...given),
    decorateLegacy: (...given) => new __decorators.LegacyDecorators(...given),
  })`,
);

/** What modules find in `__cumulet` for their decorators. */
export function decoratorsIn(context) {
  return script.runInContext(context);
}
