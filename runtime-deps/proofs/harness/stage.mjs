// @ts-check
/** A browser page on which proofs are shown one after the other. */
import { setTimeout as wait } from "node:timers/promises";

/**
 * @typedef {{ files: Record<string, string>, expected: string[] }} Project a proof's files, and parts of
 *   the console errors that it makes on purpose
 * @typedef {(frame: import("playwright-core").Frame, ...args: any[]) => Promise<unknown>} Action
 */

/** What compiles to one use of React's internals being set: once for each copy of React. */
const REACT = /__CLIENT_INTERNALS_DO_NOT_USE_OR_WARN_USERS_THEY_CANNOT_UPGRADE\s*=[^=]/;
const ACTION_MS = 15_000;
const PROOF_MS = 90_000;

/** Fatal for an app, whatever the proof saw. */
const FATAL = new Set(["error", "unsafe", "dependencyFailed", "expelled", "reloadNeeded"]);

export class Stage {
  /** @type {import("playwright-core").Page} */
  #page;
  #downloads = 0;
  /** @type {(outcome: string) => void} */
  #report = () => {};

  /** @param {import("playwright-core").Page} page */
  constructor(page) {
    this.#page = page;
  }

  /** @param {import("playwright-core").Browser} browser @param {string} origin */
  static async open(browser, origin) {
    const page = await browser.newPage({ viewport: { width: 1000, height: 800 } });
    const stage = new Stage(page);
    page.setDefaultTimeout(ACTION_MS);
    page.on("download", () => {
      stage.#downloads++;
    });
    await page.exposeBinding("__act", (source, name, ...args) => stage.#act(source.frame, name, args));
    await page.goto(origin);
    await page.waitForFunction(() => "proofs" in window, undefined, { timeout: PROOF_MS });
    return stage;
  }

  /** @returns {Promise<void>} */
  close() {
    return this.#page.close();
  }

  /** Throws unless the proof holds. @param {Project} project @returns {Promise<string[]>} the dependency files it took */
  async prove({ files, expected }) {
    const output = await this.#page.evaluate(
      (changes) => /** @type {any} */ (window).proofs.compile(changes),
      files,
    );
    const errors = output.diagnostics.filter((/** @type {any} */ { severity }) => severity === "error");
    if (errors.length > 0) throw new Error(`the bundler refuses it:\n${errors.map(line).join("\n")}`);
    this.#downloads = 0;
    const reported = new Promise((resolve) => {
      this.#report = resolve;
    });
    await this.#page.evaluate((build) => /** @type {any} */ (window).proofs.show(build), output);
    const ended = new AbortController();
    const outcome = await Promise.race([reported, this.#failure(ended.signal)]);
    ended.abort();
    const heard = await this.#heard();
    const complaints = heard
      .filter(
        (/** @type {any} */ { type, level }) => FATAL.has(type) || (type === "console" && level === "error"),
      )
      .map(text)
      .filter((said) => !expected.some((part) => said.includes(part)));
    if (outcome || complaints.length > 0)
      throw new Error([outcome, ...complaints].filter(Boolean).join("\n"));
    return output.dependencyFiles.map((/** @type {{ file: string }} */ { file }) => file);
  }

  /** Settles when the app can't report any more. @param {AbortSignal} signal @returns {Promise<string>} */
  async #failure(signal) {
    const end = Date.now() + PROOF_MS;
    while (!signal.aborted) {
      const heard = await this.#heard();
      const fatal = heard.find(
        (/** @type {any} */ { type, kind }) => FATAL.has(type) && (type !== "error" || kind === "load"),
      );
      if (fatal) return text(fatal);
      if (Date.now() > end) return `nothing was reported; heard ${JSON.stringify(heard.slice(-5))}`;
      await wait(200);
    }
    return "";
  }

  /** @returns {Promise<any[]>} */
  #heard() {
    return this.#page.evaluate(() =>
      /** @type {any} */ (window).proofs.heard.filter((/** @type {any} */ { type }) => type !== "heartbeat"),
    );
  }

  /** @param {import("playwright-core").Frame} frame @param {string} name @param {any[]} args */
  async #act(frame, name, args) {
    if (name === "report") return this.#report(args[0]);
    if (name === "downloads") {
      // A download is told some time after the click.
      await wait(150);
      return this.#downloads;
    }
    const action = ACTIONS[name];
    if (!action) throw new Error(`there is no action ${name}`);
    return action(frame, ...args);
  }
}

/** @type {Record<string, Action>} */
const ACTIONS = {
  press: (frame, selector, options) => frame.locator(selector).first().click(options),
  hover: (frame, selector) => frame.locator(selector).first().hover(),
  type: async (frame, selector, value) => {
    const field = frame.locator(selector).first();
    await field.click();
    await frame.page().keyboard.press("ControlOrMeta+a");
    await frame.page().keyboard.type(value);
  },
  // Held for a moment, as a person does: some look whether a key is down when the focus arrives.
  key: (frame, key) => frame.page().keyboard.press(key, { delay: 40 }),
  drag: async (frame, from, to) => {
    const { mouse } = frame.page();
    const [start, end] = [await middle(frame, from), await middle(frame, to)];
    await mouse.move(start.x, start.y);
    await mouse.down();
    const steps = 8;
    for (let step = 1; step <= steps; step++) {
      const part = step / steps;
      await mouse.move(start.x + (end.x - start.x) * part, start.y + (end.y - start.y) * part);
      await wait(30);
    }
    await mouse.up();
  },
  files: (frame, selector, files) =>
    frame.locator(selector).setInputFiles(
      files.map((/** @type {any} */ { name, mimeType, text: content }) => ({
        name,
        mimeType,
        buffer: Buffer.from(content),
      })),
    ),
};

/** @param {import("playwright-core").Frame} frame @param {string} selector */
async function middle(frame, selector) {
  const box = await frame.locator(selector).first().boundingBox();
  if (!box) throw new Error(`${selector} isn't shown`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** @param {any} diagnostic */
function line({ file, span, message }) {
  return `${file}:${span?.line ?? 0}: ${message}`;
}

/** @param {any} message */
function text({ type, kind, message, args, reason, level }) {
  return `${type} ${kind ?? level ?? ""}: ${message ?? reason ?? (args ?? []).join(" ")}`;
}

/** Whether a dependency file holds a copy of React. @param {string} code */
export function holdsReact(code) {
  return REACT.test(code);
}
