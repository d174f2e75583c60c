// Keeps ordinary page habits from killing the frame: a followed link, a
// submitted form or a dialog would replace the app by an error page or do
// nothing at all. None of this is a wall; the walls are the policies.

import type { ConsoleCapture } from "./console.ts";
import type { Send } from "./messages.ts";

/** Peer connections leave through no policy in browsers without Connection-Allowlist. */
export function lockPeerConnections(): void {
  const names = ["RTCPeerConnection", "webkitRTCPeerConnection", "mozRTCPeerConnection", "RTCDataChannel"];
  for (const name of [...names, "RTCIceTransport", "RTCDtlsTransport", "RTCSctpTransport"]) {
    Object.defineProperty(window, name, { value: undefined, writable: false, configurable: false });
  }
}

export function installGuards(send: Send, log: ConsoleCapture): void {
  // Bubble phase on window: after the app's own handlers, which may have dealt with it.
  window.addEventListener("click", (event) => onClick(event, send, log));
  window.addEventListener("auxclick", (event) => onClick(event, send, log));
  window.addEventListener("submit", onSubmit);
  HTMLFormElement.prototype.submit = () => {
    log.say("warn", "form.submit() does nothing in the preview: handle the form's submit event instead.");
  };
  installDialogs(log);
  window.addEventListener("securitypolicyviolation", (event) => onViolation(event, log));
}

function onClick(event: MouseEvent, send: Send, log: ConsoleCapture): void {
  if (event.defaultPrevented || event.button > 1) return;
  const link = event
    .composedPath()
    .find(
      (node): node is Element => node instanceof Element && node.matches("a[href], area[href], a[*|href]"),
    );
  const href = link?.getAttribute("href") ?? link?.getAttributeNS("http://www.w3.org/1999/xlink", "href");
  if (href === null || href === undefined) return;
  event.preventDefault();
  if (href.startsWith("#")) {
    location.hash = href;
    return;
  }
  const url = externalUrl(href);
  if (url) send({ type: "openExternal", url });
  else
    log.say(
      "warn",
      `The link to ${href} does nothing in the preview: only web addresses and #… lead somewhere.`,
    );
}

/** Absolute web addresses only: relative ones would resolve against the studio's own address. */
function externalUrl(href: string): string | undefined {
  try {
    const url = new URL(href.startsWith("//") ? `https:${href}` : href);
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : undefined;
  } catch {
    return undefined;
  }
}

function onSubmit(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  const method = event.submitter?.getAttribute("formmethod") ?? form.getAttribute("method");
  // A form of a <dialog> closes it and goes nowhere.
  if (method?.toLowerCase() !== "dialog") event.preventDefault();
}

/** Browsers refuse dialogs in this frame without a word. */
function installDialogs(log: ConsoleCapture): void {
  window.alert = (message?: unknown) => log.say("info", `alert: ${String(message ?? "")}`);
  // "Cancel", as browsers answer here: nobody has agreed to anything.
  window.confirm = (message?: unknown) => {
    log.say(
      "warn",
      `confirm: ${String(message ?? "")} (answered Cancel; the preview shows no browser dialogs)`,
    );
    return false;
  };
  window.prompt = (message?: unknown, initial?: unknown) => {
    log.say("info", `prompt: ${String(message ?? "")} (the preview shows no browser dialogs)`);
    return initial === undefined || initial === null ? null : String(initial);
  };
  window.print = () => log.say("info", "print() does nothing in the preview.");
}

function onViolation(event: SecurityPolicyViolationEvent, log: ConsoleCapture): void {
  // Our own self-test tries eval once, before the app is there.
  if (event.blockedURI === "eval" && event.sourceFile === "about") return;
  const what = event.blockedURI === "eval" ? "code made from text (eval)" : event.blockedURI || "inline code";
  log.say(
    "warn",
    `Blocked: ${what}. Apps have no network and run no text as code here (${event.effectiveDirective}).`,
  );
}
