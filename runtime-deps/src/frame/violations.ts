// What the policies stopped: a line in the console, which says what to do
// instead, and for requests a row in the studio's network panel.

import type { ConsoleCapture } from "./console.ts";
import type { BlockedAttempt, Send } from "./messages.ts";

const FLUSH_MS = 250;

/** By directive; other requests have no way out at all. */
const INSTEAD: Readonly<Record<string, string>> = {
  "connect-src": "Use SandboxAPI.fetch, which asks the person.",
  "img-src": "Put the picture into the project.",
  "media-src": "Put the file into the project.",
  "font-src": "Put the font into the project.",
  "style-src-elem": "Write the styles into the project.",
  "script-src-elem": "Import an approved package, or put the file into the project.",
};

export class Violations {
  readonly #attempts = new Map<string, BlockedAttempt>();
  /** The policy is there twice, as a header and in the document, and each copy tells. */
  #policy: string | undefined;

  constructor(
    readonly send: Send,
    readonly log: ConsoleCapture,
    /** Shows a picture that was stopped when the person allows it; false when it can't be found. */
    readonly mendPicture: (url: string) => boolean,
  ) {}

  listen(): void {
    window.addEventListener("securitypolicyviolation", (event) => this.#hear(event));
  }

  #hear(event: SecurityPolicyViolationEvent): void {
    const { blockedURI: blocked, effectiveDirective: directive, originalPolicy: policy, sourceFile } = event;
    // Our own self-test tries eval once, before the app is there.
    if (blocked === "eval" && sourceFile === "about") return;
    this.#policy ??= policy;
    if (policy !== this.#policy) return;
    if (directive === "img-src" && this.mendPicture(blocked)) return;
    if (/^(?:https?|wss?):/.test(blocked)) {
      const next = INSTEAD[directive] ?? "";
      this.log.say(
        "error",
        `Blocked: ${blocked}. Apps have no network of their own here (${directive}). ${next}`,
      );
      this.#count(blocked.slice(0, LIMITS.FETCH_MAX_URL_CHARS), directive);
    } else {
      const what = blocked === "eval" ? "code made from text (eval)" : blocked || "inline code";
      this.log.say("warn", `Blocked: ${what}. Apps run no text as code here (${directive}).`);
    }
  }

  #count(url: string, directive: string): void {
    const key = `${directive} ${url}`;
    const same = this.#attempts.get(key);
    if (this.#attempts.size === 0) setTimeout(() => this.#flush(), FLUSH_MS);
    if (same) same.count++;
    // What is more than that in a moment is one request more or less.
    else if (this.#attempts.size < LIMITS.BLOCKED_MAX_ATTEMPTS)
      this.#attempts.set(key, { directive, url, count: 1 });
  }

  #flush(): void {
    this.send({ type: "blocked", attempts: [...this.#attempts.values()] });
    this.#attempts.clear();
  }
}
