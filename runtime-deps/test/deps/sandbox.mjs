// @ts-check
/**
 * Runs every dependency file in Chromium where apps run: in a sandboxed frame
 * of an opaque origin, with no network, no `eval`, and storage in memory only.
 */
import { chromium } from "playwright-core";
import { definedName, installFrame } from "./fake-frame.mjs";

/** What headers.json sends for the shell, as far as it binds the frame inside. */
const POLICY =
  "default-src 'none'; script-src 'unsafe-inline' blob:; style-src 'unsafe-inline'; img-src data: blob:; worker-src blob:";

/** `localStorage` of an opaque origin throws; the frame runtime puts this in its place. */
function installStorage() {
  for (const name of ["localStorage", "sessionStorage"]) {
    /** @type {Map<string, string>} */
    const content = new Map();
    const value = {
      getItem: (/** @type {string} */ key) => content.get(key) ?? null,
      setItem: (/** @type {string} */ key, /** @type {string} */ text) => content.set(key, text),
      removeItem: (/** @type {string} */ key) => content.delete(key),
    };
    Object.defineProperty(globalThis, name, { value });
  }
}

/**
 * @param {import("./built.mjs").Served} served
 * @param {string[]} specifiers
 * @returns {Promise<{ names: Record<string, string[]>, problems: string[], sheets: number }>}
 *   names that each package has filled, what went wrong, and <style> elements in the end
 */
export async function runInSandbox({ full, files }, specifiers) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
  });
  try {
    const page = await browser.newPage();
    const meta = `<meta http-equiv='Content-Security-Policy' content="${POLICY}">`;
    await page.setContent(
      `<iframe sandbox="allow-scripts allow-forms" srcdoc='${meta.replaceAll("'", "&#39;")}<div id="root"></div>'></iframe>`,
    );
    const frame = await (await page.locator("iframe").elementHandle())?.contentFrame();
    if (!frame) throw new Error("the page has no frame");
    await frame.waitForSelector("#root", { state: "attached" });
    /** @type {string[]} */
    const problems = [];
    let running = "";
    page.on("pageerror", (error) => problems.push(`${running}: ${error.message}`));
    page.on("console", (message) => {
      if (message.type() === "error") problems.push(`${running}: ${message.text()}`);
    });
    const run = (/** @type {string} */ code) =>
      // Not evaluated by the debugger, which the policy would not bind.
      frame.evaluate((text) => {
        const script = document.createElement("script");
        script.textContent = text;
        document.head.append(script);
        script.remove();
      }, code);
    await run(`(${installFrame})();(${installStorage})();`);
    const loaded = new Set();
    /** @type {Record<string, string[]>} */
    const names = {};
    for (const specifier of specifiers) {
      running = specifier;
      const { file, category } = full.packages[specifier] ?? { file: "", category: "" };
      let code = "";
      for (const name of [...(full.files[file]?.imports ?? []), file]) {
        if (!loaded.has(name)) code += files.get(name)?.toString();
        loaded.add(name);
      }
      await run(`${code}\n__cumulet.run(${JSON.stringify(definedName(files.get(file)))});`);
      names[specifier] = await frame.evaluate(
        ([key, name]) =>
          Object.keys(
            /** @type {any} */ (globalThis).AppDependencies[String(key)]?.[String(name)] ?? {},
          ).sort(),
        [category, full.packages[specifier]?.aliasOf ?? specifier],
      );
    }
    return { names, problems, sheets: await frame.locator("style").count() };
  } finally {
    await browser.close();
  }
}
