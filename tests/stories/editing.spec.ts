import { expect, test } from "../support/test";

const COUNTER = `import { useState } from "react";
import { label } from "./label";

export default function App() {
  const [count, setCount] = useState(0);
  return (
    <main className="p-8">
      <h1 className="text-2xl">First title</h1>
      <button className="rounded border px-3" onClick={() => setCount(count + 1)}>{label(count)}</button>
    </main>
  );
}
`;
const LABEL = "export function label(count: number): string {\n  return `Pressed ${count} times`;\n}\n";

test.describe("editing", () => {
  test.beforeEach(async ({ studio }) => {
    await studio.startBlank();
    await studio.create("src/label.ts");
    await studio.write("src/label.ts", LABEL);
    await studio.write("src/App.tsx", COUNTER);
    await expect(studio.app.getByRole("button", { name: "Pressed 0 times" })).toBeVisible();
    await studio.app.getByRole("button").click();
    await studio.app.getByRole("button").click();
    await expect(studio.app.getByRole("button", { name: "Pressed 2 times" })).toBeVisible();
  });

  test("an edit changes the app in place and keeps its state", async ({ studio }) => {
    await studio.write("src/App.tsx", COUNTER.replace("First title", "Second title"));
    await expect(studio.app.getByRole("heading", { name: "Second title" })).toBeVisible();
    await expect(studio.app.getByRole("button", { name: "Pressed 2 times" })).toBeVisible();
    await studio.ready();
  });

  test("an edit of a module that components import keeps their state too", async ({ studio }) => {
    await studio.write("src/label.ts", LABEL.replace("Pressed", "Clicked"));
    await expect(studio.app.getByRole("button", { name: "Clicked 2 times" })).toBeVisible();
  });

  test("a new Tailwind class is styled at once, arbitrary values included", async ({ studio }) => {
    await studio.write("src/App.tsx", COUNTER.replace("text-2xl", "text-[37px] text-[rgb(10,20,30)]"));
    await expect(studio.app.getByRole("heading")).toHaveCSS("font-size", "37px");
    await expect(studio.app.getByRole("heading")).toHaveCSS("color", "rgb(10, 20, 30)");
    await expect(studio.app.getByRole("button", { name: "Pressed 2 times" })).toBeVisible();
  });

  test("a syntax error names file, line and code, the last good app stays, and a repair goes on", async ({
    studio,
  }) => {
    await studio.write("src/App.tsx", COUNTER.replace("<h1 className", "<h1 className==="));
    await expect(studio.errors).toBeVisible();
    await expect(studio.errors).toContainText("src/App.tsx:8");
    await expect(studio.errors.locator(".code-frame").first()).toContainText("<h1 className===");
    await expect(studio.status).toContainText("Failed");
    await expect(studio.app.getByRole("button", { name: "Pressed 2 times" })).toBeVisible();

    await studio.write("src/App.tsx", COUNTER.replace("First title", "Repaired title"));
    await expect(studio.errors).toBeHidden();
    await expect(studio.app.getByRole("heading", { name: "Repaired title" })).toBeVisible();
    await expect(studio.app.getByRole("button", { name: "Pressed 2 times" })).toBeVisible();
  });

  test("imports that can't work are named with the reason and the way out", async ({ studio }) => {
    await studio.write("src/App.tsx", `import fs from "fs";\nimport axios from "axios";\nconsole.log(fs, axios);\n${COUNTER}`);
    await expect(studio.errors).toContainText("fs");
    await expect(studio.errors).toContainText("axios");
    await expect(studio.errors).toContainText("src/App.tsx:1");
    await expect(studio.errors).toContainText("network");
    await expect(studio.app.getByRole("button", { name: "Pressed 2 times" })).toBeVisible();
  });

  test("an import of Node's files is named even before it is used", async ({ studio, page }) => {
    await studio.write("src/App.tsx", `import fs from "fs";\n${COUNTER}`);
    await page.getByRole("button", { name: /^Problems/ }).click();
    const problems = page.getByRole("region", { name: "Problems", exact: true });
    await expect(problems).toContainText("fs");
    await expect(problems).toContainText("src/App.tsx:1");
  });

  test("an unknown icon offers the nearest one, and one click repairs it", async ({ studio }) => {
    await studio.write(
      "src/App.tsx",
      `import { Trash22 as Bin } from "lucide-react";\n${COUNTER.replace("First title", "<Bin aria-label=\"Bin\" /> First title")}`,
    );
    await expect(studio.errors).toContainText("Trash22");
    await studio.errors.getByRole("button", { name: /Trash2\b/ }).first().click();
    await expect(studio.errors).toBeHidden();
    await expect(studio.app.locator("h1 svg")).toBeVisible();
    await expect(studio.app.getByRole("button", { name: "Pressed 2 times" })).toBeVisible();
  });

  test("a runtime error shows its original place, and the next good edit recovers", async ({ studio }) => {
    await studio.write(
      "src/App.tsx",
      COUNTER.replace("  return (\n    <main", "  if (count >= 0) throw new Error(\"Boiled over\");\n  return (\n    <main"),
    );
    await expect(studio.errors).toContainText("Boiled over");
    await expect(studio.errors).toContainText("src/App.tsx:6");
    await expect(studio.errors.locator(".code-frame").first()).toContainText("throw new Error(\"Boiled over\")");

    await studio.write("src/App.tsx", COUNTER);
    await expect(studio.errors).toBeHidden();
    await expect(studio.app.getByRole("heading", { name: "First title" })).toBeVisible();
  });

  test("an error in an event handler is shown with its place while the app goes on", async ({ studio }) => {
    await studio.write(
      "src/App.tsx",
      COUNTER.replace("setCount(count + 1)", "{ setCount(count + 1); JSON.parse(\"{\"); }"),
    );
    await studio.app.getByRole("button").click();
    await expect(studio.errors).toContainText("src/App.tsx:9");
    await expect(studio.app.getByRole("button", { name: "Pressed 3 times" })).toBeVisible();
  });

  test("the console shows what the app writes", async ({ studio, page }) => {
    await studio.write("src/App.tsx", COUNTER.replace("setCount(count + 1)", "console.log(\"count is\", { count })"));
    await studio.app.getByRole("button").click();
    await studio.showConsole();
    await expect(page.getByRole("log", { name: "Console" })).toContainText("count is");
    await expect(page.getByRole("log", { name: "Console" })).toContainText("2");
  });

  test("an app that renders nothing says so", async ({ studio, page }) => {
    await studio.write("src/App.tsx", "export default function App() {\n  return null;\n}\n");
    await expect(page.getByText("The app runs, but nothing is visible.")).toBeVisible();
  });

  test("an endless loop becomes an error at its line, and the app lives on", async ({ studio, page }) => {
    const looping = COUNTER.replace("setCount(count + 1)", "{ setCount(count + 1); for (;;) {} }");
    await studio.write("src/App.tsx", looping);
    await studio.ready();
    const button = studio.app.getByRole("button");
    const before = (await button.textContent()) ?? "";
    await button.evaluate((button) => {
      setTimeout(() => (button as HTMLButtonElement).click(), 50);
    });
    const preview = page.getByRole("region", { name: "Preview" });
    await expect(preview.getByText(/This loop was stopped/).first()).toBeVisible();
    const line = looping.slice(0, looping.indexOf("for (;;)")).split("\n").length;
    await expect(preview.getByText(new RegExp(`src/App.tsx:${line}`)).first()).toBeVisible();
    await expect(button).not.toHaveText(before);
  });

  test("an app that hangs leaves the studio usable and can be stopped", async ({ studio, page }) => {
    // No loop of the app: the engine itself is busy for longer than anybody waits.
    await studio.write(
      "src/App.tsx",
      COUNTER.replace("setCount(count + 1)", '/^(a+)+$/.test("a".repeat(60) + "!")'),
    );
    await studio.ready();
    // The frame never answers the click itself, so nobody waits for it.
    await studio.app.getByRole("button").evaluate((button) => {
      setTimeout(() => (button as HTMLButtonElement).click(), 50);
    });
    await expect(page.getByText("The app isn't responding.")).toBeVisible();
    // A real click would ask the frozen frame what lies under the pointer.
    await page.getByRole("button", { name: "Stop", exact: true }).dispatchEvent("click");
    await expect(page.getByText("The app is stopped")).toBeVisible();
    const name = page.getByRole("textbox", { name: "App name" });
    await name.fill("Still usable");
    await expect(name).toHaveValue("Still usable");

    await studio.write("src/App.tsx", COUNTER);
    await page.getByRole("button", { name: "Run it" }).click();
    await expect(studio.app.getByRole("button", { name: "Pressed 0 times" })).toBeVisible();
  });

  test("a path that leaves the project is refused with the reason", async ({ studio, page }) => {
    await studio.showCode();
    await page.getByRole("button", { name: "New file" }).click();
    const input = page.getByRole("textbox", { name: "Path of the new file" });
    await input.fill("../../x");
    await input.press("Enter");
    await expect(page.getByRole("alert").filter({ hasText: ".." })).toBeVisible();
    await expect(input).toBeVisible();
  });

  test("a file over the limit is never shown as saved, and nothing of it is lost", async ({ studio, page }) => {
    const editor = await studio.open("src/App.tsx");
    await editor.focus();
    await page.keyboard.press("ControlOrMeta+End");
    // As pasting does; typing a megabyte would take the driver minutes.
    await editor.evaluate((element) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", `\n// ${"x".repeat(1_100_000)}`);
      element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    });
    await expect(page.getByText("src/App.tsx is larger than 1 MB and isn't saved. Make it smaller or split it.")).toBeVisible();
    await expect(page.locator(".saved-state")).toHaveText("Not saved: the file is over 1 MB");
    await page.keyboard.press("ControlOrMeta+z");
    await studio.saved();
    await studio.ready();
  });

  test("reloading the page keeps everything", async ({ studio, page }) => {
    await studio.write("src/App.tsx", COUNTER.replace("First title", "Kept title"));
    await expect(studio.app.getByRole("heading", { name: "Kept title" })).toBeVisible();
    await page.getByRole("textbox", { name: "App name" }).fill("Kept name");
    await page.getByRole("textbox", { name: "App name" }).press("Enter");
    await studio.saved();
    await page.reload();
    await expect(studio.app.getByRole("heading", { name: "Kept title" })).toBeVisible();
    await expect(page.getByRole("textbox", { name: "App name" })).toHaveValue("Kept name");
    await studio.home();
    await expect(page.getByRole("link", { name: /Kept name/ }).first()).toBeVisible();
  });

  test("an edit is kept even when the page is closed at once", async ({ studio, page, context }) => {
    await studio.write("src/App.tsx", COUNTER.replace("First title", "Just in time"));
    await expect(studio.app.getByRole("heading", { name: "Just in time" })).toBeVisible();
    const address = page.url();
    await page.close();
    const again = await context.newPage();
    await again.goto(address);
    const app = again.frameLocator('iframe[title="Generated app"]').frameLocator("iframe");
    await expect(app.getByRole("heading", { name: "Just in time" })).toBeVisible();
  });
});

test("many open files keep the editor in its pane and the shown file's tab in sight", async ({ studio, page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await studio.startTemplate("Kanban");
  await studio.showCode();
  const names = page.getByRole("navigation", { name: "Files" }).locator("button.file-row-name[title^='src/']");
  for (const path of await names.evaluateAll((buttons) => buttons.map((button) => button.getAttribute("title") ?? ""))) {
    await studio.open(path);
  }
  const pane = await page.locator(".code-panel").boundingBox();
  const right = (pane?.x ?? 0) + (pane?.width ?? 0);
  for (const part of [page.locator(".cm-editor"), page.locator(".file-tab.active")]) {
    const box = await part.boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? Number.POSITIVE_INFINITY)).toBeLessThanOrEqual(right + 1);
  }
});

test("an app without an entry says what to create", async ({ studio }) => {
  await studio.startBlank();
  await studio.create("src/notes.ts");
  await studio.write("src/notes.ts", "export const notes = 1;\n");
  await studio.page.getByRole("button", { name: "Actions for src/App.tsx" }).click();
  await studio.page.getByRole("menuitem", { name: "Delete" }).click();
  await expect(studio.errors).toContainText("src/App.tsx");
});
