import type { Frame, Page } from "@playwright/test";

/** The frame of the app in the studio's page. */
export function appFrame(page: Page): Frame {
  const frame = page.frames().find((candidate) => candidate.parentFrame()?.parentFrame() === page.mainFrame());
  if (frame === undefined) {
    throw new Error("the app has no frame");
  }
  return frame;
}

/**
 * Notes in every frame when the first element that `selector` names is painted:
 * absolute milliseconds, which [`firstPaint`] reads.
 */
export async function watchFirstPaint(page: Page, selector: string): Promise<void> {
  await page.addInitScript((wanted) => {
    const target = window as unknown as { firstPaint?: number };
    const observer = new MutationObserver(() => {
      if (document.querySelector(wanted) !== null) {
        observer.disconnect();
        requestAnimationFrame(() =>
          setTimeout(() => {
            target.firstPaint = performance.timeOrigin + performance.now();
          }),
        );
      }
    });
    observer.observe(document, { childList: true, subtree: true });
  }, selector);
}

/** When a frame's first paint was, in absolute milliseconds; waits for it. */
export function firstPaint(frame: Frame): Promise<number> {
  return frame.evaluate(async () => {
    const target = window as unknown as { firstPaint?: number };
    while (target.firstPaint === undefined) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return target.firstPaint;
  });
}

/**
 * Watches the text of the element that `selector` names; call it before the
 * change. What it gives resolves when a changed text is painted: absolute milliseconds.
 */
export async function watchText(frame: Frame | Page, selector: string): Promise<() => Promise<number>> {
  await frame.evaluate((wanted) => {
    const text = () => document.querySelector(wanted)?.textContent;
    const shown = text();
    const target = window as unknown as { nextPaint?: Promise<number> };
    target.nextPaint = new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error("the change isn't painted after 20 s")), 20_000);
      const observer = new MutationObserver(() => {
        if (text() !== shown) {
          observer.disconnect();
          requestAnimationFrame(() => setTimeout(() => resolve(performance.timeOrigin + performance.now())));
        }
      });
      observer.observe(document, { childList: true, subtree: true, characterData: true });
    });
  }, selector);
  return () =>
    frame.evaluate(() => (window as unknown as { nextPaint?: Promise<number> }).nextPaint ?? Number.NaN);
}

/** When the next key goes down in the page, in absolute milliseconds; call it before pressing. */
export async function watchKey(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const target = window as unknown as { pressed?: number };
    document.addEventListener(
      "keydown",
      () => {
        target.pressed = performance.timeOrigin + performance.now();
      },
      { capture: true, once: true },
    );
  });
  return () => page.evaluate(() => (window as unknown as { pressed?: number }).pressed ?? Number.NaN);
}
