import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { BrowserContext, Page } from "@playwright/test";
import { required } from "../../support/environment";
import { labelOf, type Vector } from "../vectors/vector";
import { attempt, PATIENCE_MS } from "./harness";
import { Outcomes } from "./outcomes";
import type { Receiver } from "./receiver";

/**
 * What stands around an attack that is not run in the studio:
 * `bare` nothing at all, `older` all policies as browsers without
 * Connection-Allowlist see them, `walls` all policies; in neither of them are
 * the guards of the frame's boot script.
 */
export type Setting = "bare" | "older" | "walls";

const LETTERS: Record<Setting, string> = { bare: "c", older: "o", walls: "w" };
/** Attacks in one page. */
const TOGETHER = 12;
/** Pages at once. */
const PAGES = 4;
/** Time for a page and its attacks, far more than they take. */
const BATCH_MS = 60_000;

/** The inner document: runs what the top page sends, at once or at the press of its button. */
const INNER = inScript(`
const attempt = ${attempt.toString()};
addEventListener("message", ({ data }) => {
  if (data?.attack !== true) return;
  const run = async () => console.debug("red-team", JSON.stringify(await attempt(data.label, data.code, data.studio, ${PATIENCE_MS})));
  if (data.gesture) document.querySelector("button").onclick = run;
  else run();
});`);

/** Pages with the double frame of the studio, under policies of a test's choice. */
export class Control {
  private constructor(
    private readonly server: Server,
    private readonly receiver: Receiver,
  ) {}

  static async start(receiver: Receiver): Promise<Control> {
    const { shell } = JSON.parse(await readFile(join(required("CUMULET_SITE"), "headers.json"), "utf8")) as {
      shell: Record<string, string>;
    };
    const server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? "/", "http://control");
      response.setHeader("content-type", "text/html");
      if (pathname.startsWith("/outer/")) {
        const setting = pathname.slice("/outer/".length) as Setting;
        const [page, headers] = outer(setting, shell);
        for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
        response.end(page);
      } else {
        response.end("<!doctype html><title>Control</title>");
      }
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new Control(server, receiver);
  }

  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Runs every attack in a frame of its own and returns the names of those that worked. */
  async run(context: BrowserContext, setting: Setting, vectors: readonly Vector[]): Promise<Set<string>> {
    const from = this.receiver.log.length;
    // In the open these take the whole page along.
    const alone = vectors.filter(({ row }) => setting === "bare" && /E10|E11|X13/.test(row));
    const others = vectors.filter((entry) => !alone.includes(entry));
    const batches = alone.map((entry) => [entry]);
    for (let at = 0; at < others.length; at += TOGETHER) batches.push(others.slice(at, at + TOGETHER));
    const results: Outcomes[] = [];
    const work = async () => {
      for (let batch = batches.shift(); batch; batch = batches.shift()) {
        const page = await context.newPage();
        const outcomes = new Outcomes(page);
        results.push(outcomes);
        let isLost = false;
        page.on("crash", () => {
          isLost = true;
        });
        // A frame whose process is gone, or taken by what another page loads, never says that it is there.
        const late = setTimeout(() => {
          isLost = true;
          void page.close();
        }, BATCH_MS);
        await this.runBatch(page, setting, batch, outcomes).catch((error: unknown) => {
          if (!isLost) throw error;
        });
        clearTimeout(late);
        // Some attack takes the browser's process with it: each once more, by itself.
        if (isLost && batch.length > 1) batches.push(...batch.map((entry) => [entry]));
        await page.close();
      }
    };
    await Promise.all(Array.from({ length: PAGES }, work));
    const heard = this.receiver.since(from);
    const worked = vectors.filter((entry) => {
      const label = labelOf(entry, LETTERS[setting]);
      return (
        heard.some(({ text }) => text.includes(label)) ||
        results.some((outcomes) => outcomes.of(label)?.worked)
      );
    });
    return new Set(worked.map(({ row, name }) => `${row} ${name}`));
  }

  private async runBatch(
    page: Page,
    setting: Setting,
    batch: readonly Vector[],
    outcomes: Outcomes,
  ): Promise<void> {
    await page.goto(`${this.address}/`);
    await page.evaluate(
      async ([outerAddress, count]) => {
        const loads = Array.from({ length: count }, () => {
          const frame = document.createElement("iframe");
          frame.src = outerAddress;
          return new Promise((resolve) => {
            frame.onload = resolve;
            document.body.append(frame);
          });
        });
        await Promise.all(loads);
      },
      [`${this.address}/outer/${setting}`, batch.length] as const,
    );
    const attacks = batch.map((entry) => ({
      attack: true,
      label: labelOf(entry, LETTERS[setting]),
      code: entry.code,
      gesture: entry.gesture,
      studio: this.address,
    }));
    await page.evaluate((list) => {
      list.forEach((attack, index) => {
        window.frames[index]?.frames[0]?.postMessage(attack, "*");
      });
    }, attacks);
    for (const [index, { gesture }] of batch.entries()) {
      if (!gesture) continue;
      const inner = page.frameLocator("iframe").nth(index).frameLocator("iframe");
      // A page that an attack before it took away has no button; that attack then counts.
      const pressed = inner.getByRole("button").focus({ timeout: 2_000 });
      await pressed.then(() => page.keyboard.press("Enter")).catch(() => {});
    }
    await outcomes.settle(attacks.map(({ label }) => label));
  }
}

/** The page in the shell's place, with its headers. */
function outer(
  setting: Setting,
  shell: Record<string, string>,
): [page: string, headers: Record<string, string>] {
  const walls = setting !== "bare";
  const inner = `<!doctype html><body><button style="position:fixed;inset:0">Run</button><script>${INNER}</script>`;
  const script = `
    const frame = document.createElement("iframe");
    ${walls ? 'frame.setAttribute("sandbox", "allow-scripts allow-forms"); frame.referrerPolicy = "no-referrer";' : ""}
    frame.srcdoc = ${JSON.stringify(inner).replaceAll("<", "\\u003c")};
    frame.style = "position:fixed;inset:0;width:100%;height:100%";
    document.body.append(frame);`;
  const page = `<!doctype html><body><script>${script}</script>`;
  if (!walls) return [page, {}];
  const hashes = [script, INNER].map(
    (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`,
  );
  const headers: Record<string, string> = { ...shell };
  const policy = headers["Content-Security-Policy"] ?? "";
  headers["Content-Security-Policy"] = policy.replace(
    /script-src .*? blob:/,
    `script-src ${hashes.join(" ")} blob:`,
  );
  if (setting === "older") delete headers["Connection-Allowlist"];
  return [page, headers];
}

/** Script text that doesn't end its element. */
function inScript(text: string): string {
  return text.replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");
}
