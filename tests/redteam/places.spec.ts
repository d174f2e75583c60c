import { untilKept } from "../support/offline";
import { CumuletServer } from "../support/server";
import { ScriptedProvider } from "../support/provider";
import { ActionApp } from "./support/actions";
import { HostileApp } from "./support/app";
import type { Receiver } from "./support/receiver";
import type { Rows } from "./support/rows";
import { expect, test as base } from "./support/test";
import { ESCAPES } from "./vectors/escape";
import { EXFILTRATION } from "./vectors/exfiltration";

/** A server of this test's own, by whose address the studio is opened. */
const test = base.extend<{ own: CumuletServer; appOrigins: boolean }>({
  appOrigins: [false, { option: true }],
  own: async ({ appOrigins }, use) => {
    const provider = await ScriptedProvider.start();
    const own = await CumuletServer.start(provider.address, { appOrigins });
    await use(own);
    await own.stop();
    await provider.stop();
  },
  baseURL: async ({ own }, use) => use(own.address),
});

/** Those that lost policies would let through. */
const TELLING = [...ESCAPES, ...EXFILTRATION].filter(({ row }) => /E0[4-8]|E1[01]|X0[12679]|X11/.test(row));

async function withstands(app: HostileApp, receiver: Receiver, rows: Rows, place: string): Promise<void> {
  const from = receiver.log.length;
  const outcomes = await app.runAll();
  const heard = receiver.since(from);
  for (const row of new Set(TELLING.map((entry) => entry.row))) {
    const worked = [...outcomes].filter(([entry, outcome]) => entry.row === row && outcome?.worked === true);
    rows.check(
      "E14",
      `${place}-${row}`,
      worked.length === 0,
      worked.map(([{ name }, outcome]) => `${name}: ${outcome?.detail}`).join("; "),
    );
  }
  rows.check(
    "E14",
    `${place}-nothing-heard`,
    heard.length === 0,
    heard
      .map(({ kind, text }) => `${kind} ${text}`)
      .join("; ")
      .slice(0, 300),
  );
}

test("without a server, the browser's copy of the shell is as tight", async ({
  page,
  studio,
  own,
  receiver,
  rows,
}) => {
  test.setTimeout(300_000);
  const app = await HostileApp.start(studio, TELLING);
  await untilKept(page);
  // The network stays, so that attacks would be heard.
  await own.stop();
  await page.reload();
  await studio.ready();
  await withstands(app, receiver, rows, "kept");
});

test.describe("with an origin for each app", () => {
  test.use({ appOrigins: true });

  test("the shell is as tight there", async ({ page, studio, receiver, rows }) => {
    test.setTimeout(300_000);
    const app = await HostileApp.start(studio, TELLING);
    await studio.ready();
    const shell = page.frames().find((frame) => frame.url().includes("/sandbox/shell.html"));
    rows.check(
      "E14",
      "apart-has-an-origin-of-its-own",
      /^http:\/\/[a-z2-7]{32}\.localhost:\d+\//.test(shell?.url() ?? ""),
      shell?.url(),
    );
    await withstands(app, receiver, rows, "apart");
  });

  test("an app that loops leaves the app of another tab alone", async ({ page, studio, rows }) => {
    const [first, second] = await ActionApp.startBesideLoop(studio);
    const alive = await second.run("count");
    rows.check("D02", "app-of-the-other-tab-goes-on-apart", alive === "done: 1", alive);
    await second.restart();
    rows.check("D02", "app-of-the-other-tab-starts-anew-apart", (await second.run("count")) === "done: 1");
    await page.bringToFront();
    await expect(studio.status).toContainText("Not responding", { timeout: 20_000 });
    await page.locator(".preview-notices").getByRole("button", { name: "Stop" }).click();
    await first.restart();
    rows.check("D02", "runs-again-apart", (await first.run("count")) === "done: 1");
  });

  test("nothing but shells has such an origin, and others get nothing of it", async ({
    page,
    studio,
    own,
    control,
    rows,
  }) => {
    await ActionApp.start(studio, "{ idle: () => 1 }");
    const shell = page.frames().find((frame) => frame.url().includes("/sandbox/shell.html"))?.url() ?? "";
    for (const path of ["/", "/api/apps", "/assets.json", "/sw.js"]) {
      const response = await page.goto(new URL(path, shell).href);
      rows.check("E12", `apart-nothing-at-${path}`, response?.status() === 404, String(response?.status()));
    }
    await page.goto(shell);
    await expect(page.locator("body")).toContainText("nothing to see");
    rows.check("E12", "apart-opened-by-itself", (await page.locator("iframe").count()) === 0);
    await page.goto(`${control.address}/`);
    const heard = await page.evaluate(async (address) => {
      let count = 0;
      window.addEventListener("message", () => count++);
      const frame = document.createElement("iframe");
      frame.src = address;
      document.body.append(frame);
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      return count;
    }, shell);
    const refused = page.frames().some((frame) => frame.url().startsWith("chrome-error:"));
    rows.check("E12", "apart-framed-by-another-origin", refused && heard === 0, `${heard} messages`);
    expect(own.address).not.toBe(new URL(shell).origin);
  });

  test.describe("headers on the way", () => {
    // Answers of the service worker can't be intercepted.
    test.use({ serviceWorkers: "block" });

    test("a shell that lost its headers there shows no app", async ({ page, studio, own, rows }) => {
      await ActionApp.start(studio, "{ idle: () => 1 }");
      await page.route("**/sandbox/shell.html*", async (route) => {
        // The name is one that only browsers know.
        const { host } = new URL(route.request().url());
        const response = await page.request.get(`${own.address}/sandbox/shell.html`, { headers: { host } });
        const headers = response.headers();
        delete headers["content-security-policy"];
        await route.fulfill({ response, headers });
      });
      await page.getByRole("button", { name: /^(Reload app|Run app)$/ }).click();
      const notice = page.locator(".preview-notices");
      await expect(notice).toContainText(/sandbox/i, { timeout: 15_000 });
      const shown = await studio.app.getByRole("button", { name: "idle" }).isVisible();
      rows.check("E13", "apart-all-policies", !shown, ((await notice.textContent()) ?? "").trim());
    });
  });
});
