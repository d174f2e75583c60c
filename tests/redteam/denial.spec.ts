import type { Studio } from "../support/studio";
import { ActionApp } from "./support/actions";
import type { HostPage } from "./support/host-page";
import type { Rows } from "./support/rows";
import { expect, test } from "./support/test";

/** Waits until the studio says that the app doesn't respond, and stops it. Returns how long that took, in milliseconds. */
async function stopsSilent(studio: Studio): Promise<number> {
  const began = Date.now();
  await expect(studio.status).toContainText("Not responding", { timeout: 20_000 });
  const noticed = Date.now() - began;
  await studio.page.locator(".preview-notices").getByRole("button", { name: "Stop" }).click();
  await expect(studio.status).toContainText("Stopped");
  return noticed;
}

/** The studio answers its person: a panel opens and closes. */
async function answers(studio: Studio): Promise<boolean> {
  const toggle = studio.page.getByRole("button", { name: "Code", exact: true });
  const before = await toggle.getAttribute("aria-pressed");
  await toggle.click();
  await expect(toggle).not.toHaveAttribute("aria-pressed", String(before));
  await toggle.click();
  await expect(toggle).toHaveAttribute("aria-pressed", String(before));
  return true;
}

/** One way of hanging: noticed, stopped, run again. */
async function hangs(
  app: ActionApp,
  host: HostPage,
  rows: Rows,
  name: string,
  start: () => Promise<void>,
): Promise<void> {
  const { studio } = app;
  await host.watchGap();
  await start();
  const noticed = await stopsSilent(studio);
  rows.check("D01", name, await answers(studio), `noticed after ${noticed} ms`);
  rows.figure(`D01 ${name}`, await host.longestGap());
  rows.figure(`D01 ${name} until it was noticed`, noticed);
}

test("an endless loop is noticed and the app runs again", async ({ studio, host, rows }) => {
  test.slow();
  const spin = ["for ", "(;;) {}"].join("");
  const actions = `{
    handler: () => { ${spin} },
    microtasks: () => { const again = (): Promise<void> => Promise.resolve().then(again); again(); },
    expression: () => /^(a+)+$/.test("a".repeat(40) + "!"),
    recursion: () => { const down = (): number => down() + 1; return down(); },
    worker: async () => {
      const make = win[["Work", "er"].join("")];
      new make(URL.createObjectURL(new Blob(["${spin}"])));
      await pause(1000);
      return "alive";
    },
  }`;
  const app = await ActionApp.start(studio, actions);
  for (const name of ["handler", "microtasks", "expression"]) {
    await hangs(app, host, rows, name, () => app.press(name));
    const again = await app.restart();
    rows.figure(`D01 ${name} until it ran again`, again);
    rows.check("D01", `${name}-runs-again`, await app.isAlive(), `after ${again} ms`);
  }
  const recursion = await app.run("recursion");
  rows.check("D01", "recursion", recursion.includes("RangeError"), recursion);
  const worker = await app.run("worker");
  rows.check("D01", "worker", worker === "done: alive" && (await app.isAlive()), worker);

  const calm = ActionApp.source(actions);
  const loops: Record<string, string> = {
    "module-top-level": `${spin}\n${calm}`,
    render: calm.replace("const [said,", `${spin}\n  const [said,`),
    effect: calm
      .replace("import { useState }", "import { useEffect, useState }")
      .replace("const run =", `useEffect(() => { ${spin} }, []);\n  const run =`),
  };
  for (const [name, source] of Object.entries(loops)) {
    await hangs(app, host, rows, name, () => app.project.write("src/App.tsx", source));
    await app.project.write("src/App.tsx", calm);
    await expect(studio.page.locator(".saved-state")).toHaveText("Saved");
    const again = await app.restart();
    rows.figure(`D01 ${name} until it ran again`, again);
    rows.check("D01", `${name}-runs-again`, await app.isAlive());
  }
  rows.check("D01", "no-error-of-the-studio", host.errors.length === 0, host.errors.join("; "));
});

test("an app that loops beside the app of another tab", async ({ page, studio, rows }) => {
  const [first, second] = await ActionApp.startBesideLoop(studio);
  const other = second.studio;
  rows.check("D02", "studio-of-the-other-tab-answers", await answers(other));
  const alive = await Promise.race([second.run("count").catch(() => "hangs"), other.page.waitForTimeout(3_000)]);
  if (alive === "done: 1") rows.check("D02", "app-of-the-other-tab-goes-on", true);
  else {
    const reason =
      "frames of one origin share a process over tabs, so the app beside it hangs as well until both frames are removed";
    rows.residual("D02", "app-of-the-other-tab-goes-on", reason);
    await expect(other.status).toContainText(/Not responding|Stopped/, { timeout: 20_000 });
  }
  await other.page
    .getByRole("button", { name: "Stop app" })
    .click({ timeout: 2_000 })
    .catch(() => {});
  await page.bringToFront();
  // In a process of its own it hangs until it is stopped. Otherwise its studio hears of the other's stop,
  // and with both gone it comes back by itself, unless its own time was up before.
  if (alive === "done: 1") await expect(studio.status).toContainText("Stopped", { timeout: 20_000 });
  else await expect(studio.status).toContainText(/^(Ready|Stopped)/, { timeout: 20_000 });
  if (!(await first.isAlive())) await first.restart();
  rows.check("D02", "runs-again-in-the-first-tab", (await first.run("count")) === "done: 1");
  await other.page.bringToFront();
  await second.restart();
  rows.check("D02", "runs-again-in-the-other-tab", (await second.run("count")) === "done: 1");
  await other.page.close();
});

test("an app that eats memory or the screen leaves the studio usable", async ({
  studio,
  page,
  host,
  rows,
}) => {
  test.slow();
  const app = await ActionApp.start(
    studio,
    `{
      buffers: async () => { const all: unknown[] = []; for (let n = 0; n < 25; n++) { all.push(new Uint8Array(20e6).fill(1)); await pause(0); } return all.length; },
      nodes: async () => { const root = document.body; for (let n = 0; n < 30; n++) { const part = document.createDocumentFragment(); for (let i = 0; i < 1e4; i++) part.append(document.createElement("i")); root.append(part); await pause(0); } return 1; },
      canvas: () => { for (let n = 0; n < 4; n++) { const canvas = document.createElement("canvas"); canvas.width = canvas.height = 8_000; canvas.getContext("2d")?.fillRect(0, 0, 9e9, 9e9); document.body.append(canvas); } return 1; },
      style: () => { const style = document.createElement("style"); style.textContent = "* { zoom: 3; transform: rotate(1deg); animation: x 1ms infinite; position: fixed; z-index: 2147483647 } @keyframes x { to { transform: scale(99) } }"; document.head.append(style); return 1; },
    }`,
  );
  for (const [row, name] of [
    ["D03", "buffers"],
    ["D03", "canvas"],
    ["D09", "style"],
    ["D09", "nodes"],
  ] as const) {
    await host.watchGap();
    await app.press(name);
    await page.waitForTimeout(2_500);
    rows.check(row, `${name}-studio-answers`, await answers(studio));
    rows.figure(`${row} ${name}`, await host.longestGap());
    await app.restart();
    rows.check(row, `${name}-runs-again`, await app.isAlive());
  }
  rows.check("D09", "no-error-of-the-studio", host.errors.length === 0, host.errors.join("; "));
});

test("an app whose memory ran out is told of, and runs again", async ({
  context,
  page,
  studio,
  host,
  rows,
}) => {
  const app = await ActionApp.start(
    studio,
    `{
      heap: async () => { const all: unknown[] = []; for (;;) { all.push(new Array(2e6).fill(Math.random())); await pause(0); } },
    }`,
  );
  await host.watchGap();
  // Playwright takes the end of the app's process for the page's own and speaks to it no more.
  const session = await context.newCDPSession(page);
  const ask = async (expression: string) => {
    const { result } = await session.send("Runtime.evaluate", { expression, returnByValue: true });
    return String(result.value);
  };
  const status = () => ask("document.querySelector('.pill-region').textContent");
  await app.press("heap");
  await expect.poll(status, { timeout: 40_000 }).toContain("Not responding");
  rows.check("D03", "heap-reported", true);
  rows.figure("D03 heap", Number(await ask("longestGap")));
  await ask("document.querySelector('[aria-label=\"Stop app\"]').click()");
  await expect.poll(status).toContain("Stopped");
  await ask("document.querySelector('[aria-label=\"Run app\"]').click()");
  await expect.poll(status).toContain("Ready");
  rows.check("D03", "heap-runs-again", true);
});

test("an app plays no sound before it is touched", async ({ studio, rows }) => {
  await ActionApp.start(
    studio,
    "{ idle: () => 1 }",
    `
    const wav = "data:audio/wav;base64,UklGRiQAAABXQVZFZm10IBAAAAABAAEARKwAAIhYAQACABAAZGF0YQAAAAA=";
    new Audio(wav).play().then(() => { document.title = "played"; }, (error) => { document.title = error.name; });
    `,
  );
  const title = () => studio.page.frames().at(-1)?.title() ?? Promise.resolve("");
  await expect.poll(title).toBe("NotAllowedError");
  rows.check("D09", "sound-without-gesture", (await title()) === "NotAllowedError", await title());
});

test("dialogs of an app don't show", async ({ studio, page, host, rows }) => {
  const app = await ActionApp.start(
    studio,
    `{
      spam: () => { for (let n = 0; n < 20; n++) { alert(n); confirm("x"); prompt("x", "y"); print(); } return String(confirm("Delete?")) + prompt("Name?"); },
      native: () => { const frame = document.createElement("iframe"); document.body.append(frame); (frame.contentWindow as any).alert(1); return "shown"; },
      leave: () => { window.addEventListener("beforeunload", (event) => { event.preventDefault(); event.returnValue = "stay"; }); window.onbeforeunload = () => "stay"; return 1; },
    }`,
  );
  const spam = await app.run("spam");
  rows.check("D04", "spam", host.dialogs.length === 0, spam);
  rows.check("D04", "confirm-is-not-consent", spam.startsWith("done: false"), spam);
  const native = await app.run("native");
  rows.check(
    "D04",
    "dialog-of-nested-frame",
    native.startsWith("threw: ") && host.dialogs.length === 0,
    native,
  );
  await app.run("leave");
  await app.restart();
  rows.check("D04", "before-unload-on-reload", host.dialogs.length === 0, host.dialogs.join());
  await app.run("leave");
  await page.goto("/settings");
  rows.check("D04", "before-unload-on-leaving", host.dialogs.length === 0, host.dialogs.join());
});

test("an app can't take what is typed into the studio for long", async ({ studio, page, rows }) => {
  const app = await ActionApp.start(
    studio,
    `{
      steal: () => { const input = document.createElement("input"); document.body.append(input); setInterval(() => { window.focus(); input.focus(); }, 20); return 1; },
    }`,
  );
  await app.run("steal");
  await studio.composer.click();
  await page.keyboard.type("correct horse battery", { delay: 30 });
  const sentence = "correct horse battery";
  const typed = await studio.composer.inputValue();
  if (typed === sentence) rows.check("D05", "typing-while-focus-is-taken", true);
  else
    rows.residual(
      "D05",
      "typing-while-focus-is-taken",
      "a visible frame can take the focus; the studio takes it back, and letters in between go to the app",
    );
  // The person goes on; the app that goes on too is removed.
  for (let round = 0; round < 10; round += 1) {
    if (/Stopped/.test((await studio.status.textContent()) ?? "")) break;
    await page.keyboard.type(sentence, { delay: 30 });
  }
  rows.check("D05", "an-app-that-goes-on-is-stopped", /Stopped/.test((await studio.status.textContent()) ?? ""));
  await studio.composer.fill("");
  await page.keyboard.type(sentence, { delay: 30 });
  rows.check("D05", "typing-afterwards", (await studio.composer.inputValue()) === sentence);
  await page.goto("/settings");
  await expect(page.getByRole("heading", { name: "Settings" })).toBeVisible();
  rows.check("D05", "no-app-beside-the-fields-for-keys", (await page.locator("iframe").count()) === 0);
});

test("an app traps neither history nor the eye", async ({ studio, page, rows }) => {
  const app = await ActionApp.start(
    studio,
    `{
      trap: async () => { for (let n = 0; n < 100; n++) { win.location.hash = "#" + n; history.pushState(null, "", "#p" + n); if (n % 20 === 0) await pause(10); } return 1; },
      back: () => { history.back(); history.go(-50); History.prototype.back.call(history); History.prototype.go.call(history, -3); return 1; },
      cover: () => {
        const cover = document.createElement("form");
        cover.style.cssText = "position:fixed;inset:-500px;z-index:2147483647;background:#fff;width:500vw;height:500vh";
        cover.innerHTML = '<h1>Cumulet session ended</h1><input type="password">';
        document.body.append(cover);
        document.documentElement.style.cssText = "position:fixed;inset:-500px;width:500vw;height:500vh";
        return 1;
      },
    }`,
  );
  const address = page.url();
  const before = await page.evaluate(() => history.length);
  await app.run("trap");
  const grown = (await page.evaluate(() => history.length)) - before;
  if (grown > 0)
    rows.residual(
      "D06",
      "entries-in-the-browser-history",
      "`location.hash` of the app adds entries; the browser's Back button then goes through them first",
    );
  else rows.check("D06", "entries-in-the-browser-history", true);
  await app.press("back");
  await page.waitForTimeout(500);
  rows.check("D06", "address-of-the-studio", page.url() === address, page.url());
  await app.restart();
  await app.press("cover");
  await page.waitForTimeout(300);
  const bar = page.locator(".preview-bar");
  const frame = await page.locator('iframe[title="Generated app"]').boundingBox();
  const host = await page.locator(".preview-host").boundingBox();
  const inside =
    frame !== null &&
    host !== null &&
    frame.x >= host.x - 1 &&
    frame.y >= host.y - 1 &&
    frame.x + frame.width <= host.x + host.width + 1 &&
    frame.y + frame.height <= host.y + host.height + 1;
  rows.check("D07", "frame-within-its-bounds", inside, JSON.stringify({ frame, host }));
  const onTop = await bar.evaluate((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    const found = document.elementFromPoint(x + width / 2, y + height / 2);
    return found !== null && element.contains(found);
  });
  rows.check(
    "D07",
    "bar-stays-on-top",
    onTop && (await bar.textContent())?.includes("Generated app") === true,
  );
  rows.residual(
    "D07",
    "inside-its-own-rectangle",
    "an app can draw anything there; the bar above says whose it is",
  );
  await page.getByRole("link", { name: "Your apps" }).first().click();
  await expect(page).toHaveURL(/\/$/);
  rows.check("D06", "way-back-of-the-studio", true);
});

test("reloads in the middle of a handshake leave one frame and one state", async ({
  studio,
  page,
  host,
  rows,
}) => {
  const app = await ActionApp.start(
    studio,
    "{ once: () => 1 }",
    "const loads = ((window as any).loads = ((window as any).loads ?? 0) + 1); if (loads > 1) throw new Error('loaded twice');",
  );
  const reload = page.getByRole("button", { name: /^(Reload app|Run app)$/ });
  for (let turn = 0; turn < 50; turn++) await reload.click({ delay: turn % 3 });
  await studio.ready();
  await app.run("once");
  const frames = await page.locator("iframe").count();
  const shell = page.frames().filter((frame) => frame.url().includes("/sandbox/shell.html"));
  const inner = (await shell[0]?.locator("iframe").count()) ?? 0;
  rows.check(
    "D08",
    "one-frame",
    frames === 1 && shell.length === 1 && inner === 1,
    `${frames} frames, ${shell.length} shells, ${inner} inside`,
  );
  rows.check(
    "D08",
    "no-error",
    host.errors.length === 0 && !(await studio.errors.isVisible()),
    host.errors.join("; "),
  );
  rows.check("D08", "alive", await app.isAlive());
});
