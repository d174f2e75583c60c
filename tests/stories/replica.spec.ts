import type { Browser, Page } from "@playwright/test";
import { Project } from "../support/project";
import { Studio } from "../support/studio";
import { expect, test } from "../support/test";

/** One entry for each press of Add, with a name that can be changed beside whether it is done. */
const APP = `import { useAppData } from "cumulet";

export default function App() {
  const { items, create, update, remove } = useAppData<{ title: string; done: boolean }>("todos", { sort: "title" });
  return (
    <main>
      <button onClick={() => create({ title: "Milk", done: false })}>Add</button>
      <ul>
        {items.map((item) => (
          <li key={item.id}>
            <span>{item.title + (item.done ? ": done" : ": open")}</span>
            <button onClick={() => update(item.id, { title: "Oat milk" })}>Rename</button>
            <button onClick={() => update(item.id, { done: true })}>Finish</button>
            <button onClick={() => remove(item.id)}>Remove</button>
          </li>
        ))}
      </ul>
    </main>
  );
}
`;

/** The pages look for what changed elsewhere every now and then. */
const HEARD = { timeout: 30_000 };

const entries = (studio: Studio) => studio.app.locator("li span");
const press = (studio: Studio, name: string) => studio.app.getByRole("button", { name }).click();

/** Waits until the panel, which is open, says this of what the app keeps. */
async function told(page: Page, text: string): Promise<void> {
  const panel = page.getByRole("region", { name: "Data" });
  await expect(async () => {
    await panel.getByRole("button", { name: "Read again" }).click();
    await expect(panel.getByRole("status")).toContainText(text, { timeout: 500 });
  }).toPass(HEARD);
}

/** As when the person comes back to the page. */
async function looksAgain(page: Page): Promise<void> {
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
}

/** Starts the app, keeps one entry, and opens it in a browser that knows nothing of it. */
async function startInTwo(studio: Studio, browser: Browser): Promise<Studio> {
  await Project.start(studio, { "src/App.tsx": APP });
  await press(studio, "Add");
  await expect(entries(studio)).toHaveText(["Milk: open"]);
  await studio.page.getByRole("button", { name: "Data", exact: true }).click();
  await told(studio.page, "collections on the server too");
  const other = new Studio(await (await browser.newContext()).newPage());
  await other.page.goto(studio.page.url());
  await other.ready();
  await expect(entries(other)).toHaveText(["Milk: open"]);
  return other;
}

test("what an app keeps in collections is there in another browser, and changes of both are put together", async ({
  studio,
  page,
  browser,
}) => {
  test.slow();
  const other = await startInTwo(studio, browser);
  const context = other.page.context();
  await context.setOffline(true);
  await press(other, "Finish");
  await expect(entries(other)).toHaveText(["Milk: done"]);
  await press(studio, "Rename");
  await told(page, "collections on the server too");
  await other.page.getByRole("button", { name: "Data", exact: true }).click();
  await told(other.page, "kept in this browser");
  await context.setOffline(false);
  await expect(entries(other)).toHaveText(["Oat milk: done"], HEARD);
  await expect(entries(studio)).toHaveText(["Oat milk: done"], HEARD);

  await press(studio, "Remove");
  await expect(entries(other)).toHaveCount(0, HEARD);
  await context.close();
});

test("data that was cleared is gone in another browser too, and back when that is undone", async ({
  studio,
  page,
  browser,
}) => {
  test.slow();
  const other = await startInTwo(studio, browser);
  await page.getByRole("region", { name: "Data" }).getByRole("button", { name: "Clear" }).click();
  // Sooner than the pages look by themselves: the offer to undo doesn't stay that long.
  await expect(async () => {
    await looksAgain(other.page);
    await expect(entries(other)).toHaveCount(0, { timeout: 500 });
  }).toPass(HEARD);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(entries(other)).toHaveText(["Milk: open"], HEARD);
  await expect(entries(studio)).toHaveText(["Milk: open"]);
  await other.page.context().close();
});
