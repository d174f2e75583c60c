// The trusted shell between the studio and the app. It runs nothing of the app,
// and passes the port on once. It speaks to its parent only when that is the
// studio. Usually it has the studio's own address, and is opaque by its own
// policies: `location.origin` is the address's origin even there. Where each app
// has an origin of its own, the server writes the studio's into the page.

import type { Envelope, FromFrame, ToFrame } from "../frame/messages.ts";

/** The app's frame as text, put in by the build. */
declare const FRAME_HTML: string;

const named = document.querySelector<HTMLMetaElement>('meta[name="cumulet-studio"]')?.content ?? "";
const apart = named !== "";
const studio = apart ? named.split(" ") : [location.origin];

if (parent === window) {
  document.body.textContent = "This page shows apps inside Cumulet. There is nothing to see on its own.";
} else if (framedByHost()) {
  window.addEventListener("message", accept);
  const { ancestorOrigins } = location;
  for (const origin of ancestorOrigins ?? studio) parent.postMessage("cumulet:shell-ready", origin);
}

function framedByHost(): boolean {
  const { ancestorOrigins } = location;
  // Firefox has no list; there the origin of the message is the only check.
  return !ancestorOrigins || [...ancestorOrigins].every((origin) => studio.includes(origin));
}

function accept(event: MessageEvent): void {
  const port = event.ports[0];
  if (event.source !== parent || !studio.includes(event.origin)) return;
  if (event.data !== "cumulet:shell-init" || !port) return;
  window.removeEventListener("message", accept);
  const fault = missingPolicy();
  if (fault) {
    refuse(port, fault);
    return;
  }
  const frame = document.createElement("iframe");
  // Exactly these: without forms no submit event fires, and with same-origin there is no wall.
  frame.setAttribute("sandbox", "allow-scripts allow-forms");
  frame.referrerPolicy = "no-referrer";
  frame.title = "App";
  frame.srcdoc = FRAME_HTML;
  frame.addEventListener("load", () => frame.contentWindow?.postMessage("cumulet:init", "*", [port]), {
    once: true,
  });
  document.body.append(frame);
  // The studio can give the focus no further than here.
  window.addEventListener("focus", () => setTimeout(() => frame.focus()));
}

/** In the frame's place, and in its words: the session comes with the first message. */
function refuse(port: MessagePort, reason: string): void {
  port.onmessage = ({ data }: MessageEvent<ToFrame>) => {
    if (data.type !== "init") return;
    port.onmessage = null;
    const message: FromFrame = { type: "unsafe", reason };
    const { session } = data;
    port.postMessage({ version: LIMITS.BRIDGE_VERSION, session, seq: 1, message } satisfies Envelope);
  };
}

/** The shell's own policies come as response headers; a server that lost them must show nothing. */
function missingPolicy(): string | undefined {
  if (apart && studio.includes(location.origin)) {
    return "the app's shell has the studio's own origin";
  }
  if (!apart && self.origin !== "null") {
    return "the app's shell came without its sandbox policy (headers.json is not applied)";
  }
  try {
    const name: string = ["ev", "al"].join("");
    (window as unknown as Record<string, (text: string) => unknown>)[name]?.("0");
    return "the app's shell came without its script policy (headers.json is not applied)";
  } catch {
    return undefined;
  }
}
