import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { expect, type Page, test as plain } from "@playwright/test";
import { required } from "../support/environment";
import { StaticHost } from "../support/host";

interface Summary {
  outputFiles: { file: string; bytes: number; brotli: number }[];
  total: { bytes: number; brotli: number };
}

interface Published {
  app: string;
  summary: Summary;
  host: StaticHost;
}

interface Fixtures {
  /** Writes a project, builds it with the command line, and serves what that made until the test ends. */
  publish: (files: Record<string, string | Buffer>, base?: string) => Promise<Published>;
}

const test = plain.extend<Fixtures>({
  publish: async ({}, use) => {
    const root = await mkdtemp(join(tmpdir(), "cumulet-publish-"));
    const hosts: StaticHost[] = [];
    await use(async (files, base = "/") => {
      for (const [path, content] of Object.entries(files)) {
        const place = join(root, "app", path);
        await mkdir(dirname(place), { recursive: true });
        await writeFile(place, content);
      }
      const app = join(root, "app");
      const out = join(root, "out");
      const { stdout } = await promisify(execFile)(
        required("CUMULET_SERVER"),
        ["build", app, "--out", out, "--base", base, "--site", required("CUMULET_SITE"), "--json"],
        { maxBuffer: 16 * 1024 * 1024 },
      );
      const host = await StaticHost.start(out, base);
      hosts.push(host);
      return { app, summary: JSON.parse(stdout) as Summary, host };
    });
    for (const host of hosts) await host.stop();
    await rm(root, { recursive: true, force: true });
  },
});

/** What goes wrong in a page, and what it asks of others. */
function watch(page: Page, origin: string) {
  const errors: string[] = [];
  const foreign: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") errors.push(message.text());
  });
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !url.startsWith("data:")) foreign.push(url);
  });
  return { errors, foreign };
}

async function template(id: string): Promise<Record<string, string>> {
  const text = await readFile(join(required("CUMULET_SITE"), "templates", `${id}.json`), "utf8");
  return (JSON.parse(text) as { files: Record<string, string> }).files;
}

test("the kanban template, published, is a board on any host", async ({ page, publish }) => {
  const { app, summary, host } = await publish(await template("kanban"));
  const { errors, foreign } = watch(page, host.address);
  await page.goto(host.address);
  const backlog = page.getByRole("region", { name: "Backlog" });
  await backlog.getByRole("button", { name: "Add card" }).click();
  const title = page.getByRole("textbox", { name: "Title of the new card in Backlog" });
  await title.fill("Published");
  await title.press("Enter");
  const card = backlog.getByRole("button", { name: "Published", exact: true });
  await expect(card).toBeVisible();
  // Tailwind's classes are there.
  await expect(page.getByRole("main").locator("> *").first()).toHaveCSS("display", /grid|flex/);
  await page.reload();
  await expect(card).toBeVisible();
  await page.screenshot({ path: test.info().outputPath("published.png") });

  expect(errors).toEqual([]);
  expect(foreign).toEqual([]);
  expect(host.missing).toEqual([]);
  const preview = await previewSize(app);
  const kilobytes = (bytes: number) => `${Math.round(bytes / 1000)} kB`;
  console.log(
    `kanban, Brotli: published ${kilobytes(summary.total.brotli)}; its packages in the preview ${kilobytes(preview)}`,
  );
  expect(summary.total.brotli).toBeLessThan(preview);
});

/** Brotli bytes of the packages that the preview of an app loads. */
async function previewSize(app: string): Promise<number> {
  const site = required("CUMULET_SITE");
  const { stdout } = await promisify(execFile)(required("CUMULET_SERVER"), ["check", app, "--site", site, "--json"], {
    maxBuffer: 16 * 1024 * 1024,
  });
  const { dependencyFiles } = JSON.parse(stdout) as { dependencyFiles: string[] };
  const sizes = await Promise.all(dependencyFiles.map((name) => stat(join(site, "deps", `${name}.br`))));
  return sizes.reduce((sum, { size }) => sum + size, 0);
}

test("what a published app keeps with useAppData stays, and shows in its other tabs", async ({ context, page, publish }) => {
  const { host } = await publish({
    "src/App.tsx": `import { useAppData } from "cumulet";
export default function App() {
  const { items, create, remove } = useAppData<{ text: string }>("notes");
  return (
    <main>
      <button type="button" onClick={() => create({ text: "Note " + (items.length + 1) })}>Add</button>
      <ul>
        {items.map(({ id, text }) => (
          <li key={id}>{text} <button type="button" onClick={() => remove(id)}>Remove {text}</button></li>
        ))}
      </ul>
    </main>
  );
}
`,
  });
  const { errors, foreign } = watch(page, host.address);
  await page.goto(host.address);
  const beside = await context.newPage();
  await beside.goto(host.address);
  const notes = page.getByRole("listitem");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(notes).toHaveCount(1);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(notes).toHaveText([/^Note 1/, /^Note 2/]);
  await expect(beside.getByRole("listitem")).toHaveText([/^Note 1/, /^Note 2/]);
  await beside.getByRole("button", { name: "Remove Note 1" }).click();
  await expect(notes).toHaveText([/^Note 2/]);
  await page.reload();
  await expect(notes).toHaveText([/^Note 2/]);
  expect(errors).toEqual([]);
  expect(foreign).toEqual([]);
});

/** As `npm create vite` makes it, with what projects add next. */
const VITE: Record<string, string | Buffer> = {
  "index.html":
    '<!doctype html>\n<html lang="en">\n  <head>\n    <meta charset="UTF-8" />\n    <link rel="icon" type="image/svg+xml" href="/vite.svg" />\n    <meta name="viewport" content="width=device-width, initial-scale=1.0" />\n    <title>%VITE_TITLE%</title>\n  </head>\n  <body>\n    <div id="root"></div>\n    <script type="module" src="/src/main.tsx"></script>\n  </body>\n</html>\n',
  "vite.config.ts":
    "import { defineConfig } from 'vite'\nimport react from '@vitejs/plugin-react'\nexport default defineConfig({ plugins: [react()] })\n",
  "public/vite.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>\n',
  ".env.production": "VITE_TITLE=Ready to ship\n",
  "src/main.tsx":
    "import { StrictMode } from 'react'\nimport { createRoot } from 'react-dom/client'\nimport './index.css'\nimport App from './App.tsx'\n\ncreateRoot(document.getElementById('root')!).render(\n  <StrictMode>\n    <App />\n  </StrictMode>,\n)\n",
  "src/index.css": ":root { font-family: system-ui; }\nbody { margin: 0; }\n",
  "src/App.tsx":
    "import { lazy, Suspense, useState } from 'react'\nimport logo from './assets/react.svg'\nimport styles from './App.module.css'\nconst Chart = lazy(() => import('./Chart'))\n\nexport default function App() {\n  const [count, setCount] = useState(0)\n  const [open, setOpen] = useState(false)\n  return (\n    <main className={styles.app}>\n      <img src={logo} alt=\"Logo\" />\n      <p>mode {import.meta.env.MODE}</p>\n      <button onClick={() => setCount((count) => count + 1)}>count is {count}</button>\n      <button onClick={() => setOpen(true)}>Show the chart</button>\n      {open && <Suspense fallback=\"…\"><Chart /></Suspense>}\n    </main>\n  )\n}\n",
  "src/App.module.css": ".app { padding: 24px; }\n",
  "src/Chart.tsx":
    "import { Bar, BarChart } from 'recharts'\nexport default function Chart() {\n  return <BarChart width={200} height={100} data={[{ a: 1 }, { a: 3 }]}><Bar dataKey=\"a\" isAnimationActive={false} /></BarChart>\n}\n",
  "src/assets/react.svg": `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><circle cx="20" cy="20" r="18"/><!--${"x".repeat(5000)}--></svg>\n`,
};

test("a Vite project, published below an address, loads its parts when they are needed", async ({ page, publish }) => {
  const { host } = await publish(VITE, "/shop/");
  const { errors, foreign } = watch(page, host.address);
  const loaded: string[] = [];
  page.on("response", (response) => loaded.push(response.url()));
  await page.goto(`${host.address}/shop/`);
  await expect(page).toHaveTitle("Ready to ship");
  await expect(page.getByText("mode production")).toBeVisible();
  await expect(page.getByRole("main")).toHaveCSS("padding-top", "24px");
  await page.getByRole("button", { name: "count is 0" }).click();
  await expect(page.getByRole("button", { name: "count is 1" })).toBeVisible();
  const logo = page.getByRole("img", { name: "Logo" });
  await expect(logo).toHaveAttribute("src", /^\/shop\/assets\/react-\w{12}\.svg$/);
  await expect(logo).toHaveJSProperty("naturalWidth", 40);

  expect(loaded.some((url) => url.includes("recharts"))).toBe(false);
  await page.getByRole("button", { name: "Show the chart" }).click();
  await expect(page.locator("svg.recharts-surface")).toBeVisible();
  expect(loaded.some((url) => url.includes("recharts"))).toBe(true);
  await page.screenshot({ path: test.info().outputPath("vite.png") });

  expect(errors).toEqual([]);
  expect(foreign).toEqual([]);
  expect(host.missing).toEqual([]);
});

test("an app that fails says so in a sentence", async ({ page, publish }) => {
  const { host } = await publish({
    "src/App.tsx": "export default function App(): never { throw new Error('on purpose'); }\n",
  });
  await page.goto(host.address);
  await expect(page.getByRole("alert")).toHaveText("Something went wrong. Reload the page to try again.");
});
