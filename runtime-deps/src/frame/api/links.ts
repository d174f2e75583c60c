// Ways out of the app's frame: links, `window.open`, and links that save a
// file. Followed by the browser they would replace the app by an error page or
// do nothing at all; here they become calls.

import type { ConsoleCapture } from "../console.ts";
import type { AppHistory } from "../history.ts";
import type { SandboxApi } from "./index.ts";

export function installLinks(api: SandboxApi, log: ConsoleCapture, history: AppHistory): void {
  const follow = (link: Element) => followLink(link, api, log, history);
  // Bubble phase on window: after the app's own handlers, which may have dealt with it.
  for (const type of ["click", "auxclick"] as const) {
    window.addEventListener(type, (event) => onClick(event, follow));
  }
  installDetached(follow);
  window.open = (target) => {
    const url = externalUrl(String(target ?? ""));
    if (url) open(url, api, log);
    else log.say("warn", "window.open opens only absolute http and https addresses here.");
    return null;
  };
}

function onClick(event: MouseEvent, follow: (link: Element) => void): void {
  if (event.defaultPrevented || event.button > 1) return;
  const link = event
    .composedPath()
    .find(
      (node): node is Element => node instanceof Element && node.matches("a[href], area[href], a[*|href]"),
    );
  if (!link) return;
  event.preventDefault();
  follow(link);
}

function followLink(link: Element, api: SandboxApi, log: ConsoleCapture, history: AppHistory): void {
  const href = link.getAttribute("href") ?? link.getAttributeNS("http://www.w3.org/1999/xlink", "href") ?? "";
  const name = link.getAttribute("download");
  if (/^(?:blob|data):/i.test(href)) {
    if (name === null)
      log.say("warn", "Only a link with `download` can lead to a blob: or data: address here.");
    else save(name, href, api, log);
    return;
  }
  // By the browser, which scrolls there.
  if (href.startsWith("#")) location.hash = href;
  else history.visit(href);
}

/** Leads out of the app, by the studio's question. */
export function followAddress(address: string, api: SandboxApi, log: ConsoleCapture): void {
  const url = externalUrl(address);
  if (url) open(url, api, log);
  else
    log.say(
      "warn",
      `The address ${address} leads nowhere in the preview: only the app's own and web addresses do.`,
    );
}

/**
 * Elements that are in no document, which libraries click to save a file: no event of theirs reaches
 * the window. The address is away meanwhile, so that the browser doesn't follow it by itself.
 */
function installDetached(follow: (link: Element) => void): void {
  const { dispatchEvent } = EventTarget.prototype;
  const { click } = HTMLElement.prototype;
  const prototype = HTMLAnchorElement.prototype;
  prototype.dispatchEvent = function (event) {
    const href = this.getAttribute("href");
    if (event.type !== "click" || this.isConnected || href === null) return dispatchEvent.call(this, event);
    this.removeAttribute("href");
    const goesOn = dispatchEvent.call(this, event);
    if (!this.hasAttribute("href")) this.setAttribute("href", href);
    if (goesOn) follow(this);
    return goesOn;
  };
  prototype.click = function () {
    if (this.isConnected) click.call(this);
    else this.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, composed: true }));
  };
}

function open(url: string, api: SandboxApi, log: ConsoleCapture): void {
  api.openExternal(url).catch((error: Error) => log.say("warn", error.message));
}

function save(name: string, href: string, api: SandboxApi, log: ConsoleCapture): void {
  // Begins to read at once: pages revoke such an address right after the click.
  fetch(href)
    .then((response) => response.blob())
    .then((content) => api.download(name === "" ? "download" : name, content))
    .catch((error: Error) => log.say("warn", `The download didn't happen: ${error.message}`));
}

/** Absolute web addresses only: relative ones would resolve against the studio's own address. */
function externalUrl(href: string): string | undefined {
  const url = URL.parse(href.startsWith("//") ? `https:${href}` : href);
  return url !== null && /^https?:$/.test(url.protocol) ? url.href : undefined;
}
