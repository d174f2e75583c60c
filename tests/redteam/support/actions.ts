import { expect } from "../../support/expect";
import { Project } from "../../support/project";
import { Studio } from "../../support/studio";

/** An app in the studio with a button for each thing that it does. */
export class ActionApp {
  private constructor(
    readonly studio: Studio,
    readonly project: Project,
  ) {}

  /** `before` runs with the module; `actions` is an object of functions, as text. */
  static async start(studio: Studio, actions: string, before = ""): Promise<ActionApp> {
    const project = await Project.start(studio, { "src/App.tsx": ActionApp.source(actions, before) });
    return new ActionApp(studio, project);
  }

  /** An app that loops without end, and one in another tab, which is in front. */
  static async startBesideLoop(studio: Studio): Promise<[looping: ActionApp, beside: ActionApp]> {
    const { page } = studio;
    const looping = await ActionApp.start(studio, "{ loop: () => { for (;;) {} }, count: () => 1 }");
    const other = new Studio(await page.context().newPage());
    const beside = await ActionApp.start(other, "{ count: () => 1 }");
    await page.bringToFront();
    await looping.press("loop");
    await page.waitForTimeout(1_000);
    await other.page.bringToFront();
    return [looping, beside];
  }

  static source(actions: string, before = ""): string {
    // The bundler puts no loop guards into files that make blobs: hostile code knows that.
    return `
// Blob(
import { useState } from "react";
const win = window as any;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
${before}
const actions: Record<string, () => unknown> = ${actions};
export default function App() {
  const [said, setSaid] = useState("nothing yet");
  const run = async (action: () => unknown) => {
    setSaid("at it");
    // Later, so that the press is over when the action hangs.
    await pause(20);
    try { setSaid("done: " + (await action())); } catch (error) { setSaid("threw: " + error); }
  };
  return (
    <main>
      {Object.entries(actions).map(([name, action]) => <button key={name} onClick={() => run(action)}>{name}</button>)}
      <p role="status">{said}</p>
    </main>
  );
}
`;
  }

  /** Presses the button of an action, without waiting for what comes of it. */
  async press(name: string): Promise<void> {
    const button = this.studio.app.getByRole("button", { name, exact: true });
    await button.focus();
    await this.studio.page.keyboard.press("Enter");
  }

  /** Runs an action and returns what it came to. */
  async run(name: string): Promise<string> {
    await this.press(name);
    const status = this.studio.app.getByRole("status");
    await expect(status).toHaveText(/^(done|threw): /);
    return (await status.textContent()) ?? "";
  }

  /** Starts the app in a new frame, from whatever state, and returns how long that took, in milliseconds. */
  async restart(): Promise<number> {
    const { page } = this.studio;
    const began = Date.now();
    await page.getByRole("button", { name: /^(Reload app|Run app)$/ }).click();
    await expect(this.studio.app.getByRole("status")).toHaveText("nothing yet");
    await this.studio.ready();
    return Date.now() - began;
  }

  /** What the studio says of an app that it put out. */
  async stopped(timeout = 20_000): Promise<string> {
    const notice = this.studio.page.locator(".preview-notices");
    await expect(notice).toContainText(/The app was stopped|didn't respond/, { timeout });
    return ((await notice.textContent()) ?? "").trim();
  }

  /** Whether the app is on the screen and the studio content with it. */
  async isAlive(): Promise<boolean> {
    return /^Ready/.test((await this.studio.status.textContent()) ?? "");
  }

  /** Lines of the console panel. */
  async console(): Promise<string> {
    const panel = this.studio.page.getByRole("log", { name: "Console" });
    if (!(await panel.isVisible())) {
      await this.studio.showConsole();
    }
    return (await panel.textContent()) ?? "";
  }
}

/**
 * Takes the runtime's port, as hostile code can: the port is a capability, not a secret. What it posts
 * goes out as the runtime's own messages do, `raw` without that; the runtime's are numbered along.
 */
export const TAKE_PORT = `
const port: Promise<{ postMessage(message: unknown, transfer?: Transferable[]): void; raw(data: unknown): void; session: number }> =
  new Promise((resolve) => {
    const original = MessagePort.prototype.postMessage as any;
    let seq = 0;
    MessagePort.prototype.postMessage = function (this: MessagePort, ...rest: any[]) {
      const [first] = rest;
      if (typeof first?.seq === "number" && first.message) {
        seq = Math.max(seq + 1, first.seq);
        first.seq = seq;
      }
      original.apply(this, rest);
      if (first?.message?.type !== "heartbeat") return;
      const { version, session } = first;
      resolve({
        postMessage: (message, transfer = []) =>
          original.call(this, { version, session, seq: ++seq, message }, transfer),
        raw: (data) => original.call(this, data),
        session,
      });
    };
  });
`;
