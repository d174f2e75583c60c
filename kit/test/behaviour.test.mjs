// @ts-check
/** What each interactive component does, by the pointer and by the keyboard. */
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { openGallery } from "./gallery.mjs";

/** @type {Awaited<ReturnType<typeof openGallery>>} */
let gallery;
before(async () => {
  gallery = await openGallery();
});
after(() => gallery.close());

/**
 * Tests that share a page; each must leave everything closed behind it.
 *
 * @param {import("./gallery.mjs").PageName} name
 * @param {(at: () => import("playwright-core").Page) => void} tests
 */
function on(name, tests) {
  describe(name, () => {
    /** @type {Awaited<ReturnType<typeof gallery.show>>} */
    let shown;
    before(async () => {
      shown = await gallery.show(name);
      shown.page.setDefaultTimeout(8_000);
    });
    beforeEach(() => shown.page.evaluate(() => window.scrollTo(0, 0)));
    after(async () => {
      assert.deepEqual(shown.complaints, []);
      await shown.page.close();
    });
    tests(() => shown.page);
  });
}

/**
 * Waits until an element has the focus.
 *
 * @param {import("playwright-core").Locator} locator
 */
const takesFocus = (locator) => locator.and(locator.page().locator(":focus")).waitFor();

/**
 * Waits until an element's text is the one expected.
 *
 * @param {import("playwright-core").Locator} locator
 * @param {string} text
 */
async function reads(locator, text) {
  await locator.filter({ hasText: text }).waitFor();
  assert.equal(await locator.innerText(), text);
}

/** @param {import("playwright-core").Locator} locator */
const focused = (locator) => locator.evaluate((element) => element === document.activeElement);

on("controls", (at) => {
  test("a checkbox goes from neither to checked and back by Space", async () => {
    const box = at().getByRole("checkbox", { name: "Accept the terms" });
    assert.equal(await box.getAttribute("aria-checked"), "mixed");
    await box.focus();
    await at().keyboard.press("Space");
    assert.equal(await box.getAttribute("aria-checked"), "true");
    await at().keyboard.press("Space");
    assert.equal(await box.getAttribute("aria-checked"), "false");
  });

  test("a switch turns by its label and by Space", async () => {
    const control = at().getByRole("switch", { name: "Airplane mode" });
    await at().getByText("Airplane mode").click();
    assert.equal(await control.getAttribute("aria-checked"), "true");
    await control.focus();
    await at().keyboard.press("Space");
    assert.equal(await control.getAttribute("aria-checked"), "false");
  });

  test("arrows choose in a radio group", async () => {
    await at().getByRole("radio", { name: "Comfortable" }).focus();
    // Held until it's done: the choice follows the focus while an arrow is down.
    await at().keyboard.down("ArrowUp");
    await at().getByRole("radio", { name: "Compact", checked: true }).waitFor();
    await at().keyboard.up("ArrowUp");
  });

  test("a slider follows the keys, and each of two thumbs has its name", async () => {
    const volume = at().getByRole("slider", { name: "Volume" });
    await volume.focus();
    await at().keyboard.press("ArrowRight");
    assert.equal(await volume.getAttribute("aria-valuenow"), "41");
    await at().keyboard.press("End");
    assert.equal(await volume.getAttribute("aria-valuenow"), "100");
    const upper = at().getByRole("slider", { name: "Price (2 of 2)" });
    await upper.focus();
    await at().keyboard.press("ArrowLeft");
    assert.equal(await upper.getAttribute("aria-valuenow"), "69");
    assert.equal(
      await at().getByRole("slider", { name: "Price (1 of 2)" }).getAttribute("aria-valuenow"),
      "20",
    );
  });

  test("a select chooses by keyboard and passes over what is disabled", async () => {
    const select = at().getByRole("combobox", { name: "Fruit" });
    await reads(select, "Choose a fruit");
    await select.focus();
    await at().keyboard.press("Enter");
    await takesFocus(at().getByRole("option", { name: "Apple" }));
    assert.equal(await at().getByRole("option", { name: "Durian" }).getAttribute("aria-disabled"), "true");
    await at().keyboard.press("End");
    await takesFocus(at().getByRole("option", { name: "Blueberry" }));
    await at().keyboard.press("Enter");
    await at().getByRole("listbox").waitFor({ state: "detached" });
    await reads(select, "Blueberry");
    assert.ok(await focused(select), "the focus comes back");
  });

  test("toggles stay pressed, one by one in a group", async () => {
    const bold = at().getByRole("button", { name: "Bold" });
    await bold.click();
    assert.equal(await bold.getAttribute("aria-pressed"), "true");
    await at().getByRole("button", { name: "Underline" }).click();
    assert.equal(await at().getByRole("button", { name: "Underline" }).getAttribute("aria-pressed"), "true");
    assert.equal(await at().getByRole("button", { name: "Italic" }).getAttribute("aria-pressed"), "true");
  });

  test("a press on what stands in a field's box reaches the field", async () => {
    await at().getByText("@example.com").click();
    assert.ok(await focused(at().getByRole("textbox", { name: "Address" })));
  });

  test("a one-time code fills its places", async () => {
    const code = at().getByRole("textbox", { name: "Code" });
    await code.focus();
    await at().keyboard.type("407");
    const slots = at().locator("[data-slot=input-otp-slot]");
    assert.deepEqual(
      (await slots.allInnerTexts()).map((text) => text.trim()),
      ["4", "0", "7", "", "", ""],
    );
    assert.equal(await slots.nth(3).getAttribute("data-active"), "true");
  });

  test("a form says what is wrong, ties it to the field, and sends when it's right", async () => {
    const username = at().getByRole("textbox", { name: "Username" });
    const send = at().getByRole("button", { name: "Create account" });
    await send.click();
    await at().getByText("At least three characters.").waitFor();
    await at().getByText("Choose a plan.").waitFor();
    assert.ok(await focused(username));
    assert.equal(await username.getAttribute("aria-invalid"), "true");
    const described = await username.evaluate((element) =>
      (element.getAttribute("aria-describedby") ?? "")
        .split(" ")
        .map((id) => document.getElementById(id)?.textContent),
    );
    assert.deepEqual(described, ["Others see this name.", "At least three characters."]);
    await username.fill("ada");
    await at().getByRole("combobox", { name: "Plan" }).click();
    await at().getByRole("option", { name: "Team" }).click();
    await send.click();
    await at().getByText("Saved ada, team").waitFor();
    assert.equal(await username.getAttribute("aria-invalid"), "false");
  });

  test("a calendar picks a day by pointer and by arrows, and turns its page", async () => {
    const picked = at().getByLabel("Picked day");
    const first = at().locator("[data-slot=calendar]").first();
    await first.getByRole("button", { name: "June 16, 2026" }).click();
    await reads(picked, "Tue Jun 16 2026");
    await at().keyboard.press("ArrowDown");
    await at().keyboard.press("Enter");
    await reads(picked, "Tue Jun 23 2026");
    await first.getByRole("button", { name: "Go to the Next Month" }).click();
    await first.getByText("July 2026").waitFor();
  });
});

on("overlays", (at) => {
  /**
   * Opens a dialog from the keyboard, walks around in it, and closes it.
   *
   * @param {string} name Of its button
   * @param {"dialog" | "alertdialog"} [role]
   */
  async function trapsFocus(name, role = "dialog") {
    const trigger = at().getByRole("button", { name });
    await trigger.focus();
    await at().keyboard.press("Enter");
    const dialog = at().getByRole(role);
    await dialog.waitFor();
    for (let step = 0; step < 6; step++) {
      await at().keyboard.press("Tab");
      assert.ok(
        await dialog.evaluate((element) => element.contains(document.activeElement)),
        `${name}: Tab stays inside`,
      );
    }
    assert.ok(await dialog.getAttribute("aria-labelledby"), "it has a name");
    await at().keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    assert.ok(await focused(trigger), `${name}: the focus comes back`);
  }

  test("a dialog keeps the focus and closes by Escape", () => trapsFocus("Edit profile"));
  test("a sheet keeps the focus and closes by Escape", () => trapsFocus("Filters"));
  test("a drawer keeps the focus and closes by Escape", () => trapsFocus("Daily goal"));
  test("an alert dialog keeps the focus and closes by Escape", () =>
    trapsFocus("Delete project", "alertdialog"));

  test("a dialog closes by its cross", async () => {
    await at().getByRole("button", { name: "Edit profile" }).click();
    await at().getByRole("button", { name: "Close" }).click();
    await at().getByRole("dialog").waitFor({ state: "detached" });
  });

  test("an alert dialog acts only on its action", async () => {
    const state = at().getByLabel("Project", { exact: true });
    await at().getByRole("button", { name: "Delete project" }).click();
    await at().getByRole("button", { name: "Keep it" }).click();
    await at().getByRole("alertdialog").waitFor({ state: "detached" });
    await reads(state, "kept");
    await at().getByRole("button", { name: "Delete project" }).click();
    await at().getByRole("button", { name: "Delete", exact: true }).click();
    await reads(state, "deleted");
    await at().getByRole("alertdialog").waitFor({ state: "detached" });
  });

  test("a dropdown menu is walked by arrows, ticks, chooses and opens what is beside it", async () => {
    const options = at().getByRole("button", { name: "Options" });
    const state = at().getByLabel("Grid and order");
    await options.focus();
    await at().keyboard.press("Enter");
    await at().keyboard.press("ArrowDown");
    assert.ok(
      await focused(at().getByRole("menuitemcheckbox", { name: "Show grid" })),
      "the disabled row is passed over",
    );
    await at().keyboard.press("Enter");
    await reads(state, "grid, newest");
    await options.click();
    await at().getByRole("menuitemradio", { name: "Oldest first" }).click();
    await reads(state, "grid, oldest");
    await options.click();
    await at().getByRole("menuitem", { name: "Share" }).focus();
    await at().keyboard.press("ArrowRight");
    await takesFocus(at().getByRole("menuitem", { name: "By e-mail" }));
    await at().keyboard.press("Enter");
    await reads(at().getByLabel("Last command"), "mail");
    assert.ok(await focused(options), "the focus comes back");
  });

  test("a menubar goes from menu to menu by arrows", async () => {
    await at().getByRole("menuitem", { name: "File" }).focus();
    await at().keyboard.press("Enter");
    await takesFocus(at().getByRole("menuitem", { name: "New tab" }));
    await at().keyboard.press("ArrowRight");
    await at().getByRole("menu", { name: "Edit" }).and(at().locator(":focus-within")).waitFor();
    await at().keyboard.press("ArrowDown");
    await takesFocus(at().getByRole("menuitem", { name: "Undo" }));
    await at().keyboard.press("Enter");
    await reads(at().getByLabel("Last command"), "undo");
  });

  test("a context menu opens at the pointer", async () => {
    await at().getByText("Press the right button here").click({ button: "right" });
    await at().getByRole("menuitem", { name: "Copy" }).click();
    await reads(at().getByLabel("Last command"), "copy");
  });

  test("a navigation menu opens by the keyboard and closes by Escape", async () => {
    const products = at().getByRole("button", { name: "Products" });
    await products.focus();
    await at().keyboard.press("Enter");
    await at().getByRole("link", { name: "Board" }).waitFor();
    assert.equal(await products.getAttribute("aria-expanded"), "true");
    await at().keyboard.press("Escape");
    await at().getByRole("link", { name: "Board" }).waitFor({ state: "detached" });
  });

  test("a popover opens, takes the focus and closes by Escape", async () => {
    const trigger = at().getByRole("button", { name: "Dimensions" });
    await trigger.click();
    assert.ok(await focused(at().getByRole("textbox", { name: "Width" })));
    await at().keyboard.press("Escape");
    await at().getByRole("dialog").waitFor({ state: "detached" });
    assert.ok(await focused(trigger));
  });

  test("a tooltip shows on focus and describes its button", async () => {
    const button = at().getByRole("button", { name: "Settings" });
    await at().keyboard.press("Tab");
    await button.focus();
    await at().locator("[data-slot=tooltip-content]").waitFor();
    const described = await button.evaluate(
      (element) => document.getElementById(element.getAttribute("aria-describedby") ?? "")?.textContent,
    );
    assert.equal(described, "Settings of this board");
    await at().keyboard.press("Escape");
    await at().locator("[data-slot=tooltip-content]").waitFor({ state: "detached" });
  });

  test("a hover card shows while the pointer is there", async () => {
    await at().getByRole("link", { name: "@ada" }).hover();
    await at().getByText("Wrote the first program.").waitFor();
    await at().mouse.move(0, 0);
    await at().getByText("Wrote the first program.").waitFor({ state: "detached" });
  });

  test("a command list filters, says when nothing is left, and runs what is chosen", async () => {
    const input = at().getByRole("combobox").first();
    await input.fill("calcu");
    assert.deepEqual(await at().getByRole("option").allInnerTexts(), ["Calculator"]);
    await at().keyboard.press("Enter");
    await reads(at().getByLabel("Ran"), "calculator");
    await input.fill("zzz");
    await at().getByText("No command of that name.").waitFor();
    await input.fill("");
  });

  test("a command palette opens with the focus in its field", async () => {
    await at().getByRole("button", { name: "Open palette" }).click();
    const dialog = at().getByRole("dialog", { name: "Command palette" });
    assert.ok(await focused(dialog.getByRole("combobox")));
    await at().keyboard.type("prof");
    await at().keyboard.press("Enter");
    await reads(at().getByLabel("Ran"), "profile");
    await at().keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
  });

  test("a toast of sonner is shown once, though there are two toasters", async () => {
    await at().getByRole("button", { name: "Say by sonner" }).click();
    await at().getByText("Event created").first().waitFor();
    assert.equal(await at().getByText("Event created").count(), 1);
  });

  test("a toast of the hook is shown once, and goes when its action is pressed", async () => {
    await at().getByRole("button", { name: "Say by hook" }).click();
    const said = at().getByText("Task moved");
    await said.first().waitFor();
    assert.equal(await said.count(), 1);
    await at().getByRole("button", { name: "Undo" }).click();
    await reads(at().getByLabel("Undone"), "yes");
    await said.waitFor({ state: "detached" });
  });
});

on("display", (at) => {
  test("tabs go by arrows and pass over what is disabled", async () => {
    await at().getByRole("tab", { name: "Account" }).focus();
    await at().keyboard.press("ArrowRight");
    await at().getByText("Change it here.").waitFor();
    await at().keyboard.press("ArrowRight");
    assert.ok(await focused(at().getByRole("tab", { name: "Account" })), "past the last comes the first");
  });

  test("an accordion opens one item at a time, and closes it", async () => {
    const delivery = at().getByRole("button", { name: "How long is delivery?" });
    await delivery.click();
    await at().getByText("Two working days.").waitFor();
    await at().getByRole("button", { name: "Can I send it back?" }).click();
    await at().getByText("Within thirty days.").waitFor();
    await at().getByText("Two working days.").waitFor({ state: "hidden" });
    await at().keyboard.press("Enter");
    await at().getByText("Within thirty days.").waitFor({ state: "hidden" });
    assert.equal(await delivery.getAttribute("aria-expanded"), "false");
  });

  test("a collapsible opens", async () => {
    await at().getByRole("button", { name: "Show all" }).click();
    await at().getByText("kestrel/board").waitFor();
  });

  test("a carousel moves by its buttons and by arrows, and stops at its ends", async () => {
    const back = at().getByRole("button", { name: "Previous slide" });
    const forth = at().getByRole("button", { name: "Next slide" });
    assert.ok(await back.isDisabled());
    await forth.click();
    await at().locator("[data-slot=carousel-previous]:enabled").waitFor();
    await forth.focus();
    await at().keyboard.press("ArrowRight");
    await at().locator("[data-slot=carousel-next]:disabled").waitFor();
  });

  test("a panel grows by arrows on its handle", async () => {
    const handle = at().getByRole("separator", { name: "Width of the folders" });
    const size = () => handle.getAttribute("aria-valuenow").then(Number);
    assert.equal(await size(), 30, "numbers are percentages");
    await handle.focus();
    await at().keyboard.press("ArrowRight");
    assert.ok((await size()) > 30);
  });

  test("a progress bar tells its value", async () => {
    assert.equal(await at().getByRole("progressbar").first().getAttribute("aria-valuenow"), "64");
  });

  test("a chart has its colours by theme, and a tooltip with the names of its series", async () => {
    const chart = at().locator("[data-slot=chart]").first();
    const colour = () =>
      chart.evaluate((element) => getComputedStyle(element).getPropertyValue("--color-mobile"));
    const tick = () =>
      chart
        .getByText("Jan")
        .first()
        .evaluate((element) => getComputedStyle(element.closest("text") ?? element).fill);
    const light = await colour();
    const lightTick = await tick();
    await at().evaluate(() => document.documentElement.classList.add("dark"));
    assert.notEqual(await colour(), light);
    assert.notEqual(await tick(), lightTick, "what is written at the axes follows the theme");
    await at().evaluate(() => document.documentElement.classList.remove("dark"));
    await chart.hover({ position: { x: 200, y: 80 } });
    const tooltip = chart.locator("[data-slot=chart-tooltip-content]");
    await tooltip.waitFor();
    assert.match(await tooltip.innerText(), /March\s+Desktop\s+237\s+Mobile\s+120/);
  });
});

on("sidebar", (at) => {
  test("a sidebar closes to its icons by its button and opens by the shortcut", async () => {
    const sidebar = at().locator("[data-slot=sidebar]");
    await at().locator("[data-slot=sidebar-trigger]").click();
    assert.equal(await sidebar.getAttribute("data-state"), "collapsed");
    assert.equal(await sidebar.getAttribute("data-collapsible"), "icon");
    await at().getByRole("button", { name: "Inbox" }).hover();
    await at().locator("[data-slot=tooltip-content]", { hasText: "Inbox" }).waitFor();
    await at().keyboard.press("Control+b");
    assert.equal(await sidebar.getAttribute("data-state"), "expanded");
  });

  test("on a phone it is a sheet", async () => {
    await at().setViewportSize({ width: 390, height: 800 });
    await at().locator("[data-slot=sidebar-trigger]").click();
    await at().getByRole("dialog", { name: "Sidebar" }).waitFor();
    await at().keyboard.press("Escape");
    await at().getByRole("dialog").waitFor({ state: "detached" });
  });
});

describe("in a frame without an origin", () => {
  for (const name of /** @type {const} */ (["controls", "overlays", "display", "sidebar"])) {
    test(`${name} stands, and needs neither cookies nor storage`, async () => {
      const { page, within, complaints } = await gallery.show(name, { sandboxed: true });
      assert.equal(await within.getByRole("heading", { level: 1 }).count(), 1);
      assert.deepEqual(complaints, []);
      await page.close();
    });
  }
});

test("with motion, what closes goes away too", async () => {
  const { page } = await gallery.show("overlays", { motion: true });
  for (const name of ["Edit profile", "Filters", "Daily goal", "Dimensions"]) {
    await page.getByRole("button", { name }).click();
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  }
  await page.close();
});
