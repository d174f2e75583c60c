// Keeps ordinary page habits from killing the frame: a submitted form would
// replace the app by an error page. Links and dialogs are in api/. None of this
// is a wall; the walls are the policies.

import type { ConsoleCapture } from "./console.ts";

/** Peer connections leave through no policy in browsers without Connection-Allowlist. */
export function lockPeerConnections(): void {
  const names = ["RTCPeerConnection", "webkitRTCPeerConnection", "mozRTCPeerConnection", "RTCDataChannel"];
  for (const name of [...names, "RTCIceTransport", "RTCDtlsTransport", "RTCSctpTransport"]) {
    Object.defineProperty(window, name, { value: undefined, writable: false, configurable: false });
  }
}

export function installGuards(log: ConsoleCapture): void {
  // Bubble phase on window: after the app's own handlers, which may have dealt with it.
  window.addEventListener("submit", onSubmit);
  HTMLFormElement.prototype.submit = () => {
    log.say("warn", "form.submit() does nothing in the preview: handle the form's submit event instead.");
  };
}

function onSubmit(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  const method = event.submitter?.getAttribute("formmethod") ?? form.getAttribute("method");
  // A form of a <dialog> closes it and goes nowhere.
  if (method?.toLowerCase() !== "dialog") event.preventDefault();
}
