import type { Locator, Page } from "@playwright/test";
import { findings } from "../support/axe";
import { recorded, ScriptedProvider } from "../support/provider";
import { CumuletServer } from "../support/server";
import { expect, test as base } from "../support/test";

/** A server of these stories' own, whose environment names a model server that is gone. */
const test = base.extend<object, { gone: string; server: CumuletServer }>({
  gone: [
    async ({}, use) => {
      const gone = await ScriptedProvider.start();
      const { address } = gone;
      await gone.stop();
      await use(address);
    },
    { scope: "worker" },
  ],
  server: [
    async ({ gone }, use) => {
      const server = await CumuletServer.start(gone);
      await use(server);
      await server.stop();
    },
    { scope: "worker" },
  ],
});

test.describe.configure({ mode: "serial" });

const ADDED = "Ollama 2";
const OFFERS = /It offers (one model|\d+ models)\./;

function providers(page: Page): Locator {
  return page.getByRole("list", { name: /^Providers/ }).getByRole("listitem").filter({ has: page.getByRole("heading") });
}

function row(page: Page, name: string): Locator {
  return providers(page).filter({ has: page.getByRole("heading", { name, exact: true }) });
}

/** The browser notes a test's refusal as an error; the page says what it means. */
function forgetRefusals(pageErrors: string[]): void {
  const others = pageErrors.filter((error) => !error.includes("/test)"));
  pageErrors.splice(0, pageErrors.length, ...others);
}

test("a provider that doesn't answer is listed with what to do", async ({ page, gone }) => {
  await page.goto("/settings");
  const listed = row(page, "Ollama");
  await expect(listed).toContainText(gone);
  await expect(listed).toContainText("from the server's environment");
  await expect(listed.getByRole("status")).toContainText("Doesn't answer");
  await expect(listed.getByRole("button", { name: "Copy ollama serve" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Remove Ollama" })).toBeHidden();
});

test("a provider is added: the test fails with the cure, succeeds, and offers models", async ({
  page,
  gone,
  provider,
  pageErrors,
}) => {
  await page.goto("/settings");
  await page.getByRole("button", { name: "Add a provider" }).click();
  const form = page.getByRole("form", { name: "New provider" });
  await expect(form.getByRole("combobox", { name: "Provider" })).toBeFocused();
  await expect(form.getByRole("textbox", { name: "Name" })).toHaveValue(ADDED);

  const address = form.getByRole("textbox", { name: "Address" });
  const check = form.getByRole("button", { name: "Test connection" });
  await address.fill("not an address");
  await check.click();
  await expect(address).toHaveAccessibleDescription(/http/);
  await address.fill(gone);
  await check.click();
  await expect(form.getByRole("alert").getByRole("button", { name: "Copy ollama serve" })).toBeVisible();
  forgetRefusals(pageErrors);
  expect(await findings(page)).toEqual([]);

  await address.fill(provider.address);
  await check.click();
  await expect(form.getByRole("status").filter({ hasText: "Connected" })).toContainText(OFFERS);
  await form.getByRole("button", { name: /^scripted:latest/ }).click();
  await expect(form.getByRole("textbox", { name: "Model for writing code" })).toHaveValue("scripted:latest");
  expect(await findings(page)).toEqual([]);
  await form.getByRole("button", { name: "Save" }).click();

  await expect(form).toBeHidden();
  await expect(row(page, ADDED).getByRole("status")).toContainText(/^Answers in/);
  await expect(page.getByRole("button", { name: `Edit ${ADDED}` })).toBeFocused();
  await page.goto("/");
  await expect(page.getByText("scripted:latest")).toBeVisible();
});

test("Escape closes the form, and the focus is where it was", async ({ page }) => {
  await page.goto("/settings");
  const edit = page.getByRole("button", { name: `Edit ${ADDED}` });
  await edit.click();
  const form = page.getByRole("form", { name: "Edit the provider" });
  await expect(form.getByText(OFFERS)).toBeVisible();
  await form.getByRole("textbox", { name: "Name" }).press("Escape");
  await expect(form).toBeHidden();
  await expect(edit).toBeFocused();
});

test("the preferred provider is asked first", async ({ page }) => {
  await page.goto("/settings");
  await expect(providers(page).first()).toContainText(/^Ollama(?! 2)/);
  await page.getByRole("combobox", { name: "Asked first" }).selectOption(ADDED);
  await expect(providers(page).first()).toContainText(ADDED);
  const goesOn = page.getByRole("switch", { name: /^Go on with the next provider/ });
  const before = await goesOn.getAttribute("aria-checked");
  await goesOn.click();
  await expect(goesOn).not.toHaveAttribute("aria-checked", before ?? "");
  await page.reload();
  await expect(page.getByRole("combobox", { name: "Asked first" })).toHaveValue("ollama-2");
  await expect(goesOn).not.toHaveAttribute("aria-checked", before ?? "");
});

test("the health page shows a request to a model", async ({ page, provider, studio, pageErrors }) => {
  await page.goto("/settings/health");
  await expect(page.getByText("No model has been asked yet")).toBeVisible();
  provider.script({ text: recorded("counter-first") });
  await studio.ask("a counter of glasses of water, with a goal, a button for each glass, and a list of the last days");
  await studio.ready();
  await expect(page.getByRole("button", { name: "Send", exact: true })).toBeVisible();
  await page.goto("/settings/health");
  const call = page.getByRole("row").filter({ hasText: "scripted:latest" }).first();
  await expect(call).toContainText(ADDED);
  await expect(call).toContainText("Done");
  const check = page.getByRole("button", { name: /^Check now\W+Ollama$/ });
  await check.click();
  await expect(row(page, "Ollama").getByRole("status")).toContainText(/Doesn't answer|Rests/);
  await expect(check).not.toHaveAttribute("aria-busy");
  forgetRefusals(pageErrors);
  expect(await findings(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  await expect(call).toContainText("Done");
});

test("a provider is switched off and on", async ({ page }) => {
  await page.goto("/settings");
  const use = page.getByRole("switch", { name: `Use ${ADDED}` });
  await use.click();
  await expect(use).not.toBeChecked();
  await expect(row(page, ADDED).getByRole("status")).toContainText("Off");
  await use.click();
  await expect(use).toBeChecked();
  await expect(row(page, ADDED).getByRole("status")).toContainText(/^Answers in/);
});

test("a provider is removed, brought back and removed", async ({ page }) => {
  await page.goto("/settings");
  const remove = page.getByRole("button", { name: `Remove ${ADDED}` });
  await remove.click();
  await expect(row(page, ADDED)).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(row(page, ADDED).getByRole("status")).toContainText(/^Answers in/);
  await remove.click();
  await expect(row(page, ADDED)).toHaveCount(0);
  await page.reload();
  await expect(row(page, "Ollama")).toBeVisible();
  await expect(row(page, ADDED)).toHaveCount(0);
});
