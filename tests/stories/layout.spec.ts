import type { Page } from "@playwright/test";
import { expect, test } from "../support/test";

test.describe.configure({ mode: "serial" });

/** Width of what is found, in pixels. */
async function width(page: Page, selector: string): Promise<number> {
  return (await page.locator(selector).boundingBox())?.width ?? 0;
}

test("beside conversation and list of files the code stays readable", async ({ studio, provider, page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  const text = "```tsx path=src/App.tsx\nexport default function App() {\n  return <h1>Side by side</h1>;\n}\n```\n";
  provider.script({ text });
  await studio.ask("an app whose code is read while the conversation goes on, in a window of 1280 pixels");
  await expect(studio.app.getByRole("heading", { name: "Side by side" })).toBeVisible();
  await studio.turnEnded();
  await expect(page.getByRole("region", { name: "Conversation" })).toBeVisible();
  await expect(studio.files).toBeHidden();
  expect(await width(page, ".code-editor-area")).toBeGreaterThanOrEqual(360);
  await page.getByRole("button", { name: "Files", exact: true }).click();
  await expect(studio.files).toBeVisible();
  expect(await width(page, ".code-editor-area")).toBeGreaterThanOrEqual(360);
  expect(await width(page, ".preview-panel")).toBeGreaterThanOrEqual(360);
});
