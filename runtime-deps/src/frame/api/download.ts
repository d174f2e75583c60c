// Saving files: the studio asks, shows name and size, and saves.

import type { Calls } from "./calls.ts";
import { SandboxError } from "./error.ts";

export type Download = (
  name: string,
  data: string | Blob | ArrayBuffer | ArrayBufferView<ArrayBuffer>,
) => Promise<void>;

export function makeDownload(calls: Calls): Download {
  return async (name, data) => {
    const content = data instanceof Blob ? data : new Blob([data]);
    if (content.size > LIMITS.DOWNLOAD_MAX_BYTES) {
      const limit = `${LIMITS.DOWNLOAD_MAX_BYTES / 1024 / 1024} MB`;
      throw new SandboxError("too_large", `A download can have at most ${limit}: split it.`);
    }
    await calls.ask({ type: "download", name: safeName(name), content }, "done");
  };
}

/** The name without what no file system takes, and without what would show another name than it is. */
export function safeName(name: unknown): string {
  const text = String(name ?? "").replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}/\\:*?"<>|]+/gu, "_");
  const trimmed = text.replace(/^[.\s]+/, "");
  const max = LIMITS.DOWNLOAD_NAME_MAX_CHARS;
  const dot = trimmed.lastIndexOf(".");
  const ending = dot > 0 && trimmed.length - dot <= 12 ? trimmed.slice(dot) : "";
  const stem = ending === "" ? trimmed : trimmed.slice(0, dot);
  const whole = `${stem.slice(0, max - ending.length)}${ending}`.replace(/[. ]+$/, "");
  return whole === "" ? "download" : whole;
}
