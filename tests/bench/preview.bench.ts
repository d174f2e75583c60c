import { writeFileSync } from "node:fs";
import type { Browser, Frame, Page } from "@playwright/test";
import { required } from "../support/environment";
import { median } from "../support/median";
import { Studio, templateFiles } from "../support/studio";
import { expect, test } from "../support/test";

const EDITS = 25;
const COLD_STARTS = 5;
const WARM_STARTS = 7;

function appFrame(page: Page): Frame {
  const frame = page.frames().find((candidate) => candidate.parentFrame()?.parentFrame() === page.mainFrame());
  if (frame === undefined) {
    throw new Error("the app has no frame");
  }
  return frame;
}

/** Notes in every frame when a first heading is painted in `#root`: absolute milliseconds. */
async function watchFirstPaint(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const target = window as unknown as { firstPaint?: number };
    const observer = new MutationObserver(() => {
      if (document.querySelector("#root h1") !== null) {
        observer.disconnect();
        requestAnimationFrame(() =>
          setTimeout(() => {
            target.firstPaint = performance.timeOrigin + performance.now();
          }),
        );
      }
    });
    observer.observe(document, { childList: true, subtree: true });
  });
}

/** From the start of the navigation to the painted app, in milliseconds. */
async function timeToReady(page: Page, start: () => Promise<unknown>): Promise<number> {
  await start();
  await new Studio(page).ready();
  const painted = await appFrame(page).evaluate(async () => {
    const target = window as unknown as { firstPaint?: number };
    while (target.firstPaint === undefined) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return target.firstPaint;
  });
  return painted - (await page.evaluate(() => performance.timeOrigin));
}

async function freshPage(browser: Browser, baseURL: string): Promise<Page> {
  const context = await browser.newContext({ baseURL, viewport: { width: 1280, height: 800 } });
  return context.newPage();
}

test("preview", async ({ studio, page, browser, server }) => {
  await studio.startTemplate("Kanban");
  await studio.saved();
  const address = page.url();

  const cold: number[] = [];
  for (let run = 0; run < COLD_STARTS; run += 1) {
    const fresh = await freshPage(browser, server.address);
    await watchFirstPaint(fresh);
    cold.push(await timeToReady(fresh, () => fresh.goto(address)));
    await fresh.context().close();
  }

  const visitor = await freshPage(browser, server.address);
  await watchFirstPaint(visitor);
  await timeToReady(visitor, () => visitor.goto(address));
  const warm: number[] = [];
  for (let run = 0; run < WARM_STARTS; run += 1) {
    warm.push(await timeToReady(visitor, () => visitor.reload()));
  }
  await visitor.context().close();

  const source = (await templateFiles(page.request, "kanban"))["src/App.tsx"] ?? "";
  const before = source.slice(0, source.search(/(?<=<h1[^>]*>)/)).split("\n");
  expect(before.length, "the template has a heading").toBeGreaterThan(1);
  const editor = await studio.open("src/App.tsx");
  await editor.focus();
  await page.keyboard.press("ControlOrMeta+Home");
  for (let line = 1; line < before.length; line += 1) {
    await page.keyboard.press("ArrowDown");
  }
  for (let column = 0; column < (before.at(-1)?.length ?? 0); column += 1) {
    await page.keyboard.press("ArrowRight");
  }
  const frame = appFrame(page);
  const edits: number[] = [];
  for (let run = 0; run < EDITS; run += 1) {
    const painted = frame.evaluate(() => {
      const heading = () => document.querySelector("#root h1")?.textContent;
      const shown = heading();
      return new Promise<number>((resolve) => {
        const observer = new MutationObserver(() => {
          if (heading() !== shown) {
            observer.disconnect();
            requestAnimationFrame(() => setTimeout(() => resolve(performance.timeOrigin + performance.now())));
          }
        });
        observer.observe(document, { childList: true, subtree: true, characterData: true });
      });
    });
    await page.evaluate(() => {
      const target = window as unknown as { edited?: number };
      document.addEventListener(
        "keydown",
        () => {
          target.edited = performance.timeOrigin + performance.now();
        },
        { capture: true, once: true },
      );
    });
    await page.keyboard.press("x");
    const end = await painted;
    const begin = await page.evaluate(() => (window as unknown as { edited?: number }).edited ?? Number.NaN);
    edits.push(end - begin);
  }

  const rows = [
    { metric: "edit_to_paint_kanban_ms", unit: "ms", ours: median(edits.slice(5)), peers: {} },
    { metric: "ready_cold_ms", unit: "ms", ours: median(cold), peers: {} },
    { metric: "ready_warm_ms", unit: "ms", ours: median(warm), peers: {} },
  ];
  expect(rows.every((row) => Number.isFinite(row.ours))).toBe(true);
  writeFileSync(required("CUMULET_BENCH_OUT"), JSON.stringify({ name: "preview", rows }));
});
