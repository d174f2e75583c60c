// `SandboxAPI` of a published app: a page of its own, so the browser itself
// does what the studio does for a preview, and asks where it asks any page.

import type { SandboxApi } from "../frame/api/index.ts";
import { makeStorage } from "../frame/api/storage.ts";

const USER_KEY = "cumulet-user";
/** A browser reads the content after the click. */
const KEEP_CONTENT_MS = 60_000;

export const publishedApi: SandboxApi = Object.freeze({
  // Without cookies, as in the preview; the other side must allow the app's address (CORS).
  fetch: (input: string | URL | Request, init?: RequestInit) =>
    fetch(input, { ...init, credentials: "omit" }),
  async download(name: string, data: string | Blob | ArrayBuffer | ArrayBufferView<ArrayBuffer>) {
    const url = URL.createObjectURL(data instanceof Blob ? data : new Blob([data]));
    const link = document.createElement("a");
    link.href = url;
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), KEEP_CONTENT_MS);
  },
  async openExternal(address: string | URL) {
    const url = new URL(String(address));
    if (!/^https?:$/.test(url.protocol)) throw new Error(`${url.protocol} addresses can't be opened.`);
    const link = document.createElement("a");
    Object.assign(link, { href: url.href, target: "_blank", rel: "noopener noreferrer" });
    link.click();
    return true;
  },
  alert: async (text: string) => window.alert(text),
  confirm: async (text: string) => window.confirm(text),
  prompt: async (text: string, initial = "") => window.prompt(text, initial),
  clipboard: Object.freeze({
    writeText: (text: string) => navigator.clipboard.writeText(text),
    readText: () => navigator.clipboard.readText(),
  }),
  storage: Object.freeze(makeStorage(() => localStorage)),
  get theme() {
    return matchMedia("(prefers-color-scheme: dark)").matches ? ("dark" as const) : ("light" as const);
  },
  user: Object.freeze({
    get id() {
      const id = localStorage.getItem(USER_KEY) ?? crypto.randomUUID();
      localStorage.setItem(USER_KEY, id);
      return id;
    },
  }),
});
