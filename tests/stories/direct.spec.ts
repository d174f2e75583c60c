import type { Page } from "@playwright/test";
import { findings } from "../support/axe";
import { FileHost } from "../support/files";
import { ScriptedProvider, SMALL_MODEL } from "../support/provider";
import { CumuletServer } from "../support/server";
import { expect, test as base } from "../support/test";

interface Fixtures {
  /** The site, from a host that has files only. */
  host: FileHost;
  /** The person's own Ollama, which answers pages. */
  ollama: ScriptedProvider;
}

const test = base.extend<Fixtures>({
  host: async ({}, use) => {
    const host = await FileHost.start();
    await use(host);
    await host.stop();
  },
  ollama: async ({}, use) => {
    const ollama = await ScriptedProvider.start();
    ollama.answersPages = true;
    await use(ollama);
    await ollama.stop();
  },
  baseURL: async ({ host }, use) => use(host.address),
  // What a browser says of requests that are refused, which the page words itself.
  pageErrors: async ({ pageErrors }, use) => {
    await use(pageErrors);
    const noise = /Failed to load resource|ERR_|blocked by CORS policy|Content Security Policy|Refused to connect/;
    pageErrors.splice(0, pageErrors.length, ...pageErrors.filter((text) => !noise.test(text)));
  },
});

const KEY = "sk-kept-in-this-browser";
const PROMPT =
  "A counter for glasses of water: a goal of eight, a button for each glass, one that takes it back, and a list of the last seven days below.";

function app(heading: string): string {
  return `Here it is.

\`\`\`tsx path=src/App.tsx
export default function App() {
  return <h1>${heading}</h1>;
}
\`\`\`
`;
}

function form(page: Page) {
  return page.getByRole("form", { name: "New provider" });
}

/** Tests the connection to an address and says what came of it. */
async function tryAddress(page: Page, address: string, preset = "Ollama"): Promise<void> {
  await form(page).getByRole("combobox", { name: "Provider" }).selectOption(preset);
  await form(page).getByRole("textbox", { name: "Address" }).fill(address);
  await form(page).getByRole("button", { name: "Test connection" }).click();
}

/** Sets up the person's own Ollama. */
async function connect(page: Page, address: string): Promise<void> {
  await page.goto("/settings");
  await page.getByRole("button", { name: "Add a provider" }).click();
  await form(page).getByRole("textbox", { name: "API key" }).fill(KEY);
  await tryAddress(page, address);
  await expect(form(page).getByRole("status").filter({ hasText: "Connected" })).toContainText("It offers 2 models");
  await form(page).getByRole("button", { name: /^scripted:latest/ }).click();
  await form(page).getByRole("textbox", { name: "Model for small tasks" }).fill(SMALL_MODEL);
  await form(page).getByRole("button", { name: "Save" }).click();
  await expect(form(page)).toBeHidden();
}

/** Chooses who asks the models. */
async function askedBy(page: Page, who: string): Promise<void> {
  await page.getByRole("combobox", { name: "Models are asked by" }).selectOption(who);
}

/** Texts that the browser keeps for the site. */
function stored(page: Page): Promise<string> {
  return page.evaluate(() => JSON.stringify({ ...localStorage }));
}

test("without a server a prompt becomes an app, by the person's own model", async ({ studio, page, host, ollama }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(`${request.method()} ${new URL(request.url()).origin}`));
  await connect(page, ollama.address);
  ollama.script({ text: app("Water") });
  await studio.ask(PROMPT);
  await expect(studio.app.getByRole("heading", { name: "Water" })).toBeVisible({ timeout: 30_000 });
  await studio.turnEnded();
  expect(ollama.requests).toHaveLength(1);
  expect(ollama.keys).toContain(`Bearer ${KEY}`);
  // Nobody else was asked, and the host was sent nothing.
  expect(new Set(asked.filter((line) => line.startsWith("POST")))).toEqual(new Set([`POST ${ollama.address}`]));
  for (const line of asked) {
    expect([host.address, ollama.address, "null"]).toContain(line.split(" ")[1]);
  }

  // The small tasks are the small model's.
  ollama.scriptSmall("Show a ring that fills\nAdd reminders\nKeep a streak");
  await page.getByRole("button", { name: "What next?" }).click();
  await expect(page.getByText("Show a ring that fills")).toBeVisible();
  expect(ollama.smallRequests.length).toBeGreaterThan(0);
});

test("stop lets the model go at once, and what arrived stays", async ({ studio, page, ollama }) => {
  await connect(page, ollama.address);
  ollama.script({ text: app("Never whole"), holdBefore: "return <h1>" });
  await studio.ask(PROMPT);
  await expect(page.getByRole("list", { name: "Files being written" })).toContainText("src/App.tsx");
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  await expect.poll(() => ollama.aborted).toBe(1);
  await studio.turnEnded();
  await expect(page.getByRole("article", { name: "Model" })).toContainText("Stopped");
  await page.goto("/settings/health");
  expect(ollama.requests).toHaveLength(1);
});

test("a file that was cut off is gone on with", async ({ studio, page, ollama }) => {
  await connect(page, ollama.address);
  const whole = app("Gone on with");
  const at = whole.indexOf("return <h1>");
  ollama.script({ text: whole.slice(0, at) });
  ollama.script({ text: whole.slice(at) });
  await studio.ask(PROMPT);
  await expect(studio.app.getByRole("heading", { name: "Gone on with" })).toBeVisible({ timeout: 30_000 });
  await studio.turnEnded();
  expect(ollama.requests).toHaveLength(2);
});

test("a page that is loaded anew in mid-answer says that it was cut", async ({ studio, page, ollama }) => {
  await connect(page, ollama.address);
  ollama.script({ text: app("Lost"), holdBefore: "return <h1>" });
  await studio.ask(PROMPT);
  await expect(page.getByRole("list", { name: "Files being written" })).toContainText("src/App.tsx");
  await expect(page.getByRole("textbox", { name: "Code editor, src/App.tsx" })).toContainText("export default");
  await page.reload();
  await expect(page.getByText("The page was closed while this was being written.")).toBeVisible();
  await expect(page.getByText("Send the request again to have it finished.")).toBeVisible();
  await expect.poll(() => ollama.aborted).toBe(1);
  ollama.script({ text: app("Asked again") });
  await studio.change(PROMPT);
  await expect(studio.app.getByRole("heading", { name: "Asked again" })).toBeVisible({ timeout: 30_000 });
});

test("the key is kept in this browser alone, never shown, and forgotten by one press", async ({ page, ollama }) => {
  await connect(page, ollama.address);
  await expect(page.getByText("is kept in this browser only (localStorage)")).toBeVisible();
  expect(await stored(page)).toContain(KEY);
  await page.getByRole("button", { name: "Edit Ollama" }).click();
  const edit = page.getByRole("form", { name: "Edit the provider" });
  await expect(edit.getByRole("textbox", { name: "API key" })).toHaveValue("");
  await expect(edit).toContainText("A key is kept in this browser");
  await expect(edit.getByText(/^Connected/)).toBeVisible();
  expect(await findings(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  await page.setViewportSize({ width: 1280, height: 800 });
  await edit.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "Forget all keys" }).click();
  await expect(page.getByText("No key is kept in this browser any more.")).toBeVisible();
  expect(await stored(page)).not.toContain(KEY);
  await expect(page.getByRole("button", { name: "Forget all keys" })).toBeHidden();
  // The provider is still there; without it nothing is left.
  await page.getByRole("button", { name: "Remove Ollama" }).click();
  await expect(page.getByText("No language model is set up yet")).toBeVisible();
  expect(await stored(page)).not.toContain("cumulet.models");
});

test("a connection that fails says why, and what helps", async ({ page, host, ollama }) => {
  const gone = await ScriptedProvider.start();
  const { address } = gone;
  await gone.stop();
  await page.goto("/settings");
  await page.getByRole("button", { name: "Add a provider" }).click();
  const alert = form(page).getByRole("alert");

  await tryAddress(page, address);
  await expect(alert).toContainText("doesn't run there, or the browser keeps the page from it");
  await expect(alert.getByRole("button", { name: "Copy ollama serve" })).toBeVisible();
  await expect(alert.getByRole("button", { name: `Copy OLLAMA_ORIGINS=${host.address} ollama serve` })).toBeVisible();

  ollama.answersPages = false;
  await tryAddress(page, ollama.address);
  await expect(alert).toContainText("Ollama runs at");
  await expect(alert).toContainText(`doesn't answer pages of ${host.address}`);
  await expect(alert.getByRole("button", { name: `Copy OLLAMA_ORIGINS=${host.address} ollama serve` })).toBeVisible();

  await tryAddress(page, "https://models.example.org/v1", "Other, OpenAI-compatible");
  await expect(alert).toContainText("The policies of this site don't let its page ask");
  await expect(alert).toContainText("connect-src");

  ollama.answersPages = true;
  await tryAddress(page, host.address, "Other, OpenAI-compatible");
  await expect(alert).toContainText("answers with a web page");
});

test("pages may ask models by the header rules of static hosts, and nothing else may", async ({ page, host }) => {
  const connects = (address: string) => /connect-src ([^;]*)/.exec(host.headers(address).get("content-security-policy") ?? "")?.[1];
  expect(connects("/")).toContain("https://openrouter.ai");
  expect(connects("/settings")).toContain("http://localhost:*");
  expect(connects("/assets/worker-ABC.js")).toBe("'self'");
  expect(connects("/sandbox/shell.html")).toBe("data: blob:");
  await page.goto("/");
  await expect(page.getByText("No language model is set up yet")).toBeVisible();
});

test.describe("with a Cumulet server", () => {
  const withServer = test.extend<{ own: CumuletServer; directModels: boolean }>({
    directModels: [false, { option: true }],
    own: async ({ provider, directModels }, use) => {
      const own = await CumuletServer.start(provider.address, { directModels });
      await use(own);
      await own.stop();
    },
    baseURL: async ({ own }, use) => use(own.address),
  });
  /** Settings of this browser, as if made before. */
  const kept = (baseUrl: string) =>
    JSON.stringify({
      providers: [{ id: "mine", name: "Mine", kind: "ollama", baseUrl, model: "scripted:latest", enabled: true }],
      fallback: true,
    });

  withServer("what was meant for it goes nowhere else, also when it is gone", async ({ page, own, ollama, studio }) => {
    await page.addInitScript((text) => localStorage.setItem("cumulet.models", text), kept(ollama.address));
    await page.goto("/settings");
    await expect(page.getByRole("combobox", { name: "Models are asked by" })).toHaveValue("server");
    await expect(page.getByRole("heading", { name: "Mine" })).toHaveCount(0);
    await studio.home();
    await own.stop();
    await page.evaluate(() => window.dispatchEvent(new Event("online")));
    await expect(page.getByText("The Cumulet server can't be reached, so no model can write code")).toBeVisible();
    await expect(page.getByRole("link", { name: "Ask a model from this browser" })).toBeVisible();
    expect(ollama.requests).toHaveLength(0);
    expect(ollama.keys).toHaveLength(0);
  });

  withServer("its policies let the page ask nobody, which is said", async ({ page, ollama }) => {
    await page.goto("/settings");
    await askedBy(page, "This browser");
    await expect(page.getByText("No language model is set up yet")).toBeVisible();
    await page.getByRole("button", { name: "Add a provider" }).click();
    await tryAddress(page, ollama.address);
    const alert = form(page).getByRole("alert");
    await expect(alert).toContainText("--direct-models");
  });

  withServer.describe("that lets pages ask", () => {
    withServer.use({ directModels: true });
    withServer("this browser asks when that is chosen, and the server again when that is", async ({ page, ollama, provider, studio }) => {
      await page.goto("/settings");
      await askedBy(page, "This browser");
      await connect(page, ollama.address);
      const served = provider.requests.length;
      ollama.script({ text: app("Asked by the page") });
      await studio.ask(PROMPT);
      await expect(studio.app.getByRole("heading", { name: "Asked by the page" })).toBeVisible({ timeout: 30_000 });
      await studio.turnEnded();
      expect([ollama.requests.length, provider.requests.length]).toEqual([1, served]);
      await page.goto("/settings");
      await askedBy(page, "The Cumulet server");
      await expect(page.getByText("from the server's environment")).toBeVisible();
      await expect(page.getByText("Hold for everybody who uses this Cumulet server.")).toBeVisible();
    });
  });
});
