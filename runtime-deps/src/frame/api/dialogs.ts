// The browser's dialogs, which it refuses in this frame without a word.

import type { ConsoleCapture } from "../console.ts";
import type { Calls } from "./calls.ts";
import type { SandboxApi } from "./index.ts";

/**
 * `alert` and `print` show the studio's dialog; `confirm` and `prompt` can't wait for an answer, and say
 * what can.
 */
export function installDialogs(api: SandboxApi, calls: Calls, log: ConsoleCapture): void {
  window.alert = (message?: unknown) => {
    api.alert(String(message ?? "")).catch((error: Error) => log.say("warn", error.message));
  };
  window.confirm = (message?: unknown) => {
    log.say("warn", notice("confirm", message, "Cancel"));
    return false;
  };
  window.prompt = (message?: unknown) => {
    log.say("warn", notice("prompt", message, "Cancel"));
    return null;
  };
  window.print = () => {
    const { clientWidth, scrollHeight } = document.documentElement;
    const [width, height] = [clientWidth, scrollHeight].map((side) => Math.min(side, LIMITS.PRINT_MAX_PX));
    const call = { type: "print", width: width as number, height: height as number } as const;
    calls.ask(call, "flag").catch((error: Error) => log.say("warn", error.message));
  };
}

function notice(name: string, message: unknown, answer: string): string {
  const text = JSON.stringify(String(message ?? "").slice(0, 200));
  return `${name}(${text}) can't wait here and was answered "${answer}". Use: await SandboxAPI.${name}(${text})`;
}

/** Text of a dialog within its limit. */
export function dialogText(value: unknown): string {
  const text = String(value ?? "");
  return text.length > LIMITS.DIALOG_MAX_CHARS ? `${text.slice(0, LIMITS.DIALOG_MAX_CHARS - 1)}…` : text;
}
