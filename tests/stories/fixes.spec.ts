import type { Page } from "@playwright/test";
import { findings } from "../support/axe";
import { OutsideHost } from "../support/outside";
import { Project } from "../support/project";
import type { ScriptedProvider } from "../support/provider";
import { expect, test } from "../support/test";

test.describe.configure({ mode: "serial" });

/** An app of one file, as models write it. */
function answer(code: string): string {
  return `\`\`\`tsx path=src/App.tsx\n${code}\`\`\`\n`;
}

/** What the model was told last. */
function told(provider: ScriptedProvider): string {
  const request = provider.requests.at(-1) as { messages: { content: string }[] };
  return request.messages.at(-1)?.content ?? "";
}

async function openDock(page: Page, panel: string): Promise<void> {
  await page.locator(".dock-switch", { hasText: panel }).click();
}

test("each finding of the compiler has its own fix", async ({ studio, provider, page }) => {
  const project = await Project.start(studio, {
    "src/App.tsx": "export default function App() {\n  return <h1>Whole</h1>;\n}\n",
  });
  await project.write(
    "src/App.tsx",
    `import first from "./first";
import second from "./second";

export default function App() {
  return <h1>{first}{second}</h1>;
}
`,
  );
  await expect(studio.errors).toContainText("2 problems");
  await expect(studio.errors.getByRole("button", { name: "Ask the model to fix" })).toBeVisible();
  const item = studio.errors.getByRole("listitem").filter({ has: page.getByRole("button", { name: /^src\/App\.tsx:2/ }) });
  provider.script({ text: answer("export default function App() {\n  return <h1>Without the second</h1>;\n}\n") });
  await item.getByRole("button", { name: "Fix", exact: true }).click();
  await expect(studio.app.getByRole("heading", { name: "Without the second" })).toBeVisible();
  expect(told(provider)).toMatch(/## Problems to fix\s+src\/App\.tsx:2:\d+ missing-file[\s\S]*import second/);
  expect(told(provider).split("## Problems to fix")[1]).not.toMatch(/App\.tsx:1:\d+ missing-file/);
});

test("what the app throws has its own fix", async ({ studio, provider, page }) => {
  await Project.start(studio, {
    "src/App.tsx": `export default function App() {
  return <button onClick={() => { throw new RangeError("too many"); }}>Throw</button>;
}
`,
  });
  await studio.app.getByRole("button", { name: "Throw" }).click();
  await expect(studio.errors).toContainText("RangeError: too many");
  // A single one needs no button for all.
  await expect(studio.errors.getByRole("button", { name: "Ask the model to fix" })).toBeHidden();
  expect(await findings(page)).toEqual([]);
  provider.script({ text: answer("export default function App() {\n  return <h1>Calm</h1>;\n}\n") });
  await studio.errors.getByRole("button", { name: "Fix", exact: true }).click();
  await expect(studio.app.getByRole("heading", { name: "Calm" })).toBeVisible();
  expect(told(provider)).toMatch(/While running: RangeError: too many[\s\S]*src\/App\.tsx:2/);
  await expect(page.getByRole("article", { name: "You" })).toContainText("Fix this problem: While running: RangeError");
});

test("a type error has its own fix", async ({ studio, provider, page }) => {
  await Project.start(studio, {
    "src/App.tsx": `const wrong: number = "four";

export default function App() {
  return <h1>{wrong}</h1>;
}
`,
  });
  await openDock(page, "Problems");
  const problems = page.getByRole("region", { name: "Problems" });
  await problems.getByRole("button", { name: "Check types" }).click();
  const type = problems.getByRole("listitem").filter({ hasText: "TypeScript 2322" });
  await expect(type).toBeVisible({ timeout: 60_000 });
  expect(await findings(page)).toEqual([]);
  provider.script({ text: answer('export default function App() {\n  return <h1>Typed</h1>;\n}\n') });
  await type.getByRole("button", { name: "Fix", exact: true }).click();
  await expect(studio.app.getByRole("heading", { name: "Typed" })).toBeVisible();
  expect(told(provider)).toMatch(/TypeScript 2322: [\s\S]*at src\/App\.tsx:1:7\n[\s\S]*> {4}1 \| const wrong/);
});

test("a line of the console is fixed, and goes along with a request", async ({ studio, provider, page }) => {
  await Project.start(studio, {
    "src/App.tsx": `console.warn("only a warning");
console.error("the price is missing", 17);

export default function App() {
  return <h1>Prices</h1>;
}
`,
  });
  await expect(studio.app.getByRole("heading", { name: "Prices" })).toBeVisible();
  await openDock(page, "Console");
  const log = page.getByRole("log", { name: "Console" });
  const warning = log.getByRole("listitem").filter({ hasText: "only a warning" });
  const error = log.getByRole("listitem").filter({ hasText: "the price is missing" });
  await expect(warning.getByRole("button", { name: "Fix" })).toHaveCount(0);
  await expect(error.getByRole("button", { name: "src/App.tsx:2" })).toBeVisible();
  await error.hover();
  await error.getByRole("button", { name: "Ask about this" }).click();
  await expect(studio.composer).toBeFocused();
  await expect(page.getByRole("list", { name: "Attached to the next request" })).toContainText("the price is missing 17");
  provider.script({ text: "It isn't set." });
  await studio.change("where does this come from");
  await studio.turnEnded();
  expect(told(provider)).toMatch(
    /points at this line of the app's console\.\nIn the console: the price is missing 17\n {2}at src\/App\.tsx:2:\d+\n[\s\S]*> {4}2 \| console\.error/,
  );
  await expect(page.getByRole("list", { name: "Attached to the next request" })).toBeHidden();
  provider.script({ text: answer("export default function App() {\n  return <h1>Priced</h1>;\n}\n") });
  await error.hover();
  await error.getByRole("button", { name: "Fix" }).click();
  await expect(studio.app.getByRole("heading", { name: "Priced" })).toBeVisible();
  expect(told(provider)).toMatch(/## Problems to fix\s+In the console: the price is missing 17/);
});

test("a failed request of the app goes along without its secrets", async ({ studio, provider, page }) => {
  const host = await OutsideHost.start((_, response) => {
    response.writeHead(403, { "content-type": "application/json" }).end('{"error":"no such city"}');
  });
  await Project.start(studio, {
    "src/App.tsx": `import { SandboxAPI } from "cumulet";
const ask = () => SandboxAPI.fetch("${host.address}/weather?city=Ghent&api_key=hush", { headers: { authorization: "Bearer hush" } });
export default function App() {
  return <button onClick={() => void ask()}>Ask</button>;
}
`,
  });
  await studio.app.getByRole("button", { name: "Ask" }).click();
  await studio.answer("Always allow");
  await page.getByRole("button", { name: /^Network/ }).click();
  const list = page.getByRole("list", { name: "Requests" });
  await list.getByRole("button", { name: /403/ }).click();
  await list.getByRole("button", { name: "Ask about this" }).click();
  await expect(page.getByRole("list", { name: "Attached to the next request" })).toContainText("GET 127.0.0.1");
  provider.script({ text: "The city isn't known." });
  await studio.change("why is this refused");
  await studio.turnEnded();
  const about = told(provider).split("## What the request is about")[1] ?? "";
  expect(about).toContain("/weather?city=Ghent&api_key=…, by SandboxAPI.fetch. The answer had the status 403.");
  expect(about).toContain('{"error":"no such city"}');
  expect(about).not.toContain("hush");
  await host.stop();
});
