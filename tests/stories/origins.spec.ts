import { untilKept } from "../support/offline";
import { CumuletServer } from "../support/server";
import { expect, test as base } from "../support/test";

const test = base.extend<{ own: CumuletServer }>({
  own: async ({ provider }, use) => {
    const own = await CumuletServer.start(provider.address, { appOrigins: true });
    await use(own);
    await own.stop();
  },
  baseURL: async ({ own }, use) => use(own.address),
});

test.use({ serviceWorkers: "allow" });

test("an app with an origin of its own runs, stores, and falls back to the studio's without a server", async ({
  studio,
  page,
  own,
  pageErrors,
}) => {
  const shell = () => page.frames().find((frame) => frame.url().includes("/sandbox/shell.html"));
  const add = async (title: string) => {
    await studio.app.getByRole("button", { name: "Add card to" }).first().click();
    await studio.app.getByPlaceholder("What needs doing?").fill(title);
    await page.keyboard.press("Enter");
    await expect(studio.app.getByText(title)).toBeVisible();
  };
  await studio.startTemplate("Kanban");
  const first = new URL(shell()?.url() ?? "").host;
  expect(first).toMatch(/^[a-z2-7]{32}\.localhost:\d+$/);
  expect(await shell()?.locator("iframe").getAttribute("sandbox")).toBe("allow-scripts allow-forms");
  await add("Kept by the studio");
  await studio.saved();
  const board = page.url();

  await studio.startTemplate("Quiz");
  expect(new URL(shell()?.url() ?? "").host).not.toBe(first);

  await page.goto(board);
  await studio.ready();
  expect(new URL(shell()?.url() ?? "").host, "the same app has the same origin").toBe(first);
  await expect(studio.app.getByText("Kept by the studio")).toBeVisible();

  await untilKept(page);
  await own.stop();
  await page.reload();
  await studio.ready();
  expect(new URL(shell()?.url() ?? "").origin).toBe(own.address);
  await expect(studio.app.getByText("Kept by the studio")).toBeVisible();
  pageErrors.splice(0, pageErrors.length, ...pageErrors.filter((text) => !text.includes("ERR_CONNECTION_REFUSED")));
});
