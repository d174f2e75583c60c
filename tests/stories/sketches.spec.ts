import type { FrameLocator, Page } from "@playwright/test";
import { findings } from "../support/axe";
import { design } from "../support/design";
import { expect, test } from "../support/test";

test.describe.configure({ mode: "serial" });

const QUESTIONS = `Q: Who is it for?
- Only me
- A team
`;

/** A sketch as a small model draws it. */
function sketch(heading: string, code = ""): string {
  return `\`\`\`tsx path=src/App.tsx
import { useState } from "react";

export default function App() {
  const [count, setCount] = useState(0);
${code}  return (
    <main className="min-h-screen bg-white p-8 text-zinc-900 dark:bg-zinc-950 dark:text-zinc-100">
      <h1 className="text-2xl font-semibold">${heading}</h1>
      <button type="button" onClick={() => setCount(count + 1)} className="mt-4 rounded bg-sky-700 px-3 py-1 text-white">
        Pressed {count} times
      </button>
    </main>
  );
}
\`\`\`
`;
}

function app(heading: string): string {
  return `\`\`\`tsx path=src/App.tsx
export default function App() {
  return <h1>${heading}</h1>;
}
\`\`\`
`;
}

/** What runs in the sketch's frame. */
function sketchOf(page: Page): FrameLocator {
  return page.frameLocator('iframe[title="Sketch of the app"]').frameLocator("iframe");
}

/** What the small model was asked last. */
function asked(requests: unknown[]): string {
  const request = requests.at(-1) as { messages: { content: string }[] };
  return request.messages.at(-1)?.content ?? "";
}

test("other designs are drawn as sketches that run, compared, and one is built on", async ({ studio, provider, page }) => {
  provider.scriptSmall(QUESTIONS);
  provider.scriptSmall(design("Team calendar"));
  await studio.ask("a planner of weeks");
  await page.getByRole("button", { name: "Show a design first" }).click();
  const plan = page.getByRole("region", { name: "Proposed design" });
  await expect(plan.getByRole("button", { name: "Preview" })).toBeVisible();

  const titles = ["Team calendar", "Year planner", "Day by day"];
  provider.scriptSmall(titles.map(design).join(""));
  for (const title of titles) provider.scriptSmall(sketch(title));
  await plan.getByRole("button", { name: "Other designs" }).click();
  const drawn = sketchOf(page);
  await expect(drawn.getByRole("heading", { name: "Team calendar" })).toBeVisible({ timeout: 30_000 });
  // By the keyboard: a driver's pointer doesn't know that the frame is drawn smaller.
  await drawn.getByRole("button", { name: "Pressed 0 times" }).press("Enter");
  await expect(drawn.getByRole("button", { name: "Pressed 1 times" })).toBeVisible();
  await plan.getByText("Year planner", { exact: true }).click();
  await expect(drawn.getByRole("heading", { name: "Year planner" })).toBeVisible();
  await expect(page.locator("iframe")).toHaveCount(1);
  expect(asked(provider.smallRequests)).toContain("Drag an event to another day");
  expect(await findings(page)).toEqual([]);

  await plan.getByRole("button", { name: "Open large" }).click();
  const large = page.getByRole("dialog", { name: /^Sketch: / });
  await expect(large).toBeVisible();
  await expect(drawn.getByRole("heading", { name: "Year planner" })).toBeVisible();
  await large.getByRole("button", { name: "Next design" }).click();
  await expect(drawn.getByRole("heading", { name: "Day by day" })).toBeVisible();
  expect(await findings(page)).toEqual([]);
  await large.getByRole("button", { name: "Close the large sketch" }).click();
  await expect(large).toBeHidden();

  provider.script({ text: app("Built on the sketch"), holdBefore: "return <h1>" });
  await plan.getByRole("button", { name: "Build this one" }).click();
  // The sketch is the app until the model's own is there.
  await expect(studio.app.getByRole("heading", { name: "Day by day" })).toBeVisible();
  await expect(page.locator('iframe[title="Sketch of the app"]')).toHaveCount(0);
  provider.release();
  await expect(studio.app.getByRole("heading", { name: "Built on the sketch" })).toBeVisible();
  const request = provider.requests.at(-1) as { messages: { content: string }[] };
  const last = request.messages.at(-1)?.content ?? "";
  expect(last).toMatch(/## Files of the app now[\s\S]*<h1 className="text-2xl font-semibold">Day by day/);
  expect(last).toMatch(/accepted this design[\s\S]*Day by day[\s\S]*are a sketch of this design/);
});

test("a single design is drawn when asked for, anew after a failure, and with the compiler's fixes", async ({
  studio,
  provider,
  page,
  pageErrors,
}) => {
  test.setTimeout(120_000);
  provider.scriptSmall(QUESTIONS);
  provider.scriptSmall(design("Herbarium"));
  await studio.ask("a herbarium");
  await page.getByRole("button", { name: "Show a design first" }).click();
  const plan = page.getByRole("region", { name: "Proposed design" });
  provider.scriptSmall("I would rather talk about it.");
  await plan.getByRole("button", { name: "Preview" }).click();
  await expect(plan).toContainText("held no sketch");
  // The browser tells of every answer that is an error.
  pageErrors.length = 0;
  provider.scriptSmall(sketch("Herbarium", "  return <Missing}>;\n"));
  await plan.getByRole("button", { name: "Try again" }).click();
  await expect(plan).toContainText("The sketch has an error: src/App.tsx:5");
  provider.scriptSmall(sketch("Herbarium", '  if (count === 0) throw new Error("no leaf");\n'));
  await plan.getByRole("button", { name: "Try again" }).click();
  await expect(plan).toContainText("The sketch threw an error: Error: no leaf", { timeout: 20_000 });
  // A forgotten import is put in without the model.
  provider.scriptSmall(sketch("Herbarium").replace('import { useState } from "react";\n', ""));
  await plan.getByRole("button", { name: "Try again" }).click();
  await expect(sketchOf(page).getByRole("heading", { name: "Herbarium" })).toBeVisible({ timeout: 20_000 });
  await plan.getByRole("textbox").locator("visible=true").fill("Leaves in a grid.");
  await expect(plan).toContainText("Drawn before you changed the design.");
  provider.scriptSmall(sketch("Leaves"));
  await plan.getByRole("button", { name: "Draw it again" }).click();
  await expect(sketchOf(page).getByRole("heading", { name: "Leaves" })).toBeVisible({ timeout: 20_000 });
  expect(asked(provider.smallRequests)).toContain("Leaves in a grid.");
  await plan.getByRole("button", { name: "Cancel" }).click();
  await expect(page.locator("iframe")).toHaveCount(0);
});

test("a sketch has the walls of an app, and no way out at all", async ({ studio, provider, page }) => {
  provider.scriptSmall(QUESTIONS);
  provider.scriptSmall(design("Spy"));
  await studio.ask("a lookout");
  await page.getByRole("button", { name: "Show a design first" }).click();
  provider.scriptSmall(
    sketch(
      "Spy",
      `  const [seen, setSeen] = useState<string[]>([]);
  if (count === 1 && seen.length === 0) {
    void (async () => {
      const found = [String(self.origin)];
      try { found.push(String(parent.parent.document.title)); } catch { found.push("no parent"); }
      await fetch("http://127.0.0.1/").then(() => found.push("fetched"), () => found.push("no network"));
      await SandboxAPI.fetch("https://example.com/").then(() => found.push("asked"), (error) => found.push(error.message));
      setSeen(found);
    })();
    setCount(2);
  }
  if (seen.length > 0) return <p>{seen.join("; ")}</p>;
`,
    ),
  );
  const plan = page.getByRole("region", { name: "Proposed design" });
  await plan.getByRole("button", { name: "Preview" }).click();
  const drawn = sketchOf(page);
  await drawn.getByRole("button", { name: /^Pressed/ }).press("Enter", { timeout: 20_000 });
  await expect(drawn.locator("p")).toHaveText("null; no parent; no network; A sketch has no way out. Build the app first.");
  const inner = page.frameLocator('iframe[title="Sketch of the app"]').locator("iframe");
  await expect(inner).toHaveAttribute("sandbox", "allow-scripts allow-forms");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("a sketch that hangs is removed, and the next one runs", async ({ studio, provider, page }) => {
  test.setTimeout(90_000);
  provider.scriptSmall(QUESTIONS);
  provider.scriptSmall(design("Loop"));
  await studio.ask("an hourglass");
  await page.getByRole("button", { name: "Show a design first" }).click();
  const plan = page.getByRole("region", { name: "Proposed design" });
  // Long enough to be silent, in pieces that the guard of loops lets pass.
  provider.scriptSmall(
    sketch("Loop", "  if (count === 1) for (const end = Date.now() + 20_000; Date.now() < end; ) [3, 1, 2].sort((a, b) => { for (const stop = Date.now() + 2_000; Date.now() < stop; ); return a - b; });\n"),
  );
  await plan.getByRole("button", { name: "Preview" }).click();
  // The driver waits for the frame that hangs.
  const pressed = sketchOf(page).getByRole("button", { name: /^Pressed/ }).press("Enter", { timeout: 20_000 }).catch(() => undefined);
  await expect(plan).toContainText("The sketch was stopped: it doesn't respond", { timeout: 40_000 });
  await pressed;
  provider.scriptSmall(sketch("Calm"));
  await plan.getByRole("button", { name: "Try again" }).click();
  await expect(sketchOf(page).getByRole("heading", { name: "Calm" })).toBeVisible({ timeout: 30_000 });
});
