import { recorded, ScriptedProvider } from "../support/provider";
import { CumuletServer } from "../support/server";
import { Studio } from "../support/studio";
import { expect, test } from "../support/test";

test.describe.configure({ mode: "serial" });

test("a prompt becomes a running app", async ({ studio, provider, page }) => {
  provider.script({ text: recorded("kanban") });
  await studio.ask("a kanban board with drag and drop");
  await studio.ready();
  await expect(studio.errors).toBeHidden();
  await expect(studio.app.getByRole("heading").first()).toBeVisible();
  await expect(page.getByRole("list", { name: "Files written" })).toContainText("src/App.tsx");
  const request = provider.requests.at(-1) as { options: { num_ctx: number }; messages: { content: string }[] };
  expect(request.options.num_ctx).toBeGreaterThanOrEqual(8192);
  expect(request.messages.map((message) => message.content).join("\n")).toContain("@dnd-kit/core");

  await page.reload();
  await studio.ready();
  await expect(page.getByRole("article", { name: "You" })).toContainText("a kanban board with drag and drop");
});

test("the app runs before the stream has ended", async ({ studio, provider, page }) => {
  const text = recorded("counter-first");
  const second = text.indexOf("path=", text.indexOf("path=") + 1);
  provider.script({ text, holdBefore: text.slice(second, second + 40) });
  await studio.ask("a counter");
  const running = page.getByRole("article", { name: "Model" });
  await expect(running.getByRole("status")).toBeVisible();
  await expect(studio.app.getByRole("heading").first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Stop", exact: true })).toBeVisible();
  provider.release();
  await expect(page.getByRole("button", { name: "Send" })).toBeVisible();
  await studio.ready();
});

test("stop ends the model's work at once and keeps what is complete", async ({ studio, provider, page }) => {
  const text = recorded("counter-first");
  const second = text.indexOf("path=", text.indexOf("path=") + 1);
  const aborted = provider.aborted;
  provider.script({ text, holdBefore: text.slice(second, second + 40) });
  await studio.ask("a counter to stop");
  await expect(studio.app.getByRole("heading").first()).toBeVisible();
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  await expect(page.getByText("Stopped", { exact: true })).toBeVisible();
  await expect.poll(() => provider.aborted).toBe(aborted + 1);
  await expect(studio.app.getByRole("heading").first()).toBeVisible();
});

test("stop works before the model has been asked", async ({ browser }) => {
  const slow = await ScriptedProvider.start();
  slow.holdInfo = true;
  const server = await CumuletServer.start(slow.address);
  const page = await browser.newPage({ baseURL: server.address });
  const begun = page.waitForResponse("**/api/generate");
  await new Studio(page).ask("a counter that nobody waits for");
  await begun;
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  await expect(page.getByText("Stopped", { exact: true })).toBeVisible();
  await expect.poll(() => slow.aborted).toBe(1);
  expect(slow.requests).toEqual([]);
  await page.close();
  await server.stop();
  await slow.stop();
});

test("a broken answer shows its problem and offers to ask the model again", async ({ studio, provider, page }) => {
  const broken = recorded("broken");
  provider.script({ text: broken });
  provider.script({ text: broken });
  await studio.ask("something broken");
  await expect(page.getByText("the same error is still there", { exact: false })).toBeVisible({ timeout: 30_000 });
  provider.script({ text: recorded("counter-first") });
  await page.getByRole("button", { name: "Ask the model to fix" }).first().click();
  await studio.ready();
  const request = provider.requests.at(-1) as { messages: { content: string }[] };
  expect(request.messages.map((message) => message.content).join("\n")).toMatch(/src\/\S+:\d+/);
});

test("a blocked import in an answer is explained", async ({ studio, provider, page }) => {
  provider.script({ text: recorded("blocked-import") });
  provider.script({ text: recorded("blocked-import") });
  await studio.ask("something that reads files");
  await expect(studio.errors).toContainText("axios");
  await expect(studio.errors).toContainText("fs");
  await expect(page.getByText("the same error is still there", { exact: false })).toBeVisible({ timeout: 30_000 });
});

test("a stream that is cut off keeps complete files and says what happened", async ({ studio, provider, page }) => {
  provider.script({ text: recorded("cut") });
  await studio.ask("something cut off");
  await expect(page.getByText("wasn't finished", { exact: false }).first()).toBeVisible();
});

test("a model that fails is reported with the next step, and the prompt is kept", async ({
  studio,
  provider,
  page,
}) => {
  provider.refuseWith = 500;
  await studio.ask("an app from a failing model");
  await expect(page.getByText("Failed", { exact: true }).first()).toBeVisible();
  await expect(page.getByRole("article", { name: "You" })).toContainText("an app from a failing model");
  await expect(page.getByRole("log", { name: "Messages" })).toContainText("500");
  provider.refuseWith = 0;
});

test("with no model reachable the page says so, and everything else works", async ({ browser }) => {
  const gone = await ScriptedProvider.start();
  const address = gone.address;
  await gone.stop();
  const server = await CumuletServer.start(address);
  const page = await browser.newPage({ baseURL: server.address });
  const studio = new Studio(page);
  await studio.home();
  await expect(page.getByText(/can't be reached|isn't running|not running|doesn't answer/).first()).toBeVisible();
  await page.locator(".provider-line").getByRole("button", { name: "Write code" }).click();
  await expect(page).toHaveURL(/\/apps\//);
  await expect(page.getByRole("button", { name: "Set up a provider" })).toBeVisible();
  await studio.showCode();
  await studio.write("src/App.tsx", "export default function App() {\n  return <h1>Without a model</h1>;\n}\n");
  await expect(studio.app.getByRole("heading", { name: "Without a model" })).toBeVisible();
  await page.getByRole("button", { name: "Conversation", exact: true }).click();
  await page.getByRole("button", { name: "Set up a provider" }).click();
  await expect(page.getByRole("heading", { name: "Settings" })).toBeVisible();
  await page.close();
  await server.stop();
});
