// A picture of the app that the person asked for: it is the app's own drawing,
// so it is looked at before the page gets its address.

import type { Missing } from "../frame/screenshot.ts";
import { Refused } from "./fields.ts";
import type { FrameMessage } from "./protocol.ts";

/** The first bytes of every PNG. */
const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** The page saves the picture at once. */
const KEEP_MS = 60_000;

export class Capture {
  #asked = 0;

  ask(): void {
    this.#asked++;
  }

  /** What the page is told. Throws [`Refused`] for a picture that nobody asked for. */
  take(png: Blob | null, missing: Missing[]): Promise<FrameMessage> {
    if (this.#asked === 0) throw new Refused("a picture that nobody asked for");
    this.#asked--;
    return announce(png, missing);
  }
}

async function announce(png: Blob | null, missing: Missing[]): Promise<FrameMessage> {
  if (!png || !(await isPng(png))) return { type: "captured", url: null, missing };
  const url = URL.createObjectURL(png.slice(0, png.size, "image/png"));
  setTimeout(() => URL.revokeObjectURL(url), KEEP_MS);
  return { type: "captured", url, missing };
}

async function isPng(blob: Blob): Promise<boolean> {
  const head = new Uint8Array(await blob.slice(0, SIGNATURE.length).arrayBuffer());
  return SIGNATURE.every((byte, index) => head[index] === byte);
}
