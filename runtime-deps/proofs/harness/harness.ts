// Compiled into every proof's project, like any file of an app: shows the
// proof's App, lets the proof act on it, and says how it went.

import * as React from "react";
import { createRoot } from "react-dom/client";

/** What the runner does for a proof with the mouse and the keyboard of the browser. */
type Act = (name: string, ...args: unknown[]) => Promise<unknown>;

interface ProofModule {
  default: React.ComponentType;
  prove(t: Proof): void | Promise<void>;
}

interface Renderer {
  currentDispatcherRef?: unknown;
}

declare global {
  interface Window {
    /** Put there by the runner. */
    __act: Act;
    __REACT_DEVTOOLS_GLOBAL_HOOK__: { renderers: Map<number, Renderer> };
    AppDependencies: Record<string, Record<string, unknown>>;
  }
}

/** A file that a person chooses or drops. */
export interface TestFile {
  name: string;
  mimeType: string;
  text: string;
}

export interface PressOptions {
  button?: "left" | "right";
  /** Within the element, in pixels from its corner; its middle when left out. */
  position?: { x: number; y: number };
  /** Presses even an element that is covered or moving. */
  force?: boolean;
  clickCount?: number;
}

const PATIENCE_MS = 15_000;
/** The longest that the frame keeps console lines back. */
const CONSOLE_MS = 80;

/** What a proof can do. Selectors are Playwright's: CSS, `text=…`, `role=button[name="…"]`. */
export class Proof {
  /** Fails unless both are the same, compared by content. */
  equal(actual: unknown, expected: unknown, what = "value"): void {
    const [left, right] = [show(actual), show(expected)];
    if (left !== right) throw new Error(`${what}: expected ${right}, got ${left}`);
  }

  ok(value: unknown, what: string): asserts value {
    if (!value) throw new Error(`not so: ${what}`);
  }

  /** Fails unless the call throws, or its promise is rejected; gives the message. */
  async throws(call: () => unknown, pattern: RegExp): Promise<string> {
    let result: unknown;
    try {
      result = await call();
    } catch (error) {
      const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      this.ok(pattern.test(message), `the error "${message}" matches ${pattern}`);
      return message;
    }
    throw new Error(`nothing was thrown; the result is ${show(result)}`);
  }

  find<Kind extends Element = HTMLElement>(selector: string): Kind {
    const found = document.querySelector<Kind>(selector);
    if (!found) throw new Error(`there is no ${selector} in ${document.body.innerHTML.slice(0, 1500)}`);
    return found;
  }

  all<Kind extends Element = HTMLElement>(selector: string): Kind[] {
    return [...document.querySelectorAll<Kind>(selector)];
  }

  text(selector = "body"): string {
    const element = this.find(selector);
    // What is drawn in SVG has no innerText.
    return (element.innerText ?? element.textContent ?? "").replace(/\s+/g, " ").trim();
  }

  /** Waits until the text is on the page, or the condition holds, and gives its value. */
  async until<Value>(
    condition: string | (() => Value),
    what = String(condition),
  ): Promise<NonNullable<Value>> {
    const check =
      typeof condition === "string"
        ? () => (this.text().includes(condition) ? (true as Value) : undefined)
        : condition;
    for (const end = performance.now() + PATIENCE_MS; performance.now() < end; await this.pause(15)) {
      const value = check();
      if (value) return value;
    }
    throw new Error(`it didn't come to this: ${what}; the page shows "${this.text().slice(0, 400)}"`);
  }

  /** Until an element is there. */
  element<Kind extends Element = HTMLElement>(selector: string): Promise<Kind> {
    return this.until(() => document.querySelector<Kind>(selector), selector) as Promise<Kind>;
  }

  /** Until there is none. */
  async gone(selector: string): Promise<void> {
    await this.until(() => !document.querySelector(selector), `no ${selector}`);
  }

  /** The text of an element becomes this. */
  async shows(selector: string, text: string): Promise<void> {
    const read = () => document.querySelector<HTMLElement>(selector)?.innerText.replace(/\s+/g, " ").trim();
    try {
      await this.until(() => read() === text);
    } catch {
      throw new Error(`${selector} shows ${show(read())} and not ${show(text)}`);
    }
  }

  press(selector: string, options: PressOptions = {}): Promise<unknown> {
    return window.__act("press", selector, options);
  }

  hover(selector: string): Promise<unknown> {
    return window.__act("hover", selector);
  }

  /** Types over what stands in a field. */
  type(selector: string, text: string): Promise<unknown> {
    return window.__act("type", selector, text);
  }

  /** One key, `ArrowDown` or `Control+a`, to what has the focus. */
  key(key: string): Promise<unknown> {
    return window.__act("key", key);
  }

  /** With the mouse from the middle of one element to the middle of another, in steps. */
  drag(from: string, to: string): Promise<unknown> {
    return window.__act("drag", from, to);
  }

  /** Chooses files in an `<input type="file">`. */
  files(selector: string, files: TestFile[]): Promise<unknown> {
    return window.__act("files", selector, files);
  }

  /** How many downloads the browser has begun for the page. */
  async downloads(): Promise<number> {
    return (await window.__act("downloads")) as number;
  }

  pause(ms: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, ms));
  }
}

/** Content as text: what JSON leaves out is there, and keys are in order. */
function show(value: unknown): string {
  const text = JSON.stringify(value, (_key, item: unknown) => {
    if (item === undefined) return "undefined";
    if (typeof item === "bigint" || typeof item === "function" || typeof item === "symbol")
      return String(item);
    if (typeof item === "number" && !Number.isFinite(item)) return String(item);
    if (item instanceof Map) return { map: [...item] };
    if (item instanceof Set) return { set: [...item] };
    if (typeof item !== "object" || item === null || Array.isArray(item)) return item;
    return Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
  return text ?? "undefined";
}

/**
 * One React: a single renderer announced itself, what it dispatches hooks with
 * is the React that the app imports, and that is the one of the runtime's table.
 */
function checkReact(t: Proof): void {
  const key = "__CLIENT_INTERNALS_DO_NOT_USE_OR_WARN_USERS_THEY_CANNOT_UPGRADE";
  const imported = (React as unknown as Record<string, unknown>)[key];
  const listed = window.AppDependencies.core?.react as Record<string, unknown> | undefined;
  const renderers = [...window.__REACT_DEVTOOLS_GLOBAL_HOOK__.renderers.values()];
  t.equal(renderers.length, 1, "renderers");
  t.ok(imported, "React has its internals");
  t.ok(
    renderers[0]?.currentDispatcherRef === imported,
    "react-dom renders with the React that the app imports",
  );
  t.ok(listed?.[key] === imported, "the app imports the React of the runtime's table");
}

/** Shows the proof's App and reports the outcome: an empty text when all is well. */
export async function run({ default: App, prove }: ProofModule): Promise<void> {
  const t = new Proof();
  let outcome = "";
  try {
    const root = document.getElementById("root") ?? document.body.appendChild(document.createElement("div"));
    createRoot(root).render(React.createElement(React.StrictMode, null, React.createElement(App)));
    await t.until(() => root.childNodes.length > 0, "the App rendered something");
    await prove(t);
    checkReact(t);
    await t.pause(CONSOLE_MS);
  } catch (error) {
    outcome = error instanceof Error ? `${error.name}: ${error.message}\n${error.stack ?? ""}` : show(error);
  }
  await window.__act("report", outcome);
}
