import type { Locator, Page } from "@playwright/test";
import { expect, test } from "../support/test";

const APP = `import { useState } from "react";
import { Badge } from "./Badge";

export default function App() {
  const [count, setCount] = useState(0);
  return (
    <main>
      <Badge label="Pressed" />
      <button onClick={() => setCount(count + 1)}>{count} times</button>
    </main>
  );
}
`;
const BADGE = `/** A word in a frame. */
export function Badge({ label }: { label: string }) {
  return <strong>{label}</strong>;
}
`;

/** Loading TypeScript and its declarations takes a while where many tests share few processors. */
const LOADING = { timeout: 45_000 };

/** Waits until TypeScript is there: its button has found what there is to find. */
async function checkTypes(page: Page): Promise<Locator> {
  const problems = page.getByRole("region", { name: "Problems", exact: true });
  if (!(await problems.isVisible())) await page.getByRole("button", { name: /^Problems/ }).click();
  await problems.getByRole("button", { name: "Check types" }).click();
  await expect(problems.getByRole("status")).toContainText(/type error/, LOADING);
  return problems;
}

test.describe("types", () => {
  test.slow();

  test.beforeEach(async ({ studio }) => {
    await studio.startBlank();
    await studio.create("src/Badge.tsx");
    await studio.write("src/Badge.tsx", BADGE);
    await studio.write("src/App.tsx", APP);
    await expect(studio.app.getByRole("button", { name: "0 times" })).toBeVisible();
  });

  test("completion appears while typing and adds the import that it needs", async ({ studio, page }) => {
    await checkTypes(page);
    const [head = "", rest = ""] = APP.split("  return (");
    await studio.write("src/App.tsx", `${head}  const box = use`);
    const editor = page.getByRole("textbox", { name: "Code editor, src/App.tsx" });
    await page.keyboard.type("Re");
    const list = page.getByRole("listbox", { name: "Completions" });
    await list.getByRole("option", { name: /^useRef/ }).click();
    await expect(editor).toContainText(/import \{ (useRef, useState|useState, useRef) \} from "react";/);
    await page.keyboard.insertText("(1);\n  console.log(box");
    await page.keyboard.type(".");
    await expect(list.getByRole("option", { name: /^current/ })).toBeVisible();
    await expect(page.locator(".cm-completionInfo")).toContainText("current: number");
    // A list that has only just come takes no key, which may have been meant for the text.
    await page.waitForTimeout(300);
    await page.keyboard.press("Enter");
    await page.keyboard.insertText(`);\n  return (${rest}`);
    await expect(editor).toContainText("console.log(box.current);");
    await expect(studio.app.getByRole("button", { name: "0 times" })).toBeVisible();
    await studio.ready();
  });

  test("pointing at a name shows its type and its comment", async ({ studio, page }) => {
    await checkTypes(page);
    const editor = await studio.open("src/App.tsx");
    const tag = editor.locator("span").filter({ hasText: /^Badge$/ }).last();
    await tag.hover();
    const shown = page.locator(".cm-tooltip-hover .cm-types");
    await expect(shown).toContainText("label: string");
    await expect(shown).toContainText("A word in a frame.");

    await page.mouse.move(0, 0);
    await expect(shown).toBeHidden();
    await tag.click();
    await page.mouse.move(0, 0);
    await page.keyboard.press("ControlOrMeta+k");
    await page.keyboard.press("ControlOrMeta+i");
    await expect(page.locator(".cm-types")).toContainText("A word in a frame.");
    await page.keyboard.press("Escape");
    await expect(page.locator(".cm-types")).toBeHidden();
  });

  test("a type error is underlined and listed, and the app runs all the same", async ({ studio, page }) => {
    await studio.write("src/App.tsx", APP.replace('label="Pressed"', "label={7}"));
    const editor = await studio.open("src/App.tsx");
    await expect(editor.locator(".cm-lintRange-info")).toHaveText("label", LOADING);
    await expect(studio.app.locator("strong")).toHaveText("7");
    await studio.ready();

    await studio.open("src/Badge.tsx");
    const problems = await checkTypes(page);
    await expect(problems.getByRole("status")).toContainText("1 type error in 1 file");
    await expect(problems).toContainText("Type 'number' is not assignable to type 'string'.");
    await problems.getByRole("button", { name: "src/App.tsx:8:14" }).click();
    await expect(page.getByRole("textbox", { name: "Code editor, src/App.tsx" })).toBeFocused();
    await studio.ready();

    await studio.write("src/App.tsx", APP);
    await expect(problems.getByRole("status")).toHaveText("No type errors.");
    await expect(editor.locator(".cm-lintRange-info")).toHaveCount(0);
  });

  test("without the declarations the panel says so, and another try helps", async ({ studio, page }) => {
    await page.route("**/types/types.json", (route) => route.abort());
    // A page that is left in the middle of a save asks about it when it comes back.
    await studio.saved();
    await page.reload();
    await expect(studio.app.getByRole("button", { name: "0 times" })).toBeVisible();
    await page.getByRole("button", { name: /^Problems/ }).click();
    const problems = page.getByRole("region", { name: "Problems", exact: true });
    await problems.getByRole("button", { name: "Check types" }).click();
    await expect(problems.getByRole("status")).toContainText("Types couldn't be checked", LOADING);
    await page.unroute("**/types/types.json");
    await problems.getByRole("button", { name: "Try again" }).click();
    await expect(problems.getByRole("status")).toHaveText("No type errors.", LOADING);
  });
});
