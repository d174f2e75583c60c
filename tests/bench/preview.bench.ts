import { writeFileSync } from "node:fs";
import type { Browser, Page } from "@playwright/test";
import { required } from "../support/environment";
import { median, percentile } from "../support/median";
import { Project } from "../support/project";
import { Studio } from "../support/studio";
import { expect, test } from "../support/test";
import { ActionApp } from "../redteam/support/actions";
import { HostPage } from "../redteam/support/host-page";
import { app, EDITED, edited, headingEnd } from "./support/app";
import { ACTIONS, LIST, largeApp } from "./support/loads";
import { appFrame, firstPaint, watchFirstPaint, watchKey, watchText } from "./support/paint";
import { ViteServer } from "./support/vite";

/** Edits measured of each app, after some that let both sides warm up. */
const EDITS = 40;
const WARM_UP = 10;
/** Sizes of the apps that are edited, in modules. */
const SIZES = [5, 50, 200];
const COLD_STARTS = 5;
const WARM_STARTS = 7;
/** Of the part that is edited. */
const HEADING = "[data-part='1']";

interface Row {
  metric: string;
  unit: "ms";
  ours: number;
  peers: Record<string, number>;
}

const rows: Row[] = [];

function note(metric: string, ours: number, peers: Record<string, number> = {}): void {
  expect(Number.isFinite(ours), metric).toBe(true);
  rows.push({ metric, unit: "ms", ours, peers });
}

test.afterAll(() => writeFileSync(required("CUMULET_BENCH_OUT"), JSON.stringify({ name: "preview", rows })));

test("time to a ready app", async ({ studio, page, browser, server }) => {
  await studio.startTemplate("Kanban");
  await studio.saved();
  const address = page.url();

  const cold: number[] = [];
  for (let run = 0; run < COLD_STARTS; run += 1) {
    const fresh = await freshPage(browser, server.address);
    cold.push(await timeToReady(fresh, () => fresh.goto(address)));
    await fresh.context().close();
  }
  note("ready_cold_ms", median(cold));

  const visitor = await freshPage(browser, server.address);
  await timeToReady(visitor, () => visitor.goto(address));
  const warm: number[] = [];
  for (let run = 0; run < WARM_STARTS; run += 1) {
    warm.push(await timeToReady(visitor, () => visitor.reload()));
  }
  note("ready_warm_ms", median(warm));

  const identical: number[] = [];
  for (let run = 0; run < WARM_STARTS; run += 1) {
    const old = appFrame(visitor);
    const button = visitor.getByRole("button", { name: "Reload app" });
    await button.focus();
    const pressed = await watchKey(visitor);
    await visitor.keyboard.press("Enter");
    await expect.poll(() => old.isDetached(), { intervals: [5] }).toBe(true);
    await new Studio(visitor).ready();
    identical.push((await firstPaint(appFrame(visitor))) - (await pressed()));
  }
  note("ready_identical_ms", median(identical));
  await visitor.context().close();
});

for (const size of SIZES) {
  test(`from an edit to the painted change, ${size} modules`, async ({ studio, page, context }) => {
    const files = app(size);
    await Project.start(studio, files);
    const ours = await oursEdits(studio);

    const vite = await ViteServer.start(files);
    const beside = await context.newPage();
    await beside.goto(vite.address);
    await beside.waitForSelector(HEADING);
    await beside.bringToFront();
    // Vite looks through the folder before it hears of changes.
    await beside.waitForTimeout(1_000);
    const theirs: number[] = [];
    for (let run = 1; run <= EDITS; run += 1) {
      // Its watcher drops a change that follows another one of the file within 50 ms.
      await beside.waitForTimeout(100);
      const painted = await watchText(beside, HEADING);
      const saved = performance.timeOrigin + performance.now();
      vite.save(EDITED, edited(`0${"x".repeat(run)}`));
      theirs.push((await painted()) - saved);
    }
    await beside.close();
    await vite.stop();
    await page.bringToFront();

    const [mine, peers] = [ours.slice(WARM_UP), theirs.slice(WARM_UP)];
    note(`edit_to_paint_${size}_ms`, median(mine), { vite: median(peers) });
    note(`edit_to_paint_${size}_p95_ms`, percentile(mine, 95), { vite: percentile(peers, 95) });
  });
}

test("the studio goes on while an app works hard", async ({ studio, page }) => {
  const host = new HostPage(page);
  const action = await ActionApp.start(studio, ACTIONS, LIST);
  await action.project.edit("src/App.tsx", '<p role="status">', '<Rows /><p role="status">');
  await expect(studio.app.getByRole("list", { name: "Rows" })).toBeAttached();
  await studio.showConsole();
  for (const name of ["lines", "documents", "messages"]) {
    await host.watchGap();
    const began = performance.now();
    const said = await action.run(name);
    expect(said).toMatch(/^done: (logged|1000|sent)$/);
    note(`load_${name}_ms`, performance.now() - began);
    await page.waitForTimeout(1_000);
    note(`load_${name}_host_gap_ms`, await host.longestGap());
  }
});

test("a large project is opened and edited", async ({ studio, page }) => {
  const host = new HostPage(page);
  await Project.start(studio, { "src/App.tsx": "export default () => <h1>Small</h1>;" });
  for (const [name, files] of Object.entries({ modules_100: app(100), code_5mb: largeApp() })) {
    const id = await page.evaluate(async (body) => {
      const headers = { "Content-Type": "application/json" };
      const response = await fetch("/api/apps", { method: "POST", headers, body });
      return ((await response.json()) as { id: string }).id;
    }, JSON.stringify({ name, files }));
    await page.goto("/");
    await host.watchGap();
    // Within the page, so that what is measured is the project and not the page's start.
    await page.evaluate((address) => {
      history.pushState(null, "", address);
      dispatchEvent(new PopStateEvent("popstate"));
    }, `/apps/${id}`);
    const began = performance.now();
    await studio.ready();
    note(`load_${name}_ready_ms`, performance.now() - began);
    note(`load_${name}_host_gap_ms`, await host.longestGap());
  }
});

async function freshPage(browser: Browser, baseURL: string): Promise<Page> {
  const context = await browser.newContext({ baseURL, viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await watchFirstPaint(page, "#root h1");
  return page;
}

/** From the start of the navigation to the painted app, in milliseconds. */
async function timeToReady(page: Page, start: () => Promise<unknown>): Promise<number> {
  await start();
  await new Studio(page).ready();
  return (await firstPaint(appFrame(page))) - (await page.evaluate(() => performance.timeOrigin));
}

/** Types a letter at a time into the heading: from the key to the painted change, in milliseconds. */
async function oursEdits(studio: Studio): Promise<number[]> {
  const { page } = studio;
  const editor = await studio.open(EDITED);
  await editor.focus();
  await page.keyboard.press("ControlOrMeta+Home");
  // Past the digit that stands behind the heading already.
  const { line, column } = headingEnd();
  for (let down = 0; down < line; down += 1) await page.keyboard.press("ArrowDown");
  for (let right = 0; right <= column; right += 1) await page.keyboard.press("ArrowRight");
  const frame = appFrame(page);
  const times: number[] = [];
  for (let run = 0; run < EDITS; run += 1) {
    const painted = await watchText(frame, HEADING);
    const pressed = await watchKey(page);
    await page.keyboard.press("x");
    const end = await painted();
    times.push(end - (await pressed()));
  }
  return times;
}
