// Pictures of other hosts: the policies let none through, so that the studio
// fetches them when the person allows the host, and elements get an address of
// the frame's own. What isn't allowed is a broken picture with its alt text.

import { fromBase64 } from "./api/base64.ts";
import type { Calls } from "./api/calls.ts";
import { SandboxError } from "./api/error.ts";
import type { ConsoleCapture } from "./console.ts";

/** On the way at once; the calls of SandboxAPI need room too. */
const AT_ONCE = 8;
/** Different pictures that a frame keeps until it ends. */
const MAX_KEPT = 500;
/** What no browser shows: the element gets its `error` event, and its alt text. */
const BROKEN = "data:image/gif,x";
/** An address that is all of an attribute. */
const REMOTE = /^(\s*)((?:https?:)?\/\/.+?)(?=\s*$)/gi;
/** One of a list. */
const REMOTE_IN_LIST = /(^|[\s,])((?:https?:)?\/\/\S+?)(?=,?(?:\s|$))/gi;
/** In styles; what loads a font or other styles is no picture. */
const REMOTE_IN_CSS = /@font-face\s*\{[^}]*\}|@import[^;]*;|(url\(\s*["']?)((?:https?:)?\/\/[^"')\s]+)/gi;
const PATTERNS: Readonly<Record<string, RegExp>> = { srcset: REMOTE_IN_LIST, style: REMOTE_IN_CSS };

type Apply = (value: string) => void;

export class Pictures {
  /** What stands in the place of an address; a promise while it isn't known. */
  readonly #kept = new Map<string, string | Promise<string>>();
  /** What an element's attribute is to show, so that an answer that comes late changes nothing. */
  readonly #wanted = new WeakMap<Element, Map<string, string>>();
  /** Of the app's style sheet. */
  #css = "";
  readonly #told = new Set<string>();
  readonly #queue: (() => void)[] = [];
  #running = 0;

  constructor(
    readonly calls: Calls,
    readonly log: ConsoleCapture,
  ) {}

  /** Gives an element a value, at once or when its pictures are there. */
  show(element: Element, attribute: string, value: string, apply: Apply): void {
    const pattern = patternOf(attribute);
    const addresses = addressesIn(value, pattern);
    if (addresses.length === 0) {
      this.forget(element, attribute);
      apply(value);
      return;
    }
    const wanted = this.#wanted.get(element) ?? new Map<string, string>();
    this.#wanted.set(element, wanted.set(attribute, value));
    const found = addresses.map((url) => this.#find(url));
    const put = (urls: string[]) => apply(replaced(value, pattern, urls));
    if (found.every((url) => typeof url === "string")) put(found);
    else {
      void Promise.all(found).then((urls) => {
        if (this.#wanted.get(element)?.get(attribute) === value) put(urls);
      });
    }
  }

  /** Gives the app's style sheet its text at once, and again as its pictures come. */
  showCss(css: string, apply: Apply): void {
    this.#css = css;
    const found = addressesIn(css, REMOTE_IN_CSS).map((url) => this.#find(url));
    const shown = found.map((url) => (typeof url === "string" ? url : BROKEN));
    apply(replaced(css, REMOTE_IN_CSS, shown));
    for (const [index, url] of found.entries()) {
      if (typeof url === "string") continue;
      void url.then((there) => {
        shown[index] = there;
        if (this.#css === css && there !== BROKEN) apply(replaced(css, REMOTE_IN_CSS, shown));
      });
    }
  }

  /**
   * Looks for elements that were to show a picture which the policies stopped: those of HTML that was
   * given as text, and those with a style of their own. False when there is none.
   */
  mend(url: string): boolean {
    let isMended = false;
    for (const attribute of ["src", "srcset", "poster", "style"]) {
      for (const element of document.querySelectorAll(`[${attribute}]`)) {
        const value = element.getAttribute(attribute) ?? "";
        if (!value.includes(url) || addressesIn(value, patternOf(attribute)).length === 0) continue;
        isMended = true;
        if (this.#wanted.get(element)?.get(attribute) === value) continue;
        // The setters of files.ts know the attributes of pictures.
        if (attribute === "style") this.#mendStyle(element, value);
        else element.setAttribute(attribute, value);
      }
    }
    return isMended;
  }

  /** The app may change the style while the person thinks: only the addresses in it are replaced. */
  #mendStyle(element: Element, value: string): void {
    for (const address of addressesIn(value, REMOTE_IN_CSS)) {
      void Promise.resolve(this.#find(address)).then((url) => {
        const now = element.getAttribute("style") ?? "";
        const same = addressesIn(now, REMOTE_IN_CSS).map((found) => (found === address ? url : found));
        if (same.includes(url)) element.setAttribute("style", replaced(now, REMOTE_IN_CSS, same));
      });
    }
  }

  /** The attribute went, or shows something else. */
  forget(element: Element, attribute: string): void {
    this.#wanted.get(element)?.delete(attribute);
  }

  #find(written: string): string | Promise<string> {
    const url = URL.parse(written.startsWith("//") ? `https:${written}` : written);
    if (url === null || url.href.length > LIMITS.FETCH_MAX_URL_CHARS) return BROKEN;
    const kept = this.#kept.get(url.href);
    if (kept !== undefined) return kept;
    if (this.#kept.size >= MAX_KEPT) {
      this.#tell("many", `An app shows at most ${MAX_KEPT} pictures of other hosts until it starts anew.`);
      return BROKEN;
    }
    const asked = this.#turn(() => this.#ask(url)).then((shown) => {
      this.#kept.set(url.href, shown);
      return shown;
    });
    this.#kept.set(url.href, asked);
    return asked;
  }

  async #ask(url: URL): Promise<string> {
    try {
      const { response } = await this.calls.ask({ type: "picture", url: url.href }, "response");
      const type = response.headers.find(([name]) => name === "content-type")?.[1] ?? "";
      return URL.createObjectURL(new Blob([fromBase64(response.body)], { type }));
    } catch (error) {
      const why = error instanceof SandboxError ? error.message : String(error);
      this.#tell(why, `A picture of ${url.host} isn't shown: ${why}`);
      return BROKEN;
    }
  }

  /** Each reason once: a gallery would say it for every picture. */
  #tell(reason: string, text: string): void {
    if (this.#told.has(reason) || this.#told.size >= 20) return;
    this.#told.add(reason);
    this.log.say("warn", text);
  }

  async #turn<Result>(run: () => Promise<Result>): Promise<Result> {
    if (this.#running >= AT_ONCE) await new Promise<void>((resolve) => this.#queue.push(resolve));
    this.#running++;
    try {
      return await run();
    } finally {
      this.#running--;
      this.#queue.shift()?.();
    }
  }
}

function patternOf(attribute: string): RegExp {
  return PATTERNS[attribute] ?? REMOTE;
}

function addressesIn(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].flatMap(([, , url]) => url ?? []);
}

/** With these in place of the addresses, in their order. */
function replaced(text: string, pattern: RegExp, urls: readonly string[]): string {
  let index = 0;
  return text.replace(pattern, (all, before?: string) =>
    before === undefined ? all : before + urls[index++],
  );
}
