import type { Locator } from "@playwright/test";
import { Project } from "../support/project";
import type { Studio } from "../support/studio";
import { expect, test } from "../support/test";

const PATHS = `import { Link, Route, Switch } from "wouter";

export default function App() {
  return (
    <main>
      <Link href="/people">People</Link>
      <a href="/plain">Plain</a>
      <Switch>
        <Route path="/">Home of it</Route>
        <Route path="/people">{() => "All people at " + location.pathname}</Route>
        <Route>Nothing here</Route>
      </Switch>
    </main>
  );
}
`;

const HASHES = `import { Link, Route, Router } from "wouter";
import { useHashLocation } from "wouter/use-hash-location";

export default function App() {
  return (
    <Router hook={useHashLocation}>
      <Link href="/people">People</Link>
      <Route path="/">Home of it</Route>
      <Route path="/people">All people</Route>
    </Router>
  );
}
`;

const ROUTER = `import { BrowserRouter, Link, Route, Routes, useNavigate } from "react-router-dom";

function People() {
  const go = useNavigate();
  return <button onClick={() => go(-1)}>All people</button>;
}

export default function App() {
  return (
    <BrowserRouter>
      <Link to="/people?by=name">People</Link>
      <Routes>
        <Route path="/" element={<p>Home of it</p>} />
        <Route path="/people" element={<People />} />
      </Routes>
    </BrowserRouter>
  );
}
`;

const CARDS = `import { Button } from "@/components/ui/button";

function Card({ title }: { title: string }) {
  return (
    <article>
      <h2>{title}</h2>
    </article>
  );
}

export default function App() {
  return (
    <main>
      <Card title="First" />
      <Button>From the kit</Button>
      <output>{innerWidth} × {innerHeight}</output>
    </main>
  );
}
`;

function bar(studio: Studio): Record<"address" | "back" | "forward", Locator> {
  const preview = studio.page.getByRole("region", { name: "Preview" });
  return {
    address: preview.getByRole("textbox", { name: "Address in the app" }),
    back: preview.getByRole("button", { name: "Back in the app" }),
    forward: preview.getByRole("button", { name: "Forward in the app" }),
  };
}

test("the address bar follows paths, goes to them, and survives a reload", async ({ studio, page }) => {
  await Project.start(studio, { "src/App.tsx": PATHS });
  const { address, back, forward } = bar(studio);
  await expect(studio.app.getByText("Home of it")).toBeVisible();
  await expect(address).toHaveValue("/");
  await expect(back).toHaveAttribute("aria-disabled", "true");

  await studio.app.getByRole("link", { name: "People" }).click();
  await expect(studio.app.getByText("All people")).toBeVisible();
  await expect(address).toHaveValue("/people");
  await expect(studio.app.getByText("All people at /people")).toBeVisible();

  await back.click();
  await expect(studio.app.getByText("Home of it")).toBeVisible();
  await expect(address).toHaveValue("/");
  await forward.click();
  await expect(address).toHaveValue("/people");
  await expect(forward).toHaveAttribute("aria-disabled", "true");

  await address.fill("nowhere?a=1#top");
  await address.press("Enter");
  await expect(studio.app.getByText("Nothing here")).toBeVisible();
  await expect(address).toHaveValue("/nowhere?a=1#top");

  await studio.app.getByRole("link", { name: "Plain" }).click();
  await expect(address).toHaveValue("/plain");

  await page.getByRole("button", { name: "Reload app" }).click();
  await studio.ready();
  await expect(studio.app.getByText("Nothing here")).toBeVisible();
  await expect(address).toHaveValue("/plain");

  await page.getByRole("button", { name: "Stop app" }).click();
  await page.getByRole("button", { name: "Run app" }).click();
  await expect(studio.app.getByText("Home of it")).toBeVisible();
  await expect(address).toHaveValue("/");
});

test("the address bar follows hashes", async ({ studio }) => {
  await Project.start(studio, { "src/App.tsx": HASHES });
  const { address, back } = bar(studio);
  await studio.app.getByRole("link", { name: "People" }).click();
  await expect(studio.app.getByText("All people")).toBeVisible();
  await expect(address).toHaveValue("/#/people");
  await back.click();
  await expect(studio.app.getByText("Home of it")).toBeVisible();
  await address.fill("#/people");
  await address.press("Enter");
  await expect(studio.app.getByText("All people")).toBeVisible();
});

test("the address bar follows react-router", async ({ studio }) => {
  await Project.start(studio, {
    "package.json": JSON.stringify({ dependencies: { "react-router-dom": "^7.0.0" } }),
    "src/App.tsx": ROUTER,
  });
  const { address } = bar(studio);
  await expect(studio.app.getByText("Home of it")).toBeVisible();
  await studio.app.getByRole("link", { name: "People" }).click();
  await expect(address).toHaveValue("/people?by=name");
  await studio.app.getByRole("button", { name: "All people" }).click();
  await expect(studio.app.getByText("Home of it")).toBeVisible();
  await address.fill("/people");
  await address.press("Enter");
  await expect(studio.app.getByRole("button", { name: "All people" })).toBeVisible();
});

test("the app is shown on a device, turned, zoomed and resized", async ({ studio, page }) => {
  await Project.start(studio, { "src/App.tsx": CARDS });
  const preview = page.getByRole("region", { name: "Preview" });
  const frame = preview.locator(".preview-frame");
  const seen = () => studio.app.locator("body").evaluate(() => [innerWidth, innerHeight]);
  const drawn = async () => {
    const box = await frame.boundingBox();
    return [Math.round(box?.width ?? 0), Math.round(box?.height ?? 0)];
  };

  await preview.getByRole("button", { name: "Screen: Full width" }).click();
  await page.getByRole("menuitem", { name: "Laptop, 1280 × 800" }).click();
  await expect.poll(seen).toEqual([1280, 800]);
  // There is less room than that, so it is drawn smaller.
  const room = await preview.locator(".device-room").boundingBox();
  await expect.poll(async () => ((await drawn())[0] ?? 0) < (room?.width ?? 0)).toBe(true);

  await preview.getByRole("combobox", { name: "Zoom" }).selectOption("50");
  await expect.poll(drawn).toEqual([640, 400]);
  await expect.poll(seen).toEqual([1280, 800]);

  await preview.getByRole("button", { name: "Rotate the screen" }).click();
  await expect.poll(seen).toEqual([800, 1280]);

  const width = preview.getByRole("separator", { name: "Width of the screen" });
  await width.press("ArrowRight");
  await expect.poll(seen).toEqual([810, 1280]);
  const handle = await width.boundingBox();
  if (!handle) throw new Error("the edge is there");
  const x = handle.x + handle.width / 2;
  const y = handle.y + handle.height / 2;
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x - 50, y, { steps: 5 });
  await page.mouse.up();
  // 50 pixels on both sides, at half the size.
  await expect.poll(seen).toEqual([610, 1280]);

  await preview.getByRole("spinbutton", { name: "Height in pixels" }).fill("9");
  await preview.getByRole("spinbutton", { name: "Height in pixels" }).press("Enter");
  await expect.poll(seen).toEqual([610, 240]);

  await page.reload();
  await studio.ready();
  await expect.poll(seen).toEqual([610, 240]);
  await preview.getByRole("button", { name: "Back to full width" }).click();
  await expect(preview.getByRole("group", { name: "Screen of the app" })).toBeHidden();
});

test("a picked element leads to its code", async ({ studio, page }) => {
  await Project.start(studio, { "src/App.tsx": CARDS });
  const pick = page.getByRole("button", { name: "Pick an element" });
  const editor = page.getByRole("textbox", { name: "Code editor, src/App.tsx" });
  const line = page.locator(".cm-lineNumbers .cm-activeLineGutter");

  await pick.click();
  await expect(pick).toHaveAttribute("aria-pressed", "true");
  await studio.app.getByRole("heading", { name: "First" }).click();
  await expect(pick).toHaveAttribute("aria-pressed", "false");
  await expect(editor).toBeVisible();
  await expect(line).toHaveText("6");

  // What the kit made stands where the project uses it.
  await pick.click();
  await studio.app.getByRole("button", { name: "From the kit" }).click();
  await expect(line).toHaveText("15");
});

test("elements are picked with the keyboard", async ({ studio, page }) => {
  await Project.start(studio, { "src/App.tsx": CARDS });
  const pick = page.getByRole("button", { name: "Pick an element" });
  const line = page.locator(".cm-lineNumbers .cm-activeLineGutter");
  await page.keyboard.press("ControlOrMeta+Shift+e");
  await expect(pick).toHaveAttribute("aria-pressed", "true");
  await expect(studio.app.locator("cumulet-picker")).toBeAttached();
  await page.keyboard.press("Escape");
  await expect(pick).toHaveAttribute("aria-pressed", "false");
  await expect(studio.app.locator("cumulet-picker")).toHaveCount(0);

  // From a field of the studio the keys go to the picker too.
  await studio.composer.fill("half a prompt");
  await page.keyboard.press("ControlOrMeta+Shift+e");
  await expect(studio.app.locator("cumulet-picker")).toBeAttached();
  await page.waitForTimeout(200);
  await page.keyboard.press("Escape");
  await expect(pick).toHaveAttribute("aria-pressed", "false");
  await expect(studio.composer).toHaveValue("half a prompt");

  await pick.press("Enter");
  await expect(studio.app.locator("cumulet-picker")).toBeAttached();
  // #root, main, article, h2
  for (let step = 0; step < 3; step++) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await expect(line).toHaveText("5");
});

test("an app runs alone in a new tab, and with what is wrong", async ({ studio, page, context }) => {
  const project = await Project.start(studio, { "src/App.tsx": PATHS });
  const opened = context.waitForEvent("page");
  await page.getByRole("button", { name: "More of the preview" }).click();
  await page.getByRole("menuitem", { name: "Open in a new tab" }).click();
  const tab = await opened;
  await expect(tab).toHaveURL(/\/apps\/[^/]+\/run$/);
  const app = tab.frameLocator('iframe[title="Generated app"]').frameLocator("iframe");
  await expect(app.getByText("Home of it")).toBeVisible();
  await expect(tab.getByText("Generated app")).toBeVisible();
  await expect(tab.getByRole("heading", { name: "Edited" })).toBeVisible();

  await project.write("src/App.tsx", PATHS.replace("  return (", "  throw new Error(\"broken on purpose\");\n  return ("));
  await studio.saved();
  await tab.reload();
  await expect(tab.getByText("The app threw an error.")).toBeVisible();
  await expect(tab.getByText("broken on purpose")).toBeVisible();
  await tab.getByRole("link", { name: "Open in the studio" }).click();
  await expect(tab).toHaveURL(/\/apps\/[^/]+$/);
  await expect(tab.getByRole("textbox", { name: "What should change?" })).toBeVisible();
  await expect(tab.getByRole("alert", { name: "Errors" })).toContainText("broken on purpose");
  await tab.goBack();
  await expect(tab.getByText("The app threw an error.")).toBeVisible();
});

test("a picture of the app is saved under its name", async ({ studio, page }) => {
  await Project.start(studio, { "src/App.tsx": CARDS });
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "More of the preview" }).click();
  await page.getByRole("menuitem", { name: "Save a picture" }).click();
  expect((await download).suggestedFilename()).toBe("Edited.png");
  await expect(page.getByText("Saved Edited.png.")).toBeVisible();
});

test("the bar fits a narrow window", async ({ studio, page }) => {
  await Project.start(studio, { "src/App.tsx": CARDS });
  await page.setViewportSize({ width: 390, height: 844 });
  const preview = page.getByRole("region", { name: "Preview" });
  await expect(preview).toBeVisible();
  const widths = () => preview.locator(".preview-bar").evaluate((bar) => [bar.scrollWidth, bar.clientWidth]);
  const [content, room] = await widths();
  expect(content).toBeLessThanOrEqual(room ?? 0);
  const address = await preview.getByRole("textbox", { name: "Address in the app" }).boundingBox();
  expect(address?.width).toBeGreaterThan(40);
});
