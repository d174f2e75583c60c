import { findings } from "../support/axe";
import { expect, test } from "../support/test";

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test("home", async ({ studio, page }) => {
      await studio.home();
      expect(await findings(page)).toEqual([]);
    });

    test("settings", async ({ page }) => {
      await page.goto("/settings");
      await expect(page.getByRole("heading", { name: "Settings" })).toBeVisible();
      await page.getByRole("button", { name: "Edit Ollama" }).click();
      await expect(page.getByRole("form", { name: "Edit the provider" })).toContainText("It offers");
      expect(await findings(page)).toEqual([]);
    });

    test("health of the language models", async ({ page }) => {
      await page.goto("/settings/health");
      await expect(page.getByRole("listitem").filter({ hasText: "Ollama" })).toContainText("Answers");
      expect(await findings(page)).toEqual([]);
    });

    test("studio with code and problems", async ({ studio, page }) => {
      await studio.startTemplate("Kanban");
      await studio.open("src/App.tsx");
      await page.getByRole("button", { name: /^Problems/ }).click();
      expect(await findings(page)).toEqual([]);
    });

    test("studio with an error", async ({ studio, page }) => {
      await studio.startBlank();
      await studio.write("src/App.tsx", "export default function App( {");
      await expect(studio.errors).toBeVisible();
      expect(await findings(page)).toEqual([]);
    });

    test("studio with type errors", async ({ studio, page }) => {
      test.slow();
      await studio.startBlank();
      await studio.write("src/App.tsx", "export default function App() {\n  const width: number = \"9\";\n  return <p>{width}</p>;\n}\n");
      await page.getByRole("button", { name: /^Problems/ }).click();
      await page.getByRole("button", { name: "Check types" }).click();
      await expect(page.getByRole("region", { name: "Problems", exact: true })).toContainText("TypeScript 2322", { timeout: 45_000 });
      await page.locator(".cm-editor .cm-lintRange-info").hover();
      await expect(page.locator(".cm-tooltip-hover .cm-types")).toContainText("const width: number");
      await expect(page.locator(".cm-tooltip-hover .cm-diagnostic-info")).toContainText("is not assignable");
      expect(await findings(page)).toEqual([]);
    });

    test("a page that isn't there", async ({ page }) => {
      await page.goto("/nowhere");
      await expect(page.getByRole("heading").first()).toBeVisible();
      expect(await findings(page)).toEqual([]);
    });
  });
}

for (const width of [390, 768, 1440]) {
  test(`nothing scrolls sideways at ${width} pixels`, async ({ studio, page }) => {
    await page.setViewportSize({ width, height: 844 });
    const sideways = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    await studio.home();
    expect(await sideways()).toBeLessThanOrEqual(0);
    await page.goto("/settings");
    await expect(page.getByRole("heading", { name: "Settings" })).toBeVisible();
    await page.getByRole("button", { name: "Edit Ollama" }).click();
    await expect(page.getByRole("form", { name: "Edit the provider" })).toContainText("It offers");
    expect(await sideways()).toBeLessThanOrEqual(0);
    await studio.startBlank();
    await expect(page.getByRole("banner")).toBeVisible();
    expect(await sideways()).toBeLessThanOrEqual(0);
  });
}

test("an app can be made with the keyboard alone", async ({ studio, page }) => {
  await studio.home();
  const target = page.locator("#templates").getByRole("button", { name: "Write code" });
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press("Tab");
    if (await target.evaluate((element) => element === document.activeElement)) {
      break;
    }
  }
  await expect(target).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/apps\//);
});
