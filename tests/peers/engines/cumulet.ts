// Ours. More than the peers: imports and exports become the registry's, every
// reference to another module's export with them; React Refresh; the checks; a
// build collects Tailwind's class candidates too. Less: positions are kept
// for a later question, not encoded as a source map.

import { serve } from "./engine";
import init, { Bundler, transform } from "cumulet-bundler";

interface Diagnostic {
  severity: string;
  message: string;
}

interface BuildResult {
  output: { modules: { code: string }[]; diagnostics: Diagnostic[] };
}

await init({ module_or_path: new URL("bundler.wasm", import.meta.url) });

let bundler: Bundler | undefined;

function build(changes: Record<string, string>) {
  if (bundler === undefined) {
    throw new Error("there is no project yet");
  }
  const { output } = JSON.parse(bundler.build(JSON.stringify(changes))) as BuildResult;
  refuse(output.diagnostics);
  return { code: output.modules.map(({ code }) => code).join("\n"), modules: output.modules.length };
}

function refuse(diagnostics: Diagnostic[]): void {
  const error = diagnostics.find(({ severity }) => severity === "error");
  if (error) {
    throw new Error(error.message);
  }
}

serve({
  transform(path, text) {
    const { code, diagnostics } = JSON.parse(transform(path, text)) as {
      code: string;
      diagnostics: Diagnostic[];
    };
    refuse(diagnostics);
    return { code, map: undefined };
  },
  build({ files, manifest, lists }) {
    bundler?.free();
    bundler = new Bundler(manifest);
    for (const [file, text] of Object.entries(lists)) {
      bundler.supply(file, text);
    }
    return build(files);
  },
  rebuild: (path, text) => build({ [path]: text }),
});
