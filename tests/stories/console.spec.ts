import type { Locator, Page } from "@playwright/test";
import { findings } from "../support/axe";
import { Project } from "../support/project";
import type { Studio } from "../support/studio";
import { expect, test } from "../support/test";

/** Starts an app that runs this code once, and opens the console. */
async function said(studio: Studio, page: Page, code: string): Promise<Locator> {
  await Project.start(studio, {
    "src/App.tsx": `${code}\n\nexport default function App() {\n  return <h1>Logs</h1>;\n}\n`,
  });
  await expect(studio.app.getByRole("heading", { name: "Logs" })).toBeVisible();
  await page.locator(".dock-switch", { hasText: "Console" }).click();
  return page.getByRole("log", { name: "Console" });
}

test("objects open step by step, with the keyboard, and are in the page only then", async ({ studio, page }) => {
  const log = await said(
    studio,
    page,
    `const cause = new TypeError("inner");
console.log("user", { name: "Ada", tags: ["a", "b"], nested: { deep: { er: 1 } } }, new Map([["k", { v: 2 }]]));
console.error(new Error("outer", { cause }));`,
  );
  const entry = log.getByRole("listitem").first();
  await expect(entry).toContainText('user {name: "Ada", tags: ["a", "b"], nested: {deep: {er: 1}}}');
  await expect(entry.locator(".value-entries")).toHaveCount(0);
  const toggle = entry.getByRole("button", { name: /^What is in \{name/ });
  await toggle.focus();
  await page.keyboard.press("Enter");
  await expect(toggle).toHaveAttribute("aria-expanded", "true");
  await expect(entry.locator(".value-entries > li")).toHaveText([
    'name: "Ada"',
    'tags: ["a", "b"]',
    "nested: {deep: {er: 1}}",
  ]);
  await entry.getByRole("button", { name: "What is in {deep: {er: 1}}" }).click();
  await expect(entry.locator(".value-entries .value-entries > li")).toHaveText("deep: {er: 1}");
  await toggle.focus();
  await page.keyboard.press("Space");
  await expect(entry.locator(".value-entries")).toHaveCount(0);

  const error = log.locator('[data-level="error"]');
  await expect(error).toContainText("Error: outer");
  await error.getByRole("button", { name: /^What is in Error: outer/ }).click();
  await expect(error.locator(".value-entries > li").first()).toContainText("cause: TypeError: inner");
  expect(await findings(page)).toEqual([]);
});

test("tables, groups, counters and timers are drawn, and clearing clears", async ({ studio, page }) => {
  const log = await said(
    studio,
    page,
    `console.log("gone");
console.clear();
console.table([{ city: "Ghent", sun: 3 }, { city: "Oslo", rain: true }]);
console.group("Outer");
console.log("in outer");
console.groupCollapsed("Inner");
console.log("in inner");
console.groupEnd();
console.groupEnd();
console.count("n");
console.count("n");
console.assert(1 === 2, "one is %d", 1);
console.timeEnd("never");
for (let n = 0; n < 3; n++) console.log("%cagain", "color: red", { n: 1 });`,
  );
  await expect(log.locator('[data-level="error"]')).toContainText("Assertion failed: one is 1");
  await expect(log).not.toContainText("gone");
  const table = log.getByRole("table");
  await expect(table.getByRole("columnheader")).toHaveText(["Row", "city", "sun", "rain"]);
  await expect(table.getByRole("row").nth(2)).toHaveText('1"Oslo"true');
  await expect(log).toContainText("in outer");
  await expect(log).not.toContainText("in inner");
  await log.getByRole("button", { name: "Inner" }).click();
  await expect(log).toContainText("in inner");
  await log.getByRole("button", { name: "Outer" }).click();
  await expect(log).not.toContainText("in outer");
  await page.getByRole("searchbox", { name: "Filter the console" }).fill("in inner");
  await expect(log.getByRole("listitem")).toHaveCount(1);
  await page.getByRole("searchbox", { name: "Filter the console" }).fill("");
  await expect(log).toContainText("n: 2");
  await expect(log).toContainText("There is no timer “never”");
  await expect(log.getByRole("listitem").last()).toHaveText(/again \{n: 1\}\s*3/);
  expect(await findings(page)).toEqual([]);
});

test("an entry is copied with what is in it", async ({ studio, page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const log = await said(studio, page, `console.log("user", { name: "Ada", tags: ["a"] });`);
  await log.getByRole("button", { name: "Copy entry" }).click();
  await expect(page.getByText("Copied.")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    'user {name: "Ada", tags: ["a"]}\n  name: "Ada"\n  tags: ["a"]\n    0: "a"',
  );
});

test("of many entries the newest are drawn, and the filter finds the others", async ({ studio, page }) => {
  const log = await said(studio, page, `for (let n = 0; n < 2_000; n++) console.log("line", { n });`);
  await expect(log).toContainText(/more console messages were left out/);
  await expect(log.getByRole("listitem")).toHaveCount(300);
  await expect(page.getByText("older entries are not drawn.")).toBeVisible();
  await page.getByRole("searchbox", { name: "Filter the console" }).fill("{n: 0}");
  await expect(log.getByRole("listitem")).toHaveCount(1);
});
