import { recorded, ScriptedProvider } from "../support/provider";
import { expect, test } from "../support/test";
import { Tunnel } from "../support/tunnel";

test.describe.configure({ mode: "serial" });

/** An app of one file that shows this heading. */
function app(heading: string, before = ""): string {
  return `Here it is.

\`\`\`tsx path=src/App.tsx
${before}export default function App() {
  return <h1>${heading}</h1>;
}
\`\`\`
`;
}

const HELD = "return <h1>";

test("an answer goes on where it was after the connection was lost", async ({ studio, provider, server, page, pageErrors }) => {
  const tunnel = await Tunnel.to(server.address);
  const asked = provider.requests.length;
  provider.script({ text: app("After the tunnel"), holdBefore: HELD });
  await studio.ask("an app in a tunnel", tunnel.address);
  await expect(page.getByRole("list", { name: "Files being written" })).toContainText("src/App.tsx");
  tunnel.cut();
  await expect(page.getByText("The connection broke", { exact: false })).toBeVisible();
  tunnel.mend();
  provider.release();
  await expect(studio.app.getByRole("heading", { name: "After the tunnel" })).toBeVisible({ timeout: 30_000 });
  await studio.turnEnded();
  expect(provider.requests.length).toBe(asked + 1);
  // The browser tells of each connection that broke.
  pageErrors.length = 0;
  await page.goto("about:blank");
  await tunnel.close();
});

test("an answer goes on after the page was loaded anew", async ({ studio, provider, page, pageErrors }) => {
  const asked = provider.requests.length;
  provider.script({ text: app("After the reload"), holdBefore: HELD });
  await studio.ask("an app whose page is reloaded");
  await expect(page.getByRole("list", { name: "Files being written" })).toContainText("src/App.tsx");
  await expect(page.getByRole("textbox", { name: "Code editor, src/App.tsx" })).toContainText("export default");
  await page.reload();
  await expect(page.getByRole("list", { name: "Files being written" })).toContainText("src/App.tsx");
  provider.release();
  await expect(studio.app.getByRole("heading", { name: "After the reload" })).toBeVisible({ timeout: 30_000 });
  await studio.turnEnded();
  await expect(page.getByRole("article", { name: "Model" })).toHaveCount(1);
  // The app may be on its way to the server for the second time, which then says that it is there.
  pageErrors.length = 0;
  expect(provider.requests.length).toBe(asked + 1);
});

test("a request is undone as a whole, also after a reload, and that can be taken back", async ({ studio, provider, page }) => {
  provider.script({ text: app("First") });
  await studio.ask("an app to change");
  await expect(studio.app.getByRole("heading", { name: "First" })).toBeVisible();
  await studio.turnEnded();
  provider.script({
    text: `${app("Second", 'import "./more";\n')}\n\`\`\`ts path=src/more.ts\nexport const more = 1;\n\`\`\`\n`,
  });
  await studio.change("say second");
  await expect(studio.app.getByRole("heading", { name: "Second" })).toBeVisible();
  await studio.turnEnded();
  await studio.saved();
  await page.reload();
  await page.getByRole("button", { name: "Undo this request" }).click();
  await expect(studio.app.getByRole("heading", { name: "First" })).toBeVisible();
  await studio.showCode();
  await expect(studio.file("src/more.ts")).toHaveCount(0);
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(studio.app.getByRole("heading", { name: "Second" })).toBeVisible();
  await expect(studio.file("src/more.ts")).toBeVisible();
});

test("what the compiler can repair costs no request", async ({ studio, provider, page }) => {
  const asked = provider.requests.length;
  provider.script({
    text: `\`\`\`tsx path=src/App.tsx
export default function App() {
  const [count, setCount] = useState(0);
  return <button onClick={() => setCount(count + 1)}>Pressed {count} times</button>;
}
\`\`\`
`,
  });
  await studio.ask("a counter without its import");
  await expect(studio.app.getByRole("button", { name: "Pressed 0 times" })).toBeVisible();
  await expect(page.getByText("Repaired without the model", { exact: false })).toBeVisible();
  expect(provider.requests.length).toBe(asked + 1);
});

test("an app that throws is repaired once, and undone together with its repair", async ({ studio, provider, page }) => {
  provider.script({ text: app("Good") });
  await studio.ask("an app that breaks later");
  await expect(studio.app.getByRole("heading", { name: "Good" })).toBeVisible();
  await studio.turnEnded();
  const asked = provider.requests.length;
  provider.script({ text: app("{(undefined as unknown as { title: string }).title}") });
  provider.script({ text: app("Repaired") });
  await studio.change("show the title");
  await expect(studio.app.getByRole("heading", { name: "Repaired" })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText("Repaired by itself: While running: TypeError", { exact: false })).toBeVisible();
  expect(provider.requests.length).toBe(asked + 2);
  const repair = provider.requests.at(-1) as { messages: { content: string }[] };
  expect(repair.messages.at(-1)?.content).toMatch(/While running: TypeError[\s\S]*src\/App\.tsx:2/);
  await page.getByRole("button", { name: "Undo this request" }).click();
  await expect(studio.app.getByRole("heading", { name: "Good" })).toBeVisible();
});

test("the same error again ends the repairs", async ({ studio, provider, page }) => {
  const asked = provider.requests.length;
  const broken = recorded("broken");
  provider.script({ text: broken });
  provider.script({ text: broken });
  await studio.ask("an app that stays broken");
  await expect(page.getByText("the same error is still there", { exact: false })).toBeVisible({ timeout: 30_000 });
  await expect(studio.errors).toBeVisible();
  expect(provider.requests.length).toBe(asked + 2);
});

test("a model that fails in mid-answer is replaced by the next, which begins anew", async ({ studio, provider, page }) => {
  const second = await ScriptedProvider.start();
  await page.goto("/");
  await page.evaluate(async (address) => {
    const body = { name: "Second", kind: "ollama", baseUrl: address, model: "scripted:latest", smallModel: "", enabled: true };
    const headers = { "Content-Type": "application/json" };
    await fetch("/api/settings/models/second", { method: "PUT", headers, body: JSON.stringify(body) });
  }, second.address);
  provider.script({ text: app("Half"), dieBefore: HELD });
  second.script({ text: app("Whole") });
  await studio.ask("an app of two models");
  await expect(studio.app.getByRole("heading", { name: "Whole" })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole("article", { name: "Model" })).toContainText("Second");
  provider.refuseWith = 0;
  await page.evaluate(() => fetch("/api/settings/models/second", { method: "DELETE" }));
  await second.stop();
});

test("a picture goes along with a request", async ({ studio, provider, page }) => {
  provider.script({ text: app("Plain") });
  await studio.ask("an app to make like a picture");
  await studio.turnEnded();
  const picture = Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==",
    "base64",
  );
  const choice = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Attach pictures" }).click();
  await (await choice).setFiles([
    { name: "sketch.png", mimeType: "image/png", buffer: picture },
    { name: "notes.png", mimeType: "image/png", buffer: Buffer.from("no picture") },
  ]);
  const attached = page.getByRole("list", { name: "Attached to the next request" });
  await expect(attached).toContainText("sketch.png");
  await expect(page.getByText("notes.png can't be read as a picture", { exact: false })).toBeVisible();
  provider.script({ text: app("Like it") });
  await studio.change("make it like this");
  await expect(studio.app.getByRole("heading", { name: "Like it" })).toBeVisible();
  await expect(attached).toBeHidden();
  const request = provider.requests.at(-1) as { messages: { images?: string[] }[] };
  expect(request.messages.at(-1)?.images?.length).toBe(1);
});

test("pictures go along with the first request, chosen, pasted and dropped", async ({ studio, provider, page }) => {
  const base64 = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";
  await studio.home();
  const choice = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Attach pictures" }).click();
  await (await choice).setFiles([{ name: "chosen.png", mimeType: "image/png", buffer: Buffer.from(base64, "base64") }]);
  const attached = page.getByRole("list", { name: "Attached to the next request" });
  await expect(attached).toContainText("chosen.png");
  const box = page.getByRole("textbox", { name: "What do you want to build?" });
  for (const [type, name] of [["paste", "pasted.png"], ["drop", "dropped.png"]] as const) {
    await box.evaluate(
      (element, [type, name, base64]) => {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        const data = new DataTransfer();
        data.items.add(new File([bytes], name, { type: "image/png" }));
        const init = { bubbles: true, cancelable: true };
        const event =
          type === "paste"
            ? new ClipboardEvent(type, { ...init, clipboardData: data })
            : new DragEvent(type, { ...init, dataTransfer: data });
        element.dispatchEvent(event);
      },
      [type, name, base64] as const,
    );
    await expect(attached).toContainText(name);
  }
  await attached.getByRole("button", { name: "Remove pasted.png" }).click();
  // A look at the settings loses nothing.
  await page.getByRole("link", { name: "Change", exact: true }).click();
  await expect(page).toHaveURL(/\/settings/);
  await page.goBack();
  await expect(attached.getByRole("listitem")).toHaveText(["chosen.png", "dropped.png"]);
  provider.script({ text: app("Like two pictures") });
  await box.fill("a page that looks like these two pictures, with a heading and a list below it");
  await box.press("Enter");
  await expect(studio.app.getByRole("heading", { name: "Like two pictures" })).toBeVisible();
  await expect(attached).toBeHidden();
  const request = provider.requests.at(-1) as { messages: { images?: string[] }[] };
  expect(request.messages.at(-1)?.images?.length).toBe(2);
  await studio.home();
  await expect(attached).toBeHidden();
});

test("a picked element goes along with a request", async ({ studio, provider, page }) => {
  provider.script({ text: app("Pick me") });
  await studio.ask("an app with an element");
  await studio.turnEnded();
  await page.getByRole("button", { name: "Pick an element" }).click();
  await studio.enterApp();
  await studio.app.getByRole("heading", { name: "Pick me" }).click();
  await expect(page.getByRole("list", { name: "Attached to the next request" })).toContainText("App, src/App.tsx:2");
  provider.script({ text: app("Picked") });
  await studio.change("make this larger");
  await expect(studio.app.getByRole("heading", { name: "Picked" })).toBeVisible();
  const request = provider.requests.at(-1) as { messages: { content: string }[] };
  expect(request.messages.at(-1)?.content).toContain("src/App.tsx:2:");
});

test("the same request is answered from before, and anew when the person wants", async ({ studio, provider, page }) => {
  const prompt = "an app that is asked for twice, with a heading, a list and a button";
  provider.script({ text: app("The first answer") });
  await studio.ask(prompt);
  await expect(studio.app.getByRole("heading", { name: "The first answer" })).toBeVisible();
  await studio.turnEnded();
  const asked = provider.requests.length;
  await studio.ask(prompt);
  await expect(studio.app.getByRole("heading", { name: "The first answer" })).toBeVisible();
  await expect(page.getByText("Cached:", { exact: false })).toBeVisible();
  expect(provider.requests.length).toBe(asked);
  provider.script({ text: app("Another answer") });
  await page.getByRole("button", { name: "Ask the model anew" }).click();
  await expect(studio.app.getByRole("heading", { name: "Another answer" })).toBeVisible();
  await expect(page.getByText("Cached:", { exact: false })).toBeHidden();
  expect(provider.requests.length).toBe(asked + 1);
});
