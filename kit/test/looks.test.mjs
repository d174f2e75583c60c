// @ts-check
/** What every page has to be in both themes, wide and narrow: accessible, and without complaints. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { openGallery, picture } from "./gallery.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const THEMES = /** @type {const} */ (["light", "dark"]);

/** @type {Awaited<ReturnType<typeof openGallery>>} */
let gallery;
before(async () => {
  gallery = await openGallery();
});
after(() => gallery.close());

/**
 * The rules that a page breaks, with where; of a part of it, when `only` names one.
 *
 * @param {import("playwright-core").Page} page
 * @param {string} [only]
 * @returns {Promise<string[]>}
 */
function violations(page, only) {
  return page.evaluate(async (part) => {
    // @ts-expect-error axe is a global of the page
    const { violations } = await globalThis.axe.run(part ?? document, { resultTypes: ["violations"] });
    return violations.flatMap(
      (/** @type {{id: string, nodes: {target: string[], failureSummary: string}[]}} */ rule) =>
        rule.nodes.map((node) => `${rule.id} ${node.target.join(" ")} ${node.failureSummary}`),
    );
  }, only);
}

/**
 * Changes the theme, and brings what fades from one to the other to its end.
 *
 * @param {import("playwright-core").Page} page
 * @param {"light" | "dark"} theme
 */
async function turn(page, theme) {
  await page.emulateMedia({ colorScheme: theme });
  await page.evaluate((dark) => {
    document.documentElement.classList.toggle("dark", dark);
    for (const animation of document.getAnimations()) {
      if (animation instanceof CSSTransition) animation.finish();
    }
  }, theme === "dark");
}

for (const name of /** @type {const} */ ([
  "controls",
  "overlays",
  "display",
  "sidebar",
  "floating",
  "inset",
])) {
  test(`${name}: accessible in both themes, wide and narrow`, async () => {
    const { page, complaints } = await gallery.show(name);
    await page.evaluate(axe);
    for (const theme of THEMES) {
      await turn(page, theme);
      for (const width of [1440, 390]) {
        await page.setViewportSize({ width, height: 900 });
        await picture(page, `${name}-${theme}-${width}`);
        const here = `${theme}, ${width} px`;
        assert.deepEqual(await violations(page), [], here);
        const over = await page.evaluate(() => {
          const { scrollWidth, clientWidth } = document.documentElement;
          return scrollWidth - clientWidth;
        });
        assert.ok(over <= 0, `${here}: scrolls sideways by ${over} px`);
      }
    }
    assert.deepEqual(complaints, []);
    await page.close();
  });
}

/**
 * What opens each panel, and the part of the page that is then shown.
 *
 * @type {[string, (page: import("playwright-core").Page) => Promise<void>][]}
 */
const panels = [
  ["[data-slot=dialog-content]", (page) => page.getByRole("button", { name: "Edit profile" }).click()],
  [
    "[data-slot=alert-dialog-content]",
    (page) => page.getByRole("button", { name: "Delete project" }).click(),
  ],
  ["[data-slot=sheet-content]", (page) => page.getByRole("button", { name: "Filters" }).click()],
  ["[data-slot=drawer-content]", (page) => page.getByRole("button", { name: "Daily goal" }).click()],
  ["[data-slot=dropdown-menu-content]", (page) => page.getByRole("button", { name: "Options" }).click()],
  ["[data-slot=menubar-content]", (page) => page.getByRole("menuitem", { name: "File" }).click()],
  ["[data-slot=navigation-menu-viewport]", (page) => page.getByRole("button", { name: "Products" }).click()],
  [
    "[data-slot=context-menu-content]",
    (page) => page.getByText("Press the right button here").click({ button: "right" }),
  ],
  ["[data-slot=popover-content]", (page) => page.getByRole("button", { name: "Dimensions" }).click()],
  ["[data-slot=tooltip-content]", (page) => page.getByRole("button", { name: "Settings" }).hover()],
  ["[data-slot=hover-card-content]", (page) => page.getByRole("link", { name: "@ada" }).hover()],
  [
    "[data-slot=dialog-content] [cmdk-root]",
    (page) => page.getByRole("button", { name: "Open palette" }).click(),
  ],
  ["[data-sonner-toast]", (page) => page.getByRole("button", { name: "Say a failure" }).click()],
];

for (const width of [1440, 390]) {
  test(`open panels are accessible in both themes at ${width} px`, async () => {
    const { page, complaints } = await gallery.show("overlays", { width });
    await page.evaluate(axe);
    for (const [panel, open] of panels) {
      await open(page);
      const shown = page.locator(panel).first();
      await shown.waitFor();
      for (const theme of THEMES) {
        await turn(page, theme);
        await picture(page, `open${panel.replaceAll(/[^a-z]+/g, "-")}-${theme}-${width}`);
        assert.deepEqual(await violations(page, panel), [], `${panel}, ${theme}`);
      }
      await page.mouse.move(0, 0);
      await page.keyboard.press("Escape");
      if (!panel.includes("toast")) await shown.waitFor({ state: "detached" });
    }
    assert.deepEqual(complaints, []);
    await page.close();
  });
}
