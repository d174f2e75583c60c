import type { Locator, Page } from "@playwright/test";
import { expect, test } from "../support/test";

test.describe.configure({ mode: "serial" });

/** A file as models write it. */
function block(path: string, text: string): string {
  return `\`\`\`tsx path=${path}\n${text}\`\`\`\n\n`;
}

function app(heading: string, more = ""): string {
  return `export default function App() {\n  return <h1>${heading}</h1>;\n}\n${more}`;
}

function notes(count: number): string {
  return Array.from({ length: count }, (_, index) => `export const note${index} = ${index};\n`).join("");
}

function tab(page: Page, name: string): Locator {
  return page.getByRole("group", { name: "Open files" }).getByRole("button", { name, exact: true });
}

const editorOf = (page: Page) => page.getByRole("textbox", { name: /^Code editor/ });
const lineOf = (page: Page, text: string) => page.locator(".cm-line").filter({ hasText: text });

test("the editor follows the model, stays where somebody goes, and follows again", async ({
  studio,
  provider,
  page,
}) => {
  const last = "export const last = true;\n";
  const text = `${block("src/App.tsx", app("Notes"))}${block("src/notes.ts", notes(300) + last)}${block("src/more.ts", notes(3))}`;
  provider.script({ text, pieceLength: 200, holdBefore: last });
  await studio.ask("many notes");
  const follow = page.getByRole("button", { name: "Follow" });
  await expect(follow).toHaveAttribute("aria-pressed", "true");
  await expect(tab(page, "notes.ts (being written)")).toHaveAttribute("aria-current", "true");
  await expect(lineOf(page, "note299")).toBeInViewport();

  await lineOf(page, "note295").hover();
  await page.mouse.wheel(0, -2_000);
  await expect(follow).toHaveAttribute("aria-pressed", "false");
  await expect(lineOf(page, "note299")).not.toBeInViewport();
  await follow.click();
  await expect(follow).toHaveAttribute("aria-pressed", "true");
  await expect(lineOf(page, "note299")).toBeInViewport();

  await tab(page, "App.tsx").click();
  await expect(follow).toHaveAttribute("aria-pressed", "false");
  provider.release();
  await studio.ready();
  await expect(follow).toBeHidden();
  await expect(tab(page, "App.tsx")).toHaveAttribute("aria-current", "true");
  await expect(page.getByRole("button", { name: "Close more.ts" })).toBeHidden();
});

test("tabs and a line below the code say how the files fare; what is stopped stays to be read", async ({
  studio,
  provider,
  page,
}) => {
  const text = `${block("src/App.tsx", app("Stopped"))}${block("src/half.ts", notes(30))}`;
  provider.script({ text, holdBefore: "export const note20" });
  await studio.ask("half of an app");
  await expect(tab(page, "App.tsx (compiled)")).toBeVisible();
  await expect(tab(page, "half.ts (being written)")).toBeVisible();
  await expect(page.locator(".code-progress")).toHaveText(/^1 of 2 files · \d+ tokens( · \d+ tokens\/s)? · scripted/);
  await expect(tab(page, "App.tsx")).toBeVisible();
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  await expect(tab(page, "half.ts (not finished)")).toHaveAttribute("aria-current", "true");
  await expect(editorOf(page)).toHaveAttribute("aria-readonly", "true");
  await expect(lineOf(page, "note19")).toBeVisible();
  await page.getByRole("button", { name: "Discard it" }).click();
  await expect(page.getByRole("button", { name: "Close half.ts" })).toBeHidden();
  await expect(tab(page, "App.tsx")).toHaveAttribute("aria-current", "true");
});

test("the shown file is copied as it is", async ({ studio, provider, page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  provider.script({ text: block("src/App.tsx", app("Copy me")) });
  await studio.ask("an app to copy");
  await studio.ready();
  await editorOf(page).press("ControlOrMeta+End");
  await page.keyboard.insertText("// mine\n");
  await page.getByRole("button", { name: "Copy this file" }).click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await page.evaluate("navigator.clipboard.readText()")).toBe(app("Copy me", "// mine\n"));
  await expect(page.getByRole("button", { name: "Copy this file" })).toBeVisible();
});

test("what the last request changed is shown on demand", async ({ studio, provider, page }) => {
  const more = notes(60);
  provider.script({ text: block("src/App.tsx", app("Before", more)) });
  await studio.ask("an app to change");
  await studio.ready();
  const changes = page.getByRole("button", { name: "Changes", exact: true });
  await expect(changes).toBeHidden();

  const changed = more.replace("note50 = 50", "note50 = 51");
  provider.script({ text: block("src/App.tsx", app("After", `${changed}export const added = 1;\n`)) });
  await expect(page.getByRole("button", { name: "Send" })).toBeVisible();
  await studio.change("another heading");
  await expect(studio.app.getByRole("heading", { name: "After" })).toBeVisible();
  await changes.click();
  await expect(page.getByText("3 lines added, 2 removed")).toBeVisible();
  await expect(page.locator(".cm-deletedChunk").first()).toHaveText("  return <h1>Before</h1>;");
  await expect(editorOf(page)).toHaveAttribute("aria-readonly", "true");
  await page.getByRole("button", { name: "Next change" }).click();
  await expect(lineOf(page, "note50 = 51")).toBeInViewport();
  await page.getByRole("button", { name: "Previous change" }).click();
  await expect(lineOf(page, "After")).toBeInViewport();
  await changes.click();
  await expect(page.locator(".cm-deletedChunk")).toHaveCount(0);
  await expect(editorOf(page)).toHaveAttribute("aria-readonly", "false");

  // A way back leaves nothing to show.
  await page.getByRole("button", { name: "Undo this request" }).click();
  await expect(changes).toBeHidden();
});

test("two thousand lines at two hundred tokens a second, and the page goes on", async ({
  studio,
  provider,
  page,
  context,
}) => {
  test.setTimeout(150_000);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const functions = Array.from({ length: 667 }, (_, index) => `function f${index}() {\n  return ${index};\n}\n`);
  const long = functions.join("");
  provider.script({ text: block("src/App.tsx", app("Long", long)), pieceLength: 4, pauseMs: 5 });
  await studio.ask("a long app");
  await expect(tab(page, "App.tsx (being written)")).toBeVisible();
  await page.evaluate(() => {
    const measured = { frames: 0, longest: 0 };
    Object.assign(window, { measured });
    let last = performance.now();
    requestAnimationFrame(function frame(now) {
      measured.frames++;
      measured.longest = Math.max(measured.longest, now - last);
      last = now;
      requestAnimationFrame(frame);
    });
  });
  await studio.composer.pressSequentially("and a list below", { delay: 30 });
  await expect(studio.composer).toHaveValue("and a list below");
  await expect(tab(page, "App.tsx (being written)")).toBeVisible();
  await expect(studio.app.getByRole("heading", { name: "Long" })).toBeVisible({ timeout: 120_000 });
  const measured = await page.evaluate("window.measured");
  console.log("frames while 2,000 lines were written:", JSON.stringify(measured));
  await page.getByRole("button", { name: "Copy this file" }).click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await page.evaluate("navigator.clipboard.readText()")).toBe(app("Long", long));
});
