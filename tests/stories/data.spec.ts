import { chromium as browsers, type Page } from "@playwright/test";
import { mkdtemp, readlink, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "../support/environment";
import { Project } from "../support/project";
import { Studio } from "../support/studio";
import { expect, test } from "../support/test";

/** Shows what it finds when it starts in one line, and keeps something by each press. */
const APP = `import { useEffect, useState } from "react";
import { openDB } from "idb";

const open = () => openDB("notes", 1, { upgrade: (db) => db.createObjectStore("notes", { autoIncrement: true }) });

export default function App() {
  const { items, isLoading, create } = useAppData("todos");
  const [notes, setNotes] = useState(-1);
  const [local, setLocal] = useState(Number(localStorage.getItem("count") ?? 0));
  const read = async () => setNotes(await (await open()).count("notes"));
  useEffect(() => void read(), []);
  const add = async () => {
    localStorage.setItem("count", String(local + 1));
    setLocal(local + 1);
    create({ title: "one" });
    await (await open()).add("notes", { at: new Date() });
    await read();
  };
  const found = isLoading || notes < 0 ? "…" : [local, items.length, notes].join("/");
  return (
    <main>
      <p data-testid="found">{found}</p>
      <button onClick={add}>Add</button>
      <button onClick={() => /^(a+)+$/.test("a".repeat(60) + "b")}>Hang</button>
      <p data-testid="session">{sessionStorage.visit ?? "first"}</p>
      <button onClick={() => { sessionStorage.visit = "again"; }}>Visit</button>
    </main>
  );
}
`;

const found = (studio: Studio) => studio.app.getByTestId("found");

/** Presses the button and waits until all three show it. */
async function add(studio: Studio, count: number): Promise<void> {
  await studio.app.getByRole("button", { name: "Add" }).click();
  await expect(found(studio)).toHaveText([count, count, count].join("/"));
}

/** Waits until the bridge has it: what the panel says comes from there. */
async function kept(page: Page, entries: string): Promise<void> {
  const panel = page.getByRole("region", { name: "Data" });
  await expect(async () => {
    await panel.getByRole("button", { name: "Read again" }).click();
    await expect(panel.getByText(entries)).toHaveCount(2, { timeout: 500 });
  }).toPass();
}

test("what an app keeps is there after a reload of the frame and of the page", async ({ studio, page }) => {
  await Project.start(studio, { "src/App.tsx": APP });
  await expect(found(studio)).toHaveText("0/0/0");
  await add(studio, 1);
  await studio.app.getByRole("button", { name: "Visit" }).click();
  await page.getByRole("button", { name: "Reload app" }).click();
  await expect(found(studio)).toHaveText("1/1/1");
  await expect(studio.app.getByTestId("session")).toHaveText("again");
  await add(studio, 2);
  await page.getByRole("button", { name: "Data", exact: true }).click();
  await kept(page, "2 entries");
  await page.reload();
  await studio.ready();
  await expect(found(studio)).toHaveText("2/2/2");
  await expect(studio.app.getByTestId("session")).toHaveText("first");
});

test("what an app keeps outlives an app that hangs", async ({ studio, page }) => {
  await Project.start(studio, { "src/App.tsx": APP });
  await add(studio, 1);
  // The click is never answered.
  void studio.app
    .getByRole("button", { name: "Hang" })
    .click({ timeout: 5_000 })
    .catch(() => {});
  await expect(studio.status).toContainText("Not responding", { timeout: 30_000 });
  await page.getByRole("button", { name: "Stop app" }).click();
  await page.getByRole("button", { name: "Run app" }).click();
  await expect(found(studio)).toHaveText("1/1/1");
});

test("another tab with the same app hears of changes", async ({ studio, page, context }) => {
  await Project.start(studio, { "src/App.tsx": APP });
  await expect(found(studio)).toHaveText("0/0/0");
  const other = new Studio(await context.newPage());
  await other.page.goto(page.url());
  await other.ready();
  await add(studio, 1);
  await expect(found(other)).toHaveText("0/1/0");
  await other.page.close();
});

test("the data panel lists, exports, clears and puts back", async ({ studio, page }) => {
  await Project.start(studio, { "src/App.tsx": APP });
  await expect(found(studio)).toHaveText("0/0/0");
  await page.getByRole("button", { name: "Data", exact: true }).click();
  const panel = page.getByRole("region", { name: "Data" });
  await add(studio, 1);
  await add(studio, 2);
  await kept(page, "2 entries");
  for (const heading of ["Collections", "localStorage", "IndexedDB: notes"]) {
    await expect(panel.getByRole("heading", { name: heading })).toBeVisible();
  }
  const download = page.waitForEvent("download");
  await panel.getByRole("button", { name: "Export" }).click();
  const file = await (await download).createReadStream();
  const parts: Buffer[] = [];
  for await (const part of file) parts.push(part as Buffer);
  const data = JSON.parse(Buffer.concat(parts).toString("utf8"));
  expect(data.localStorage).toEqual({ count: "2" });
  expect(data.collections.todos).toHaveLength(2);
  expect(data.databases[0].stores[0].records).toHaveLength(2);

  await panel.getByRole("button", { name: "Clear" }).click();
  await expect(panel.getByText("The app keeps nothing yet")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(found(studio)).toHaveText("2/2/2");
  await panel.getByRole("button", { name: "Clear" }).click();
  await expect(found(studio)).toHaveText("0/0/0");
});

test("a storage that is full throws in the app", async ({ studio }) => {
  await Project.start(studio, {
    "src/App.tsx": `import { useState } from "react";
export default function App() {
  const [name, setName] = useState("Fill");
  const fill = () => { try { localStorage.setItem("big", "x".repeat(6 * 1024 * 1024)); } catch (error) { setName(error.name); } };
  return <button onClick={fill}>{name}</button>;
}`,
  });
  await studio.app.getByRole("button", { name: "Fill" }).click();
  await expect(studio.app.getByRole("button", { name: "QuotaExceededError" })).toBeVisible();
});

test("a killed browser loses at most what it had not confirmed", async ({ server }, info) => {
  const profile = await mkdtemp(join(tmpdir(), "cumulet-profile-"));
  const start = () => browsers.launchPersistentContext(profile, { ...chromium, baseURL: server.address });
  let context = await start();
  try {
    const first = new Studio(await context.newPage());
    await Project.start(first, { "src/App.tsx": APP });
    await expect(found(first)).toHaveText("0/0/0");
    const address = first.page.url();
    const presses = 5;
    for (let count = 1; count <= presses; count++) await add(first, count);
    const closed = context.waitForEvent("close");
    await killBrowser(profile);
    await closed;

    context = await start();
    const again = new Studio(await context.newPage());
    await again.page.goto(address);
    await again.ready();
    await expect(found(again)).toHaveText(/^\d\/\d\/\d$/);
    const text = (await found(again).textContent()) ?? "";
    info.annotations.push({ type: `survived of ${presses}`, description: text });
    // The last press may have been on its way.
    for (const count of text.split("/")) expect(Number(count)).toBeGreaterThanOrEqual(presses - 1);
  } finally {
    await context.close().catch(() => {});
    await rm(profile, { recursive: true, force: true });
  }
});

/** Ends the browser of a profile as a crash does. Its lock names its process: `HOST-PID`. */
async function killBrowser(profile: string): Promise<void> {
  const lock = await readlink(join(profile, "SingletonLock"));
  process.kill(Number(lock.split("-").at(-1)), "SIGKILL");
}
