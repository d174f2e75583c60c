import type { Locator } from "@playwright/test";
import type { Studio } from "../support/studio";

/** Controls that are used of an app, at most. */
const MOST = 30;
const CONTROLS = "button, a[href], input, select, textarea, [role=button], [role=tab], [role=checkbox], [role=switch]";

/** Uses each visible control of the app once, as a person who tries everything does, and tells what that threw. */
export async function useEverything(studio: Studio): Promise<{ used: number; thrown: string }> {
  const controls = studio.app.locator(CONTROLS);
  let used = 0;
  for (let index = 0; index < MOST; index += 1) {
    const control = controls.nth(index);
    if ((await controls.count()) <= index) break;
    if (!(await control.isVisible()) || !(await control.isEnabled())) continue;
    if (await use(control)) used += 1;
  }
  // What an effect or a timer throws comes a moment later.
  await studio.page.waitForTimeout(500);
  const thrown = (await studio.errors.isVisible()) ? await studio.errors.innerText() : "";
  return { used, thrown: thrown.split("\n").slice(0, 6).join(" ") };
}

/** `false` for a control that can't be used now: something is in front of it, or it went away. */
async function use(control: Locator): Promise<boolean> {
  const kind = await control.evaluate((element) =>
    element instanceof HTMLInputElement ? element.type : element.tagName.toLowerCase(),
  );
  try {
    if (["text", "search", "email", "url", "tel", "password", "textarea"].includes(kind)) {
      await control.fill("Ada", { timeout: 2_000 });
    } else if (kind === "number" || kind === "range") {
      await control.fill("3", { timeout: 2_000 });
    } else if (kind === "select") {
      await control.selectOption({ index: 0 }, { timeout: 2_000 });
    } else if (!["file", "color", "date", "time", "datetime-local", "month", "week"].includes(kind)) {
      await control.click({ timeout: 2_000 });
    }
    return true;
  } catch {
    return false;
  }
}
