// `SandboxAPI`: what an app can ask of the studio around it. Types and words
// for people stand in types/cumulet.d.ts and docs/sandbox-api.md.

import type { ConsoleCapture } from "../console.ts";
import type { Calls } from "./calls.ts";
import { dialogText } from "./dialogs.ts";
import { type Download, makeDownload } from "./download.ts";
import { SandboxError } from "./error.ts";
import { makeFetch, type SandboxFetch } from "./fetch.ts";
import { makeStorage, type ValueStorage } from "./storage.ts";

export interface SandboxApi {
  readonly fetch: SandboxFetch;
  readonly download: Download;
  openExternal(url: string | URL): Promise<boolean>;
  alert(text: string): Promise<void>;
  confirm(text: string): Promise<boolean>;
  prompt(text: string, initial?: string): Promise<string | null>;
  readonly clipboard: { writeText(text: string): Promise<void>; readText(): Promise<string> };
  readonly storage: ValueStorage;
  readonly theme: "light" | "dark";
  readonly user: { readonly id: string };
}

export function makeApi(calls: Calls, log: ConsoleCapture, user: { readonly id: string }): SandboxApi {
  const api: SandboxApi = {
    fetch: makeFetch(calls, log),
    download: makeDownload(calls),
    async openExternal(url) {
      const address = URL.parse(String(url));
      if (address === null || !/^https?:$/.test(address.protocol)) {
        throw new SandboxError("invalid", "SandboxAPI.openExternal needs an absolute http or https address.");
      }
      return (await calls.ask({ type: "openExternal", url: address.href }, "flag")).value;
    },
    async alert(text) {
      await calls.ask({ type: "alert", text: dialogText(text) }, "done");
    },
    async confirm(text) {
      return (await calls.ask({ type: "confirm", text: dialogText(text) }, "flag")).value;
    },
    async prompt(text, initial = "") {
      const call = { type: "prompt", text: dialogText(text), initial: dialogText(initial) } as const;
      return (await calls.ask(call, "text")).value;
    },
    clipboard: Object.freeze({
      async writeText(value: string) {
        const text = String(value);
        if (text.length > LIMITS.CLIPBOARD_MAX_CHARS) {
          const limit = `${LIMITS.CLIPBOARD_MAX_CHARS} characters`;
          throw new SandboxError(
            "too_large",
            `The clipboard takes at most ${limit}: offer a download instead.`,
          );
        }
        await calls.ask({ type: "clipboardWrite", text }, "done");
      },
      async readText() {
        return (await calls.ask({ type: "clipboardRead" }, "text")).value ?? "";
      },
    }),
    storage: Object.freeze(makeStorage(() => localStorage)),
    get theme() {
      return document.documentElement.dataset.theme === "dark" ? "dark" : "light";
    },
    user,
  };
  return Object.freeze(api);
}
