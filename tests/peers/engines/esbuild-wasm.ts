// esbuild's WebAssembly in the worker that it starts for itself, its normal
// mode. Less than ours: no React Refresh, imports stay, no checks. More: source
// maps are encoded; a build links the modules into one script.

import { serve } from "./engine";
import * as esbuild from "esbuild-wasm/esm/browser.js";
import { TRANSFORM, type Files, virtualBuild } from "../esbuild-options";

await esbuild.initialize({ wasmURL: new URL("esbuild.wasm", import.meta.url).href });

let files: Files = {};
let context: esbuild.BuildContext | undefined;

function built({ outputFiles }: esbuild.BuildResult<{ write: false }>) {
  const code = outputFiles.find(({ path }) => path.endsWith(".js"))?.text ?? "";
  return { code, modules: new Set(code.match(/^\/\/ project:.*$/gm)).size };
}

serve({
  async transform(path, text) {
    return esbuild.transform(text, { ...TRANSFORM, sourcefile: path });
  },
  async build(project) {
    await context?.dispose();
    files = { ...project.files };
    const fresh = await esbuild.context(virtualBuild(files));
    context = fresh;
    return built(await fresh.rebuild());
  },
  async rebuild(path, text) {
    if (context === undefined) {
      throw new Error("there is no project yet");
    }
    files[path] = text;
    return built((await context.rebuild()) as esbuild.BuildResult<{ write: false }>);
  },
});
