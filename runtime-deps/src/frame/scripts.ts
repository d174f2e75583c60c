// Runs classic scripts from blob addresses: the only way to run text here,
// since the policies forbid eval.

/** Resolves when all have run, in order. */
export async function runScripts(codes: readonly (string | readonly string[])[]): Promise<void> {
  await Promise.all(codes.map(runScript));
}

function runScript(code: string | readonly string[]): Promise<void> {
  const parts = typeof code === "string" ? [code] : code.flatMap((text) => [text, "\n;\n"]);
  const url = URL.createObjectURL(new Blob(parts, { type: "text/javascript" }));
  const script = document.createElement("script");
  script.async = false;
  script.src = url;
  return new Promise((resolve) => {
    // A script that doesn't parse is told by the window's error event.
    script.onload = script.onerror = () => {
      URL.revokeObjectURL(url);
      script.remove();
      resolve();
    };
    document.head.append(script);
  });
}
