// @ts-check
/** The gallery, bundled and shown in Chromium: a page with every component in a usual use. */
import { mkdir, readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { compile } from "tailwindcss";

const folder = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const ADDRESS = "https://kit.test/";

/** @typedef {"controls" | "overlays" | "display" | "sidebar" | "floating" | "inset"} PageName */

/**
 * @typedef {object} Options
 * @property {"light" | "dark"} [theme]
 * @property {number} [width]
 * @property {boolean} [sandboxed] In a frame without an origin, as previews are.
 * @property {boolean} [motion] With motion; tests do without.
 */

/** Bundles script and style, and starts the browser. */
export async function openGallery() {
  const [script, style] = await Promise.all([bundle(), styles()]);
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium" });

  /**
   * A new page, and what its console said that isn't right.
   *
   * @param {PageName} name
   * @param {Options} [options]
   */
  async function show(name, { theme = "light", width = 1440, sandboxed = false, motion = false } = {}) {
    const page = await browser.newPage({
      viewport: { width, height: 900 },
      reducedMotion: motion ? "no-preference" : "reduce",
      colorScheme: theme,
    });
    /** @type {string[]} */
    const complaints = [];
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
    });
    const html = `<!doctype html><html lang="en" class="${theme === "dark" ? "dark" : ""}" data-page="${name}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Gallery</title><style>${style}</style></head><body><div id="root"></div><script>${script.replaceAll("</script", "<\\/script")}</script></body></html>`;
    await page.route(`${ADDRESS}**`, (route) =>
      route.fulfill({
        contentType: "text/html",
        body:
          sandboxed && new URL(route.request().url()).pathname === "/"
            ? '<!doctype html><html lang="en"><title>Frame</title><iframe title="app" sandbox="allow-scripts allow-forms" src="/app" style="width:100%;height:800px"></iframe>'
            : html,
      }),
    );
    await page.goto(ADDRESS);
    const within = sandboxed ? page.frameLocator("iframe") : page;
    await within.getByRole("heading", { level: 1 }).waitFor();
    return { page, within, complaints };
  }

  return { show, close: () => browser.close() };
}

async function bundle() {
  const result = await build({
    entryPoints: [path.join(folder, "test/gallery/main.tsx")],
    bundle: true,
    write: false,
    format: "iife",
    jsx: "automatic",
    target: "es2022",
    alias: { "@": path.join(folder, "src") },
    define: { "process.env.NODE_ENV": '"development"' },
    logLevel: "warning",
  });
  const [file] = result.outputFiles;
  if (!file) throw new Error("esbuild wrote nothing");
  return file.text;
}

/** The style sheet for every class that the kit and the gallery name. */
export async function styles() {
  const css = `@import "tailwindcss";\n${await readFile(path.join(folder, "theme.css"), "utf8")}`;
  const compiler = await compile(css, {
    async loadStylesheet(id, base) {
      const file = path.join(folder, "node_modules", id === "tailwindcss" ? "tailwindcss/index.css" : id);
      return { path: file, base, content: await readFile(file, "utf8") };
    },
  });
  return compiler.build([...(await candidates())]);
}

/** Every word that might be a class, of all sources. */
export async function candidates() {
  /** @type {Set<string>} */
  const words = new Set();
  for (const part of ["src", "test/gallery"]) {
    const from = path.join(folder, part);
    for (const entry of await readdir(from, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const text = await readFile(path.join(entry.parentPath, entry.name), "utf8");
      for (const word of text.split(/[\s"`]+/)) words.add(word);
    }
  }
  return words;
}

/**
 * Writes a picture of the whole page into the folder that `KIT_PICTURES`
 * names, for looking at.
 *
 * @param {import("playwright-core").Page} page
 * @param {string} name
 */
export async function picture(page, name) {
  const to = process.env.KIT_PICTURES;
  if (!to) return;
  await mkdir(to, { recursive: true });
  await page.screenshot({ path: path.join(to, `${name}.png`), fullPage: true });
}
