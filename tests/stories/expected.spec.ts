import { findings } from "../support/axe";
import { Project } from "../support/project";
import { ScriptedProvider } from "../support/provider";
import { expect, test } from "../support/test";

test.describe.configure({ mode: "serial" });

/** A file of so many bytes. */
function long(bytes: number): string {
  return `export const text = ${JSON.stringify("x".repeat(bytes))};\n`;
}

/** The number of an estimate: `About 6,200 of 32,768 tokens`. */
function tokens(line: string | null): number {
  return Number(line?.match(/About ([\d,]+)/)?.[1]?.replaceAll(",", ""));
}

test("a request says what it takes before it is sent, and that is what is sent", async ({ studio, provider, page }) => {
  await studio.home();
  const box = page.getByRole("textbox", { name: "What do you want to build?" });
  const line = page.locator(".expected");
  await expect(line).toBeHidden();
  await box.fill("a shelf of records with sleeves, filters by genre, and a count of those that were lent, told before");
  await expect(line).toHaveText(/^About [\d,]+ of 32,768 tokens$/);
  const expected = tokens(await line.textContent());
  expect(await findings(page)).toEqual([]);
  const records = `const records = ${JSON.stringify("Blue Train, ".repeat(200))};`;
  const app = `export default function App() {\n  return <h1 title={records}>Records</h1>;\n}`;
  provider.script({ text: `\`\`\`tsx path=src/App.tsx\n${records}\n${app}\n\`\`\`\n` });
  await box.press("Enter");
  await expect(studio.app.getByRole("heading", { name: "Records" })).toBeVisible();
  const request = provider.requests.at(-1) as { messages: { content: string }[] };
  const bytes = request.messages.reduce((sum, message) => sum + Buffer.byteLength(message.content), 0);
  expect(Math.abs(expected - bytes / 3.6)).toBeLessThanOrEqual(150);
  await studio.turnEnded();
  await expect(line).toBeHidden();
  await studio.composer.fill("sort them by year");
  await expect.poll(async () => tokens(await line.textContent())).toBeGreaterThan(expected);
  await studio.composer.fill("");
  await expect(line).toBeHidden();
});

test("files that don't fit are told before, and a request that is too long", async ({ studio, page }) => {
  const files: Record<string, string> = { "src/App.tsx": "export default function App() {\n  return <h1>Much</h1>;\n}\n" };
  for (let n = 0; n < 4; n++) files[`src/long${n}.ts`] = long(40_000);
  await Project.start(studio, files);
  await studio.ready();
  await studio.composer.fill("make it shorter");
  const trouble = page.locator(".expected-trouble");
  await expect(trouble).toContainText("Not all of it fits: ");
  await expect(trouble).toContainText("of 5 files didn't fit into the model's context and were only named");
  expect(await findings(page)).toEqual([]);
});

test("a request for which a model is too small is told before, with what to do", async ({ studio, page }) => {
  const small = await ScriptedProvider.start();
  small.contextTokens = 2_048;
  await page.goto("/");
  await page.evaluate(async (address) => {
    const body = { name: "Tiny", kind: "ollama", baseUrl: address, model: "scripted:latest", smallModel: "", enabled: true };
    const headers = { "Content-Type": "application/json" };
    await fetch("/api/settings/models/tiny", { method: "PUT", headers, body: JSON.stringify(body) });
    await fetch("/api/settings/models", { method: "PUT", headers, body: JSON.stringify({ preferred: "tiny", fallback: true }) });
  }, small.address);
  await studio.home();
  await page.getByRole("textbox", { name: "What do you want to build?" }).fill("a garden planner with beds and seasons");
  await expect(page.locator(".expected-trouble")).toContainText("Too long for scripted:latest: it would be refused. Shorten it");
  await page.evaluate(async () => {
    await fetch("/api/settings/models/tiny", { method: "DELETE" });
    const headers = { "Content-Type": "application/json" };
    await fetch("/api/settings/models", { method: "PUT", headers, body: JSON.stringify({ fallback: true }) });
  });
  await small.stop();
});
