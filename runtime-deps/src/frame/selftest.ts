// Looks whether the walls stand before anything of the app is run.

/** What is wrong, or undefined when the policies hold. */
export function selfTest(): string | undefined {
  if (self.origin !== "null") return "the app's frame shares an origin with other pages";
  if (runsText()) return "text can be run as code in the app's frame";
  if (reachesParent()) return "the app's frame can reach into the page around it";
  return undefined;
}

/** Indirect, so that the minifier leaves it alone. */
export function runsText(): boolean {
  try {
    const name: string = ["ev", "al"].join("");
    (globalThis as unknown as Record<string, (text: string) => unknown>)[name]?.("0");
    return true;
  } catch {
    return false;
  }
}

function reachesParent(): boolean {
  try {
    return parent.document !== undefined;
  } catch {
    return false;
  }
}
