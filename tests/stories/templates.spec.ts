import type { FrameLocator } from "@playwright/test";
import { expect, test } from "../support/test";

/** What a person does first in each template, and what they see then. */
const FIRST_USE: Record<string, (app: FrameLocator) => Promise<void>> = {};

const NAMES = ["Kanban", "Expense", "Habit", "Pomodoro", "Invoice", "Markdown|Notes", "Recipe", "Quiz"];

for (const name of NAMES) {
  test(`template ${name} runs without an error`, async ({ studio, page }) => {
    await studio.home();
    await page
      .locator("#templates")
      .getByRole("button", { name: new RegExp(`^(${name})`) })
      .first()
      .click();
    await studio.ready();
    await expect(studio.errors).toBeHidden();
    await expect(studio.app.getByRole("heading", { level: 1 })).toBeVisible();
    await FIRST_USE[name]?.(studio.app);
    await page.getByRole("button", { name: /^Problems/ }).click();
    await expect(page.getByRole("region", { name: "Problems" })).toContainText(/no problems|nothing/i);
  });
}
