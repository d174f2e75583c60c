import type { FrameLocator } from "@playwright/test";
import { expect, test } from "../support/test";

/** What a person does first in each template, and what they see then. */
const FIRST_USE: Record<string, (app: FrameLocator) => Promise<void>> = {
  kanban: async (app) => {
    await app.getByRole("region", { name: "Backlog" }).getByRole("button", { name: "Add card" }).click();
    const title = app.getByRole("textbox", { name: "Title of the new card in Backlog" });
    await title.fill("Write the story");
    await title.press("Enter");
    await title.press("Escape");
    await expect(app.getByRole("region", { name: "Backlog" }).getByRole("button", { name: "Write the story", exact: true })).toBeVisible();
    const handle = app.getByRole("button", { name: "Move Write the story" });
    await handle.focus();
    await handle.press("Space");
    await handle.press("ArrowRight");
    await handle.press("Space");
    const moved = app.getByRole("region", { name: "In progress" });
    await expect(moved.getByRole("button", { name: "Write the story", exact: true })).toBeVisible();
  },
  expenses: async (app) => {
    await app.getByRole("button", { name: "Add expense" }).click();
    await expect(app.getByText("Enter an amount.")).toBeVisible();
    await app.getByRole("textbox", { name: "Amount" }).fill("12,50");
    await app.getByRole("textbox", { name: "What for" }).fill("Story lunch");
    await app.getByRole("button", { name: "Add expense" }).click();
    await expect(app.getByText("Story lunch").first()).toBeVisible();
    await expect(app.locator("svg.recharts-surface").first()).toBeVisible();
  },
  habits: async (app) => {
    await app.getByRole("button", { name: "New habit" }).click();
    await app.getByRole("textbox", { name: "Habit", exact: true }).fill("Read stories");
    await app.getByRole("button", { name: "Add habit" }).click();
    await expect(app.getByText("Read stories").first()).toBeVisible();
  },
  invoice: async (app) => {
    const total = app.getByTestId("total");
    const before = await total.textContent();
    await app.getByRole("textbox", { name: "Line 1, quantity" }).fill("99");
    await expect(total).not.toHaveText(before ?? "");
  },
  notes: async (app) => {
    await app.getByRole("button", { name: "New note" }).click();
    await app.getByRole("textbox", { name: "Title" }).fill("Story note");
    await expect(app.getByText("Story note").first()).toBeVisible();
  },
  pomodoro: async (app) => {
    await app.getByRole("button", { name: "Start", exact: true }).click();
    await expect(app.getByRole("button", { name: "Pause", exact: true })).toBeVisible();
    await expect(app.getByRole("timer", { name: "Focus, time left" })).toContainText("24:5");
  },
  quiz: async (app) => {
    await app.getByRole("button", { name: /Geography/ }).click();
    await app.getByRole("group", { name: "Answers" }).getByRole("button").first().click();
    await expect(app.getByRole("button", { name: /Next question|See result/ })).toBeVisible();
  },
  recipes: async (app) => {
    await app.getByRole("searchbox", { name: "Search recipes and ingredients" }).fill("no such dish anywhere");
    await expect(app.getByRole("heading", { level: 1 })).toBeVisible();
  },
};

for (const [id, use] of Object.entries(FIRST_USE)) {
  test(`the template ${id} runs and can be used`, async ({ studio, page }) => {
    const response = await page.request.get(`/templates/${id}.json`);
    const { name } = (await response.json()) as { name: string };
    await studio.startTemplate(name);
    await expect(studio.errors).toBeHidden();
    await expect(studio.app.getByRole("heading", { level: 1 }).first()).toBeVisible();
    await use(studio.app);
    await expect(studio.errors).toBeHidden();
    await page.getByRole("button", { name: /^Problems/ }).click();
    await expect(page.getByRole("region", { name: "Problems", exact: true })).toContainText(/no problems|nothing/i);
  });
}

test("packages that come late are told, and the app starts when they are there", async ({ studio, page, context }) => {
  let arrive = () => {};
  const late = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  await context.route(/\/deps\/recharts-[0-9a-f]+\.js$/, async (route) => {
    await late;
    await route.continue();
  });
  await studio.home();
  await page.locator("#templates").getByRole("button", { name: /^Expense/ }).click();
  await expect(page.getByText("its packages are still on their way")).toBeVisible({ timeout: 30_000 });
  await expect(studio.status).toContainText("Failed");
  arrive();
  await studio.ready();
  await expect(page.getByText("its packages are still on their way")).toBeHidden();
  await expect(studio.app.locator("svg.recharts-surface").first()).toBeVisible();
});

test("what an app keeps in localStorage is there after a reload", async ({ studio, page }) => {
  await studio.startTemplate("Kanban");
  await studio.app.getByRole("region", { name: "Backlog" }).getByRole("button", { name: "Add card" }).click();
  const title = studio.app.getByRole("textbox", { name: "Title of the new card in Backlog" });
  await title.fill("Survives a reload");
  await title.press("Enter");
  const card = studio.app.getByRole("button", { name: "Survives a reload", exact: true });
  await expect(card).toBeVisible();
  const search = studio.app.getByRole("searchbox", { name: "Search cards" });
  await search.fill("no card has this");
  await expect(card).toBeHidden();
  await search.fill("");
  await expect(card).toBeVisible();
  await page.reload();
  await studio.ready();
  await expect(card).toBeVisible();
});
