import type { Locator, Page } from "@playwright/test";
import { OutsideHost } from "../support/outside";
import { Project } from "../support/project";
import type { Studio } from "../support/studio";
import { expect, test } from "../support/test";

/** An app with a button for each step, which shows what came of the last one. */
function appOf(steps: Record<string, string>, more = ""): Record<string, string> {
  const cases = Object.entries(steps).map(([name, code]) => `${JSON.stringify(name)}: async () => { ${code} },`);
  return {
    "src/App.tsx": `import { useState } from "react";
import { SandboxAPI as imported, SandboxError } from "cumulet";

const steps: Record<string, () => Promise<unknown>> = {
${cases.join("\n")}
};

export default function App() {
  const [result, setResult] = useState("");
  const run = (step: () => Promise<unknown>) =>
    step().then(
      (value) => setResult(JSON.stringify(value ?? null)),
      (error) => setResult(error instanceof SandboxError ? error.code + ": " + error.message : String(error)),
    );
  return (
    <main>
      {Object.entries(steps).map(([name, step]) => (
        <button key={name} type="button" onClick={() => run(step)}>{name}</button>
      ))}
      ${more}
      <p role="status">{result}</p>
    </main>
  );
}
`,
  };
}

const get = (address: string) =>
  `const response = await SandboxAPI.fetch(${JSON.stringify(address)}); return [response.status, await response.text()];`;

class Steps {
  readonly dialog: Locator;
  readonly result: Locator;

  constructor(
    private readonly studio: Studio,
    page: Page,
  ) {
    this.dialog = page.getByRole("dialog");
    this.result = studio.app.getByRole("status");
  }

  async press(name: string): Promise<void> {
    await this.studio.app.getByRole("button", { name, exact: true }).click();
  }
}

async function outside(): Promise<OutsideHost> {
  return OutsideHost.start((request, response) => {
    response.writeHead(200, { "content-type": "text/plain" }).end(`hello from ${request.url}`);
  });
}

test("a host is asked for once, remembered, logged, and can be revoked", async ({ studio, page }) => {
  const host = await outside();
  await Project.start(studio, appOf({ get: get(`${host.address}/news?x=1`) }));
  const steps = new Steps(studio, page);
  await steps.press("get");
  await expect(steps.dialog.getByRole("heading")).toHaveText(`Let the app reach ${host.host}?`);
  await expect(steps.dialog).toContainText(`${host.address}/news?x=1`);
  expect(host.asked).toEqual([]);
  await studio.answer("Always allow");
  await expect(steps.result).toHaveText('[200,"hello from /news?x=1"]');
  await page.getByRole("button", { name: "Reload app" }).click();
  await steps.press("get");
  await expect(steps.result).toHaveText('[200,"hello from /news?x=1"]');
  await page.reload();
  await studio.ready();
  await steps.press("get");
  await expect(steps.result).toHaveText('[200,"hello from /news?x=1"]');
  expect(host.asked.length).toBe(3);

  await page.getByRole("button", { name: /^Network/ }).click();
  const row = page.getByRole("list", { name: "Requests" }).getByRole("listitem").filter({ hasText: host.host });
  await expect(row).toHaveText(/200GET .*\/news\?x=1.*\d\d bytes/);
  await page.getByRole("button", { name: /^Permissions/ }).click();
  const permission = page.getByRole("listitem").filter({ hasText: `Reach ${host.host}` });
  await expect(permission).toContainText("Always allowed");
  await permission.getByRole("button", { name: /^Revoke/ }).click();
  await expect(permission).toBeHidden();
  await steps.press("get");
  await studio.answer("Don't allow");
  await expect(steps.result).toContainText(`denied: The person didn't allow ${host.host}.`);
  await steps.press("get");
  await expect(steps.dialog).toBeHidden();
  await page.getByRole("button", { name: /^Network/ }).click();
  await expect(row.filter({ hasText: "denied" })).toHaveCount(2);
  expect(host.asked.length).toBe(3);
  await host.stop();
});

test("a permission for this time ends when the app starts anew", async ({ studio, page }) => {
  const host = await outside();
  await Project.start(studio, appOf({ get: get(`${host.address}/`) }));
  const steps = new Steps(studio, page);
  await steps.press("get");
  await studio.answer("Allow this time");
  await expect(steps.result).toHaveText('[200,"hello from /"]');
  await page.getByRole("button", { name: "Reload app" }).click();
  await steps.press("get");
  await expect(steps.dialog).toBeVisible();
  await page.getByRole("button", { name: "Stop app" }).click();
  await expect(steps.dialog).toBeHidden();
  await host.stop();
});

test("hostile: other hosts, redirects of an allowed host and private addresses are closed", async ({ studio, page, pageErrors }) => {
  const second = await outside();
  const first = await OutsideHost.start((request, response) => {
    const to = request.url === "/metadata" ? "https://169.254.169.254/latest" : `${second.address}/secret`;
    response.writeHead(302, { location: to }).end();
  });
  const files = appOf({
    redirect: get(`${first.address}/open?to=second`),
    post: `return (await SandboxAPI.fetch("${first.address}/open", { method: "POST", body: "secret" })).status;`,
    metadata: get(`${first.address}/metadata`),
    local: get("https://localhost/"),
    subdomain: get("https://secret.evil.example/"),
    studio: get("/api/apps"),
  });
  await Project.start(studio, files);
  const steps = new Steps(studio, page);
  await steps.press("redirect");
  await studio.answer("Always allow", `Let the app reach ${second.host}?`);
  await studio.answer("Don't allow");
  await expect(steps.result).toContainText(`denied: The person didn't allow ${second.host}`);
  await steps.press("post");
  await expect(steps.result).toContainText("which isn't allowed yet");
  await steps.press("metadata");
  await expect(steps.result).toContainText("forbidden_address: `169.254.169.254`");
  await steps.press("local");
  await expect(steps.dialog.getByRole("heading")).toHaveText("Let the app reach localhost?");
  await studio.answer("Always allow");
  await expect(steps.result).toContainText("forbidden_address: `localhost`");
  await steps.press("subdomain");
  await expect(steps.dialog.getByRole("heading")).toHaveText("Let the app reach secret.evil.example?");
  await studio.answer("Don't allow");
  await steps.press("studio");
  await expect(steps.result).toContainText("invalid: ");
  expect(second.asked).toEqual([]);
  // The browser tells the server's refusals in the console.
  pageErrors.splice(0, pageErrors.length, ...pageErrors.filter((text) => !text.includes("status of 403")));
  await first.stop();
  await second.stop();
});

test("without the server, the app is told what it needs", async ({ studio, page, pageErrors }) => {
  await page.route("**/api/**", (route) => route.abort());
  await studio.startBlank();
  await studio.write("src/App.tsx", appOf({ get: get("https://example.com/") })["src/App.tsx"] ?? "");
  await studio.ready();
  const steps = new Steps(studio, page);
  await steps.press("get");
  await expect(steps.result).toContainText("needs_server: SandboxAPI.fetch needs the Cumulet server");
  await expect(steps.dialog).toBeHidden();
  pageErrors.splice(0, pageErrors.length, ...pageErrors.filter((text) => !text.includes("ERR_FAILED")));
});

test("the studio's dialogs answer the app, and the browser's name them", async ({ studio, page }) => {
  const files = appOf({
    confirm: `return imported === SandboxAPI && await SandboxAPI.confirm("Delete everything?");`,
    prompt: `return SandboxAPI.prompt("Your name?", "Ada");`,
    alert: `alert("It is done."); return "went on";`,
    blocking: `return [confirm("Sure?"), prompt("Name?")];`,
  });
  await Project.start(studio, files);
  const steps = new Steps(studio, page);
  await steps.press("confirm");
  await expect(steps.dialog).toContainText("Delete everything?");
  await studio.answer("OK");
  await expect(steps.result).toHaveText("true");
  await expect(studio.app.getByRole("button", { name: "confirm" }), "goes on where it was").toBeFocused();
  await steps.press("confirm");
  await studio.answer("Cancel");
  await expect(steps.result).toHaveText("false");
  await steps.press("prompt");
  await steps.dialog.getByRole("textbox").fill("Grace");
  await studio.answer("OK");
  await expect(steps.result).toHaveText('"Grace"');
  await steps.press("alert");
  await expect(steps.result).toHaveText('"went on"');
  await expect(steps.dialog).toContainText("It is done.");
  await studio.answer("OK");
  await steps.press("blocking");
  await expect(steps.result).toHaveText("[false,null]");
  await page.locator(".dock-switch", { hasText: "Console" }).click();
  await expect(page.getByRole("log", { name: "Console" })).toContainText('await SandboxAPI.confirm("Sure?")');
});

test("an app prints all of its page with consent, and nothing of the studio", async ({ studio, page }) => {
  // A browser without a screen has no dialog for printing.
  await page.addInitScript(() => {
    if (window === top) window.print = () => document.documentElement.setAttribute("data-printed", "");
  });
  await Project.start(studio, {
    "src/App.tsx": `export default () => <main style={{ height: 3000 }}><button onClick={() => window.print()}>Paper</button></main>;`,
  });
  const steps = new Steps(studio, page);
  const root = page.locator(":root");
  await steps.press("Paper");
  await expect(steps.dialog).toContainText("Print what the app shows?");
  await studio.answer("Don't print");
  await expect(root).not.toHaveAttribute("data-printed");
  await steps.press("Paper");
  await studio.answer("Print");
  await expect(root).toHaveAttribute("data-printed");

  const frame = page.locator(".preview-frame");
  await page.emulateMedia({ media: "print" });
  await expect.poll(async () => (await frame.boundingBox())?.height).toBeGreaterThanOrEqual(3_000);
  expect(await frame.boundingBox()).toMatchObject({ x: 0, y: 0 });
  await expect(page.getByRole("banner")).toBeHidden();
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  await expect(page.getByRole("banner")).toBeVisible();
});

test("files are saved with consent, and chosen files arrive", async ({ studio, page }) => {
  const files = appOf(
    {
      save: `await SandboxAPI.download("report.csv", "a,b"); return "saved";`,
      link: `const link = document.createElement("a"); link.download = "../own.txt";
        link.href = URL.createObjectURL(new Blob(["12345"])); link.click(); URL.revokeObjectURL(link.href); return "clicked";`,
    },
    `<input type="file" aria-label="Import" onChange={(event) => run(async () => event.target.files![0]!.text())} />`,
  );
  await Project.start(studio, files);
  const steps = new Steps(studio, page);
  await steps.press("save");
  await expect(steps.dialog).toContainText("report.csv (3 bytes)");
  await studio.answer("Don't save");
  await expect(steps.result).toContainText("denied: ");
  await steps.press("save");
  const saved = page.waitForEvent("download");
  await studio.answer("Save");
  expect((await saved).suggestedFilename()).toBe("report.csv");
  await expect(steps.result).toHaveText('"saved"');
  await steps.press("link");
  await expect(steps.dialog).toContainText("_own.txt (5 bytes)");
  const linked = page.waitForEvent("download");
  await studio.answer("Always save");
  const file = await linked;
  expect(file.suggestedFilename()).toBe("_own.txt");
  const again = page.waitForEvent("download");
  await steps.press("save");
  await again;
  const chooser = page.waitForEvent("filechooser");
  await studio.app.getByLabel("Import").click();
  await (await chooser).setFiles([{ name: "in.txt", mimeType: "text/plain", buffer: Buffer.from("from disk") }]);
  await expect(steps.result).toHaveText('"from disk"');
});

test("the clipboard is written after a click, and read with consent", async ({ studio, page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const files = appOf({
    copy: `await SandboxAPI.clipboard.writeText("copied text"); return "done";`,
    paste: "return SandboxAPI.clipboard.readText();",
  });
  await Project.start(studio, files);
  const steps = new Steps(studio, page);
  await steps.press("copy");
  await expect(steps.result).toHaveText('"done"');
  await steps.press("paste");
  await expect(steps.dialog.getByRole("heading")).toHaveText("Let the app read your clipboard?");
  await studio.answer("Allow this time");
  await expect(steps.result).toHaveText('"copied text"');
  await steps.press("paste");
  await studio.answer("Don't allow");
  await expect(steps.result).toContainText("denied: ");
});

test("pages outside open with consent, once for each host, and never by a click that came too early", async ({
  studio,
  page,
  context,
}) => {
  const host = await outside();
  const address = `${host.address}/page?secret=1#part`;
  const files = appOf(
    { open: `return window.open("${address}") === null && "called";` },
    `<a href="${address}">Outside</a>`,
  );
  await Project.start(studio, files);
  const steps = new Steps(studio, page);
  // Presses "Open" in the very moment in which the dialog appears.
  const pressed = page.evaluate(
    () =>
      new Promise<boolean>((resolve) => {
        const observer = new MutationObserver(() => {
          const button = document.querySelector<HTMLElement>(".request-dialog button[type=submit]");
          if (!button) return;
          observer.disconnect();
          button.click();
          resolve(true);
        });
        observer.observe(document.body, { childList: true, subtree: true });
      }),
  );
  await studio.app.getByRole("link", { name: "Outside" }).click();
  expect(await pressed).toBe(true);
  await expect(steps.dialog).toContainText(address);
  expect(context.pages().length).toBe(1);
  const opened = context.waitForEvent("page");
  await studio.answer("Always open");
  const first = await opened;
  await expect.poll(() => first.url()).toBe(address);
  expect(await first.evaluate(() => window.opener)).toBeNull();
  await first.close();
  const again = context.waitForEvent("page");
  await steps.press("open");
  await expect(steps.result).toHaveText('"called"');
  await (await again).close();
  await host.stop();
});
